"""What the tests of an alert that is put in bit by bit are told with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import select

from storage import fanout, outbox, subscribers, tables
from storage.outbox import Progress
from storage.sealing import Seal
from storage.store import Connection, Store
from storage.subscribers import Subscriber
from storage.tables import deliveries, fanout_passed
from tests.storage.examples import publish, start, subscribe
from tests.stores import NOW

Act = Callable[[Connection, Seal, int], object]
BIT, READERS = 2, 5
NEW = 99
"""A chat of somebody who is no reader yet."""


async def a_crowd(store: Store, number: int = READERS) -> list[Subscriber]:
    """Readers in chats 1, 2, 3, ..., in the order in which they are put in."""

    def fill(conn: Connection) -> list[Subscriber]:
        return [subscribe(conn, store, chat_id) for chat_id in range(1, number + 1)]

    return sorted(await store.write(fill), key=lambda one: one.id)


async def chat_of(store: Store, reader: Subscriber) -> int:
    query = select(tables.subscribers.c.chat_sealed).where(tables.subscribers.c.id == reader.id)
    return store.seal.unseal(await store.read(lambda conn: conn.execute(query).scalar_one()))


async def under_way(store: Store) -> tuple[list[Subscriber], int]:
    """An alert of which the first bit is put in; its readers, and the sender's epoch."""
    readers = await a_crowd(store)
    epoch = await store.write(start)
    await store.write(publish)
    return readers, epoch


async def advance(store: Store, epoch: int) -> None:
    await store.write(lambda conn: fanout.advance(conn, epoch))


async def to_the_end(store: Store, epoch: int) -> None:
    while await store.read(fanout.is_open):
        await advance(store, epoch)


async def there(store: Store, alert: int = 1) -> dict[int, tuple[str, str | None]]:
    """Deliveries of an alert as they are, by reader."""
    query = select(deliveries).where(deliveries.c.alert_id == alert, deliveries.c.edits == 0)
    rows = await store.read(lambda conn: conn.execute(query).all())
    return {row.subscriber_id: (row.state, row.reason) for row in rows}


async def passed(store: Store) -> set[int]:
    query = select(fanout_passed.c.subscriber_id)
    return await store.read(lambda conn: set(conn.scalars(query)))


async def progress(store: Store, number: int = 1) -> Progress:
    return await store.read(partial(outbox.progress, number=number))


async def does(store: Store, reader: Subscriber, act: Act) -> None:
    chat_id = await chat_of(store, reader)
    await store.write(lambda conn: act(conn, store.seal, chat_id))


def switches_off(conn: Connection, seal: Seal, chat_id: int) -> None:
    subscribers.choose(conn, seal, chat_id, people=False)


def is_refused(conn: Connection, seal: Seal, chat_id: int) -> None:
    reader = subscribers.find(conn, seal, chat_id)
    for _ in range(3):
        subscribers.refused(conn, reader.id if reader else 0)


def comes_back(conn: Connection, seal: Seal, chat_id: int) -> None:
    subscribers.unsubscribe(conn, seal, chat_id)
    subscribes(conn, seal, chat_id)


def subscribes(conn: Connection, seal: Seal, chat_id: int) -> None:
    subscribers.subscribe(conn, seal, chat_id, language="en", consent_version=1, at=NOW)


def moves(conn: Connection, seal: Seal, chat_id: int) -> None:
    subscribers.move(conn, seal, chat_id, NEW)
