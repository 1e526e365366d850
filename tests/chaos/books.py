"""The stores that the machine writes into: one transaction for each example, never committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.ext.asyncio import create_async_engine

T = TypeVar("T")


class Books:
    """One connection; what was written through it is gone when the books are closed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def opened(self) -> Books:
        self._connection.begin()
        return self

    def run(self, act: Callable[[Connection], T]) -> T:
        return act(self._connection)

    def close(self) -> None:
        self._connection.rollback()


def on_sqlite(file: Path, use: Callable[[Books], None]) -> None:
    """A file of SQLite, without the way through a thread."""
    engine = create_engine(f"sqlite:///{file}", connect_args={"isolation_level": None})
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    with engine.connect() as connection:
        use(Books(connection))
    engine.dispose()


def on_postgresql(url: str, use: Callable[[Books], None]) -> None:
    """A database of a PostgreSQL server; all its use is one call, so that little is waited for."""

    async def used() -> None:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            await connection.run_sync(lambda conn: use(Books(conn)))
        await engine.dispose()

    asyncio.run(used())
