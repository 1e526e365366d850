from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from handlers.moments import moment

NOW = datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
SIX = datetime(2025, 6, 12, 18, 0, tzinfo=UTC)
END = datetime.combine(SIX.date(), time.max, UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("2025-06-12 18:00", "2025-6-12 18:00", "2025-06-12T18:00", "2025-06-12T18:00Z"),
        *("2025-06-12 18:00 UTC", "12.06.2025 18:00", "12.6.2025, 18:00", "12.06 18:00"),
        *("12 June 2025 18:00", "12 June 18:00", "June 12, 2025 18:00", "12 jun 18:00"),
        *("12 червня 2025, 18:00", "12 черв. 18:00", "12 июня 2025 18:00", "12 Июнь, 18:00"),
        "  12   июня\t18:00 ",
    ],
)
def test_a_day_with_a_time_is_that_moment_in_utc(text: str) -> None:
    assert moment(text, NOW) == SIX


@pytest.mark.parametrize(
    "text",
    [
        *("2025-06-12", "12.06.2025", "12.6.2025", "12.06", "12.06.", "12 June", "June 12"),
        *("12 June 2025", "June 12, 2025", "12 червня", "12 июня 2025", "12. June"),
    ],
)
def test_a_day_alone_is_meant_to_its_end(text: str) -> None:
    assert moment(text, NOW) == END


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 July", (2025, 7, 1)),
        ("2 July", (2024, 7, 2)),
        ("31.12", (2024, 12, 31)),
        ("29 February", (2024, 2, 29)),
        ("1 мая", (2025, 5, 1)),
        ("1 май", (2025, 5, 1)),
        ("3 листопада", (2024, 11, 3)),
        ("2 July 2025", (2025, 7, 2)),
    ],
)
def test_a_day_without_a_year_is_the_latest_that_has_begun(
    text: str, day: tuple[int, int, int]
) -> None:
    found = moment(text, NOW)
    assert found is not None
    assert (found.year, found.month, found.day) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "S1", "12", "18:00", "2025", "June", "12 Juno", "31 June", "30.02.2025"),
        *("2025-13-01", "2025-06-12 24:00", "2025-06-12 18:60", "12/06/2025", "0000-01-01"),
        *("12.06.25", "१२ June", "12 June 2025 at six", "-1 June", "12 June 18:00 +03:00"),
        *("12 June 99999", "9" * 100, "<b>12 June</b>", "12 June; DROP TABLE records"),
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment(text, NOW) is None


def test_every_month_is_known_by_its_name_in_every_language() -> None:
    names = [
        *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
        *("October", "November", "December", "січня", "лютого", "березня", "квітня", "травня"),
        *("червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня", "января"),
        *("февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября"),
        *("октября", "ноября", "декабря"),
    ]
    for place, name in enumerate(names):
        found = moment(f"3 {name} 2024", NOW)
        assert found is not None
        assert found.month == place % 12 + 1, name
