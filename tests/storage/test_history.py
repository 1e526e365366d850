"""The history of one store, told to another that is empty."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exchange.corrections import Reason
from exchange.records import Lifecycle
from storage import audit, history, ledger
from storage.errors import StoreError
from storage.store import Connection, Store
from tests.storage.examples import EVERY_KIND, SOURCE, STAGE
from tests.stores import KEY, NOW, SqliteFiles

_TOLD_AT = NOW + timedelta(days=30)


@pytest.fixture
async def lived(tmp_path: Path, files: SqliteFiles) -> AsyncIterator[Store]:
    """Another store, in which all was done that can be done to records."""
    folder = tmp_path / "lived"
    folder.mkdir()
    found = await Store.open(await files.url(folder), KEY)
    await found.write(_live)
    yield found
    await found.close()


def _live(conn: Connection) -> None:
    hours = iter(range(1, 10))

    def said() -> dict[str, Any]:
        return {"by": "mod-1", "at": NOW + timedelta(hours=next(hours), microseconds=1)}

    cancelled = replace(STAGE, lifecycle=Lifecycle.CANCELLED)
    ledger.record(conn, EVERY_KIND, **said())
    ledger.correct(conn, [cancelled], reason=Reason.NEW_FIGURE, **said())
    ledger.redact(conn, replace(SOURCE, language="uk"), **said())
    ledger.withdraw(conn, "S1", **said())
    ledger.correct(conn, [STAGE], reason=Reason.DUPLICATE, **said())
    ledger.withdraw(conn, SOURCE.key, **said())
    ledger.redact(conn, replace(SOURCE, language=None), **said())


async def _tell(store: Store, lived: Store) -> None:
    told = await lived.read(history.acts)
    await store.write(lambda conn: history.restore(conn, told, by="ledger file", at=_TOLD_AT))


async def test_the_other_store_has_the_same_ledger_with_all_that_led_to_it(
    store: Store, lived: Store
) -> None:
    await _tell(store, lived)

    assert await store.ledger() == await lived.ledger()
    for told in (history.acts, ledger.changes, ledger.corrections):
        assert await store.read(told) == await lived.read(told)
    states = [made.record for act in await store.read(history.acts) for made in act.made]
    assert states.count(None) == 3  # tombstones of the source


async def test_its_audit_log_says_who_brought_the_history_and_can_be_verified(
    store: Store, lived: Store
) -> None:
    await _tell(store, lived)

    lines = await store.read(lambda conn: audit.entries(conn, limit=100))
    assert await store.read(audit.verify) is None
    assert (lines[-1].act, lines[-1].by, lines[-1].at) == ("restore", "ledger file", _TOLD_AT)
    assert {line.by for line in lines[:-1]} == {"mod-1"}


async def test_it_goes_on_where_the_other_would(store: Store, lived: Store) -> None:
    await _tell(store, lived)

    def go_on(conn: Connection) -> list[object]:
        cancelled = replace(STAGE, lifecycle=Lifecycle.CANCELLED)
        ledger.correct(conn, [cancelled], reason=Reason.TYPO, by="mod-2", at=_TOLD_AT)
        return [ledger.changes(conn), *(ledger.next_key(conn, one) for one in "RPSTCX")]

    assert await store.write(go_on) == await lived.write(go_on)
    assert await store.read(audit.verify) is None


async def test_only_an_empty_store_takes_a_history(store: Store, lived: Store) -> None:
    await store.write(lambda conn: ledger.record(conn, [SOURCE], by="mod-1", at=NOW))

    with pytest.raises(StoreError, match="empty"):
        await _tell(store, lived)
    assert list((await store.ledger()).entries) == [SOURCE.key]
