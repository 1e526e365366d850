"""What happens while something else happens: nobody who left hears of us, and nothing dangles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from exchange.news import Topic
from sandbox.standin import Standin
from storage import outbox, subscribers
from tests.bot.house import House as Sending
from tests.bot.house import a_house
from tests.dialogue.house import SECOND, House
from tests.dialogue.stages import LINK, publishes_the_usual, takes_steps
from tests.dialogue.talk import Talker
from tests.stores import readers_of

READER, OTHER = 7_123_456_789, 7_123_456_790
ANOTHER_DAY = (
    "kind:persons",
    "state:completed",
    "day:8",
    "done:categories",
    "direction:both",
    LINK,
    "confirm:both",
)


async def publishes_a_figure(moderator: Talker) -> None:
    """A number added to stage S2, which is an alert of its own."""
    await moderator.says("/record")
    await takes_steps(moderator, "add:S2", "figure:UA", "qualifier:exact", "25")
    speaker = next(one for one in moderator.lowest.rows if "speaker:" in one[0]["callback_data"])
    await moderator.sends(speaker[0]["callback_data"], moderator.lowest)
    await takes_steps(moderator, "preview", "publish")


@pytest.mark.parametrize("leaving", ["/unsubscribe", "topic:people:off"])
async def test_undoing_an_update_brings_no_alert_to_who_left_meanwhile(
    house: House, leaving: str
) -> None:
    leaver, stays = await house.subscriber(READER), await house.subscriber(OTHER)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await publishes_a_figure(moderator)
    if leaving == "/unsubscribe":
        await leaver.says(leaving)
    else:
        await leaver.says("/settings")
        await leaver.presses(leaving)
    await moderator.presses("undo")
    await house.undo_pause_passes()
    assert not any("No. 1" in one for one in house.sent_to(leaver))
    assert any("No. 1" in one for one in house.sent_to(stays))


async def test_undoing_an_update_waits_for_nobody_who_was_erased_meanwhile(house: House) -> None:
    leaver = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await publishes_a_figure(moderator)
    await house.store.write(lambda conn: subscribers.blocked(conn, house.store.seal, leaver.id))
    await moderator.presses("undo")
    await house.undo_pause_passes()
    progress = await house.store.read(lambda conn: outbox.progress(conn, 1))
    assert progress.waiting == 0


async def test_undoing_keeps_a_source_that_another_stage_rests_on(house: House) -> None:
    first, second = house.moderator(), house.moderator(person_id=SECOND)
    await publishes_the_usual(first)
    await second.says("/record")
    await takes_steps(second, *ANOTHER_DAY, "preview", "publish")
    await first.presses("undo")
    ledger = await house.store.ledger()
    assert list(ledger.stages) == ["S1", "S3"]
    assert all(set(stage.sources) <= set(ledger.sources) for stage in ledger.stages.values())


async def test_a_draft_whose_stage_was_taken_back_can_still_be_shown(house: House) -> None:
    first, second = house.moderator(), house.moderator(person_id=SECOND)
    await publishes_the_usual(first)
    await second.says("/record")
    await second.presses("add:S2")
    await first.presses("undo")
    await second.says("/record")
    assert "preview" not in (await second.presses("continue")).acts
    await second.presses("discard")


@pytest.fixture
async def sending(tmp_path: Path, telegram: Standin) -> AsyncIterator[Sending]:
    async with a_house(tmp_path, telegram) as opened:
        yield opened


@pytest.mark.parametrize("leaving", ["unsubscribe", "forget", "blocked", "stop"])
async def test_a_claimed_alert_that_awaits_its_turn_is_not_sent_to_who_left(
    sending: Sending, leaving: str
) -> None:
    """A reader who was just answered has a second of silence first, and may leave within it."""
    house = sending.slower(chat_seconds=0.4)
    [reader] = await house.readers(1)
    first = await house.publish("S1")
    async with house.sending() as sender:
        await house.until_all("delivered")
        second = await house.publish("S2")
        sender.wake()
        await house.until(lambda rows: [one.state for one in rows] == ["delivered", "sending"])
        if leaving == "stop":
            await house.store.write(lambda c: outbox.stop(c, second, "mod-1", house.clock()))
        else:
            act = getattr(subscribers, leaving)
            await house.store.write(lambda conn: act(conn, house.store.seal, reader.id))
        await house.until(lambda rows: all(one.state != "sending" for one in rows))
        await asyncio.sleep(0.5)  # the turn would have come by now
    assert [call.parameters["text"] for call in house.sent(reader)] == [f"No. {first}"]
    assert await house.store.read(lambda conn: outbox.next_due(conn, house.clock())) is None


async def test_a_stopped_alert_is_not_alive_again_when_its_update_is_called_back(
    sending: Sending,
) -> None:
    await sending.readers(2)
    first = await sending.publish("S1")
    async with sending.sending():
        await sending.until_all("delivered")
    await sending.store.write(lambda c: outbox.stop(c, first, "mod-1", sending.clock()))
    update = await sending.publish("S1", "Update", refers_to=first)
    await sending.store.write(lambda c: outbox.call_back(c, update, "mod-1", sending.clock()))
    assert (await sending.store.read(lambda c: outbox.progress(c, first))).state == "stopped"
    assert await sending.store.read(lambda c: readers_of(c, Topic.PEOPLE)) == 2
