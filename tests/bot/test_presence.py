from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select
from telegram.error import NetworkError

from bot.presence import Presence
from bot.registration import WebhookRefused
from bot.web.webhook import Webhook
from sandbox import faults
from sandbox.standin import Standin
from storage import memos, moderators, presence, tables
from storage.errors import StoreUnreachable
from tests.bot.house import House, eventually
from tests.bot.polling import Handled, polling
from tests.bot.processes import OWNER, homeward, settings_for, store_in

OFTEN = timedelta(seconds=0.01)
HOUR = 3600
LOST = "presence.updates_lost"
"""What is logged when it has been written down."""


async def is_noted(house: House, since: str = "") -> bool:
    query = select(tables.meta.c.value).where(tables.meta.c.name == "telegram_heard_at")
    noted = await house.store.read(lambda conn: conn.scalar(query))
    return noted is not None and noted >= since


async def is_told(house: House) -> bool:
    return len(await house.store.read(memos.untold)) == 1


@asynccontextmanager
async def noting(presence: Presence) -> AsyncIterator[None]:
    running = asyncio.create_task(presence.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait({running})


async def test_a_day_without_a_network_is_an_absence_too(house: House) -> None:
    """The process ran all the time, and its questions failed."""
    await house.store.write(
        lambda conn: moderators.set_owners(conn, house.store.seal, [OWNER], house.clock())
    )
    with structlog.testing.capture_logs() as logs:
        async with (
            polling(house.telegram, Handled()) as poller,
            noting(
                Presence(
                    house.store,
                    house.clock,
                    lambda: poller.is_heard,
                    OFTEN,
                    lambda: house.clock().timestamp(),
                )
            ),
        ):
            await eventually(lambda: is_noted(house))
            order = house.telegram.order(faults.dropped(), method="getUpdates", times=None)
            house.telegram.person(1001).says("x")
            await house.telegram.until(lambda: not poller.is_heard)
            house.clock.forward(25 * HOUR)
            await asyncio.sleep(0.1)
            assert not await is_told(house)
            house.telegram.cancel(order)
            await house.telegram.until(lambda: any(one["event"] == LOST for one in logs))
            assert await is_told(house)
    assert [one for one in logs if one["event"] == LOST] == [
        {"event": LOST, "kept_hours": 24, "log_level": "warning"}
    ]


async def test_a_clock_that_is_set_is_no_absence(house: House) -> None:
    await house.store.write(
        lambda conn: moderators.set_owners(conn, house.store.seal, [OWNER], house.clock())
    )
    async with noting(Presence(house.store, house.clock, lambda: True, OFTEN)):
        await eventually(lambda: is_noted(house))
        house.clock.forward(25 * HOUR)
        later = house.clock().isoformat()
        await eventually(lambda: is_noted(house, later))
    assert not await is_told(house)


@pytest.mark.parametrize(
    "hiccup", [NetworkError("no way"), WebhookRefused("failed to resolve host"), StoreUnreachable()]
)
async def test_a_webhook_that_cannot_be_looked_after_is_not_heard(hiccup: Exception) -> None:
    failing = iter([hiccup, None])

    async def register() -> None:
        if error := next(failing):
            raise error

    webhook = Webhook(None, register, "secret")  # type: ignore[arg-type] # takes no update here
    assert webhook.is_heard
    await webhook._look()
    assert not webhook.is_heard
    await webhook._look()
    assert webhook.is_heard


async def test_a_bot_that_was_off_for_more_than_a_day_tells_its_owner_at_the_start(
    telegram: Standin, tmp_path: Path
) -> None:
    owner = telegram.person(OWNER, language="en", started=True)
    async with store_in(tmp_path) as store:
        then = datetime.now(UTC) - timedelta(hours=25)
        await store.write(lambda conn: presence.heard(conn, then))
    async with homeward("run", folder=tmp_path, settings=settings_for(telegram, tmp_path)):
        await telegram.until(lambda: bool(owner.received), timeout=20)
    assert owner.received[0].text.startswith("Telegram could not be heard from ")
