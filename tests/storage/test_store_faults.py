from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreUnreachable,
)
from storage.store import Connection, Store
from storage.threads import Threads
from tests.storage.examples import note, noted
from tests.stores import KEY, Postgres, sqlite_url


@pytest.mark.parametrize(
    "url",
    ["", "homeward.db", "sqlite:///homeward.db", "mysql://x/y", "sqlite+aiosqlite://"],
)
async def test_a_url_of_another_kind_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(StoreError, match="HOMEWARD_DATABASE_URL"):
        await Store.open(url, KEY, create=True)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://somebody:secret@127.0.0.1:1/homeward",
        "sqlite+aiosqlite:////nowhere/at/all/homeward.db",
    ],
)
async def test_a_store_that_cannot_be_reached_is_a_sentence_without_the_password(url: str) -> None:
    with pytest.raises(StoreUnreachable) as refused:
        await Store.open(url, KEY, create=True)

    assert "secret" not in str(refused.value)


async def test_a_missing_database_is_a_sentence(server: Postgres) -> None:
    url = await server.empty_url()

    with pytest.raises(StoreUnreachable):
        await Store.open(url.replace("store_", "nothing_"), KEY)


async def test_a_lost_connection_is_a_sentence_and_the_next_act_works(server: Postgres) -> None:
    async with server.url() as url:
        store = await Store.open(url, KEY)

        def lose(conn: Connection) -> None:
            note(conn, 1)
            conn.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

        with pytest.raises(StoreUnreachable):
            await store.write(lose)
        await store.write(lambda conn: note(conn, 2))

        assert await noted(store) == {2}
        await store.close()


async def test_a_connection_that_could_not_be_set_up_is_opened_anew(tmp_path: Path) -> None:
    file = tmp_path / "homeward.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    threads = Threads(file, 1, "BEGIN", ("PRAGMA journal_mode = WAL",), wait=0)

    async def number() -> object:
        return await threads.run(lambda conn: conn.scalar(text("SELECT 7")))

    before = set(threading.enumerate())
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await number()
    left = set(threading.enumerate()) - before
    assert not [one.name for one in left if "connection" in one.name], "it would call a closed loop"
    other.close()
    assert [await number(), await number()] == [7, 7]
    await threads.close()


async def test_an_act_is_repeated_when_postgresql_asks_for_it(server: Postgres) -> None:
    async with server.url() as url:
        store = await Store.open(url, KEY)
        tries = []

        def fail_four_times(conn: Connection) -> None:
            tries.append(1)
            note(conn, len(tries))
            if len(tries) < 5:
                conn.execute(text("DO $$ BEGIN RAISE EXCEPTION '' USING ERRCODE = '40001'; END $$"))

        await store.write(fail_four_times)
        found = await noted(store)
        await store.close()

        assert found == {5}


async def test_an_act_that_cannot_be_serialized_is_given_up(server: Postgres) -> None:
    async with server.url() as url:
        store = await Store.open(url, KEY)
        tries = []

        def fail(conn: Connection) -> None:
            tries.append(1)
            conn.execute(text("DO $$ BEGIN RAISE EXCEPTION '' USING ERRCODE = '40P01'; END $$"))

        with pytest.raises(StoreBusy):
            await store.write(fail)
        await store.close()

        assert len(tries) == 5


async def test_a_server_that_does_not_keep_commits_is_refused(server: Postgres) -> None:
    async with server.url() as url:
        await server.execute("ALTER SYSTEM SET synchronous_commit = off")
        await server.execute("SELECT pg_reload_conf()")
        try:
            with pytest.raises(StoreError, match="synchronous_commit"):
                await Store.open(url, KEY)
        finally:
            await server.execute("ALTER SYSTEM RESET synchronous_commit")
            await server.execute("SELECT pg_reload_conf()")


async def test_what_sqlite_commits_survives_a_power_cut(tmp_path: Path) -> None:
    """The settings of SQLite that this needs, on the connection that writes."""
    store = await Store.open(sqlite_url(tmp_path), KEY, create=True)

    def settings(conn: Connection) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        return {name: conn.scalar(text(f"PRAGMA {name}")) for name in names}

    found = await store.write(settings)
    await store.close()

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }


async def test_a_full_disk_is_said_as_such_and_saves_nothing(tmp_path: Path) -> None:
    store = await Store.open(sqlite_url(tmp_path), KEY, create=True)
    await store.write(lambda conn: note(conn, 1))

    def fill(conn: Connection) -> None:
        pages = conn.scalar(text("PRAGMA page_count"))
        conn.execute(text(f"PRAGMA max_page_count = {pages}"))
        note(conn, *range(2, 20_000))

    with pytest.raises(StoreFull):
        await store.write(fill)
    assert await noted(store) == {1}
    await store.write(lambda conn: conn.execute(text("PRAGMA max_page_count = 100000")))
    await store.write(lambda conn: note(conn, 2))

    assert await noted(store) == {1, 2}
    await store.close()


