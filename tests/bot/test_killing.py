"""The promise under kill -9: every reader is served, repeats are bounded and marked."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Row

from sandbox import faults
from sandbox.people import Person
from sandbox.standin import Standin
from storage import subscribers
from storage.store import Connection
from tests.bot.house import Clock, House, eventually, most_together
from tests.bot.processes import store_in

READERS = 200
KILLS = 3
ENDED = ("delivered", "undeliverable", "unknown", "cancelled")


@asynccontextmanager
async def sending(house: House, folder: Path, began: float) -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.bot.sending_child", house.telegram.url, house.telegram.token),
        *(f"sqlite+aiosqlite:///{folder / 'homeward.db'}", str(began)),
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def ended(house: House) -> int:
    states = Counter(await house.states())
    return sum(states[state] for state in ENDED)


async def rows_by_person(house: House, people: list[Person]) -> dict[int, Row[object]]:
    def local_ids(conn: Connection) -> dict[int, int]:
        found = {one.id: subscribers.find(conn, house.store.seal, one.id) for one in people}
        return {person: kept.id for person, kept in found.items() if kept}

    ids = await house.store.read(local_ids)
    rows = {row.subscriber_id: row for row in await house.deliveries()}
    return {person: rows[local] for person, local in ids.items()}


async def test_two_hundred_deliveries_survive_faults_and_three_kills(
    telegram: Standin, tmp_path: Path
) -> None:
    dice = random.Random(20250609)  # noqa: S311 - when to kill, not a secret
    began = time.time()
    async with store_in(tmp_path) as store:
        house = House(store, telegram, Clock())
        people = await house.readers(READERS)
        people[7].blocks()
        for fault in (
            faults.too_many_requests(20),
            faults.dropped(accepted=True),
            faults.dropped(),
            faults.server_error(502, accepted=True),
            faults.cut_json(),
            faults.slow(1),
        ):
            telegram.order(fault, method="sendMessage", times=None, chance=0.01)
        await house.publish()

        for kill in range(KILLS):
            goal = (kill + 1) * READERS * 0.2 + dice.random() * 20
            async with sending(house, tmp_path, began):

                async def far_enough(goal: float = goal) -> bool:
                    return await ended(house) >= goal

                await eventually(far_enough, 30)
                await asyncio.sleep(dice.random() * 0.1)
        interrupted = [row for row in await house.deliveries() if row.state == "sending"]
        assert interrupted, "no kill met a delivery in flight: the test is blind"

        async with sending(house, tmp_path, began):

            async def all_ended() -> bool:
                return await ended(house) == READERS

            await eventually(all_ended, 60)
        await check(house, people)


async def check(house: House, people: list[Person]) -> None:
    """The stand-in's journal is the truth, the store is the claim."""
    rows = await rows_by_person(house, people)
    assert len(rows) == READERS - 1  # who blocked the bot is erased
    assert people[7].id not in rows
    for person in people:
        accepted = [call.parameters["text"] for call in house.sent(person) if call.accepted]
        if person is people[7]:
            assert not accepted
            continue
        row = rows[person.id]
        assert row.state in ("delivered", "unknown")
        assert row.state == "unknown" or accepted
        assert len(accepted) <= 1 + row.ambiguous
        assert row.ambiguous <= 4
        assert set(accepted) <= {"No. 1", "Repeat of No. 1"}
        assert accepted.count("No. 1") <= 1
        assert "No. 1" not in accepted[1:]
    states = Counter(await house.states())
    assert sum(states.values()) == READERS
    assert states["undeliverable"] == 1
    # What a crash may repeat is what was in flight; what a fault may, is one copy.
    faulty = [call for call in house.sent() if call.fault is not None]
    extra = sum(1 for call in house.sent() if call.accepted) - states["delivered"]
    assert extra <= KILLS * 9 + len(faulty)
    assert most_together(house.sent()) <= 30
