"""How alerts leave: once each, in order, at the right pace, and through every end of a process."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.sender import Waits
from exchange.news import Topic
from sandbox import faults
from storage import outbox, subscribers, tables
from storage.errors import StaleEpoch
from storage.outbox import AlertType
from storage.store import Connection
from tests.bot.house import House, eventually
from tests.bot.seconds import most_together
from tests.stores import readers_of

PATIENCE = 60
"""Seconds that no test takes."""


async def test_every_reader_gets_the_alert_once(house: House) -> None:
    readers = await house.readers(30)
    await house.publish()
    async with house.sending():
        await house.until_all("delivered")
    assert [[one.text for one in reader.received] for reader in readers] == [["No. 1"]] * 30
    ids = {row.message_id for row in await house.deliveries()}
    assert ids == {one.message_id for one in house.sent()}


async def test_an_alert_is_sent_without_preview_and_with_its_buttons(house: House) -> None:
    await house.readers(1)
    async with house.sending() as sender:
        await house.publish()
        sender.wake()
        await house.until_all("delivered")
    sent = house.sent()[0].parameters
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert sent["parse_mode"] == "HTML"
    assert "reply_markup" not in sent


async def test_publishing_wakes_the_sender(house: House) -> None:
    house = house.slower(waits=Waits(poll=60, flush=0.005))
    (reader,) = await house.readers(1)
    async with house.sending() as sender:
        await asyncio.sleep(0.05)
        await house.publish()
        sender.wake()
        await reader.hears("No. 1", timeout=2)


async def test_the_last_outcome_is_written_down_at_once(house: House) -> None:
    """Nothing that it could wait for is in flight."""
    house = house.slower(waits=Waits(poll=60, flush=60))
    _, slow = await house.readers(2)
    house.telegram.order(faults.slow(0.1), chat=slow)
    await house.publish()
    async with house.sending():
        await house.until_all("delivered")


async def test_many_outcomes_are_written_down_at_once(house: House) -> None:
    """Half of what may be in flight has come back; the other half is awaited.

    Told to end it waits no longer for that half than it may, and for no further outcomes.
    """
    house = house.slower(rate=20, waits=Waits(poll=60, flush=60, finish=0.1), read_timeout=PATIENCE)
    readers = await house.readers(8)
    for slow in readers[4:]:
        house.telegram.order(faults.slow(PATIENCE), chat=slow)
    await house.publish()
    async with asyncio.timeout(30), house.sending():
        half = Counter(delivered=4, sending=4)
        await house.until(lambda rows: Counter(row.state for row in rows) == half)


async def test_told_to_end_it_ends_with_the_last_outcome(house: House) -> None:
    house = house.slower(waits=Waits(poll=60, flush=0.005, finish=60))
    await house.readers(1)
    house.telegram.order(faults.slow(0.1))
    await house.publish()
    async with asyncio.timeout(15):
        async with house.sending():
            await house.telegram.until(lambda: bool(house.sent()))
    assert await house.states() == ["delivered"]


async def test_what_nobody_announced_is_found_all_the_same(house: House) -> None:
    (reader,) = await house.readers(1)
    async with house.sending():
        await asyncio.sleep(0.05)
        await house.publish()
        await reader.hears("No. 1", timeout=2)


async def test_nothing_leaves_before_the_undo_pause_is_over(house: House) -> None:
    (reader,) = await house.readers(1)
    await house.publish()
    house.clock.forward(-20)
    async with house.sending() as sender:
        await asyncio.sleep(0.1)
        assert not reader.received
        house.clock.forward(21)
        sender.wake()
        await reader.hears("No. 1")


async def test_no_more_is_in_flight_than_a_crash_may_repeat(house: House) -> None:
    house = house.slower(rate=30)
    await house.readers(20)
    house.telegram.order(faults.slow(0.25), method="sendMessage", times=None)
    await house.publish()
    sending = 0
    async with house.sending():
        async with asyncio.timeout(5):
            while len(house.sent()) < 18:
                sending = max(sending, (await house.states()).count("sending"))
                await asyncio.sleep(0.005)
    assert sending <= 9
    assert house.telegram.journal.most_at_once("sendMessage") <= 9


async def test_never_more_than_the_rate_in_any_second(house: House) -> None:
    """Row 5, by the stand-in's own clock; no burst at the start."""
    house = house.slower(rate=30)
    await house.readers(65)
    await house.publish()
    async with house.sending():
        await house.until_all("delivered")
    times = [call.at for call in house.sent()]
    assert most_together(house.sent()) <= 30
    assert sum(1 for one in times if one < times[0] + 0.1) <= 5


