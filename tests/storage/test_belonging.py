from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select

from storage import audit, belonging, outbox, tables, updates
from storage.errors import OtherBot, StaleEpoch, StoreError
from storage.store import Connection, Store
from tests.storage.examples import publish, subscribe
from tests.stores import NOW

BOT, OTHER = 42, 43


def two_readers_wait(conn: Connection, store: Store) -> None:
    belonging.bind(conn, BOT)
    for chat_id in (1, 2):
        subscribe(conn, store, chat_id)
    publish(conn)
    updates.first_time(conn, 7, NOW)


async def test_a_store_is_of_the_first_bot_that_runs_with_it(store: Store) -> None:
    for _ in range(2):
        await store.write(partial(belonging.bind, bot_id=BOT))
    with pytest.raises(OtherBot, match=r"of the bot 42.*\(0\)"):
        await store.write(partial(belonging.bind, bot_id=OTHER))
    assert await store.read(partial(belonging.check, bot_id=BOT)) == BOT


async def test_another_bot_takes_it_over_without_its_readers(store: Store) -> None:
    await store.write(partial(two_readers_wait, store=store))
    with pytest.raises(OtherBot, match=r"\(2\)"):
        await store.read(partial(belonging.check, bot_id=OTHER))

    assert await store.write(partial(belonging.adopt, bot_id=OTHER, at=NOW)) == 2

    await store.write(partial(belonging.bind, bot_id=OTHER))
    assert await store.read(lambda conn: conn.execute(select(tables.subscribers)).all()) == []
    progress = await store.read(lambda conn: outbox.progress(conn, 1))
    assert (progress.cancelled, progress.waiting) == (2, 0)
    assert not await store.read(lambda conn: updates.had_effect(conn, 7))
    with pytest.raises(StaleEpoch):
        await store.write(
            lambda conn: outbox.claim(conn, store.seal, epoch=0, limit=1, now=NOW),
        )
    assert await store.read(audit.verify) is None


async def test_its_own_bot_takes_nothing_over_nor_does_one_where_there_is_none(
    store: Store,
) -> None:
    await store.write(lambda conn: subscribe(conn, store, 1))
    with pytest.raises(StoreError, match="of no bot yet"):
        await store.write(partial(belonging.adopt, bot_id=BOT, at=NOW))
    await store.write(partial(belonging.bind, bot_id=BOT))
    with pytest.raises(StoreError, match="of that bot already"):
        await store.write(partial(belonging.adopt, bot_id=BOT, at=NOW))
    assert len(await store.read(lambda conn: conn.execute(select(tables.subscribers)).all())) == 1
