"""Every test of the store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage import fanout
from storage.store import Store
from tests.storage.fanning import BIT
from tests.stores import KEY, Postgres, SqliteFiles, postgres, sqlite_url


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with postgres() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database this run of a test is for."""
    return str(request.param)


@pytest.fixture(scope="session")
def files() -> SqliteFiles:
    return SqliteFiles()


@pytest.fixture
async def url(
    database: str, tmp_path: Path, files: SqliteFiles, request: pytest.FixtureRequest
) -> AsyncIterator[str]:
    """A store with its tables and nothing in them."""
    if database == "sqlite":
        yield await files.url(tmp_path)
        return
    server: Postgres = request.getfixturevalue("server")
    async with server.url() as url:
        yield url


@pytest.fixture
async def empty_url(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A database without a table."""
    if database == "sqlite":
        return sqlite_url(tmp_path)
    server: Postgres = request.getfixturevalue("server")
    return await server.empty_url()


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    found = await Store.open(url, KEY)
    yield found
    await found.close()


@pytest.fixture
def small_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of readers are very many: an alert is put in for them bit by bit."""
    monkeypatch.setattr(fanout, "AT_ONCE", BIT)
