"""Who changes while an alert is put in bit by bit is treated as at publishing."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from storage import fanout, subscribers
from storage.store import Store
from tests.storage.examples import publish, start, subscribe
from tests.storage.fanning import (
    NEW,
    READERS,
    Act,
    a_crowd,
    advance,
    chat_of,
    comes_back,
    does,
    is_refused,
    moves,
    passed,
    progress,
    subscribes,
    switches_off,
    there,
    to_the_end,
    under_way,
)
from tests.stores import KEY

pytestmark = pytest.mark.usefixtures("small_bits")


@pytest.mark.parametrize(
    ("act", "state", "reason"),
    [
        (subscribers.unsubscribe, "cancelled", "unsubscribed"),
        (subscribers.blocked, "cancelled", "blocked"),
        (is_refused, "cancelled", "blocked"),
        (switches_off, "cancelled", "switched_off"),
        (comes_back, "cancelled", "unsubscribed"),
        (partial(subscribers.choose, bodies=True), "queued", None),
        (subscribes, "queued", None),
        (moves, "queued", None),
    ],
)
@pytest.mark.parametrize("place", [0, -1])
async def test_who_changes_is_treated_as_at_publishing(
    store: Store, act: Act, state: str, reason: str | None, place: int
) -> None:
    """Whether the reader is put in already or comes last."""
    readers, epoch = await under_way(store)

    await does(store, readers[place], act)
    assert (await progress(store)).total == READERS
    await to_the_end(store, epoch)

    found = await there(store)
    assert found[readers[place].id] == (state, reason)
    assert len(found) == READERS
    assert await passed(store) == set()


@pytest.mark.parametrize("before", [subscribes, subscribers.unsubscribe, None])
@pytest.mark.parametrize("place", [0, -1])
async def test_who_is_forgotten_is_counted_and_leaves_no_trace(
    store: Store, place: int, before: Act | None
) -> None:
    readers, epoch = await under_way(store)
    gone = readers[place]

    if before:
        await does(store, gone, before)
    await does(store, gone, subscribers.forget)

    assert gone.id not in await passed(store)
    await to_the_end(store, epoch)
    assert gone.id not in await there(store)
    seen = await progress(store)
    assert (seen.total, seen.erased, seen.waiting) == (READERS, 1, READERS - 1)


@pytest.mark.parametrize("many", [1, 20])
async def test_who_comes_after_publishing_gets_nothing(store: Store, many: int) -> None:
    """Wherever their random ids fall."""
    readers, epoch = await under_way(store)

    for chat_id in range(NEW, NEW + many):
        await store.write(partial(subscribe, store=store, chat_id=chat_id))
    assert (await progress(store)).total == READERS
    await to_the_end(store, epoch)

    assert set(await there(store)) == {one.id for one in readers}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (switches_off, partial(subscribers.choose, people=True)),
        (subscribers.unsubscribe, subscribes),
    ],
)
async def test_who_reads_it_only_after_publishing_gets_nothing(
    store: Store, before: Act, after: Act
) -> None:
    readers, epoch = await a_crowd(store), await store.write(start)
    await does(store, readers[-1], before)
    await store.write(publish)

    await does(store, readers[-1], after)
    await to_the_end(store, epoch)

    assert set(await there(store)) == {one.id for one in readers[:-1]}


@pytest.mark.parametrize(("old", "new"), [(0, -1), (-1, 0), (-1, -2)])
async def test_two_chats_that_become_one_get_one_message(store: Store, old: int, new: int) -> None:
    readers, epoch = await under_way(store)
    into = await chat_of(store, readers[new])

    await does(
        store, readers[old], lambda conn, seal, chat: subscribers.move(conn, seal, chat, into)
    )
    await to_the_end(store, epoch)

    found = await there(store)
    assert found.pop(readers[old].id) == ("cancelled", "moved")
    assert set(found) == {one.id for one in readers} - {readers[old].id}
    assert set(found.values()) == {("queued", None)}


async def test_acts_of_another_process_come_between_the_bits(store: Store, url: str) -> None:
    """None is lost or refused, and each is before or after a bit as a whole."""
    readers, epoch = await a_crowd(store, 60), await store.write(start)
    chats = [await chat_of(store, one) for one in readers]
    other = await Store.open(url, KEY)
    await store.write(publish)

    async def goes_on() -> None:
        while await store.read(fanout.is_open):
            await advance(store, epoch)
            await asyncio.sleep(0.02)

    try:
        going = asyncio.create_task(goes_on())
        for leaving, coming in zip(chats[::2], range(NEW, NEW + 30), strict=True):
            await other.write(partial(subscribers.unsubscribe, seal=store.seal, chat_id=leaving))
            await other.write(partial(subscribe, store=store, chat_id=coming))
        await going
    finally:
        await other.close()

    found = await there(store)
    left = {one.id for one in readers[::2]}
    assert {who for who, what in found.items() if what == ("cancelled", "unsubscribed")} == left
    assert set(found) == {one.id for one in readers}
