"""The sender puts an alert to very many readers in, whatever else it may or may not do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.sender import Waits
from storage import fanout, freezing, moderators, outbox
from storage.errors import StaleEpoch, StoreFull
from tests.bot.house import House, eventually

BIT, READERS = 3, 20


@pytest.fixture(autouse=True)
def small_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "AT_ONCE", BIT)


async def _is_all_put_in(house: House) -> bool:
    return not await house.store.read(fanout.is_open)


async def test_everybody_gets_the_alert_once(house: House) -> None:
    readers = await house.readers(READERS)
    await house.publish()
    assert len(await house.deliveries()) == BIT
    async with house.sending():
        await house.until(lambda rows: len(rows) == READERS)
        await house.until_all("delivered")
    assert [[one.text for one in reader.received] for reader in readers] == [["No. 1"]] * READERS


async def test_publishing_wakes_it_for_the_rest(house: House) -> None:
    house = house.slower(waits=Waits(poll=60, flush=0.005))
    await house.readers(READERS)
    async with house.sending() as sender:
        await asyncio.sleep(0.05)
        await house.publish()
        sender.wake()
        await house.until(lambda rows: len(rows) == READERS, seconds=5)


async def _freeze(house: House) -> None:
    def freeze(conn: Connection) -> None:
        moderators.set_owners(conn, house.store.seal, [9], house.clock())
        [owner] = moderators.active(conn)
        freezing.freeze(conn, owner, house.clock())

    await house.store.write(freeze)


async def _pause(house: House) -> None:
    until = house.clock() + timedelta(hours=1)
    await house.store.write(lambda conn: outbox.pause(conn, until))


async def _undo_pause(house: House) -> None:
    house.clock.forward(-20)


@pytest.mark.parametrize("hold", [_freeze, _pause, _undo_pause])
async def test_it_goes_on_while_nothing_may_be_sent(
    house: House, hold: Callable[[House], Any]
) -> None:
    await house.readers(READERS)
    await house.publish()
    await hold(house)
    async with house.sending():
        await eventually(lambda: _is_all_put_in(house))
        assert await house.states() == ["queued"] * READERS
    assert house.sent() == []


async def test_a_store_without_room_is_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.readers(READERS)
    await house.publish()
    advance, tries = fanout.advance, []

    def fails_twice(conn: Connection, epoch: int) -> None:
        tries.append(epoch)
        advance(conn, epoch)
        if len(tries) <= 2:
            raise StoreFull

    monkeypatch.setattr(fanout, "advance", fails_twice)
    async with house.sending():
        await house.until(lambda rows: len(rows) == READERS)
    assert len(tries) > READERS // BIT


async def test_another_sender_that_took_over_ends_it(house: House) -> None:
    await house.readers(READERS)
    await house.publish()
    await _pause(house)
    async with house.sender() as sender:
        running = asyncio.create_task(sender.run())
        await house.until(lambda rows: len(rows) > BIT)
        await house.store.write(lambda conn: outbox.start(conn, house.clock()))
        with pytest.raises(StaleEpoch):
            await asyncio.wait_for(running, 5)
    assert len(await house.deliveries()) < READERS
