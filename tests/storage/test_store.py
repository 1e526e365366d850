from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from storage.errors import (
    StoreClosed,
    StoreUnreachable,
    WrongKey,
)
from storage.store import READERS, Connection, Store
from storage.tables import counters, updates
from tests.storage.examples import note, noted
from tests.stores import KEY, sqlite_url


async def test_a_write_gives_back_what_its_act_gave_back(store: Store) -> None:
    assert await store.write(lambda conn: conn.scalar(text("SELECT 7"))) == 7


async def test_an_act_is_kept_whole_or_not_at_all(store: Store) -> None:
    def fail(conn: Connection) -> None:
        note(conn, 1, 2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(fail)
    await store.write(lambda conn: note(conn, 3, 4))

    assert await noted(store) == {3, 4}


async def test_acts_run_one_after_the_other(store: Store) -> None:
    def count(conn: Connection) -> None:
        known = conn.scalar(select(counters.c.value).where(counters.c.name == "x"))
        if known is None:
            conn.execute(insert(counters).values(name="x", value=1))
        else:
            conn.execute(update(counters).values(value=known + 1))

    await asyncio.gather(*(store.write(count) for _ in range(30)))

    assert await store.read(lambda conn: conn.scalar(select(counters.c.value))) == 30


async def test_acts_of_two_processes_do_not_overwrite_each_other(store: Store, url: str) -> None:
    await store.write(lambda conn: conn.execute(insert(counters).values(name="x", value=0)))
    other = await Store.open(url, KEY)

    def count(conn: Connection) -> None:
        known = conn.scalar(select(counters.c.value).where(counters.c.name == "x"))
        conn.execute(update(counters).values(value=(known or 0) + 1))

    await asyncio.gather(*(one.write(count) for one in (store, other) for _ in range(15)))
    await other.close()

    assert await store.read(lambda conn: conn.scalar(select(counters.c.value))) == 30


async def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises((DBAPIError, StoreUnreachable)):
        await store.read(lambda conn: note(conn, 1))

    assert await noted(store) == set()


async def test_a_read_sees_one_moment(store: Store, url: str) -> None:
    """Another store writes between the two queries of one read."""
    other = await Store.open(url, KEY)
    loop = asyncio.get_running_loop()

    def look_twice(conn: Connection) -> tuple[int | None, int | None]:
        query = select(func.count()).select_from(updates)
        before = conn.scalar(query)
        _meanwhile(loop, other.write(lambda conn: note(conn, 1)))
        return before, conn.scalar(query)

    assert await store.read(look_twice) == (0, 0)
    assert await noted(store) == {1}
    await other.close()


def _meanwhile(loop: asyncio.AbstractEventLoop, act: Coroutine[Any, Any, None]) -> None:
    """Waits for an act on the loop, from a thread or from one of SQLAlchemy's greenlets."""
    from sqlalchemy.util import await_only  # noqa: PLC0415 (a seam of this test alone)

    if threading.current_thread() is threading.main_thread():
        await_only(act)
    else:
        asyncio.run_coroutine_threadsafe(act, loop).result()


async def test_many_cancelled_callers_leave_no_half_act_and_no_open_transaction(
    store: Store,
) -> None:
    chance = random.Random(1)  # noqa: S311 (chance, no secret)

    async def act(number: int) -> None:
        await store.write(lambda conn: note(conn, 2 * number, 2 * number + 1))

    tasks = [asyncio.create_task(act(number)) for number in range(300)]
    for task in tasks:
        await asyncio.sleep(chance.random() * 0.002)
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    await store.write(lambda conn: note(conn, 1_000_000))

    found = await noted(store)
    assert any(isinstance(one, asyncio.CancelledError) for one in ended)
    assert all((2 * number in found) == (2 * number + 1 in found) for number in range(300))
    assert all(2 * number in found for number, one in enumerate(ended) if one is None), (
        "an act that was reported as done is there"
    )
    assert await store.write(_transactions_of_others) == 0


def _transactions_of_others(conn: Connection) -> int:
    """How many connections of this store are left in a transaction; on SQLite none could write."""
    if conn.dialect.name == "sqlite":
        return 0
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
    )
    return int(conn.scalar(text(query)) or 0)


async def test_what_nobody_waits_for_any_more_is_not_begun(store: Store) -> None:
    """It may have been asked for anew meanwhile, and would be done twice."""
    busy, free = threading.Event(), threading.Event()

    def take_long(_: Connection) -> None:
        busy.set()
        free.wait(5)

    long = asyncio.create_task(store.write(take_long))
    await asyncio.to_thread(busy.wait, 5)
    given_up = asyncio.create_task(store.write(lambda conn: note(conn, 1)))
    kept = asyncio.create_task(store.write(lambda conn: note(conn, 2)))
    await asyncio.sleep(0)
    given_up.cancel()
    free.set()
    await asyncio.gather(long, kept)
    assert await noted(store) == {2}