async def test_an_act_that_goes_on_after_a_full_disk_is_not_saved(tmp_path: Path) -> None:
    """SQLite has rolled back by itself by then: what follows would be saved without the rest."""
    store = await Store.open(sqlite_url(tmp_path), KEY, create=True)

    def go_on(conn: Connection) -> None:
        note(conn, 1)
        conn.exec_driver_sql("ROLLBACK")

    with pytest.raises(StoreFull):
        await store.write(go_on)

    assert await noted(store) == set()
    await store.close()


async def test_a_damaged_file_takes_no_more_writes(tmp_path: Path) -> None:
    store = await Store.open(sqlite_url(tmp_path), KEY, create=True)
    await store.write(lambda conn: note(conn, *range(5000)))
    await store.close()
    _damage(tmp_path / "homeward.db")
    store = await Store.open(sqlite_url(tmp_path), KEY)

    with pytest.raises(StoreDamaged):
        await store.write(lambda conn: conn.execute(text("DELETE FROM updates")))
    with pytest.raises(StoreDamaged):
        await store.write(lambda conn: conn.scalar(text("SELECT 1")))

    await store.close()


def _damage(path: Path) -> None:
    """Overwrites the last pages, which hold rows."""
    with path.open("r+b") as file:
        file.seek(-3 * 4096, 2)
        file.write(b"\xff" * 3 * 4096)


_HOLD_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("INSERT INTO updates VALUES (99, '2025-01-01 00:00:00.000000')")
print("ready", flush=True)
sys.stdin.read()
"""
_RUN = """
import asyncio, sys
from storage.store import Store

async def run():
    store = await Store.open(sys.argv[1], bytes(range(32)), exclusive=True)
    print("ready", flush=True)
    await asyncio.Event().wait()

asyncio.run(run())
"""
_WRITE_FOR_EVER = """
import asyncio, itertools, sys
from datetime import UTC, datetime
from sqlalchemy import insert
from storage.store import Store
from storage.tables import updates

def act(conn, number):
    for update_id in (2 * number, 2 * number + 1):
        conn.execute(insert(updates).values(update_id=update_id, handled_at=datetime.now(UTC)))

async def run():
    store = await Store.open(sys.argv[1], bytes(range(32)))
    for number in itertools.count(int(sys.argv[2])):
        await store.write(lambda conn: act(conn, number))
        print(number, flush=True)

asyncio.run(run())
"""


def _child(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def _end(child: subprocess.Popen[str], how: signal.Signals = signal.SIGKILL) -> None:
    child.send_signal(how)
    child.communicate()


async def test_a_store_that_others_write_to_says_that_it_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.connections._WAIT_SECONDS", 0.2)
    store = await Store.open(sqlite_url(tmp_path), KEY, create=True)
    holder = _child(_HOLD_THE_LOCK, str(tmp_path / "homeward.db"))
    assert _line(holder) == "ready"

    with pytest.raises(StoreBusy):
        await store.write(lambda conn: note(conn, 1))
    assert await noted(store) == set()

    _end(holder)
    await store.write(lambda conn: note(conn, 2))
    assert await noted(store) == {2}
    await store.close()


async def test_one_bot_runs_on_a_file_and_others_may_load_beside_it(tmp_path: Path) -> None:
    store = await Store.open(sqlite_url(tmp_path), KEY, create=True)
    await store.close()
    running = _child(_RUN, sqlite_url(tmp_path))
    assert _line(running) == "ready"

    with pytest.raises(StoreLocked):
        await Store.open(sqlite_url(tmp_path), KEY, exclusive=True)
    beside = await Store.open(sqlite_url(tmp_path), KEY)
    await beside.write(lambda conn: note(conn, 1))
    await beside.close()

    _end(running)
    store = await Store.open(sqlite_url(tmp_path), KEY, exclusive=True)
    await store.close()
    store = await Store.open(sqlite_url(tmp_path), KEY, exclusive=True)
    await store.close()


async def test_a_process_killed_while_writing_leaves_whole_acts_and_all_it_reported(
    url: str,
) -> None:
    store = await Store.open(url, KEY, create=True)
    reported: set[int] = set()
    for kill in range(4):
        child = _child(_WRITE_FOR_EVER, url, str(1000 * kill))
        reported.add(int(_line(child)))
        for _ in range(7 * kill):
            reported.add(int(_line(child)))
        _end(child)

    found = await noted(store)
    await store.close()

    assert all((number ^ 1) in found for number in found)
    assert {2 * number for number in reported} <= found
