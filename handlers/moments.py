"""A moment of the past, as people write it: "2025-06-12 18:00", "12.06.2025", "12 June"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import cache

from babel.dates import get_month_names

from exchange.records import LANGUAGES

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})(?:\.([0-9]{4}))?\.?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.? ([^\W\d_]+)\.?,?(?: ([0-9]{4}))?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2}),?(?: ([0-9]{4}))?")
_TIME = re.compile(r"(.*?)[ T,]+([0-9]{1,2}):([0-9]{2})(?: ?(?:UTC|Z))?", re.IGNORECASE)

_LAST_MINUTE = time.max
_LONGEST_WAIT_FOR_A_DAY = 8
"""Years between two 29ths of February, at most."""


def moment(text: str, now: datetime) -> datetime | None:
    """The moment in UTC; None where the text is none.

    A day alone means all of it, to its end. A day without a year is the latest that has begun.
    """
    words = " ".join(text.split())
    timed = _TIME.fullmatch(words)
    day = _day(timed[1] if timed else words, now)
    if day is None:
        return None
    try:
        clock = time(int(timed[2]), int(timed[3])) if timed else _LAST_MINUTE
    except ValueError:
        return None
    return datetime.combine(day, clock, UTC)


def _day(text: str, now: datetime) -> date | None:
    if found := _ISO.fullmatch(text):
        return _date(found[1], int(found[2]), found[3], now)
    if found := _DOTTED.fullmatch(text):
        return _date(found[3], int(found[2]), found[1], now)
    if found := _DAY_FIRST.fullmatch(text):
        return _date(found[3], _months().get(found[2].lower(), 0), found[1], now)
    if found := _MONTH_FIRST.fullmatch(text):
        return _date(found[3], _months().get(found[1].lower(), 0), found[2], now)
    return None


def _date(year: str | None, month: int, day: str, now: datetime) -> date | None:
    if year is not None:
        return _existing(int(year), month, int(day))
    this_year = now.astimezone(UTC).year
    years = range(this_year, this_year - _LONGEST_WAIT_FOR_A_DAY - 1, -1)
    days = (_existing(one, month, int(day)) for one in years)
    return next((one for one in days if one and one <= now.astimezone(UTC).date()), None)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Every name of a month, whole or short, in every language that the bot speaks."""
    return {
        name.lower().rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }
