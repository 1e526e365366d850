"""The tables that queries are written for are the tables that migrations make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import migrate
from storage.store import Store
from storage.tables import OPEN, WAITING, metadata
from tests.stores import Postgres

_OURS = "<> 'alembic_version'"
_CATALOGUE = {
    "sqlite": f"""
        SELECT type, name, sql FROM sqlite_master
        WHERE tbl_name {_OURS} AND type = 'table'
    """,
    "postgresql": f"""
        SELECT table_name, column_name || ' ' || ordinal_position || ' ' || data_type,
               is_nullable || ' ' || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name {_OURS}
        UNION SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text {_OURS}
    """,
}
_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": """
        SELECT indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)
    """,
}


def _catalogue(connection: Connection) -> list[tuple[str, ...]]:
    rows = connection.execute(text(_CATALOGUE[connection.dialect.name]))
    return sorted(tuple(re.sub(r"\s+", " ", str(value)) for value in row) for row in rows)


async def _made_by_migrations(url: str) -> list[tuple[str, ...]]:
    await migrate(url)
    return await _read(url)


async def _made_from_tables(url: str) -> list[tuple[str, ...]]:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()
    return await _read(url)


async def _read(url: str) -> list[tuple[str, ...]]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(_catalogue)
    await engine.dispose()
    return found


async def test_tables_of_the_migrations_are_those_of_the_queries(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if database == "sqlite":
        migrated, from_tables = (f"sqlite+aiosqlite:///{tmp_path / name}" for name in ("a", "b"))
    else:
        server: Postgres = request.getfixturevalue("server")
        migrated, from_tables = await server.empty_url(), await server.empty_url()

    found = await _made_by_migrations(migrated)

    assert found == await _made_from_tables(from_tables)
    shown = str(found)
    assert "CHECK" in shown
    assert all(table in shown for table in metadata.tables)


async def test_indexes_are_of_the_states_that_queries_ask_for(store: Store) -> None:
    def indexes(connection: Connection) -> dict[str, tuple[str, ...]]:
        rows = connection.execute(text(_INDEXES[connection.dialect.name]))
        return {name: tuple(re.findall(r"'(\w+)'", definition)) for name, definition in rows}

    assert await store.read(indexes) == {
        "revisions_in_order": (),
        "drafts_one_open": ("open",),
        "deliveries_waiting": WAITING,
        "deliveries_open": OPEN,
    }
