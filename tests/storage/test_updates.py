from __future__ import annotations

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
