"""What Telegram answers, or leaves unanswered, and what must then hold."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from bot.outcome import StopSending
from bot.quiet import SEVERAL
from bot.sender import Waits, most_in_flight
from sandbox import faults
from sandbox.faults import Fault
from storage import subscribers
from tests.bot.house import QUICK, House, eventually


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
        await house.until(lambda rows: not any(row.state == "sending" for row in rows))
        await asyncio.sleep(0.1)
        assert len(house.sent()) <= paused
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


async def test_of_a_halted_alert_nothing_more_leaves_than_was_under_way(house: House) -> None:
    """Eight are claimed at once and wait for their turns."""
    house = house.slower(rate=8)
    await house.readers(16)
    house.telegram.order(faults.bad_request("can't parse entities"), method="sendMessage")
    number = await house.publish()
    async with house.sending():
        await eventually(lambda: house.halted(number))
        under_way = len(house.sent())
        await house.until(lambda rows: all(row.state in ("queued", "delivered") for row in rows))
    assert len(house.sent()) <= under_way + 1


async def test_a_halted_alert_does_not_hold_up_the_next(house: House) -> None:
    (reader,) = await house.readers(1)
    house.telegram.order(faults.bad_request("message is too long"), method="sendMessage")
    await house.publish("S1")
    async with house.sending() as sender:
        await house.until(lambda rows: rows[0].attempts == 1 and rows[0].state == "queued")
        await house.publish("S2")
        sender.wake()
        await reader.hears("No. 2")


async def test_rejected_again_and_again_it_waits_no_longer_for_what_hangs(house: House) -> None:
    house = house.slower(waits=Waits(poll=0.05, flush=0.005, finish=0.5), read_timeout=60)
    readers = await house.readers(5)
    for reader, seconds in zip(readers, (0.1, 0.5, 0.9, 1.3), strict=False):
        house.telegram.order(replace(faults.unauthorized(), seconds=seconds), chat=reader)
    house.telegram.order(faults.slow(60), chat=readers[4])
    await house.publish()
    async with house.sender() as sender:
        began = asyncio.get_running_loop().time()
        with pytest.raises(StopSending):
            await asyncio.wait_for(sender.run(), 5)
    assert asyncio.get_running_loop().time() - began < 1


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
        await house.until(lambda rows: not any(row.state == "sending" for row in rows))


async def test_where_telegram_says_nothing_few_are_put_in_doubt(house: House) -> None:
    """An outage uses up nobody's four attempts but those of who showed that it lasts."""
    await house.readers(40)
    order = house.telegram.order(faults.server_error(502), method="sendMessage", times=None)
    house = house.slower(rate=30, waits=replace(QUICK, back_off=10))
    await house.publish()
    async with house.sending() as sender:
        await house.until(lambda rows: sum(row.state == "unsure" for row in rows) >= SEVERAL)
        await asyncio.sleep(0.5)
        assert len(house.sent()) < SEVERAL + most_in_flight(30)
        house.telegram.cancel(order)
        house.clock.forward(31)
        sender.wake()
        await house.until_all("delivered")


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


@pytest.mark.parametrize("jump", [-3600, 3600], ids=["back", "ahead"])
async def test_a_clock_that_jumps_an_hour_loses_and_doubles_nothing(
    house: House, jump: float
) -> None:
    """What waited for its time may wait for the hour that comes again; nothing else does."""
    waiting, *others = await house.readers(5)
    house.telegram.order(faults.too_many_requests(30), chat=waiting, method="sendMessage")
    async with house.sending() as sender:
        await house.publish()
        await house.telegram.until(lambda: all(len(one.received) == 1 for one in others))
        house.clock.forward(jump)
        await house.publish("S2")
        sender.wake()
        await house.telegram.until(lambda: all(len(one.received) == 2 for one in others))
        house.clock.forward(max(-jump, 0) + 31)
        sender.wake()
        await house.until_all("delivered")
    told = [[one.text for one in reader.received] for reader in (waiting, *others)]
    assert told == [["No. 1", "No. 2"]] * 5
