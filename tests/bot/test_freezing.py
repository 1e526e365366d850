"""Nothing leaves while all sending is frozen; and what a paid broadcast changes."""

from __future__ import annotations

import asyncio

import pytest

from bot.sender import Waits
from sandbox import faults
from storage import freezing, moderators
from storage.store import Connection
from tests.bot.house import House


async def freeze(house: House) -> None:
    """By a moderator, in another process: nobody wakes this sender."""

    def act(conn: Connection) -> None:
        moderators.set_owners(conn, house.store.seal, [2001], house.clock())
        [one] = moderators.active(conn)
        freezing.freeze(conn, one, house.clock())

    await house.store.write(act)


async def thaw(house: House) -> None:
    await house.store.write(
        lambda conn: freezing.thaw(conn, moderators.active(conn)[0], house.clock())
    )


async def test_a_freeze_takes_hold_within_a_second_and_a_thaw_sends_the_rest_once(
    house: House,
) -> None:
    house = house.slower(rate=20, waits=Waits(poll=60, flush=0.005))
    readers = await house.readers(30)
    await house.publish()
    async with house.sending() as sender:
        await house.telegram.until(lambda: len(house.sent()) >= 5)
        await freeze(house)
        await asyncio.sleep(0.4)
        frozen_at = len(house.sent())
        await asyncio.sleep(0.5)
        assert len(house.sent()) == frozen_at < 20
        assert set(await house.states()) == {"delivered", "queued"}
        assert {row.attempts for row in await house.deliveries() if row.state == "queued"} == {0}
        await thaw(house)
        sender.wake()
        await house.until_all("delivered")
    assert all(len(reader.received) == 1 for reader in readers)


async def test_a_freeze_holds_also_what_waits_for_its_turn_at_a_low_rate(
    house: House,
) -> None:
    """Eight are claimed at once, and four leave in a second."""
    house = house.slower(rate=4, waits=Waits(poll=60, flush=0.005))
    await house.readers(8)
    await house.publish()
    async with house.sending():
        await house.telegram.until(lambda: len(house.sent()) == 1)
        await freeze(house)
        await asyncio.sleep(1)
        assert len(house.sent()) <= 2


async def test_a_freeze_is_kept_through_a_restart(house: House) -> None:
    await house.readers(3)
    await freeze(house)
    await house.publish()
    async with house.sending():
        await asyncio.sleep(0.4)
    assert not house.sent()
    await thaw(house)
    async with house.sending():
        await house.until_all("delivered")


@pytest.mark.parametrize("paid", [True, False])
async def test_a_paid_broadcast_says_so_in_each_message(house: House, paid: bool) -> None:
    await house.readers(3)
    await house.publish()
    async with house.slower(paid_rate=1000 if paid else 0).sending():
        await house.until_all("delivered")
    said = {call.parameters.get("allow_paid_broadcast") for call in house.sent()}
    assert said == ({True} if paid else {None})


async def test_without_the_stars_to_pay_an_alert_waits_and_keeps_its_readers(house: House) -> None:
    await house.readers(20)
    house.telegram.order(
        faults.bad_request("BALANCE_TOO_LOW"), method="sendMessage", times=None, chance=1
    )
    await house.publish()
    async with house.slower(paid_rate=1000).sending():
        await house.telegram.until(lambda: len(house.sent()) >= 1)
        await asyncio.sleep(0.3)
    assert set(await house.states()) == {"queued"}
    assert await house.count_readers() == 20
    assert len(house.sent()) <= 20
