"""A long list, some of it at a time, turned in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from messages.catalogue import Say
from messages.message import Button
from messages.values import Page

T = TypeVar("T")


class Pages(Generic[T]):
    """One page of a list; a page that does not exist is the nearest one that does."""

    def __init__(self, everything: Sequence[T], page: int, size: int) -> None:
        self.count = max(1, -(-len(everything) // size))
        self.page = min(max(page, 1), self.count)
        self.shown = everything[(self.page - 1) * size : self.page * size]

    def footer(self, say: Say) -> list[str]:
        """Which page this is, where there is more than one."""
        if self.count == 1:
            return []
        return ["", say("page", page=Page(self.page), pages=Page(self.count))]

    def turn(self, say: Say, act: str) -> tuple[Button, ...]:
        """Buttons to the pages beside this one; `act` is what the page's number is put behind."""
        earlier = Button(say("button-earlier-page"), f"{act}{self.page - 1}")
        later = Button(say("button-later-page"), f"{act}{self.page + 1}")
        return (*([earlier] if self.page > 1 else []), *([later] if self.page < self.count else []))
