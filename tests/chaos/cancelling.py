"""Callers of the store that are cancelled at any moment: every act is whole, or is not.

Each act notes an update and subscribes a reader in one transaction. What is left behind is asked of
the file from outside: whoever has a transaction open there is in the way of another.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import select

from storage import subscribers, tables, updates
from storage.sealing import Seal
from storage.store import Connection, Store
from tests.chaos.life import BEGINNING

KEY = bytes(range(32))
SIDE_BY_SIDE = 10
PATIENCE = 5.0
"""Seconds for what is under way to end; what was left open never does."""


@dataclass
class Cancels:
    """What came of it."""

    cancelled: int = 0
    """Calls whose caller was gone before they ended."""
    committed: int = 0
    """Of these, what was written all the same."""
    open: int = 0
    """Transactions that were left open."""
    torn: int = 0
    """Acts of which only a part is there."""


async def cancels(folder: Path, count: int, seed: int) -> Cancels:
    """Cancel so many calls, reads and writes."""
    dice = random.Random(seed)  # noqa: S311 - chance, no secret
    seen = Cancels()
    file = folder / "homeward.db"
    store = await Store.open(f"sqlite+aiosqlite:///{file}", KEY, create=True)
    gone: set[int] = set()
    try:
        numbers = iter(range(1, 1_000_000_000))
        while seen.cancelled < count:
            acts = [next(numbers) for _ in range(SIDE_BY_SIDE)]
            calls = [asyncio.create_task(_call(store, one, dice)) for one in acts]
            for number, call in zip(acts, calls, strict=True):
                await _a_moment(dice)
                if call.cancel():
                    gone.add(number)
            await asyncio.gather(*calls, return_exceptions=True)
            seen.cancelled += sum(call.cancelled() for call in calls)
            await store.write(lambda _: None)
            seen.open += await asyncio.to_thread(_somebody_is_in_the_way, file)
        noted, subscribed = await store.read(partial(_found, seal=store.seal))
        seen.torn = len(noted ^ subscribed)
        seen.committed = len(noted & gone)
    finally:
        await store.close()
    return seen


async def _call(store: Store, number: int, dice: random.Random) -> None:
    if dice.random() < 0.3:
        await store.read(lambda conn: conn.execute(select(tables.updates)).all())
        return

    def act(conn: Connection) -> None:
        updates.first_time(conn, number, BEGINNING)
        subscribers.subscribe(
            conn, store.seal, number, language="en", consent_version=1, at=BEGINNING
        )

    await store.write(act)


async def _a_moment(dice: random.Random) -> None:
    """From not at all to a little longer than a call takes."""
    if dice.random() < 0.5:
        for _ in range(dice.randrange(12)):
            await asyncio.sleep(0)
    else:
        await asyncio.sleep(dice.uniform(0, 0.002))


def _somebody_is_in_the_way(file: Path) -> int:
    """An open write would refuse ours, an open read would keep the log of changes.

    What a caller left behind under way still comes to its end, on a busy machine late.
    """
    with closing(sqlite3.connect(file, isolation_level=None, timeout=PATIENCE)) as connection:
        with suppress(sqlite3.OperationalError):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return int(busy)
        return 1


def _found(conn: Connection, seal: Seal) -> tuple[set[int], set[int]]:
    noted = set(conn.scalars(select(tables.updates.c.update_id)))
    sealed = conn.scalars(select(tables.subscribers.c.chat_sealed))
    return noted, {seal.unseal(one) for one in sealed}
