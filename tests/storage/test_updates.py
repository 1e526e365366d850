from __future__ import annotations

from datetime import timedelta

import pytest

from storage import ledger, updates
from storage.store import Connection, Store
from tests.storage.examples import SOURCE
from tests.stores import NOW


async def test_an_update_acts_once(store: Store) -> None:
    def act(conn: Connection) -> bool:
        return updates.first_time(conn, 900_000_000_000, NOW)

    assert [await store.write(act) for _ in range(3)] == [True, False, False]


async def test_an_update_whose_act_failed_may_act_again(store: Store) -> None:
    def fail(conn: Connection) -> None:
        updates.first_time(conn, 1, NOW)
        ledger.record(conn, [SOURCE], by="mod-1", at=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(fail)

    assert await store.write(lambda conn: updates.first_time(conn, 1, NOW))


async def test_old_updates_are_forgotten_so_many_at_a_time(store: Store) -> None:
    def act(conn: Connection) -> None:
        for number in range(5):
            updates.first_time(conn, number, NOW + timedelta(hours=number))

    def forget(conn: Connection) -> int:
        return updates.forget(conn, before=NOW + timedelta(hours=3), keep=0, at_most=2)

    await store.write(act)
    await store.write(lambda conn: updates.forget(conn, before=NOW + timedelta(days=9), keep=5))
    assert [await store.write(forget) for _ in range(3)] == [2, 1, 0]
    kept = [await store.read(lambda conn, n=n: updates.had_effect(conn, n)) for n in range(5)]  # type: ignore[misc] # the loop's own value
    assert kept == [False, False, False, True, True]
