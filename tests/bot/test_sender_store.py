"""A store that fails in the middle of sending, and what must then hold."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass

import pytest

from bot.sender import Waits
from sandbox import faults
from storage.errors import StoreBusy, StoreDamaged, StoreError, StoreFull, StoreUnreachable
from tests.bot.house import House


@dataclass
class Trouble:
    """What every write to a store fails with, from the moment that it is set."""

    error: StoreError | None = None


def troubled(house: House, monkeypatch: pytest.MonkeyPatch) -> Trouble:
    trouble, write = Trouble(), house.store.write

    async def perhaps(f: object) -> object:
        if trouble.error:
            raise trouble.error
        return await write(f)  # type: ignore[arg-type] # whatever it is, it is passed on

    monkeypatch.setattr(house.store, "write", perhaps)
    return trouble


async def test_while_the_store_cannot_be_written_nothing_leaves(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 87: the outcomes are kept and written once there is room."""
    house = house.slower(rate=40)
    readers = await house.readers(60)
    await house.publish()
    trouble = troubled(house, monkeypatch)
    async with house.sending():
        await house.telegram.until(lambda: len(house.sent()) >= 3)
        trouble.error = StoreFull()
        await asyncio.sleep(0.3)
        held = len(house.sent())
        await asyncio.sleep(0.4)
        assert len(house.sent()) == held <= 3 + 12 * 2
        trouble.error = None
        await house.until_all("delivered")
    assert all(len(reader.received) == 1 for reader in readers)


async def test_what_was_written_down_though_the_word_of_it_was_lost_is_done_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 102: claims of which the sender never heard are taken up again, and none twice."""
    house = house.slower(rate=100)
    readers = await house.readers(60)
    await house.publish()
    write, chance = house.store.write, random.Random(7)  # noqa: S311 - chance, no secret

    async def perhaps_cut_off(f: object) -> object:
        done: object = await write(f)  # type: ignore[arg-type] # whatever it is, it is passed on
        if chance.random() < 0.4:
            raise StoreUnreachable
        return done

    monkeypatch.setattr(house.store, "write", perhaps_cut_off)
    async with house.sending():
        await house.until_all("delivered")
    assert [[one.text for one in reader.received] for reader in readers] == [["No. 1"]] * 60


@pytest.mark.parametrize("begun", [True, False])
async def test_told_to_end_it_does_not_wait_for_a_store_that_says_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    house = house.slower(waits=Waits(poll=0.05, finish=0.1))

    async def silent(_f: object) -> None:
        await asyncio.sleep(3600)

    async with house.sender() as sender:
        if begun:
            running = asyncio.create_task(sender.run())
            while not sender.is_well:  # noqa: ASYNC110 - it rings no bell
                await asyncio.sleep(0.01)
            monkeypatch.setattr(house.store, "write", silent)
        else:
            monkeypatch.setattr(house.store, "write", silent)
            running = asyncio.create_task(sender.run())
        await asyncio.sleep(0.1)
        sender.stop()
        await asyncio.wait_for(running, 2)


async def test_told_to_end_it_is_content_though_it_could_not_begin(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubled(house, monkeypatch).error = StoreBusy()
    async with house.sender() as sender:
        running = asyncio.create_task(sender.run())
        await asyncio.sleep(0.1)
        sender.stop()
        await asyncio.wait_for(running, 1)


async def test_a_damaged_store_ends_the_sender(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 88: nothing goes on with it."""
    await house.readers(30)
    await house.publish()
    house.telegram.order(faults.slow(5), method="sendMessage", times=None)
    trouble = troubled(house, monkeypatch)
    async with house.sender() as sender:
        running = asyncio.create_task(sender.run())
        await house.telegram.until(lambda: len(house.sent()) >= 2)
        trouble.error = StoreDamaged()
        with pytest.raises(StoreDamaged):
            await asyncio.wait_for(running, 5)
        assert not sender._in_flight
