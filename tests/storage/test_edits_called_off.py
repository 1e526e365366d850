"""Edits that wait are called off as alerts are, and for whom there is nothing to edit any more."""

from __future__ import annotations

import pytest

from storage import outbox, subscribers
from storage.outbox import OutcomeKind
from storage.store import Store
from tests.storage.correcting import all_arrive, correct, progress, two_readers
from tests.storage.examples import claim, delivered, settle
from tests.stores import NOW


@pytest.fixture
async def epoch(store: Store) -> int:
    return await two_readers(store)


async def test_a_newer_correction_takes_the_place_of_edits_that_wait(
    store: Store, epoch: int
) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    one, other = await claim(store, epoch)
    await settle(store, delivered(one, 71))

    await correct(store, 1, rev=3, announce=False)

    await settle(store, other.came_to(OutcomeKind.RETRY, until=NOW))
    claimed = await all_arrive(store, epoch)
    assert {(each.number, each.chat_id) for each in claimed} == {(3, 1), (3, 2)}
    assert await claim(store, epoch) == ()
    second = await progress(store, 2)
    assert (second.edited, second.edits_waiting) == (1, 0)


async def test_a_correction_called_back_leaves_messages_as_they_are(
    store: Store, epoch: int
) -> None:
    [reached] = await claim(store, epoch, limit=1)
    await settle(store, delivered(reached))
    await correct(store, 1)

    await store.write(lambda conn: outbox.call_back(conn, 2, "mod-1", NOW))

    claimed = await all_arrive(store, epoch)
    assert [(one.number, one.chat_id) for one in claimed] == [(1, 3 - reached.chat_id)]
    assert await claim(store, epoch) == ()


async def test_a_correction_of_a_correction_called_back_lets_its_edits_go_on(
    store: Store, epoch: int
) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    await correct(store, 1, rev=3, announce=False)

    await store.write(lambda conn: outbox.call_back(conn, 3, "mod-1", NOW))

    assert {(one.number, one.edits) for one in await claim(store, epoch)} == {(2, 1)}


@pytest.mark.parametrize("announce", [True, False])
@pytest.mark.parametrize("came_to", [OutcomeKind.RETRY, OutcomeKind.UNSURE, OutcomeKind.REFUSED])
async def test_what_goes_on_tells_whom_the_first_message_failed_to_reach_meanwhile(
    store: Store, epoch: int, came_to: OutcomeKind, announce: bool
) -> None:
    lost, arrived = await claim(store, epoch)
    await settle(store, delivered(arrived, 70))
    await correct(store, 1, announce=announce)
    await correct(store, 1, 2, rev=3, announce=False)
    await settle(store, lost.came_to(came_to, until=NOW, reason="no"))

    await store.write(lambda conn: outbox.call_back(conn, 3, "mod-1", NOW))

    sent = []
    while claimed := await all_arrive(store, epoch, 80):
        sent += [(one.number, one.edits) for one in claimed if one.chat_id == lost.chat_id]
    assert sent == [(2, 0)]
    second = await progress(store, 2)
    assert (second.waiting, second.edits_waiting) == (0, 0)


async def test_stopping_a_correction_stops_its_edits(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1)
    await all_arrive(store, epoch)

    stopped = await store.write(lambda conn: outbox.stop(conn, 2, "mod-1", NOW))

    assert (stopped.delivered, stopped.edits_waiting) == (2, 0)
    assert await claim(store, epoch) == ()


async def test_who_left_keeps_the_message_as_it_is(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, 1))
    await correct(store, 1, announce=False)
    await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, 2))

    assert await claim(store, epoch) == ()


async def test_who_is_forgotten_is_counted_once_and_for_messages_alone(
    store: Store, epoch: int
) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    await store.write(lambda conn: subscribers.forget(conn, store.seal, 1))

    first, second = await progress(store, 1), await progress(store, 2)

    assert (first.erased, first.total) == (1, 2)
    assert (second.erased, second.total, second.edits_waiting) == (0, 0, 1)


async def test_a_reader_who_is_gone_gets_nothing_in_place_of_an_edit(
    store: Store, epoch: int
) -> None:
    one, other = await claim(store, epoch)
    await settle(store, delivered(other))
    await correct(store, 1, announce=False)
    gone = one.came_to(OutcomeKind.UNDELIVERABLE, reason="blocked", erase_reader=True)

    await settle(store, gone)

    assert (await progress(store, 2)).total == 0
    assert [each.chat_id for each in await claim(store, epoch)] == [other.chat_id]
