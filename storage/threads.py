"""SQLite: connections, each with a thread of its own in which an act runs from begin to end.

An act crosses into the thread and back once. SQLAlchemy's own way over aiosqlite crosses four times
for each statement, which costs many times what the statement does.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, SingletonThreadPool, create_engine, event

T = TypeVar("T")

_MOMENT = 0.01
"""Between two tries, in seconds."""


class Threads:
    """At most so many connections; an act waits for a free one.

    `wait` is for a lock that another program holds, in seconds.
    """

    def __init__(
        self, path: Path, size: int, begin: str, pragmas: Sequence[str], wait: float
    ) -> None:
        self._all = [_Thread(path, begin, pragmas, wait) for _ in range(size)]
        self._free = asyncio.LifoQueue[_Thread]()
        for one in self._all:
            self._free.put_nowait(one)

    async def run(self, act: Callable[[Connection], T]) -> T:
        thread = await self._free.get()
        try:
            return await thread.run(act)
        finally:
            self._free.put_nowait(thread)

    async def close(self) -> None:
        for one in self._all:
            await one.close()

    def abandon(self) -> None:
        """Nothing to do: nobody closes a file before its threads have come to their end."""


class _Thread:
    """aiosqlite's thread for one connection, made at the first act; SQLAlchemy works in it."""

    def __init__(self, path: Path, begin: str, pragmas: Sequence[str], wait: float) -> None:
        self.begin = begin
        self.connection: sqlite3.Connection | None = None
        self._path = path
        self._pragmas = pragmas
        self._wait = wait
        self._thread: aiosqlite.Connection | None = None

    async def run(self, act: Callable[[Connection], T]) -> T:
        if self._thread is None:
            self._thread = await self._started()
        # Private in name, but the one way to have more than one statement run in the thread.
        run_there: Callable[..., Awaitable[T]] = self._thread._execute  # noqa: SLF001
        return await run_there(copy_context().run, self._act, act)

    async def close(self) -> None:
        if self._thread is not None:
            await self._thread.close()

    async def _started(self) -> aiosqlite.Connection:
        thread = aiosqlite.Connection(self._opened, iter_chunk_size=1)
        # Whoever forgets to close a store can still leave; SQLAlchemy's adapter does the same.
        thread._thread.daemon = True  # noqa: SLF001 - as above
        try:
            return await thread
        except BaseException:
            # It still tells this loop that it ended, which must not be closed before.
            await asyncio.to_thread(thread._thread.join)  # noqa: SLF001 - as above
            raise

    def _opened(self) -> sqlite3.Connection:
        """In the thread. A connection is set up or closed: the next act then begins anew."""
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=self._wait)
        try:
            for pragma in self._pragmas:
                _patiently(connection, pragma, self._wait)
        except BaseException:
            connection.close()
            raise
        self.connection, _here.thread = connection, self
        return connection

    def _act(self, act: Callable[[Connection], T]) -> T:
        with _engine.connect() as connection:
            return act(connection)


class _Here(threading.local):
    thread: _Thread


_here = _Here()
"""Whose thread it is that asks; set when its connection is opened."""

_engine = create_engine(
    "sqlite://",
    creator=lambda: _here.thread.connection,
    poolclass=SingletonThreadPool,
    pool_size=sys.maxsize,  # beyond its size the pool closes what others use
    hide_parameters=True,
)
"""One for all threads, each of which finds its own connection: a statement is compiled once."""


@event.listens_for(_engine, "begin")
def _begin(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(_here.thread.begin)  # the driver begins nothing by itself


def _patiently(connection: sqlite3.Connection, pragma: str, wait: float) -> None:
    """SQLite waits for a lock by itself, but not where two open a new file and turn to WAL."""
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute(pragma)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(_MOMENT)
        else:
            return
