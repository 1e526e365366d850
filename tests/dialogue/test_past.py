"""What readers ask of the past. The Istanbul ledger was recorded on 9 June 2025 at 21:00 UTC, and
the house's clock stands at 15:00 on the day after."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from exchange.corrections import Reason
from exchange.dates import EventDate
from messages.asof import EXAMPLE
from messages.catalogue import LANGUAGES
from messages.values import Count, Day, Moment, PublicId, TypedMoment
from storage import ledger
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


async def correct(house: House, key: str = "S1", day: int = 8) -> None:
    """Another day for a stage, as a correction."""
    before = (await house.store.ledger()).stages[key]
    after = replace(before, date=EventDate(6, day))
    reason = Reason.WRONG_DATE
    await house.store.write(
        lambda conn: ledger.correct(conn, [after], reason=reason, by="mod-1", at=house.clock())
    )


async def test_a_records_history_says_what_was_and_what_is(house: House) -> None:
    await correct(house)
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        for asked in ("S1", "s1", " S 1 "):
            shown = await reader.says(f"/history {asked}")
            shown.tells("history-heading", id=PublicId("S1")).tells("past-recorded")
            assert "X1" in shown.text
            for day in (8, 9):
                assert Day(EventDate(6, day)).shown(language) in shown.text
        assert "mod-1" not in shown.text


async def test_a_long_history_is_turned_in_place(house: House) -> None:
    for day in range(1, 9):
        await correct(house, day=day)
    reader = house.person(READER)
    first = await reader.says("/history S1")
    assert "history:S1:2" in first.acts
    second = await reader.presses("history:S1:2")
    assert second.text != first.text
    assert (await reader.presses("history:S1:1")).text == first.text
    assert len(house.sent_to(reader)) == 1


async def test_the_history_of_nothing_gets_a_sentence_with_an_example(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        for asked in ("", "1", "S99", "X1", "x" * 100, ":", "S1 S2"):
            shown = await reader.says(f"/history {asked}")
            shown.tells("history-unknown", example=PublicId("S1"))


async def test_every_correction_is_in_the_log_the_newest_first(house: House) -> None:
    reader = house.person(READER)
    (await reader.says("/corrections")).tells("corrections-none")
    for day in range(4, 9):
        await correct(house, day=day)
    first = (await reader.says("/corrections")).text
    assert first.index("X5") < first.index("X4")
    assert "X3" not in first
    assert "X3" in (await reader.presses("corrections:2")).text
    last = (await reader.presses("corrections:3")).text
    assert "X1" in last
    assert "X2" not in last
    assert (await reader.says("/corrections 99")).text == last
    for asked, page in (("X1", last), ("x5", first), ("X99", first), ("S1", first)):
        assert (await reader.says(f"/corrections {asked}")).text == page
    assert (await reader.says("/start x_X1")).text == last


async def test_what_was_corrected_was_known_as_it_was_until_then(house: House) -> None:
    house.clock.forward(3600)
    await correct(house)
    house.clock.forward(3600)
    reader = house.person(READER)
    assert "9 June" in (await reader.says("/asof 2025-06-10 15:59")).text
    assert "8 June" in (await reader.says("/asof 2025-06-10 16:00")).text
