"""What moderators do while an alert is put in bit by bit finds all of it there."""

from __future__ import annotations

from functools import partial

import pytest

from exchange.news import Topic
from storage import fanout, ledger, outbox, subscribers
from storage.store import Connection, Store
from tests.storage.examples import (
    STAGE,
    TEXTS,
    claim,
    correcting,
    delivered,
    publish,
    settle,
    start,
    subscribe,
)
from tests.storage.fanning import (
    NEW,
    READERS,
    a_crowd,
    does,
    progress,
    there,
    to_the_end,
    under_way,
)
from tests.stores import NOW

pytestmark = pytest.mark.usefixtures("small_bits")


async def test_stopping_cancels_it_for_all_whom_it_has_not_reached(store: Store) -> None:
    _, epoch = await under_way(store)
    first, *_ = await claim(store, epoch, limit=1)
    await settle(store, delivered(first))

    stopped = await store.write(lambda conn: outbox.stop(conn, 1, "mod-1", NOW))

    assert (stopped.total, stopped.delivered, stopped.cancelled) == (READERS, 1, READERS - 1)
    assert not await store.read(fanout.is_open)


async def test_undoing_leaves_nothing_to_be_put_in(store: Store) -> None:
    readers, epoch = await under_way(store)

    await store.write(lambda conn: outbox.call_back(conn, 1, "mod-1", NOW))

    assert not await store.read(fanout.is_open)
    assert await claim(store, epoch) == ()
    assert await there(store) == {one.id: ("cancelled", "stopped") for one in readers}


async def test_a_withdrawal_goes_to_whom_it_may_have_reached_and_the_rest_gets_nothing(
    store: Store,
) -> None:
    _, epoch = await under_way(store)
    reached, _ = await claim(store, epoch)
    await settle(store, delivered(reached))

    await store.write(lambda conn: publish(conn, rev=2, type_="Cancel", refers_to=1))

    seen = await progress(store)
    assert (seen.total, seen.cancelled, seen.state) == (READERS, READERS - 2, "superseded")
    assert (await progress(store, 2)).total == 2
    assert not await store.read(fanout.is_open)


@pytest.mark.parametrize("announce", [True, False])
async def test_an_update_takes_its_place_for_all_whom_it_has_not_reached(
    store: Store, announce: bool
) -> None:
    readers, epoch = await under_way(store)
    reached, *_ = await claim(store, epoch, limit=1)
    await settle(store, delivered(reached))

    await store.write(
        lambda conn: publish(
            conn, rev=2, type_="Update", refers_to=1, announce=announce, texts=correcting(1)
        )
    )

    assert (await progress(store, 2)).edits_waiting == 1
    told = {one.id for one in readers} - (set() if announce else {reached.subscriber_id})
    assert set(await there(store, 2)) == told
    assert (await progress(store)).cancelled == READERS - 1


async def test_a_preview_of_a_correction_counts_those_who_are_to_come(store: Store) -> None:
    readers, epoch = await under_way(store)
    await does(store, readers[-1], subscribers.unsubscribe)
    await store.write(partial(subscribe, store=store, chat_id=NEW))

    def count(conn: Connection) -> int:
        found = outbox.readers(conn, Topic.PEOPLE, "S1", to_new_readers=False)
        return sum(found.values())

    assert await store.read(count) == READERS - 1
    await to_the_end(store, epoch)
    assert await store.read(count) == READERS - 1


async def test_a_second_alert_comes_after_the_first_for_everybody(store: Store) -> None:
    readers, epoch = await under_way(store)

    await store.write(lambda conn: publish(conn, "S2"))
    assert len(await there(store, 1)) == READERS
    await to_the_end(store, epoch)

    assert set(await there(store, 2)) == {one.id for one in readers}
    for number in (1, 2):
        taken = await claim(store, epoch)
        assert [one.number for one in taken] == [number] * READERS
        await settle(store, *(delivered(one) for one in taken))


async def test_redacting_holds_back_also_what_is_not_put_in_yet(store: Store) -> None:
    readers, epoch = await a_crowd(store), await store.write(start)

    def fill(conn: Connection) -> None:
        ledger.record(conn, [STAGE], by="mod-1", at=NOW)
        publish(conn, texts=TEXTS)

    await store.write(fill)
    await settle(store, *(delivered(one) for one in await claim(store, epoch)))

    await store.write(lambda conn: ledger.redact(conn, STAGE, by="mod-2", at=NOW))
    await to_the_end(store, epoch)

    assert (await progress(store)).state == "halted"
    assert await claim(store, epoch) == ()
    assert len(await there(store)) == len(readers)
