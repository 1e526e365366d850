"""An alert to very many readers is put in bit by bit, through restarts, and ends."""

from __future__ import annotations

from functools import partial

import pytest

from exchange.news import Topic
from storage import fanout, subscribers
from storage.errors import StaleEpoch
from storage.outbox import OutcomeKind
from storage.store import Store
from tests.storage.examples import (
    claim,
    delivered,
    publish,
    settle,
    start,
)
from tests.storage.fanning import (
    BIT,
    READERS,
    a_crowd,
    advance,
    does,
    progress,
    there,
    to_the_end,
    under_way,
)
from tests.stores import KEY

pytestmark = pytest.mark.usefixtures("small_bits")


@pytest.mark.parametrize("readers", [0, 1, BIT])
async def test_of_few_readers_all_are_put_in_by_publishing(store: Store, readers: int) -> None:
    await a_crowd(store, readers)

    await store.write(publish)

    assert len(await there(store)) == readers
    assert not await store.read(fanout.is_open)


async def test_of_many_a_bit_is_put_in_after_the_other_by_their_ids(store: Store) -> None:
    readers, epoch = await under_way(store)
    ids = [one.id for one in readers]

    assert set(await there(store)) == set(ids[:2])
    await advance(store, epoch)
    assert set(await there(store)) == set(ids[:4])
    await advance(store, epoch)
    assert set(await there(store)) == set(ids)
    assert not await store.read(fanout.is_open)
    await advance(store, epoch)


async def test_it_goes_through_those_who_read_other_topics_as_well(store: Store) -> None:
    """A topic of few must not make a bit long."""
    readers, epoch = await a_crowd(store), await store.write(start)
    await does(store, readers[-1], partial(subscribers.choose, bodies=True))

    await store.write(lambda conn: publish(conn, topic=Topic.BODIES))

    assert await store.read(fanout.is_open)
    await to_the_end(store, epoch)
    assert set(await there(store)) == {readers[-1].id}


async def test_all_are_counted_from_the_beginning(store: Store) -> None:
    _, epoch = await under_way(store)

    for _ in range(3):
        seen = await progress(store)
        assert (seen.total, seen.waiting) == (READERS, READERS)
        await advance(store, epoch)
    assert (await progress(store)).waiting == READERS


async def test_it_goes_on_after_a_restart(store: Store, url: str) -> None:
    readers, _ = await under_way(store)
    await store.close()

    again = await Store.open(url, KEY)
    try:
        await to_the_end(again, await again.write(start))
        assert set(await there(again)) == {one.id for one in readers}
    finally:
        await again.close()


async def test_another_sender_that_has_taken_over_goes_on_alone(store: Store) -> None:
    readers, replaced = await under_way(store)
    epoch = await store.write(start)

    with pytest.raises(StaleEpoch):
        await advance(store, replaced)

    assert len(await there(store)) == BIT
    await to_the_end(store, epoch)
    assert len(await there(store)) == len(readers)


async def test_what_is_there_is_sent_while_more_is_put_in(store: Store) -> None:
    readers, epoch = await under_way(store)

    first = await claim(store, epoch)
    await settle(store, *(delivered(one) for one in first))
    await advance(store, epoch)
    more = await claim(store, epoch)

    assert [{one.subscriber_id for one in some} for some in (first, more)] == [
        {one.id for one in readers[:2]},
        {one.id for one in readers[2:4]},
    ]
    seen = await progress(store)
    assert (seen.total, seen.delivered, seen.waiting) == (5, 2, 3)


async def test_a_refusal_of_the_words_halts_also_what_is_put_in_later(store: Store) -> None:
    _, epoch = await under_way(store)
    one, other = await claim(store, epoch)
    await settle(store, one.came_to(OutcomeKind.HALT, reason="no"), delivered(other))

    await to_the_end(store, epoch)

    assert await claim(store, epoch) == ()
    seen = await progress(store)
    assert (seen.state, seen.delivered, seen.waiting) == ("halted", 1, READERS - 1)
