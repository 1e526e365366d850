"""What is sent: finished text with buttons.

Whatever is said is put together as plain lines. They become HTML here and nowhere else, so that
nothing a ledger, a moderator or a reader writes can be taken for a tag.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NewType

Html = NewType("Html", str)
"""Escaped text with no tags but `<b>`, ready for Telegram's HTML parse mode."""

LONGEST_TEXT = 4096
"""Telegram's limit, in UTF-16 units. We count the tags too, which Telegram does not."""
LONGEST_ACT = 46
"""Bytes of UTF-8: Telegram's 64, less the key that the handlers put before a draft's acts."""
LONGEST_COPY = 256
"""Telegram's limit for what a button copies."""
_LONGEST_LABEL = 40


class Heading(str):
    """A line that is printed bold."""

    __slots__ = ()


class Kept(str):
    """A line of a message that was made before: its HTML stays as it is."""

    __slots__ = ()


@dataclass(frozen=True)
class Button:
    """A button: pressing it does `act`, opens `url` or puts `copy` on the clipboard."""

    label: str
    act: str = ""
    """A verb and what it is done to, such as "stage:S2"; read by the handlers."""
    url: str = ""
    copy: str = ""
    """At most `LONGEST_COPY` characters."""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Message:
    """What one Telegram message shows."""

    text: Html
    buttons: Rows = ()


def compose(
    lines: Iterable[str], buttons: Iterable[Sequence[Button]] = (), cut: str = ""
) -> Message:
    """A message of these plain lines; those that do not fit are replaced by the line `cut`."""
    return Message(_fit([_line(line) for line in lines], _line(cut)), _rows(buttons))


def escape(text: str) -> Html:
    """Text that shows itself, whatever it holds."""
    return Html(html.escape(clean(text), quote=False))


def clean(text: str) -> str:
    """Text on one line, without characters that hide, reorder or break what is read."""
    if text.isprintable():  # so is nearly all; of printable characters there is none to leave out
        return text
    one_line = _LINE_BREAKS.sub(" ", text)
    return "".join(one for one in one_line if unicodedata.category(one) not in _UNSEEN)


_LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_UNSEEN = {"Cc", "Cf", "Cs", "Co"}
"""Controls, format characters (direction overrides, zero widths, tags), surrogates, private use."""


def clip(text: str, longest: int) -> str:
    """The text, or its beginning with a mark that more was there; no sign is cut in two."""
    text = clean(text)
    if len(text) <= longest:
        return text
    ends = (sign.end() for sign in _SIGN.finditer(text))
    return text[: max((end for end in ends if end < longest), default=0)].rstrip() + "…"


_SIGN = re.compile(
    r"(?:[\U0001f1e6-\U0001f1ff]{2}|.)"
    r"[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*"
)
"""What is seen as one: a flag is two letters, and accents and colours of skin come behind."""


def utf16_length(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _line(line: str) -> Html:
    if isinstance(line, Kept):
        return Html(line)
    return Html(f"<b>{escape(line)}</b>") if isinstance(line, Heading) else escape(line)


def _fit(lines: list[Html], cut: Html) -> Html:
    if utf16_length("\n".join(lines)) <= LONGEST_TEXT:
        return Html("\n".join(lines))
    while lines and utf16_length("\n".join([*lines, cut])) > LONGEST_TEXT:
        lines.pop()
    return Html("\n".join([*lines, cut]))


def _rows(rows: Iterable[Sequence[Button]]) -> Rows:
    """The rows as Telegram takes them: no empty row, no empty label, no act that is too long."""
    kept = (
        tuple(
            replace(one, label=clip(one.label, _LONGEST_LABEL) or "…")
            for one in row
            if len(one.act.encode()) <= LONGEST_ACT
        )
        for row in rows
    )
    return tuple(row for row in kept if row)
