from __future__ import annotations

import asyncio
import logging
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.errors import NewerStore, NoStore, OlderStore, StoreUnreachable
from storage.migrate import STEPS, Migrated, migrate
from storage.store import Store
from tests.stores import KEY

_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.add_column("meta", sa.Column("note", sa.Text))
    op.execute("INSERT INTO meta (name, value, note) VALUES ('next', 'taken', 'yes')")
"""
_BROKEN = _NEXT + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'


@pytest.fixture
def next_steps(tmp_path: Path) -> Path:
    """The steps of a later version of this program."""
    return _steps(tmp_path / "next", _NEXT)


def _steps(folder: Path, following: str) -> Path:
    versions = folder / "versions"
    versions.mkdir(parents=True)
    for step in (STEPS / "versions").glob("v*.py"):
        (versions / step.name).write_text(step.read_text())
    (versions / "v0003_next.py").write_text(following)
    return folder


def _names(folder: Path, pattern: str = "*") -> list[str]:
    return sorted(path.name for path in folder.glob(pattern))


def _modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


async def _query(url: str, query: str) -> list[tuple[object, ...]]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        rows = [tuple(row) for row in await connection.execute(text(query))]
    await engine.dispose()
    return rows


async def test_a_missing_store_is_made(empty_url: str) -> None:
    assert await migrate(empty_url) == Migrated(None, "0002")

    assert await _query(empty_url, "SELECT id, epoch FROM sender") == [(1, 0)]


async def test_a_store_of_today_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    await migrate(empty_url)

    assert await migrate(empty_url) == Migrated("0002", "0002")
    assert _names(tmp_path, "*.backup*") == []


async def test_an_older_store_is_brought_up_to_date(empty_url: str, next_steps: Path) -> None:
    await migrate(empty_url)

    done = await migrate(empty_url, next_steps)

    assert (done.before, done.after) == ("0002", "0003")
    found = await _query(empty_url, "SELECT value, note FROM meta WHERE name = 'next'")
    assert found == [("taken", "yes")]


async def test_a_newer_store_is_refused_and_left_alone(empty_url: str, next_steps: Path) -> None:
    await migrate(empty_url, next_steps)

    with pytest.raises(NewerStore):
        await migrate(empty_url)
    with pytest.raises(NewerStore):
        await Store.open(empty_url, KEY)
    with pytest.raises(NewerStore):
        await Store.open(empty_url, KEY, create=True)

    assert await _query(empty_url, "SELECT version_num FROM alembic_version") == [("0003",)]


async def test_a_step_that_fails_leaves_the_store_as_it_was(empty_url: str, tmp_path: Path) -> None:
    await migrate(empty_url)

    with pytest.raises(Exception, match="nowhere"):
        await migrate(empty_url, _steps(tmp_path / "broken", _BROKEN))

    assert await _query(empty_url, "SELECT version_num FROM alembic_version") == [("0002",)]
    assert await _query(empty_url, "SELECT * FROM meta") == []


async def test_two_that_migrate_at_once_take_each_step_once(empty_url: str) -> None:
    await asyncio.gather(migrate(empty_url), migrate(empty_url))

    assert await _query(empty_url, "SELECT count(*) FROM sender") == [(1,)]


async def test_a_store_without_tables_is_not_opened_unless_it_may_be_made(empty_url: str) -> None:
    with pytest.raises(NoStore):
        await Store.open(empty_url, KEY)

    store = await Store.open(empty_url, KEY, create=True)
    await store.close()


async def test_nothing_is_made_where_no_store_is_found(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'none.db'}", KEY)

    assert _names(tmp_path) == []


async def test_an_older_store_is_not_opened_before_it_is_migrated(
    empty_url: str, next_steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(empty_url)
    monkeypatch.setattr("storage.migrate.STEPS", next_steps)

    with pytest.raises(OlderStore):
        await Store.open(empty_url, KEY)


async def test_an_older_file_is_backed_up_for_its_owner_alone(
    tmp_path: Path, next_steps: Path
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'homeward.db'}"
    store = await Store.open(url, KEY, create=True)
    await store.close()

    backup = (await migrate(url, next_steps)).backup

    assert backup == tmp_path / "homeward.db.0002.backup"
    assert backup.stat().st_mode & 0o777 == 0o600
    copy = await Store.open(f"sqlite+aiosqlite:///{backup}", KEY)
    await copy.close()
    connection = sqlite3.connect(backup)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    assert _names(tmp_path, "*.part") == []


async def test_a_store_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'homeward.db'}", KEY, create=True)

    modes = _modes(tmp_path)
    await store.close()

    assert modes == dict.fromkeys(["homeward.db", "homeward.db-wal", "homeward.db-shm"], 0o600)


async def test_another_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("no database at all " * 100)

    with pytest.raises(StoreUnreachable, match="not a store"):
        await migrate(f"sqlite+aiosqlite:///{path}")

    assert path.read_text() == "no database at all " * 100


async def test_migrating_sets_up_no_logging(empty_url: str) -> None:
    before = (logging.root.handlers[:], logging.root.level, logging.getLogger("alembic").level)

    await migrate(empty_url)

    after = (logging.root.handlers[:], logging.root.level, logging.getLogger("alembic").level)
    assert after == before


async def test_a_store_of_the_first_version_with_rows_in_it_comes_along_whole(
    empty_url: str, tmp_path: Path
) -> None:
    first = tmp_path / "first" / "versions"
    first.mkdir(parents=True)
    (first / "v0001_first.py").write_text((STEPS / "versions" / "v0001_first.py").read_text())
    await migrate(empty_url, first.parent)
    moment = "'2026-01-01 00:00:00+00:00'"
    rows = (
        f"""INSERT INTO moderators
            (id, user_hash, user_sealed, pseudonym, role, origin, active, since_at)
            VALUES (7, '1', '1', 'mod-1', 'owner', 'settings', true, {moment})""",
        f"""INSERT INTO alerts (id, number, record_key, rev, type, topic, "by",
            published_at, starts_at, state, erased)
            VALUES (1, 1, 'S1', 1, 'Alert', 'people', 'mod-1', {moment}, {moment}, 'live', 0)""",
        f"""INSERT INTO deliveries
            (alert_id, subscriber_id, state, attempts, ambiguous, next_at, message_id)
            VALUES (1, 5, 'delivered', 1, 0, {moment}, 9)""",
    )
    engine = create_async_engine(empty_url)
    async with engine.begin() as connection:
        for row in rows:
            await connection.execute(text(row))
    await engine.dispose()

    done = await migrate(empty_url)

    assert (done.before, done.after) == ("0001", "0002")
    kept = "SELECT pseudonym, message_id FROM moderators, alerts, deliveries"
    assert await _query(empty_url, kept) == [("mod-1", 9)]
    frozen = "INSERT INTO freezes (id, since_at, moderator_id) VALUES (1, '2026-01-01', 7)"
    store = await Store.open(empty_url, KEY)
    await store.write(lambda conn: conn.execute(text(frozen)))
    await store.close()
