"""The one task that writes: one transaction after the other, out of reach of its callers.

1. A caller puts its act in the queue and waits for the outcome. Cancelling the caller ends the
   waiting: an act that has begun still ends whole, another never begins, and the caller does not
   know which.
2. The task takes one act, begins, runs it, commits; an error rolls back and goes to the caller.
3. PostgreSQL may ask for a transaction to be repeated; the act then runs again from its start.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.connections import Connections, outside_transaction
from storage.errors import StoreClosed, StoreDamaged, StoreFull, is_worth_repeating, sentences

T = TypeVar("T")
Act = Callable[[Connection], Any]

_TRIES = 5
_ERASED = "homeward erased"
_log = structlog.get_logger(__name__)


class Writer:
    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._queue: asyncio.Queue[tuple[Act, asyncio.Future[Any]] | None] = asyncio.Queue()
        self.commits = 0
        """How many acts were committed; counted before whoever asked for one hears of it."""
        self._closing = False
        self._damaged = False
        self._task = asyncio.create_task(self._run(), name="store writer")

    async def write(self, act: Callable[[Connection], T]) -> T:
        """Runs `act` in a transaction of its own and gives back what it gave back."""
        if self._closing:
            raise StoreClosed
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((act, outcome))
        return await outcome

    async def close(self) -> None:
        """Ends what is in the queue, then the task."""
        if not self._closing:
            self._closing = True
            self._queue.put_nowait(None)
        await asyncio.shield(self._task)

    async def _run(self) -> None:
        while (job := await self._queue.get()) is not None:
            act, outcome = job
            if outcome.cancelled():
                continue  # nobody waits for it any more, and it may have been asked for anew
            transaction = asyncio.create_task(self._transact(act))
            await asyncio.wait([transaction])
            self.commits += transaction.exception() is None
            _hand_over(transaction, outcome)

    async def _transact(self, act: Callable[[Connection], T]) -> T:
        if self._damaged:
            raise StoreDamaged
        try:
            with sentences():
                return await self._until_serialized(act)
        except StoreDamaged:
            self._damaged = True
            raise

    async def _until_serialized(self, act: Callable[[Connection], T]) -> T:
        for attempt in range(1, _TRIES):
            try:
                return await self._connections.run(partial(_transact, act))
            except DBAPIError as error:
                if not is_worth_repeating(error):
                    raise
                await asyncio.sleep(0.01 * attempt)
        return await self._connections.run(partial(_transact, act))


def erased(connection: Connection) -> None:
    """Says that a person's data was erased: no trace may stay in the file's log of changes."""
    connection.info[_ERASED] = True


def _transact(act: Callable[[Connection], T], connection: Connection) -> T:
    result = _in_transaction(connection, act)
    _scrub(connection)
    return result


def _in_transaction(connection: Connection, act: Callable[[Connection], T]) -> T:
    with connection.begin():
        result = act(connection)
        _still_open(connection)
    return result


def _still_open(connection: Connection) -> None:
    """A full disk rolls SQLite back by itself; an act that went on after it is not saved."""
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver and not driver.in_transaction:
        raise StoreFull


def _scrub(connection: Connection) -> None:
    """Empties SQLite's write-ahead log after an erasure; a reader in its way delays it."""
    if not connection.info.get(_ERASED):
        return
    if connection.dialect.name == "sqlite":
        # The act is committed: what fails here is tried again after the next one.
        with suppress(sqlite3.Error):
            busy, _, _ = outside_transaction(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
            connection.info[_ERASED] = bool(busy)


def _hand_over(transaction: asyncio.Task[T], outcome: asyncio.Future[T]) -> None:
    error = transaction.exception()
    if outcome.cancelled():
        if error is not None:
            _log.warning("store.write_failed", error=type(error).__name__, caller="left")
    elif error is not None:
        outcome.set_exception(error)
    else:
        outcome.set_result(transaction.result())
