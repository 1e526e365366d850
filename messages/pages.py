"""A long list, some of it at a time, turned in place; and how much a narrow phone shows at once."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from messages.catalogue import Say
from messages.message import Button
from messages.values import Page

T = TypeVar("T")

LINES, COLUMNS = 12, 40
"""What a narrow phone shows without scrolling."""

Block = Sequence[str]
"""Lines that belong together."""


class Pages(Generic[T]):
    """One page of a list; a page that does not exist is the nearest one that does."""

    def __init__(self, everything: Sequence[T], page: int, size: int) -> None:
        self.count = max(1, -(-len(everything) // size))
        self.page = min(max(page, 1), self.count)
        self.shown = everything[(self.page - 1) * size : self.page * size]

    @classmethod
    def one_of(cls, shown: Sequence[T], page: int, count: int) -> Pages[T]:
        """A page that was cut out already, of so many."""
        made = cls(shown, 1, max(1, len(shown)))
        made.page, made.count = page, count
        return made

    def footer(self, say: Say) -> list[str]:
        """Which page this is, where there is more than one."""
        if self.count == 1:
            return []
        return ["", self.number(say)]

    def number(self, say: Say) -> str:
        return say("page", page=Page(self.page), pages=Page(self.count))

    def turn(self, say: Say, act: str, *, by_time: bool = True) -> tuple[Button, ...]:
        """Buttons to the pages beside this one; `act` is what the page's number is put behind."""
        back, on = ("earlier-page", "later-page") if by_time else ("page-back", "page-on")
        before = Button(say(f"button-{back}"), f"{act}{self.page - 1}")
        after = Button(say(f"button-{on}"), f"{act}{self.page + 1}")
        return (*([before] if self.page > 1 else []), *([after] if self.page < self.count else []))


def wrapped(lines: Sequence[str]) -> int:
    """How many rows the lines take on a narrow phone."""
    return sum(max(1, len(textwrap.wrap(line, COLUMNS))) for line in lines)


def packed(blocks: Sequence[Block], rows: int) -> list[list[Block]]:
    """The blocks in their order, on as few screens of so many rows as whole blocks allow."""
    screens: list[list[Block]] = []
    left = 0
    for block in blocks:
        needed = wrapped(block)
        if not screens or needed > left:
            screens.append([])
            left = rows
        screens[-1].append(block)
        left -= needed
    return screens


def in_rows(line: Callable[[int], str], rows: int, most: int = 3) -> str:
    """A line that lists as much as fits into these rows, the rest only counted."""
    for number in range(most, 1, -1):
        if wrapped([line(number)]) <= rows:
            return line(number)
    return cut(line(1), rows)


def cut(line: str, rows: int) -> str:
    """The line on so many rows; cut between words, so that no number is halved."""
    kept = textwrap.wrap(line, COLUMNS, max_lines=rows, placeholder=" …")
    return type(line)(" ".join(kept))
