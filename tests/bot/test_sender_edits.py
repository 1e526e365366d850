"""Corrections reach who saw the error: the old message is marked, a reply carries the new words."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bot.sender import Waits
from sandbox import faults
from sandbox.people import Person
from tests.bot.house import House

NOT_FOUND = "message to edit not found"
TOO_OLD = "message can't be edited"


@pytest.fixture
async def readers(house: House) -> list[Person]:
    """Three readers who have got No. 1."""
    found = await house.readers(3)
    await house.publish()
    async with house.sending():
        await house.until_all("delivered")
    return found


def texts(reader: Person) -> list[str]:
    return [one.text for one in reader.received]


async def test_a_correction_is_a_reply_to_what_it_corrects_and_marks_it(
    house: House, readers: list[Person]
) -> None:
    await house.publish("S1", "Update", refers_to=1, edits=(1,))
    async with house.sending():
        await house.until_all("delivered")

    for reader in readers:
        first, second = reader.received
        assert (first.text, first.edited) == ("Corrected by No. 2: No. 1", True)
        assert (second.text, second.reply_to) == ("No. 2", first.id)
        reply, edit = house.telegram.journal.of("sendMessage", "editMessageText", chat=reader.id)[
            1:
        ]
        assert (reply.method, edit.method) == ("sendMessage", "editMessageText")
        assert edit.parameters["link_preview_options"] == {"is_disabled": True}


async def test_a_typo_makes_no_sound_and_no_new_message(
    house: House, readers: list[Person]
) -> None:
    await house.publish("S1", "Update", refers_to=1, edits=(1,), announce=False)
    async with house.sending():
        await house.until_all("delivered")

    assert [texts(reader) for reader in readers] == [["Corrected by No. 2: No. 1"]] * 3


async def test_an_edit_that_was_made_before_counts_as_made(
    house: House, readers: list[Person]
) -> None:
    """Row 15: the answer to the first was lost; made again it changes nothing, and that is well."""
    doubtful = readers[0]
    house.telegram.order(faults.dropped(accepted=True), chat=doubtful, method="editMessageText")
    await house.publish("S1", "Update", refers_to=1, edits=(1,), announce=False)
    async with house.sending() as sender:
        await house.until(lambda rows: [row.state for row in rows].count("unsure") == 1)
        house.clock.forward(31)
        sender.wake()
        await house.until_all("delivered")

    calls = house.telegram.journal.of("editMessageText", chat=doubtful.id)
    assert [call.status for call in calls] == [0, 400]
    assert "not modified" in (calls[1].description or "")
    edits = [row for row in await house.deliveries() if row.edits]
    assert {row.message_id for row in edits} == {one.received[0].id for one in readers}
    assert texts(doubtful) == ["Corrected by No. 2: No. 1"]


@pytest.mark.parametrize("refusal", [NOT_FOUND, TOO_OLD, "MESSAGE_ID_INVALID", "something new"])
async def test_what_cannot_be_edited_is_corrected_by_a_silent_message(
    house: House, readers: list[Person], refusal: str
) -> None:
    """Row 16."""
    unlucky = readers[1]
    house.telegram.order(faults.bad_request(refusal), chat=unlucky, method="editMessageText")
    await house.publish("S1", "Update", refers_to=1, edits=(1,), announce=False)
    async with house.sending():
        await house.until(
            lambda rows: len(rows) == 7 and all(not row.state.startswith("queue") for row in rows)
        )
        await unlucky.hears("No. 2")

    assert [len(reader.received) for reader in readers] == [1, 2, 1]
    last = house.sent(unlucky)[-1].parameters
    assert last["disable_notification"] is True
    assert last["reply_parameters"]["message_id"] == unlucky.received[0].id
    ended = [row for row in await house.deliveries() if row.state == "undeliverable"]
    assert len(ended) == 1
    assert await house.count_readers() == 3


async def test_who_has_the_correction_gets_no_second_one_for_a_deleted_message(
    house: House, readers: list[Person]
) -> None:
    house.telegram.order(faults.bad_request(NOT_FOUND), method="editMessageText", times=None)
    await house.publish("S1", "Update", refers_to=1, edits=(1,))
    async with house.sending():
        await house.until_all("delivered", "undeliverable")

    assert [texts(reader) for reader in readers] == [["No. 1", "No. 2"]] * 3


async def test_a_reply_to_a_message_that_the_reader_deleted_is_sent_all_the_same(
    house: House, readers: list[Person]
) -> None:
    reader = readers[0]
    house.telegram.world.chats[reader.id].posts.clear()
    await house.publish("S1", "Update", refers_to=1)
    async with house.sending():
        await house.until_all("delivered")

    assert [(one.text, one.reply_to) for one in reader.received] == [("No. 2", None)]


async def test_a_wait_that_an_edit_is_told_counts_no_attempt(
    house: House, readers: list[Person]
) -> None:
    waiting = readers[0]
    house.telegram.order(faults.too_many_requests(3), chat=waiting, method="editMessageText")
    await house.publish("S1", "Update", refers_to=1, edits=(1,), announce=False)
    async with house.sending() as sender:
        await house.until(lambda rows: [row.state for row in rows].count("delivered") == 5)
        await asyncio.sleep(0.05)
        house.clock.forward(3.5)
        sender.wake()
        await house.until_all("delivered")

    assert {row.attempts for row in await house.deliveries() if row.edits} == {1}


async def test_a_reader_who_blocked_the_bot_is_erased_at_an_edit_as_well(
    house: House, readers: list[Person]
) -> None:
    readers[0].blocks()
    await house.publish("S1", "Update", refers_to=1, edits=(1,), announce=False)
    async with house.sending():
        await house.until_all("delivered", "undeliverable")

    assert await house.count_readers() == 2
    assert len(house.telegram.journal.of("editMessageText", chat=readers[0].id)) == 1


async def test_edits_keep_to_the_rate_and_to_one_call_a_second_in_a_chat(house: House) -> None:
    house = house.slower(chat_seconds=0.2)
    (reader,) = await house.readers(1)
    await house.publish()
    async with house.sending() as sender:
        await house.until_all("delivered")
        await house.publish("S1", "Update", refers_to=1, edits=(1,))
        sender.wake()
        await house.until_all("delivered")
    calls = house.telegram.journal.of("sendMessage", "editMessageText", chat=reader.id)
    assert len(calls) == 3
    assert all(b.at - a.at >= 0.18 for a, b in pairwise(calls))


async def test_edits_are_no_paid_broadcasts(house: House, readers: list[Person]) -> None:
    house = house.slower(paid_rate=1000)
    await house.publish("S1", "Update", refers_to=1, edits=(1,))
    async with house.sending():
        await house.until_all("delivered")

    edits = house.telegram.journal.of("editMessageText")
    assert len(edits) == len(readers)
    assert not any("allow_paid_broadcast" in one.parameters for one in edits)


async def test_edits_that_cannot_be_paid_for_hold_up_no_withdrawal(house: House) -> None:
    """They go at the free rate; what is paid for gets past them at its own."""
    house = house.slower(rate=10, paid_rate=1000)
    await house.readers(60)
    await house.publish("S1")
    await house.publish("S2")
    async with house.sending() as sender:
        await house.until_all("delivered")
        await house.publish("S1", "Update", refers_to=1, edits=(1,), announce=False)
        await house.telegram.until(lambda: len(house.telegram.journal.of("editMessageText")) > 2)
        await house.publish("S2", "Cancel", refers_to=2)
        sender.wake()
        assert sender._pacer.is_crowded(1000)  # they share the free rate with answers
        await house.telegram.until(lambda: len(house.sent()) == 3 * 60)
        assert len(house.telegram.journal.of("editMessageText")) < 40
        sender.stop()


async def test_edits_for_which_there_is_no_room_are_not_looked_for(house: House) -> None:
    """The next outcome makes room, and rings."""
    waits = Waits(poll=60, flush=0.005, finish=0.1)
    house = house.slower(rate=10, paid_rate=1000, waits=waits, read_timeout=60)
    await house.readers(20)
    await house.publish()
    async with house.sending() as sender:
        await house.until_all("delivered")
        house.telegram.order(faults.slow(60), method="editMessageText", times=None)
        await house.publish("S1", "Update", refers_to=1, edits=(1,), announce=False)
        sender.wake()
        await house.telegram.until(lambda: len(house.telegram.journal.of("editMessageText")) == 8)
        before = house.store.commits
        await asyncio.sleep(0.2)
        assert house.store.commits - before <= 1


async def test_what_is_superseded_while_it_waits_for_its_turn_is_not_edited(
    house: House, readers: list[Person]
) -> None:
    """The newer correction marks the message; the older must not come after it."""
    house = house.slower(chat_seconds=0.3, waits=Waits(poll=0.05, flush=0.005))
    await house.publish("S2")
    await house.publish("S1", "Update", refers_to=1, edits=(1,), announce=False)
    async with house.sending() as sender:
        await house.until(lambda rows: any(row.edits and row.state == "sending" for row in rows))
        await house.publish("S1", "Update", refers_to=3, edits=(1,), announce=False)
        sender.wake()
        await house.until_all("delivered", "cancelled")

    assert {texts(reader)[0] for reader in readers} == {"Corrected by No. 4: No. 1"}
    edited = [call.parameters["text"] for call in house.telegram.journal.of("editMessageText")]
    assert edited == ["Corrected by No. 4: No. 1"] * 3
