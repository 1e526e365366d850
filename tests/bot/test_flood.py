"""Who asks much, or together with many, is nobody else's loss: seen on the real bot."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sandbox.journal import Call
from sandbox.people import Person
from sandbox.standin import Standin
from storage import subscribers
from storage.store import Connection, Store
from tests.bot.processes import OWNER, homeward, settings_for, store_in
from tests.storage.examples import publish

FLOODER, OTHER, FIRST_READER = 987_654_321, 987_654_322, 987_660_000
READERS = 400


async def test_through_a_crowd_that_asks_while_an_alert_runs_a_moderator_is_heard(
    telegram: Standin, tmp_path: Path
) -> None:
    """A false alert must be held back although everybody asks about it."""
    owner = telegram.person(OWNER, language="en", started=True)
    crowd = [telegram.person(FLOODER + 1000 + one, language="en") for one in range(300)]
    for one in range(READERS):
        telegram.person(FIRST_READER + one, started=True)
    async with store_in(tmp_path) as store:
        await store.write(partial(_alert_for_many, store=store))
    settings = settings_for(telegram, tmp_path)
    async with homeward("run", folder=tmp_path, settings=settings):
        await telegram.until(lambda: len(_alerts(telegram)) > 3, timeout=20)
        asking = asyncio.create_task(_ask_and_ask(crowd))
        try:
            await telegram.until(lambda: len(_alerts(telegram)) > READERS / 2, timeout=30)
            owner.says("/freeze")
            await owner.hears("Freeze all sending?", timeout=30)
            sent = len(_alerts(telegram))
        finally:
            asking.cancel()
    assert sent < READERS, "the alert was over before the moderator was answered"


def _alert_for_many(conn: Connection, *, store: Store) -> None:
    now = datetime.now(UTC)
    for one in range(READERS):
        subscribers.subscribe(
            *(conn, store.seal, FIRST_READER + one), language="en", consent_version=1, at=now
        )
    publish(conn, starts_at=now)


def _alerts(telegram: Standin) -> list[Call]:
    sent = telegram.journal.of("sendMessage")
    return [call for call in sent if call.parameters["text"] == "en first"]


async def _ask_and_ask(crowd: list[Person]) -> None:
    """Twelve people a second, each of them once."""
    for one in crowd:
        one.says("/help")
        await asyncio.sleep(1 / 12)


async def test_a_flooder_gets_one_answer_in_two_seconds_and_others_theirs_at_once(
    telegram: Standin, tmp_path: Path
) -> None:
    flooder, other = (telegram.person(one, language="en") for one in (FLOODER, OTHER))
    owner = telegram.person(OWNER, language="en")
    settings = settings_for(telegram, tmp_path)
    async with homeward("run", folder=tmp_path, settings=settings):
        await telegram.until(lambda: telegram.bot_is_here, timeout=20)
        began = time.monotonic()
        waits = []
        for _ in range(3):
            for _ in range(25):
                flooder.says("/status")
            asked = time.monotonic()
            other.says("/help")
            await other.hears("What you can ask")
            waits.append(time.monotonic() - asked)
            await asyncio.sleep(2.1)
        for _ in range(4):
            owner.says("/thaw")
        flooder.says("/unsubscribe")
        await flooder.hears("Nothing is kept about you")
        await telegram.until(lambda: len(telegram.journal.of("sendMessage", chat=OWNER)) == 4)
        await telegram.until(lambda: not telegram.world.updates.pending(), timeout=10)
        lasted = time.monotonic() - began
    answered = [call.at for call in telegram.journal.of("sendMessage", chat=FLOODER)]
    assert 2 <= len(answered) - 1 <= lasted / 2 + 1
    assert max(waits) < 1
