from __future__ import annotations

import asyncio
import logging
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from storage.errors import NewerStore, NoStore, OlderStore, StoreUnreachable
from storage.migrate import STEPS, Migrated, migrate
from storage.store import Store
from tests.stores import KEY

_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


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
    (versions / "v0008_next.py").write_text(following)
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
    assert await migrate(empty_url) == Migrated(None, "0007")

    assert await _query(empty_url, "SELECT id, epoch FROM sender") == [(1, 0)]


async def test_a_store_of_today_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    await migrate(empty_url)

    assert await migrate(empty_url) == Migrated("0007", "0007")
    assert _names(tmp_path, "*.backup*") == []


async def test_an_older_store_is_brought_up_to_date(empty_url: str, next_steps: Path) -> None:
    await migrate(empty_url)

    done = await migrate(empty_url, next_steps)

    assert (done.before, done.after) == ("0007", "0008")
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

    assert await _query(empty_url, "SELECT version_num FROM alembic_version") == [("0008",)]


async def test_a_step_that_fails_leaves_the_store_as_it_was(empty_url: str, tmp_path: Path) -> None:
    await migrate(empty_url)

    with pytest.raises(Exception, match="nowhere"):
        await migrate(empty_url, _steps(tmp_path / "broken", _BROKEN))

    assert await _query(empty_url, "SELECT version_num FROM alembic_version") == [("0007",)]
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

    assert backup == tmp_path / "homeward.db.0007.backup"
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


_MOMENT = "'2026-01-01 00:00:00+00:00'"
_ROWS_OF_THE_FIRST_VERSION = (
    f"""INSERT INTO moderators
        (id, user_hash, user_sealed, pseudonym, role, origin, active, since_at)
        VALUES (7, '1', '1', 'mod-1', 'owner', 'settings', true, {_MOMENT})""",
    "INSERT INTO records (id, key, kind, rev) VALUES (3, 'S1', 'stage', 1)",
    f"""INSERT INTO revisions
        (record_id, rev, state, body, salt, ledger_revision, reason, "by", recorded_at)
        VALUES (3, 1, 'published', 'words', '1', 5, 'recorded', 'mod-1', {_MOMENT})""",
    *(
        f"""INSERT INTO alerts (id, number, record_key, rev, type, refers_to, topic, "by",
            published_at, starts_at, state, erased)
            VALUES ({id_}, {id_}, 'S1', {id_}, 'Alert', {refers_to}, 'people', 'mod-1',
            {_MOMENT}, {_MOMENT}, 'live', 4)"""
        for id_, refers_to in ((1, "NULL"), (2, 1))
    ),
    """INSERT INTO alert_texts (alert_id, language, variant, text, buttons)
       VALUES (1, 'en', 'first', 'said', '[]')""",
    f"""INSERT INTO subscribers (id, chat_hash, chat_sealed, language, people, bodies,
        bodies_silent, consent_version, subscribed, since_at, refusals)
        VALUES (5, '1', '1', 'uk', true, false, true, 1, true, {_MOMENT}, 0)""",
    f"""INSERT INTO deliveries
        (alert_id, subscriber_id, state, attempts, ambiguous, next_at, message_id)
        VALUES (1, 5, 'delivered', 2, 1, {_MOMENT}, 9)""",
)
_KEPT = {
    "SELECT language, people, bodies_silent, claims FROM subscribers": [("uk", 1, 1, 0)],
    "SELECT pseudonym FROM moderators": [("mod-1",)],
    "SELECT key, kind, rev FROM records": [("S1", "stage", 1)],
    "SELECT record_id, body, ledger_revision, reason, correction FROM revisions": [
        (3, "words", 5, "recorded", None)
    ],
    "SELECT number, refers_to, erased FROM alerts ORDER BY id": [(1, None, 4), (2, 1, 4)],
    "SELECT alert_id, variant, text, edits FROM alert_texts": [(1, "first", "said", 0)],
    "SELECT subscriber_id, ambiguous, message_id, edits FROM deliveries": [(5, 1, 9, 0)],
}


