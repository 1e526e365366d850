"""What a machine does to a process: no room, no time, a lock in the way."""

from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from tests.lives import Life


@contextmanager
def full_disk(life: Life) -> Iterator[None]:
    """Nothing that the process writes finds room."""
    before = resource.prlimit(life.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        if not life.is_over:
            resource.prlimit(life.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def stopped(life: Life) -> Iterator[None]:
    """The process stands still."""
    life.told(signal.SIGSTOP)
    try:
        yield
    finally:
        life.told(signal.SIGCONT)


@asynccontextmanager
async def lock_held(file: Path) -> AsyncIterator[sqlite3.Connection]:
    """Another process writes, and takes its time."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=10, check_same_thread=False)
    with closing(connection):
        await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
        yield connection
        if connection.in_transaction:
            connection.execute("ROLLBACK")
