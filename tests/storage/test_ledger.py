from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from exchange.ledger import Ledger
from exchange.records import Lifecycle, Record, Source, Stage
from storage import audit, ledger
from storage.codec import from_plain
from storage.errors import StoreError
from storage.store import Connection, Store
from tests.storage.examples import EVERY_KIND, SOURCE, STAGE, UA
from tests.stores import KEY, NOW

_LATER = NOW + timedelta(hours=1)


async def _record(store: Store, *records: Record, reason: str = "recorded") -> int:
    entries = await store.write(
        lambda conn: ledger.record(conn, records, by="mod-1", at=NOW, reason=reason)
    )
    return len(entries)


async def test_an_empty_store_has_an_empty_ledger(store: Store) -> None:
    assert await store.ledger() == Ledger()


async def test_every_kind_of_record_is_read_as_it_was_recorded(store: Store) -> None:
    await _record(store, *EVERY_KIND)

    found = await store.ledger()

    assert [entry.record for entry in found.entries.values()] == list(EVERY_KIND)
    assert found.revision == 1
    assert found.stages["S1"] == STAGE
    assert (found.entries["S1"].rev, found.entries["S1"].at) == (1, NOW)


async def test_one_act_is_one_revision_of_the_ledger(store: Store) -> None:
    await _record(store, UA, SOURCE)
    await _record(store, STAGE)

    assert (await store.ledger()).revision == 2


async def test_a_clock_that_was_put_back_does_not_put_the_ledger_back(store: Store) -> None:
    await _record(store, UA)
    earlier = NOW - timedelta(hours=1)
    await store.write(lambda conn: ledger.record(conn, [SOURCE], by="mod-1", at=earlier))

    assert (await store.ledger()).entries["R1"].at == NOW


async def test_recording_the_same_again_changes_nothing(store: Store) -> None:
    await _record(store, *EVERY_KIND)
    before = await store.ledger()

    assert await _record(store, *EVERY_KIND) == 0
    assert await store.ledger() is before


async def test_a_changed_record_gets_the_next_revision_and_keeps_its_place(store: Store) -> None:
    await _record(store, UA, STAGE, SOURCE)
    cancelled = replace(STAGE, lifecycle=Lifecycle.CANCELLED)

    assert await _record(store, UA, cancelled, reason="typo") == 1

    found = await store.ledger()
    assert found.stages["S1"].lifecycle is Lifecycle.CANCELLED
    assert found.entries["S1"].rev == 2
    assert list(found.entries) == ["ua", "S1", "R1"]
    history = await store.read(lambda conn: ledger.history(conn, "S1"))
    assert [one.record for one in history] == [STAGE, cancelled]
    assert [(one.rev, one.reason, one.by) for one in history] == [
        (1, "recorded", "mod-1"),
        (2, "typo", "mod-1"),
    ]


async def test_a_withdrawn_record_leaves_the_ledger_and_keeps_its_history(store: Store) -> None:
    await _record(store, UA, STAGE)

    await store.write(lambda conn: ledger.withdraw(conn, "S1", by="mod-2", at=_LATER))

    found = await store.ledger()
    assert "S1" not in found.stages
    assert found.entries["S1"].withdrawn
    assert found.entries["S1"].at == _LATER
    history = await store.read(lambda conn: ledger.history(conn, "S1"))
    assert [one.withdrawn for one in history] == [False, True]


async def test_a_withdrawn_record_can_be_published_again(store: Store) -> None:
    await _record(store, STAGE)
    await store.write(lambda conn: ledger.withdraw(conn, "S1", by="mod-1", at=NOW))

    assert await _record(store, STAGE) == 1
    assert (await store.ledger()).entries["S1"].rev == 3


@pytest.mark.parametrize("key", ["S1", "S9"])
async def test_what_is_not_published_cannot_be_withdrawn(store: Store, key: str) -> None:
    await _record(store, STAGE)
    await store.write(lambda conn: ledger.withdraw(conn, "S1", by="mod-1", at=NOW))

    with pytest.raises(StoreError, match=key):
        await store.write(lambda conn: ledger.withdraw(conn, key, by="mod-1", at=NOW))


async def test_a_key_keeps_its_kind(store: Store) -> None:
    await _record(store, SOURCE)

    with pytest.raises(StoreError, match="another kind"):
        await _record(store, replace(STAGE, key="R1"))