async def test_one_reader_gets_at_most_one_alert_a_second(house: House) -> None:
    """Row 5, with a shorter second."""
    house = house.slower(chat_seconds=0.2)
    (reader,) = await house.readers(1)
    await house.publish("S1")
    await house.publish("S2")
    async with house.sending():
        await house.until_all("delivered")
    first, second = house.sent(reader)
    assert second.at - first.at >= 0.18


async def test_what_was_being_sent_at_a_crash_is_repeated_marked(house: House) -> None:
    """Rows 25 and 26."""
    (reader,) = await house.readers(1)
    await house.publish()
    await house.leave_in_sending()
    async with house.sending() as sender:
        await house.until_all("unsure")
        house.clock.forward(31)
        sender.wake()
        await house.until_all("delivered")
    assert [one.text for one in reader.received] == ["Repeat of No. 1"]


async def test_stopping_in_the_middle_of_a_send_leaves_no_doubt(house: House) -> None:
    """Row 28."""
    await house.readers(20)
    house.telegram.order(faults.slow(0.2), method="sendMessage", times=None)
    await house.publish()
    async with house.sending():
        await house.telegram.until(lambda: len(house.sent()) >= 5)
    rows = await house.deliveries()
    assert {row.state for row in rows} <= {"delivered", "queued"}
    assert {row.ambiguous for row in rows} == {0}
    delivered = [row for row in rows if row.state == "delivered"]
    assert len(delivered) == len(house.sent()) >= 5


async def test_stopping_waits_only_so_long_for_an_answer(house: House) -> None:
    (reader,) = await house.readers(1)
    house = house.slower(waits=Waits(poll=0.1, flush=0.005, finish=0.05))
    house.telegram.order(faults.slow(5), method="sendMessage")
    await house.publish()
    began = asyncio.get_running_loop().time()
    async with house.sending():
        await house.telegram.until(lambda: len(house.sent()) == 1)
    assert asyncio.get_running_loop().time() - began < 1
    async with house.sending() as sender:
        await house.until_all("unsure")
        house.clock.forward(31)
        sender.wake()
        await house.until_all("delivered")
    assert [one.text for one in reader.received][-1] == "Repeat of No. 1"


async def test_a_withdrawal_goes_first_and_ends_what_was_not_sent(house: House) -> None:
    """Row 30."""
    house = house.slower(rate=20)
    readers = await house.readers(18)
    await house.publish("S1")
    async with house.sending() as sender:
        await house.telegram.until(lambda: len(house.sent()) >= 5)
        await house.publish("S1", "Cancel", refers_to=1)
        await house.publish("S2")
        sender.wake()
        await house.until_all("delivered", "cancelled", seconds=8)
    texts = [[one.text for one in reader.received] for reader in readers]
    assert all(one in (["No. 1", "No. 2", "No. 3"], ["No. 3"]) for one in texts)
    reached = texts.count(["No. 1", "No. 2", "No. 3"])
    assert 5 <= reached < 18
    order = [call.parameters["text"] for call in house.sent()]
    assert order.index("No. 3") > max(i for i, one in enumerate(order) if one == "No. 2")


@pytest.mark.parametrize("type_", ["Cancel", "Update"])
async def test_what_is_known_to_be_wrong_does_not_leave_when_its_turn_comes(
    house: House, type_: AlertType
) -> None:
    """Eight are claimed at once and wait for their turns; one may be just leaving."""
    house = house.slower(rate=8)
    readers = await house.readers(16)
    await house.publish("S1")
    async with house.sending() as sender:
        await house.telegram.until(lambda: len(house.sent()) >= 3)
        await house.publish("S1", type_, refers_to=1)
        known = len(house.sent())
        sender.wake()
        await house.until_all("delivered", "cancelled", seconds=8)
    texts = [[one.text for one in reader.received] for reader in readers]
    reached = texts.count(["No. 1", "No. 2"])
    assert 3 <= reached <= known + 1
    assert texts.count([] if type_ == "Cancel" else ["No. 2"]) == 16 - reached


async def test_what_is_halted_while_it_waits_for_its_turn_does_not_leave(house: House) -> None:
    """As an erasure halts every alert that has the erased words, those of other records too."""
    house = house.slower(rate=8)
    await house.readers(16)
    await house.publish("S1")
    async with house.sending():
        await house.telegram.until(lambda: len(house.sent()) >= 3)
        await house.store.write(
            lambda conn: conn.execute(update(tables.alerts).values(state="halted"))
        )
        known = len(house.sent())
        await house.until_all("delivered", "queued")
    assert len(house.sent()) == (await house.states()).count("delivered") <= known + 1


