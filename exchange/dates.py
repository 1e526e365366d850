"""The day of an event, as precise as its sources and no more.

A source that prints no year leaves the year unknown: it is stored so, shown so and ordered by month
and day. Moments of our own acts are ordinary aware datetimes and have nothing to do with this.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

_EASTERNMOST = timezone(timedelta(hours=14))
_LEAP_YEAR = 2000


@dataclass(frozen=True)
class EventDate:
    """A day; `year` is None when no source prints it."""

    month: int
    day: int
    year: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:  # noqa: PLR2004 (months of a year)
            raise ValueError("a month is a number from 1 to 12")
        days = days_in(self.month, self.year)
        if not 1 <= self.day <= days:
            raise ValueError(f"this month has days from 1 to {days}")

    @classmethod
    def of(cls, day: date) -> EventDate:
        return cls(day.month, day.day, day.year)

    def may_be(self, other: EventDate) -> bool:
        """Whether both can be one day: a year that is not printed contradicts no other."""
        years_agree = self.year == other.year or None in (self.year, other.year)
        return years_agree and (self.month, self.day) == (other.month, other.day)

    def is_future(self, now: datetime) -> bool:
        """Whether the day has begun nowhere on Earth; a day without a year is never judged."""
        if self.year is None:
            return False
        return date(self.year, self.month, self.day) > now.astimezone(_EASTERNMOST).date()


def days_in(month: int, year: int | None) -> int:
    """How many days a month has; where the year is unknown, how many it can have."""
    return calendar.monthrange(year or _LEAP_YEAR, month)[1]


def chronological(dates: Iterable[EventDate]) -> Callable[[EventDate], tuple[int, int, int]]:
    """A sort key for these dates: by year only if every one of them has a year."""
    with_years = all(one.year is not None for one in dates)
    return lambda one: ((one.year or 0) if with_years else 0, one.month, one.day)
