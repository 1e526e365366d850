"""What readers ask of the past. The Istanbul ledger was recorded on 9 June 2025 at 21:00 UTC, and
the house's clock stands at 15:00 on the day after."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from exchange.dates import EventDate
from messages.asof import EXAMPLE
from messages.catalogue import LANGUAGES
from messages.values import Count, Day, Moment, TypedMoment
from tests.dialogue.house import NOW, House
from tests.dialogue.stages import many_stages, publishes_the_usual, record_in

READER = 7_123_456_789
EVENING = datetime(2025, 6, 9, 22, 0, tzinfo=UTC)


async def test_the_status_is_answered_as_it_was_known_then(house: House) -> None:
    await record_in(house, *many_stages(3))
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        one, four = [
            reader.say("status-stages-last", count=Count(count), day=Day(EventDate(6, day)))
            for count, day in ((1, 9), (4, 12))
        ]
        then = await reader.says("/asof 2025-06-09 22:00")
        assert one in then.tells("asof-known", moment=Moment(EVENING)).text
        now = await reader.presses("status")
        assert four in now.text
        assert four in (await reader.says("/asof 2025-06-10 15:00")).text


async def test_what_was_recorded_by_then_counts_and_not_what_happened_by_then(
    house: House,
) -> None:
    """A stage of 10 June, published on 10 June at 15:00: at noon nobody here knew of it."""
    await publishes_the_usual(house.moderator())
    reader = house.person(READER)
    noon = await reader.says("/asof 10 June 2025 12:00")
    assert "1 stage completed" in noon.text
    house.clock.forward(3600)
    assert "2 stages completed" in (await reader.says("/asof 10 June 2025 15:01")).text
    assert (await reader.says("/asof 10.06.2025 12:00")).text == noon.text


@pytest.mark.parametrize(
    "asked", ["2025-06-09 20:59", "2025-06-08", "1 January 2025", "1999-12-31"]
)
async def test_before_the_first_record_nothing_was_known(house: House, asked: str) -> None:
    reader = house.person(READER)
    said = (await reader.says(f"/asof {asked}")).text
    assert said.startswith("Nothing had been recorded by ")
    (await reader.presses("status")).tells("not-published")


@pytest.mark.parametrize("asked", ["2025-06-10", "10 June", "2025-06-10 15:00", "2099-01-01"])
async def test_what_is_still_to_come_is_known_as_it_is_now(house: House, asked: str) -> None:
    reader = house.person(READER)
    (await reader.says(f"/asof {asked}")).tells("asof-known", moment=Moment(NOW))


async def test_what_is_no_day_gets_a_sentence_with_an_example(house: House) -> None:
    day = Day(EventDate(EXAMPLE.month, EXAMPLE.day))
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        for asked in ("", "x", "yesterday", "31 June", "S1", "2025-06-10 25:00", "x" * 200):
            shown = await reader.says(f"/asof {asked}")
            shown.tells("asof-how", moment=TypedMoment(EXAMPLE), day=day)


async def test_on_the_first_day_there_is_no_past(empty_house: House) -> None:
    reader = empty_house.person(READER)
    (await reader.says("/asof 2025-06-10 15:00")).tells("asof-nothing", moment=Moment(NOW))
