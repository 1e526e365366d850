"""Each fault between the sender and Telegram, and what must then hold (docs: delivery)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.outcome import StopSending
from bot.sender import Waits
from exchange.news import Topic
from sandbox import faults
from sandbox.faults import Fault
from storage import outbox, subscribers, tables
from storage.errors import StoreFull
from storage.store import Connection
from tests.bot.house import House, eventually, most_together


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
    assert 64 / (times[-1] - times[0]) > 30 * 0.9


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


async def test_429_of_one_chat_makes_that_chat_wait_and_counts_no_attempt(house: House) -> None:
    """Row 1."""
    waiting, *others = await house.readers(5)
    house.telegram.order(faults.too_many_requests(5), chat=waiting, method="sendMessage")
    await house.publish()
    async with house.sending() as sender:
        await house.until(lambda rows: [row.state for row in rows].count("delivered") == 4)
        await asyncio.sleep(0.05)
        (row,) = [one for one in await house.deliveries() if one.state == "queued"]
        assert row.attempts == 0
        assert row.next_at - house.clock() > timedelta(seconds=4)
        assert all(other.received for other in others)
        assert len(house.sent(waiting)) == 1
        house.clock.forward(5.2)
        sender.wake()
        await house.until_all("delivered")
    assert len(house.sent(waiting)) == 2
    assert len(waiting.received) == 1


async def test_429_of_two_chats_is_a_pause_for_all_that_no_other_answer_ends(
    house: House,
) -> None:
    """Row 2."""
    house = house.slower(rate=20)
    first, second, slow, *_ = await house.readers(12)
    for one in (first, second):
        house.telegram.order(faults.too_many_requests(3), chat=one, method="sendMessage")
    house.telegram.order(faults.slow(0.2), chat=slow, method="sendMessage")
    await house.publish()
    async with house.sending() as sender:
        await house.telegram.until(
            lambda: sum(1 for call in house.sent() if call.status == 429) == 2
        )
        paused = len(house.sent())
        await asyncio.sleep(0.3)
        assert len(house.sent()) <= paused
        assert (await house.states()).count("sending") == 0
        house.clock.forward(3.2)
        sender.wake()
        await house.until_all("delivered")
    assert len([call for call in house.sent() if call.accepted]) == 12


async def test_a_long_pause_outlives_the_process(house: House) -> None:
    """Row 3."""
    house = house.slower(rate=20)
    readers = await house.readers(6)
    house.telegram.order(faults.too_many_requests(10_072), method="sendMessage", times=2)
    await house.publish()
    with structlog.testing.capture_logs() as logs:
        async with house.sending():
            await house.telegram.until(lambda: len(house.sent()) >= 2)
            await asyncio.sleep(0.05)
    assert {"event": "sender.told_to_wait", "seconds": 10_072, "for_all": True}.items() <= [
        one for one in logs if one["log_level"] == "error"
    ][-1].items()

    before = len(house.sent())
    house.clock.forward(10_000)
    async with house.sending():
        await asyncio.sleep(0.2)
    assert len(house.sent()) == before

    house.clock.forward(80)
    async with house.sending():
        await house.until_all("delivered")
    assert all(len(reader.received) == 1 for reader in readers)


async def test_429_without_a_time_is_waited_out_and_counts_no_attempt(house: House) -> None:
    """Row 4."""
    await house.readers(3)
    house.telegram.order(faults.too_many_requests(None), method="sendMessage", times=4)
    await house.publish()
    async with house.sending():
        await house.until_all("delivered")
    assert [row.attempts for row in await house.deliveries()] == [1, 1, 1]


@pytest.mark.parametrize(
    "fault",
    [
        faults.forbidden("bot was blocked by the user"),
        faults.forbidden("user is deactivated"),
        faults.forbidden("bot was kicked from the group chat"),
        faults.forbidden("bot is not a member of the supergroup chat"),
        faults.bad_request("chat not found"),
    ],
    ids=lambda fault: str(fault.refusal.description),
)
async def test_a_reader_who_is_gone_is_erased_and_never_called_again(
    house: House, fault: Fault
) -> None:
    """Rows 7 to 10."""
    gone, stays = await house.readers(2)
    house.telegram.order(fault, chat=gone, method="sendMessage", times=None)
    await house.publish("S1")
    await house.publish("S2")
    async with house.sending():
        await house.until_all("delivered", "undeliverable", "cancelled")
    assert len(house.sent(gone)) == 1
    assert len(stays.received) == 2
    assert await house.count_readers() == 1
    ended = {(row.state, row.reason) for row in await house.deliveries() if row.message_id is None}
    assert {state for state, _ in ended} == {"undeliverable", "cancelled"}
    assert await house.store.read(
        lambda conn: subscribers.find(conn, house.store.seal, gone.id) is None
    )


async def test_a_real_block_at_telegram_erases_the_reader(house: House) -> None:
    gone, _ = await house.readers(2)
    gone.blocks()
    await house.publish()
    async with house.sending():
        await house.until_all("delivered", "undeliverable")
    assert await house.count_readers() == 1


async def test_an_unknown_403_keeps_the_reader_until_the_third_in_a_row(house: House) -> None:
    (reader,) = await house.readers(1)
    house.telegram.order(
        faults.forbidden("something new"), chat=reader, method="sendMessage", times=None
    )
    for count in (1, 1, 0):
        await house.publish()
        async with house.sending():
            await house.until_all("undeliverable")
        assert await house.count_readers() == count
    assert len(house.sent(reader)) == 3


async def test_a_delivery_between_unknown_refusals_keeps_the_reader(house: House) -> None:
    (reader,) = await house.readers(1)
    for refused in (True, True, False, True, True):
        if refused:
            house.telegram.order(faults.forbidden("something new"), method="sendMessage")
        await house.publish()
        async with house.sending():
            await house.until_all("undeliverable", "delivered")
    assert await house.count_readers() == 1
    assert len(reader.received) == 1


async def test_a_chat_that_moved_gets_the_alert_at_its_new_address_once(house: House) -> None:
    """Row 11."""
    (old,) = await house.readers(1)
    new = house.telegram.person(2001, started=True)
    house.telegram.order(faults.migrated(new.id), chat=old, method="sendMessage", times=None)
    await house.publish()
    async with house.sending():
        await house.until_all("delivered")
    assert len(house.sent(old)) == 1
    assert len(new.received) == 1
    assert await house.count_readers() == 1


async def test_a_chat_that_moved_to_a_reader_makes_no_second_copy(house: House) -> None:
    """Row 11, with a row for the new address."""
    old, new = await house.readers(2)
    house.telegram.order(faults.migrated(new.id), chat=old, method="sendMessage", times=None)
    await house.publish()
    async with house.sending():
        await house.until_all("delivered", "cancelled")
    assert len(new.received) == 1
    assert await house.count_readers() == 1


@pytest.mark.parametrize(
    "text", ["can't parse entities: Unclosed start tag", "message is too long"]
)
async def test_words_that_telegram_refuses_stop_the_alert_for_all(house: House, text: str) -> None:
    """Rows 13 and 14."""
    readers = await house.readers(40)
    house.telegram.order(faults.bad_request(text), method="sendMessage", times=None)
    number = await house.publish()
    with structlog.testing.capture_logs() as logs:
        async with house.sending():
            await house.until(lambda rows: all(row.state == "queued" for row in rows))
            await asyncio.sleep(0.1)
    assert await house.halted(number)
    assert await house.count_readers() == 40
    assert not any(reader.received for reader in readers)
    assert {one["alert"] for one in logs if one["event"] == "sender.alert_halted"} == {number}


async def test_a_halted_alert_costs_at_most_what_was_in_flight(house: House) -> None:
    house = house.slower(rate=20)
    await house.readers(40)
    house.telegram.order(faults.bad_request("message is too long"), times=None)
    number = await house.publish()
    async with house.sending():
        await eventually(lambda: house.halted(number))
        await asyncio.sleep(0.6)
    assert len(house.sent()) <= 8


async def test_a_halted_alert_does_not_hold_up_the_next(house: House) -> None:
    (reader,) = await house.readers(1)
    house.telegram.order(faults.bad_request("message is too long"), method="sendMessage")
    await house.publish("S1")
    async with house.sending() as sender:
        await house.until(lambda rows: rows[0].attempts == 1 and rows[0].state == "queued")
        await house.publish("S2")
        sender.wake()
        await reader.hears("No. 2")


@pytest.mark.parametrize("status", ["revoked", "401"])
async def test_a_rejected_token_stops_the_sender_and_keeps_every_row(
    house: House, status: str
) -> None:
    """Row 17."""
    await house.readers(30)
    await house.publish()
    async with house.sender() as sender:
        if status == "revoked":
            house.telegram.revoke_token("4242:another")
        else:
            house.telegram.order(faults.unauthorized(), method="sendMessage", times=None)
        with pytest.raises(StopSending):
            await asyncio.wait_for(sender.run(), 5)
    assert set(await house.states()) == {"queued"}
    assert {row.ambiguous for row in await house.deliveries()} == {0}


@pytest.mark.parametrize(
    "fault",
    [
        faults.slow(1),
        faults.dropped(accepted=True),
        faults.server_error(502, accepted=True),
        faults.cut_json(),
    ],
    ids=["silent", "dropped", "502", "cut_json"],
)
async def test_a_lost_answer_is_unsure_and_the_repeat_is_marked(house: House, fault: Fault) -> None:
    """Rows 18 to 21."""
    (reader,) = await house.readers(1)
    house.telegram.order(fault, method="sendMessage")
    await house.publish()
    async with house.sending() as sender:
        await house.until_all("unsure")
        (row,) = await house.deliveries()
        assert row.ambiguous == 1
        assert row.next_at - house.clock() > timedelta(seconds=28)
        house.clock.forward(31)
        sender.wake()
        await house.until_all("delivered")
    assert [one.text for one in reader.received] == ["No. 1", "Repeat of No. 1"]


async def test_a_call_that_never_left_is_repeated_unmarked(house: House) -> None:
    """Row 22: the port is closed, then opens."""
    (reader,) = await house.readers(1)
    await house.publish()
    url = house.telegram.url
    house.telegram.url = "http://127.0.0.1:9"
    with structlog.testing.capture_logs() as logs:
        async with house.sending() as sender:
            await house.telegram.until(
                lambda: sum(one["event"] == "sender.in_vain" for one in logs) == 3
            )
            sender._api._root = f"{url}/bot{house.telegram.token}"
            await house.until_all("delivered")
    house.telegram.url = url
    assert [one.text for one in reader.received] == ["No. 1"]
    (row,) = await house.deliveries()
    assert row.ambiguous == 0


async def test_failing_calls_make_no_hot_loop(house: House) -> None:
    """Row 22: all rows together try as rarely as one would."""
    await house.readers(100)
    await house.publish()
    house = house.slower(waits=Waits(poll=0.05, flush=0.005, back_off=10))
    house.telegram.url = "http://127.0.0.1:9"
    async with house.sending():
        await house.until(lambda rows: any(row.attempts for row in rows))
        await asyncio.sleep(0.3)
        assert sum(row.attempts for row in await house.deliveries()) <= 300 * 0.3 + 10
        assert (await house.states()).count("sending") == 0


async def test_an_attempt_that_stays_unknown_four_times_is_given_up(house: House) -> None:
    """Row 24."""
    (reader,) = await house.readers(1)
    house.telegram.order(faults.dropped(accepted=True), method="sendMessage", times=None)
    await house.publish()
    async with house.sending() as sender:
        for ambiguous in (1, 2, 3, 4):
            await house.until(lambda rows, so=ambiguous: rows[0].ambiguous == so)  # type: ignore[misc] # the loop's own value
            house.clock.forward(700)
            sender.wake()
        await house.until_all("unknown")
        await asyncio.sleep(0.05)
    assert len(house.sent(reader)) == 4
    assert [one.text for one in reader.received[1:]] == ["Repeat of No. 1"] * 3


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
    readers = await house.readers(30)
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
    assert 5 <= reached < 30
    order = [call.parameters["text"] for call in house.sent()]
    assert order.index("No. 3") > max(i for i, one in enumerate(order) if one == "No. 2")


async def test_who_unsubscribes_gets_at_most_the_one_in_flight(house: House) -> None:
    """Row 31."""
    house = house.slower(rate=20)
    readers = await house.readers(12)
    await house.publish()
    leaver = readers[-1]
    async with house.sending():
        await house.telegram.until(lambda: len(house.sent()) >= 1)
        for reader in readers:
            await house.store.write(
                lambda conn, who=reader: subscribers.unsubscribe(conn, house.store.seal, who.id)  # type: ignore[misc] # the loop's own value
            )
        await house.until_all("delivered", "cancelled")
    assert len(house.sent(leaver)) <= 1
    assert len(house.sent()) <= 9


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


async def test_while_the_store_cannot_be_written_nothing_leaves(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 87: the outcomes are kept and written once there is room."""
    house = house.slower(rate=40)
    readers = await house.readers(60)
    await house.publish()
    write, full = house.store.write, False

    async def perhaps_full(f: object) -> object:
        if full:
            raise StoreFull
        return await write(f)  # type: ignore[arg-type] # whatever it is, it is passed on

    monkeypatch.setattr(house.store, "write", perhaps_full)
    async with house.sending():
        await house.telegram.until(lambda: len(house.sent()) >= 3)
        full = True
        await asyncio.sleep(0.3)
        held = len(house.sent())
        await asyncio.sleep(0.4)
        assert len(house.sent()) == held <= 3 + 12 * 2
        full = False
        await house.until_all("delivered")
    assert all(len(reader.received) == 1 for reader in readers)


async def test_another_sender_takes_over_and_this_one_sends_no_more(house: House) -> None:
    house = house.slower(rate=20)
    await house.readers(30)
    await house.publish()
    async with house.sender() as sender:
        running = asyncio.create_task(sender.run())
        await house.telegram.until(lambda: len(house.sent()) >= 2)
        await house.store.write(lambda conn: outbox.start(conn, house.clock()))
        await asyncio.wait_for(running, 5)
    assert len(house.sent()) <= 2 + 8


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
    subscribed = await house.store.read(lambda conn: subscribers.count(conn, Topic.PEOPLE))
    assert subscribed
    await house.store.write(
        lambda conn: [subscribers.unsubscribe(conn, house.store.seal, one.id) for one in readers]
    )