async def test_cancelled_readers_cost_no_connection(store: Store) -> None:
    for delay in range(200):
        task = asyncio.create_task(noted(store))
        await asyncio.sleep(delay * 0.00001)
        task.cancel()

    assert await asyncio.gather(*(noted(store) for _ in range(20))) == [set()] * 20
    used = await asyncio.gather(*(store.read(_connection) for _ in range(20)))
    assert len(set(used)) <= READERS


def _connection(conn: Connection) -> int:
    return id(conn.connection.driver_connection)


async def test_reads_that_wait_are_made_together_on_one_moment(store: Store) -> None:
    """Each transaction has a `Connection` object of its own."""
    used = await asyncio.gather(*(store.read(lambda conn: conn) for _ in range(30)))
    assert len({id(one) for one in used}) == 1
    assert await store.read(lambda conn: conn) is not used[0]


async def test_each_of_them_is_made_in_the_context_of_its_caller(store: Store) -> None:
    asked = ContextVar[int]("asked")

    async def read(number: int) -> int:
        asked.set(number)
        return await store.read(lambda conn: (conn.execute(text("SELECT 1")), asked.get())[1])

    assert await asyncio.gather(*(read(number) for number in range(30))) == list(range(30))


def _in_sql(conn: Connection) -> None:
    """On PostgreSQL a statement that fails spoils the whole transaction."""
    conn.execute(text("SELECT 1/0 FROM nowhere"))


def _in_python(_conn: Connection) -> None:
    raise ZeroDivisionError


def _by_a_rule_of_the_store(_conn: Connection) -> None:
    raise WrongKey


@pytest.mark.parametrize(
    ("fails", "how"),
    [
        (_in_sql, DBAPIError),
        (_in_python, ZeroDivisionError),
        (_by_a_rule_of_the_store, WrongKey),
    ],
)
async def test_a_read_that_fails_by_itself_takes_no_other_with_it(
    store: Store, fails: Callable[[Connection], None], how: type[Exception]
) -> None:
    await store.write(lambda conn: note(conn, 1))
    told = await asyncio.gather(
        noted(store), store.read(fails), noted(store), store.read(fails), return_exceptions=True
    )
    assert told[0] == told[2] == {1}
    assert isinstance(told[1], how)
    assert isinstance(told[3], how)
    assert told[1] is not told[3]


async def test_nobody_waits_for_ever_for_a_read_that_ends_its_worker(store: Store) -> None:
    def ends(_conn: Connection) -> None:
        raise asyncio.CancelledError

    async with asyncio.timeout(10):
        told = await asyncio.gather(store.read(ends), noted(store), return_exceptions=True)
    assert [type(one) for one in told] == [asyncio.CancelledError] * 2
    assert await noted(store) == set()


async def test_where_the_store_is_at_fault_all_that_read_together_hear_of_it_once(
    store: Store,
) -> None:
    """Else each would wait in turn for a server that does not answer."""
    tried = 0

    def fails(_conn: Connection) -> None:
        nonlocal tried
        tried += 1
        raise StoreUnreachable

    told = await asyncio.gather(
        *(store.read(fails) for _ in range(10)), noted(store), return_exceptions=True
    )
    assert [type(one) for one in told] == [StoreUnreachable] * 11
    assert tried == 1


async def test_closing_ends_what_was_begun_and_takes_no_more(url: str) -> None:
    store = await Store.open(url, KEY, create=True)
    writes = [
        asyncio.create_task(store.write(lambda conn, n=n: note(conn, n)))  # type: ignore[misc] # the default binds the number
        for n in range(5)
    ]
    read = asyncio.create_task(noted(store))
    await asyncio.sleep(0)

    await store.close()
    await store.close()

    await asyncio.gather(*writes)
    assert await read <= set(range(5))
    with pytest.raises(StoreClosed):
        await store.write(lambda conn: note(conn, 9))
    with pytest.raises(StoreClosed):
        await noted(store)
    again = await Store.open(url, KEY)
    assert await noted(again) == set(range(5))
    await again.close()


async def test_a_file_is_closed_whole_however_long_that_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written may still be beside it, and whoever closes it may be about to move it."""
    monkeypatch.setattr("storage.store.CLOSE_SECONDS", 0.05)
    store = await Store.open(sqlite_url(tmp_path), KEY, create=True)

    def slow(conn: Connection) -> None:
        time.sleep(0.4)
        note(conn, 1)

    writing = asyncio.create_task(store.write(slow))
    await asyncio.sleep(0.1)
    await store.close()
    assert writing.done()
    assert not Path(f"{tmp_path / 'homeward.db'}-wal").exists()  # noqa: ASYNC240 - a look


async def test_another_key_is_refused_and_the_right_one_still_fits(url: str) -> None:
    store = await Store.open(url, KEY, create=True)
    await store.close()

    with pytest.raises(WrongKey):
        await Store.open(url, bytes(32))
    with pytest.raises(WrongKey):
        await Store.open(url, bytes(32), create=True)

    again = await Store.open(url, KEY)
    await again.close()
