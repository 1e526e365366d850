"""The kinds of values that may bring a digit into a text, and how Babel writes them.

The catalogues themselves hold no digits. Every digit that a reader sees was put there by one of
these kinds or stands in the ledger's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from exchange import checkcode
from exchange.dates import EventDate

_LEAP_YEAR = 2000


class Value(Protocol):
    """Something with digits, which knows how it is written in a place of the world."""

    def shown(self, locale: str) -> str:
        """The text of the value; `locale` as Babel knows it, such as en_GB."""
        ...


@dataclass(frozen=True)
class Number:
    """A whole number, grouped as the language groups it; plural forms are chosen by it."""

    n: int

    def shown(self, locale: str) -> str:
        return format_decimal(self.n, locale=locale)


class Figure(Number):
    """A number that somebody said."""


class Count(Number):
    """A number that was counted or calculated here: totals, what remains, how many stages."""


class Page(Number):
    """A page of a list."""


@dataclass(frozen=True)
class AlertNumber:
    """The public number of an alert, as in "No. 42"."""

    n: int

    def shown(self, locale: str) -> str:  # noqa: ARG002 (the same everywhere)
        return str(self.n)


@dataclass(frozen=True)
class PublicId:
    """The public id of a record, as in S1."""

    key: str

    def shown(self, locale: str) -> str:  # noqa: ARG002 (the same everywhere)
        return self.key


@dataclass(frozen=True)
class CheckCode:
    """The code by which an alert can be checked, in two halves that are easy to type."""

    code: str

    def shown(self, locale: str) -> str:  # noqa: ARG002 (the same everywhere)
        return checkcode.written(self.code)


@dataclass(frozen=True)
class Grade:
    """A grade of the Admiralty code: the letter of a source, the digit of what is said, or both."""

    code: str

    def shown(self, locale: str) -> str:  # noqa: ARG002 (the same everywhere)
        return self.code


@dataclass(frozen=True)
class Day:
    """The day of an event, with its year only if a source prints it."""

    of: EventDate

    def shown(self, locale: str) -> str:
        day = date(self.of.year or _LEAP_YEAR, self.of.month, self.of.day)
        return format_date(day, "long" if self.of.year else "d MMMM", locale=locale)


@dataclass(frozen=True)
class Moment:
    """A moment of our own acts, in UTC and saying so."""

    at: datetime

    def shown(self, locale: str) -> str:
        at = self.at.astimezone(UTC)
        day = format_date(at.date(), "long", locale=locale)
        return f"{day}, {format_time(at.time(), 'HH:mm', locale=locale)} UTC"


@dataclass(frozen=True)
class TypedMoment:
    """A moment as a person can type it, in any language."""

    at: datetime

    def shown(self, locale: str) -> str:  # noqa: ARG002 (the same everywhere)
        return f"{self.at:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Link:
    """An address, as it is opened."""

    url: str

    def shown(self, locale: str) -> str:  # noqa: ARG002 (the same everywhere)
        return self.url


@dataclass(frozen=True)
class Month:
    """A month by its name, standing alone."""

    n: int

    def shown(self, locale: str) -> str:
        return format_date(date(_LEAP_YEAR, self.n, 1), "LLLL", locale=locale)


@dataclass(frozen=True)
class Year:
    """A year, never grouped."""

    n: int

    def shown(self, locale: str) -> str:  # noqa: ARG002 (the same everywhere)
        return str(self.n)
