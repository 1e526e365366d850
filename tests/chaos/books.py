"""The stores that the machine writes into: one transaction for each example, never committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

T = TypeVar("T")


class SqliteBooks:
    """A file of SQLite, without the way through a thread."""

    def __init__(self, file: Path) -> None:
        self._engine = create_engine(f"sqlite:///{file}", connect_args={"isolation_level": None})
        event.listen(self._engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
        self._connection: Connection | None = None

    def opened(self) -> SqliteBooks:
        self._connection = self._engine.connect()
        self._connection.begin()
        return self

    def run(self, act: Callable[[Connection], T]) -> T:
        assert self._connection is not None
        return act(self._connection)

    def close(self) -> None:
        """What was written is gone."""
        assert self._connection is not None
        self._connection.rollback()
        self._connection.close()

    def end(self) -> None:
        self._engine.dispose()


class PostgresBooks:
    """A database of a PostgreSQL server."""

    def __init__(self, url: str) -> None:
        self._loop = asyncio.Runner()
        self._engine = create_async_engine(url)
        self._connection: AsyncConnection | None = None

    def opened(self) -> PostgresBooks:
        self._connection = self._loop.run(self._begun())
        return self

    def run(self, act: Callable[[Connection], T]) -> T:
        assert self._connection is not None
        return self._loop.run(self._connection.run_sync(act))

    def close(self) -> None:
        assert self._connection is not None
        self._loop.run(self._connection.close())

    def end(self) -> None:
        self._loop.run(self._engine.dispose())
        self._loop.close()

    async def _begun(self) -> Any:
        connection = await self._engine.connect()
        await connection.begin()
        return connection