async def test_who_unsubscribes_gets_at_most_the_one_in_flight(house: House) -> None:
    """Row 31."""
    house = house.slower(rate=20)
    readers = await house.readers(12)
    await house.publish()

    def all_leave(conn: Connection) -> None:
        for reader in readers:
            subscribers.unsubscribe(conn, house.store.seal, reader.id)

    async with house.sending():
        await house.telegram.until(lambda: len(house.sent()) >= 1)
        await house.store.write(all_leave)
        spared = (await house.states()).count("cancelled")
        await house.until_all("delivered", "cancelled")
    assert spared > 0
    assert len(house.sent()) == (await house.states()).count("delivered") <= 12 - spared


async def test_a_second_alert_waits_while_the_first_is_in_doubt(house: House) -> None:
    """Row 32."""
    doubtful, quick = await house.readers(2)
    house.telegram.order(faults.dropped(accepted=True), chat=doubtful, method="sendMessage")
    await house.publish("S1")
    await house.publish("S2")
    async with house.sending() as sender:
        await house.until(lambda rows: [row.state for row in rows].count("delivered") == 2)
        await asyncio.sleep(0.05)
        assert [one.text for one in doubtful.received] == ["No. 1"]
        house.clock.forward(31)
        sender.wake()
        await house.until_all("delivered")
    assert [one.text for one in doubtful.received] == ["No. 1", "Repeat of No. 1", "No. 2"]
    assert [one.text for one in quick.received] == ["No. 1", "No. 2"]


async def test_another_sender_takes_over_and_this_one_sends_no_more(house: House) -> None:
    house = house.slower(rate=20)
    await house.readers(30)
    await house.publish()
    async with house.sender() as sender:
        running = asyncio.create_task(sender.run())
        await house.telegram.until(lambda: len(house.sent()) >= 2)
        await house.store.write(lambda conn: outbox.start(conn, house.clock()))
        with pytest.raises(StaleEpoch):
            await asyncio.wait_for(running, 5)
    assert len(house.sent()) <= 2 + 8
    delivered = [row for row in await house.deliveries() if row.state == "delivered"]
    assert len(delivered) >= 2


async def test_it_is_seen_in_a_pause_as_well_that_another_sender_has_taken_over(
    house: House,
) -> None:
    def pause(conn: Connection) -> None:
        outbox.pause(conn, house.clock() + timedelta(hours=1))

    async with house.sender() as sender:
        running = asyncio.create_task(sender.run())
        await house.store.write(pause)
        sender.wake()
        await asyncio.sleep(0.1)
        await house.store.write(lambda conn: outbox.start(conn, house.clock()))
        with pytest.raises(StaleEpoch):
            await asyncio.wait_for(running, 5)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**16))
async def test_whatever_goes_wrong_every_reader_is_served_and_repeats_are_bounded(
    house: House, seed: int
) -> None:
    """Many faults at once, forwarding the clock: copies <= 1 + ambiguous, each repeat marked."""
    house.telegram.clear()
    house.telegram.calls.orders._dice.seed(seed)
    first = 10_000 + 100 * seed
    readers = await house.readers(20, first)
    for fault in (
        faults.too_many_requests(2),
        faults.too_many_requests(None),
        faults.dropped(accepted=True),
        faults.dropped(),
        faults.server_error(500),
        faults.cut_json(),
    ):
        house.telegram.order(fault, method="sendMessage", times=None, chance=0.06)
    number = await house.publish()
    async with house.sending() as sender:

        async def done() -> bool:
            house.clock.forward(20)
            sender.wake()
            progress = await house.store.read(lambda conn: outbox.progress(conn, number))
            return not progress.waiting

        await eventually(done, seconds=10)

    def rows_of(conn: Connection) -> dict[int, tuple[str, int]]:
        query = (
            select(tables.deliveries)
            .join(tables.alerts, tables.alerts.c.id == tables.deliveries.c.alert_id)
            .where(tables.alerts.c.number == number)
        )
        found = {row.subscriber_id: (row.state, row.ambiguous) for row in conn.execute(query)}
        known = {one: subscribers.find(conn, house.store.seal, one.id) for one in readers}
        return {one.id: found[kept.id] for one, kept in known.items() if kept}

    rows = await house.store.read(rows_of)
    assert set(rows) == {reader.id for reader in readers}
    for reader in readers:
        state, ambiguous = rows[reader.id]
        texts = [one.text for one in reader.received if one.text.endswith(f"No. {number}")]
        assert state in ("delivered", "unknown")
        assert len(texts) <= 1 + ambiguous
        assert state == "unknown" or texts
        assert texts.count(f"No. {number}") <= 1
    subscribed = await house.store.read(lambda conn: readers_of(conn, Topic.PEOPLE))
    assert subscribed
    await house.store.write(
        lambda conn: [subscribers.unsubscribe(conn, house.store.seal, one.id) for one in readers]
    )
