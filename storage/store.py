"""The store: open it, read from it, write to it, close it.

What is read or written is said by plain functions on a `sqlalchemy.Connection`, synchronous to read
and to test:

    reader = await store.read(lambda connection: subscribers.find(connection, store.seal, chat_id))
"""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import BinaryIO, Self, TypeVar

import structlog
from sqlalchemy import URL, Connection, insert, select

from exchange.ledger import Ledger
from storage import connections, ledger, migrate
from storage.disk import filled, network_disk
from storage.errors import NetworkDisk, NoStore, StoreLocked, WrongKey, sentences
from storage.reader import Reader
from storage.sealing import Seal
from storage.tables import meta
from storage.writer import Writer

__all__ = ["READERS", "Connection", "Store"]

T = TypeVar("T")
_DATA_KEY = "data_key"

READERS = 2
"""Connections that read: while a long read takes one, what is asked later finds the other. Python
runs one thread at a time, so that further ones only stand in each other's way."""

CLOSE_SECONDS = 3
"""For PostgreSQL to end what it does when the store is closed. A file is waited for: what was
written to it may be in a second file beside it until then."""

_log = structlog.get_logger(__name__)


class Store:
    """Everything that is kept. Made by `Store.open`; whoever opens it closes it."""

    seal: Seal

    def __init__(self, url: URL, seal: Seal, lock: BinaryIO | None) -> None:
        self.seal = seal
        self.is_shared = not connections.is_sqlite(url)
        """Whether other processes write as well."""
        self._file = connections.file_of(url)
        self._writing = connections.writer(url)
        self._reading = connections.readers(url, READERS)
        self._writer = Writer(self._writing)
        self._reader = Reader(self._reading, READERS)
        self._lock = lock
        self._ledger = Ledger()
        self._advancing = asyncio.Lock()

    @classmethod
    async def open(
        cls,
        url: str,
        key: bytes,
        *,
        create: bool = False,
        exclusive: bool = False,
    ) -> Self:
        """Opens the store at a database URL, with its data key of 32 bytes.

        `create` makes a store that is missing and brings an older one up to date, after a backup.
        `exclusive` is for the one running bot: a second one is refused. (Processes that share a
        PostgreSQL server are kept apart by the sender's epoch instead.)
        """
        seal = Seal(key)
        where = connections.parse(url)
        path = connections.file_of(where)
        if path and not create and not path.exists():
            raise NoStore
        if path and (kind := network_disk(path)):
            raise NetworkDisk(kind)
        async with AsyncExitStack() as if_it_fails:
            with sentences():
                lock = locked(path) if path and exclusive else None
            if lock:
                if_it_fails.callback(lock.close)
            if create:
                await migrate.migrate(url)
            store = cls(where, seal, lock)
            if_it_fails.push_async_callback(store.close)
            await store.write(store._check)
            if_it_fails.pop_all()
        return store

    async def read(self, f: Callable[[Connection], T]) -> T:
        """Runs `f` on one moment of the store; it cannot write.

        `f` may run several times, or in another thread, and in one transaction with other reads,
        so it does nothing but read the store.
        """
        return await self._reader.read(f)

    async def write(self, f: Callable[[Connection], T]) -> T:
        """Runs `f` in one transaction, whole or not at all, also when the caller is cancelled.

        A cancelled caller does not know the outcome. `f` may run several times, or in another
        thread, so it does nothing but read and write the store.
        """
        return await self._writer.write(f)

    @property
    def commits(self) -> int:
        """How often this process has written: as long as it stays the same, it wrote nothing."""
        return self._writer.commits

    @property
    def filled(self) -> float:
        """How much of its disk is taken, from 0 to 1; 0 where that is a server's own matter."""
        return filled(self._file) if self._file else 0

    async def ledger(self, revision: int | None = None) -> Ledger:
        """The ledger as it is now; the same object for as long as nothing was published.

        Who has just read the ledger's revision, together with something else, hands it in and
        spares a query.
        """
        if revision is None:
            revision = await self.read(ledger.revision)
        if revision > self._ledger.revision:
            async with self._advancing:
                known = self._ledger
                self._ledger = await self.read(lambda conn: ledger.advance(conn, known))
        return self._ledger

    async def close(self) -> None:
        """Ends the writes and reads that have begun, then lets go of the database.

        A server that does not answer is left to itself after a while: as at a crash, what was
        being written is then there whole or not at all.
        """
        closing = asyncio.create_task(self._close(), name="store closes")
        await asyncio.wait({closing}, timeout=CLOSE_SECONDS if self.is_shared else None)
        if closing.done():
            closing.result()
        else:
            for one in (self._reading, self._writing):
                one.abandon()
            closing.cancel()
            _log.error("store.not_closed", waited_seconds=CLOSE_SECONDS)

    async def _close(self) -> None:
        await asyncio.gather(self._writer.close(), self._reader.close())
        await self._reading.close()
        await self._writing.close()
        if self._lock:
            self._lock.close()

    def _check(self, connection: Connection) -> None:
        migrate.check(connection)
        connections.assert_durable(connection)
        known = connection.scalar(select(meta.c.value).where(meta.c.name == _DATA_KEY))
        if known is None:
            row = {"name": _DATA_KEY, "value": self.seal.fingerprint}
            connection.execute(insert(meta).values(row))
        elif known != self.seal.fingerprint:
            raise WrongKey


def locked(path: Path) -> BinaryIO:
    """Held as long as the file is open: the system lets go of it when a process dies.

    Raises:
        StoreLocked: another process holds it.

    """
    lock = Path(f"{path}.lock").open("ab")  # noqa: SIM115 (held as long as the store is open)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise StoreLocked from None
    return lock