async def _a_store_of_the_first_version(url: str, folder: Path) -> None:
    """With rows in it."""
    first = folder / "first" / "versions"
    first.mkdir(parents=True)
    (first / "v0001_first.py").write_text((STEPS / "versions" / "v0001_first.py").read_text())
    await migrate(url, first.parent)
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for row in _ROWS_OF_THE_FIRST_VERSION:
            await connection.execute(text(row))
    await engine.dispose()


async def test_a_store_of_the_first_version_with_rows_in_it_comes_along_whole(
    empty_url: str, tmp_path: Path
) -> None:
    await _a_store_of_the_first_version(empty_url, tmp_path)

    done = await migrate(empty_url)

    assert (done.before, done.after) == ("0001", "0007")
    for query, rows in _KEPT.items():
        assert await _query(empty_url, query) == rows
    codes = {code for (code,) in await _query(empty_url, "SELECT code FROM alerts")}
    assert {len(str(code)) for code in codes} == {8}
    assert len(codes) == 2


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("DELETE FROM revisions", "nothing is deleted or rewritten"),
        ("DELETE FROM records", "nothing is deleted or rewritten"),
        ("UPDATE revisions SET body = 'others'", "nothing is deleted or rewritten"),
        (
            "UPDATE revisions SET body = NULL, salt = NULL, correction = 'X1'",
            "nothing is deleted or rewritten",
        ),
        ("UPDATE alerts SET refers_to = 9", "(?i)foreign key"),
        ("UPDATE deliveries SET alert_id = 9", "(?i)foreign key"),
        ("UPDATE revisions SET record_id = 9", "(?i)foreign key|nothing is deleted"),
        ("UPDATE records SET kind = 'rumour'", "(?i)check constraint"),
    ],
)
async def test_a_store_that_came_along_guards_what_a_new_one_does(
    empty_url: str, tmp_path: Path, statement: str, refused: str
) -> None:
    await _a_store_of_the_first_version(empty_url, tmp_path)
    await migrate(empty_url)
    store = await Store.open(empty_url, KEY)

    with pytest.raises(DBAPIError, match=refused):
        await store.write(lambda conn: conn.execute(text(statement)))

    await store.close()


_KILLED_IN_THE_MIDDLE = """
import asyncio, itertools, os, shutil, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from storage import steps
from storage.migrate import migrate

def dies_at(statement):
    left = itertools.count(statement, -1)

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_):
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

def killed(statement, old, folder):
    folder.mkdir()
    shutil.copy(old, folder / "homeward.db")
    child = os.fork()
    if child == 0:
        dies_at(statement)
        asyncio.run(migrate(f"sqlite+aiosqlite:///{folder / 'homeward.db'}"))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

old, lives = Path(sys.argv[1]), Path(sys.argv[2])
for statement in itertools.count(step=4):
    if not killed(statement, old, lives / str(statement)):
        break
"""


async def test_wherever_migrating_is_killed_the_next_start_finishes_it(tmp_path: Path) -> None:
    """In the middle of every step, and between any two."""
    old, lives = tmp_path / "old.db", tmp_path / "lives"
    await _a_store_of_the_first_version(f"sqlite+aiosqlite:///{old}", tmp_path)
    lives.mkdir()
    program = (sys.executable, "-c", _KILLED_IN_THE_MIDDLE, str(old), str(lives))
    child = await asyncio.create_subprocess_exec(*program)
    assert await child.wait() == 0

    before = set()
    for file in lives.glob("*/homeward.db"):
        before.add((await migrate(f"sqlite+aiosqlite:///{file}")).before)
        connection = sqlite3.connect(file)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for query, rows in _KEPT.items():
            assert connection.execute(query).fetchall() == rows
        connection.close()

    newest = int(max(map(str, before)))
    assert before == {f"{version:04}" for version in range(1, newest + 1)}
    assert newest > 4
