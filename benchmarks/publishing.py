"""One alert to very many readers, in one process with its sender and another writer.

    python -m benchmarks.publishing ADDRESS PEOPLE

1. Publish, with a pause for undoing, while somebody else writes a little again and again. The
   sender puts in as many readers as it comes to meanwhile, and the others while it sends.
2. Send for some seconds as fast as is asked for; the first message is timed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import structlog

from benchmarks.crowd import now, publish, store_in, subscribe
from benchmarks.durable import Noting
from benchmarks.load import Figures, report
from benchmarks.starting import resident
from bot.pacer import Pacer
from bot.sender import IN_FLIGHT_SECONDS, Sender
from bot.transport import AlertRequest
from storage import fanout, outbox, updates
from storage.store import Store

RATE, IN_FLIGHT, SENDING, UNDO = 1000, 300, 5.0, 20.0
_BETWEEN_WRITES = 0.01
_ALERT = 1


async def main(address: str, people: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with store_in(folder) as store, AlertRequest(connections=IN_FLIGHT) as request:
            await subscribe(store, people)
            api = Noting(request, address, people)
            report(await _measured(store, folder, api, people))


async def _measured(store: Store, folder: Path, api: Noting, people: int) -> Figures:
    own, empty = resident(os.getpid()), _bytes(folder)
    waits: list[float] = []
    writing = asyncio.create_task(_write_again_and_again(store, waits))
    pacer = Pacer(RATE, chat_seconds=0)
    sender = Sender(store, api, pacer, rate=int(IN_FLIGHT / IN_FLIGHT_SECONDS), now=now)
    running = asyncio.create_task(sender.run())
    begun = time.perf_counter()
    await store.write(lambda conn: publish(conn, undo=UNDO))
    took = time.perf_counter() - begun
    sender.wake()
    while not api.starts and not running.done():  # noqa: ASYNC110 (as short as a message)
        await asyncio.sleep(0.001)
    first = api.starts[0] - begun - UNDO
    waited = len(waits)
    put_in = people - await store.read(lambda conn: fanout.count_left(conn, _ALERT))
    queued, sent = _bytes(folder), len(api.starts)
    await asyncio.sleep(SENDING)
    sent = len(api.starts) - sent
    memory = resident(os.getpid())
    writing.cancel()
    sender.stop()
    await running
    delivered = await store.read(lambda conn: outbox.progress(conn, 1).delivered)
    claimed = await _a_claim(store) if delivered < people else 0.0
    return {
        "publish_ms": took * 1000,
        "first_ms": max(first, 0) * 1000,
        "put_in": put_in,
        "others_ms": max(waits) * 1000,
        "before_ms": max(waits[:waited]) * 1000,
        "round_ms": claimed * 1000,
        "rate": sent / SENDING,
        "bytes": (queued - empty) / put_in,
        "mb": own,
        "more_mb": memory - own,
    }


async def _write_again_and_again(store: Store, waits: list[float]) -> None:
    for number in range(10**9):
        begun = time.perf_counter()
        await store.write(partial(updates.first_time, update_id=number, at=now()))
        waits.append(time.perf_counter() - begun)
        await asyncio.sleep(_BETWEEN_WRITES)


async def _a_claim(store: Store) -> float:
    """Seconds for what the sender does at 30 a second: one claim of nine."""
    epoch = await store.write(lambda conn: outbox.start(conn, now()))
    begun = time.perf_counter()
    await store.write(lambda conn: outbox.claim(conn, store.seal, epoch=epoch, limit=9, now=now()))
    return time.perf_counter() - begun


def _bytes(folder: Path) -> int:
    """The size of the store's file with everything in it."""
    file = folder / "homeward.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return file.stat().st_size


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
