from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.dates import EventDate, chronological

months, days = st.integers(1, 12), st.integers(1, 28)


@given(months, days, st.datetimes(timezones=st.just(UTC)))
def test_a_day_without_a_year_is_never_in_the_future(month: int, day: int, now: datetime) -> None:
    assert not EventDate(month, day).is_future(now)


@pytest.mark.parametrize(
    ("day", "now", "future"),
    [
        (EventDate(6, 10, 2025), datetime(2025, 6, 9, 9, 59, tzinfo=UTC), True),
        # 10:00 in Greenwich is midnight fourteen hours to the east
        (EventDate(6, 10, 2025), datetime(2025, 6, 9, 10, 0, tzinfo=UTC), False),
        (EventDate(6, 10, 2025), datetime(2025, 6, 10, 0, 0, tzinfo=UTC), False),
        (EventDate(1, 1, 2026), datetime(2025, 12, 31, 9, 0, tzinfo=UTC), True),
        (EventDate(6, 10, 2024), datetime(2025, 1, 1, 0, 0, tzinfo=UTC), False),
    ],
)
def test_a_day_is_future_until_it_begins_somewhere(
    day: EventDate, now: datetime, future: bool
) -> None:
    assert day.is_future(now) is future


@pytest.mark.parametrize(
    ("month", "day", "year"), [(0, 1, None), (13, 1, None), (6, 31, None), (2, 29, 2025), (6, 0, 1)]
)
def test_a_day_that_no_calendar_has_is_refused(month: int, day: int, year: int | None) -> None:
    with pytest.raises(ValueError, match="month"):
        EventDate(month, day, year)


def test_29_february_without_a_year_may_be_a_day() -> None:
    assert EventDate(2, 29).day == 29


def test_years_order_days_where_every_day_has_one() -> None:
    december, january = EventDate(12, 30, 2025), EventDate(1, 2, 2026)

    assert sorted([january, december], key=chronological([january, december])) == [
        december,
        january,
    ]


def test_one_day_without_a_year_orders_all_by_month_and_day() -> None:
    dates = [EventDate(12, 30, 2025), EventDate(6, 9), EventDate(1, 2, 2026)]

    assert [one.month for one in sorted(dates, key=chronological(dates))] == [1, 6, 12]


@given(st.lists(st.builds(EventDate, months, days, st.none() | st.integers(2000, 2100))))
def test_any_days_can_be_ordered(dates: list[EventDate]) -> None:
    assert len(sorted(dates, key=chronological(dates))) == len(dates)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (EventDate(6, 9), EventDate(6, 9), True),
        (EventDate(6, 9), EventDate(6, 9, 2025), True),
        (EventDate(6, 9, 2025), EventDate(6, 9, 2025), True),
        (EventDate(6, 9, 2025), EventDate(6, 9, 2026), False),
        (EventDate(6, 9), EventDate(6, 10), False),
        (EventDate(6, 9), EventDate(7, 9), False),
    ],
)
def test_a_year_that_is_not_printed_contradicts_no_other(
    one: EventDate, other: EventDate, *, expected: bool
) -> None:
    assert one.may_be(other) is expected
    assert other.may_be(one) is expected