async def test_advancing_gives_the_ledger_that_reading_it_whole_gives(store: Store) -> None:
    await _record(store, UA, SOURCE)
    early = await store.read(ledger.read_ledger)
    await _record(store, STAGE, replace(SOURCE, language="uk"))
    await store.write(lambda conn: ledger.withdraw(conn, "ua", by="mod-1", at=_LATER))

    advanced = await store.read(lambda conn: ledger.advance(conn, early))

    assert advanced == await store.read(ledger.read_ledger)
    assert early.revision == 1


async def test_advancing_reads_what_changed_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _record(store, *EVERY_KIND)
    early = await store.ledger()
    await _record(store, replace(SOURCE, language="uk"))
    read: list[str] = []

    def spy(kind: str, plain: dict[str, object]) -> Record:
        read.append(kind)
        return from_plain(kind, plain)

    monkeypatch.setattr(ledger, "from_plain", spy)
    await store.read(lambda conn: ledger.advance(conn, early))

    assert read == ["source"]


async def test_a_ledger_nothing_moved_is_the_same_object(store: Store) -> None:
    await _record(store, *EVERY_KIND)

    first, second = await asyncio.gather(store.ledger(), store.ledger())

    assert first is await store.ledger()
    assert second == first


async def test_what_another_process_records_is_seen(store: Store, url: str) -> None:
    before = await store.ledger()
    other = await Store.open(url, KEY)
    await _record(other, STAGE)
    await other.close()

    assert "S1" in (await store.ledger()).stages
    assert "S1" not in before.stages


async def test_public_ids_are_given_in_order_and_never_again(store: Store) -> None:
    def give(conn: Connection) -> list[str]:
        return [ledger.next_key(conn, prefix) for prefix in ("S", "S", "R", "S")]

    assert await store.write(give) == ["S1", "S2", "R1", "S3"]


async def test_public_ids_pass_those_that_a_file_brought(store: Store) -> None:
    await _record(store, Source("R1"), Source("R7"), Source("R2"), replace(STAGE, key="S1b"))

    assert await store.write(lambda conn: ledger.next_key(conn, "R")) == "R8"
    assert await store.write(lambda conn: ledger.next_key(conn, "S")) == "S1"


async def test_an_act_that_fails_leaves_no_trace(store: Store) -> None:
    def fail(conn: Connection) -> None:
        ledger.next_key(conn, "S")
        ledger.record(conn, [STAGE], by="mod-1", at=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(fail)

    assert await store.ledger() == Ledger()
    assert await store.write(lambda conn: ledger.next_key(conn, "S")) == "S1"
    assert await store.read(audit.entries) == ()


async def _take_back(store: Store, key: str) -> None:
    await store.write(lambda conn: ledger.take_back(conn, key, by="mod-1", at=_LATER))


async def test_a_publication_taken_back_leaves_the_ledger_as_it_was(store: Store) -> None:
    await _record(store, UA, SOURCE)
    before = await store.ledger()
    await _record(store, Source("R2"), STAGE, replace(SOURCE, language="uk"))

    await _take_back(store, "S1")

    found = await store.ledger()
    assert (found.sources, found.stages, found.terms) == (before.sources, {}, before.terms)
    history = await store.read(lambda conn: ledger.history(conn, "R1"))
    assert [one.reason for one in history] == ["recorded", "recorded", "taken back"]
    assert await store.read(audit.verify) is None


async def test_what_was_withdrawn_before_is_withdrawn_again_when_taken_back(store: Store) -> None:
    await _record(store, STAGE)
    await store.write(lambda conn: ledger.withdraw(conn, "S1", by="mod-1", at=NOW))
    await _record(store, STAGE)

    await _take_back(store, "S1")

    assert (await store.ledger()).stages == {}


async def test_a_withdrawal_taken_back_publishes_again(store: Store) -> None:
    await _record(store, STAGE)
    await store.write(lambda conn: ledger.withdraw(conn, "S1", by="mod-1", at=NOW))

    await _take_back(store, "S1")

    assert (await store.ledger()).stages["S1"] == STAGE


async def test_what_others_changed_since_is_not_taken_back(store: Store) -> None:
    await _record(store, SOURCE, STAGE)
    await _record(store, replace(SOURCE, language="uk"))

    await _take_back(store, "S1")

    found = await store.ledger()
    assert found.stages == {}
    assert found.sources["R1"].language == "uk"


async def test_all_changes_come_in_the_order_they_were_made(store: Store) -> None:
    await _record(store, UA, SOURCE)
    await _record(store, STAGE)
    await _record(store, replace(SOURCE, language="uk"))

    found = await store.read(ledger.changes)

    assert [(one.key, one.rev) for one in found] == [
        ("ua", 1),
        ("R1", 1),
        ("S1", 1),
        ("R1", 2),
    ]
    assert isinstance(found[2].record, Stage)
