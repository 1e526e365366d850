"""How connections are set up, so that every transaction is durable and no read can write.

SQLite: one writer whose transactions take the lock at once (a read that turns into a write after
another commit could never succeed), WAL, synced commits; readers that cannot write. PostgreSQL: the
same, by isolation levels.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar
from weakref import WeakSet

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import StoreError
from storage.threads import Threads

T = TypeVar("T")

_WAIT_SECONDS = 5
"""For a lock that another holds."""
CONNECT_SECONDS = 5
"""For PostgreSQL to take a connection."""
READ_SECONDS = 7
"""For PostgreSQL to answer when something is read: less than one try to handle an update takes, so
that the store is known to be down before the update is taken for one that hangs."""
WRITE_SECONDS = 60
"""The same when something is written: longer than any statement of ours takes. A server that is cut
off without a word would else be waited for as long as the system keeps a silent connection, for
hours."""
_OPTIONS = {"host", "port", "ssl", "direct_tls", "passfile", "target_session_attrs"}
"""What may stand after the ? of a PostgreSQL URL."""
_SQLITE = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
)


def parse(url: str) -> URL:
    """A database URL of one of the two kinds that this program knows."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the second for a port that is no number
        raise StoreError("HOMEWARD_DATABASE_URL is not a database URL.") from None
    if parsed.drivername not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise StoreError(
            "HOMEWARD_DATABASE_URL must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://."
        )
    unknown = set(parsed.query) - (set() if is_sqlite(parsed) else _OPTIONS)
    if unknown or "\0" in (parsed.database or ""):
        raise StoreError("HOMEWARD_DATABASE_URL has a part that is not known, perhaps after its ?.")
    if is_sqlite(parsed) and parsed.database in (None, "", ":memory:"):
        raise StoreError("HOMEWARD_DATABASE_URL names no file to keep the store in.")
    return parsed


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def file_of(url: URL) -> Path | None:
    """The file of a SQLite store; None for PostgreSQL."""
    return Path(url.database or "") if is_sqlite(url) else None


def make_file(path: Path) -> None:
    """Makes an empty file for the owner alone; SQLite gives its side files the same mode."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


class Connections(Protocol):
    """Connections to one database, on which acts run one at a time."""

    async def run(self, act: Callable[[Connection], T]) -> T:
        """Runs an act on a connection that nobody else uses meanwhile."""
        ...

    async def close(self) -> None: ...

    def abandon(self) -> None:
        """Lets go of what is under way, without a word to the database."""
        ...


def writer(url: URL, *, patient: bool = False) -> Connections:
    """One connection, for one transaction after the other.

    `patient` is for migrating, where a statement may take as long as it likes.
    """
    if path := file_of(url):
        pragmas = ("PRAGMA journal_mode = WAL", *_SQLITE)
        return Threads(path, 1, "BEGIN IMMEDIATE", pragmas, _WAIT_SECONDS)
    seconds = None if patient else WRITE_SECONDS
    return _Server(url, 1, seconds, isolation_level="SERIALIZABLE")


def readers(url: URL, size: int) -> Connections:
    """Some connections on which nothing can be written; each transaction sees one moment."""
    if path := file_of(url):
        pragmas = (*_SQLITE, "PRAGMA query_only = ON")
        return Threads(path, size, "BEGIN", pragmas, _WAIT_SECONDS)
    return _Server(
        url,
        size,
        READ_SECONDS,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )


class _Server:
    """PostgreSQL."""

    def __init__(self, url: URL, size: int, answer_seconds: float | None, **options: Any) -> None:
        # Large, and not needed for SQLite.
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

        self.engine = create_async_engine(
            url,
            pool_size=size,
            max_overflow=0,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={
                "timeout": CONNECT_SECONDS,
                "command_timeout": answer_seconds,
                "server_settings": {
                    "application_name": "homeward",
                    "lock_timeout": f"{_WAIT_SECONDS}s",
                },
            },
            **options,
        )
        self._open = WeakSet[Any]()
        event.listen(self.engine.sync_engine, "connect", self._opened)

    def _opened(self, connection: Any, _record: object) -> None:
        self._open.add(connection.driver_connection)

    async def run(self, act: Callable[[Connection], T]) -> T:
        async with self.engine.connect() as connection:
            return await connection.run_sync(act)

    async def close(self) -> None:
        await self.engine.dispose()

    def abandon(self) -> None:
        for one in self._open:
            one.terminate()


def outside_transaction(connection: Connection, statement: str, *values: str) -> Any:
    """Runs what SQLite does in no transaction, on a connection that is in none; its first row."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
        return cursor.fetchone()
    finally:
        cursor.close()


def assert_durable(connection: Connection) -> None:
    """What is committed must survive a power cut: refuses a database that is set up otherwise."""
    if connection.dialect.name == "sqlite":
        found = tuple(
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        )
        durable = found == ("wal", 2, 1)
    else:
        durable = connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() != "off"
    if not durable:
        raise StoreError(
            "The store's disk or server does not keep what is committed: SQLite needs WAL "
            "(no network disk), PostgreSQL needs synchronous_commit."
        )
