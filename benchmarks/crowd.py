"""A store with many readers and an alert for all of them."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import insert

from benchmarks.load import FIRST, WORDS
from exchange.news import Topic
from storage import fanout, outbox, subscribers, tables
from storage.outbox import AlertText
from storage.store import Connection, Store

KEY = bytes(range(32))
_CHUNK = 20_000


@asynccontextmanager
async def store_in(folder: Path) -> AsyncIterator[Store]:
    store = await Store.open(database_url(folder), KEY, create=True)
    try:
        yield store
    finally:
        await store.close()


def database_url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'homeward.db'}"


def now() -> datetime:
    return datetime.now(UTC)


async def subscribe(store: Store, people: int) -> None:
    """So many readers, put in at once: nobody's path here is what is measured."""
    for first in range(FIRST, FIRST + people, _CHUNK):
        chats = range(first, min(first + _CHUNK, FIRST + people))
        await store.write(partial(_insert, store=store, chats=chats))


def _insert(conn: Connection, store: Store, chats: range) -> None:
    """The first subscribes as people do; the others are like that one."""
    first = subscribers.subscribe(
        conn, store.seal, chats[0], language="en", consent_version=1, at=now()
    )
    query = tables.subscribers.select().where(tables.subscribers.c.id == first.id)
    like = dict(conn.execute(query).mappings().one())
    rows = [
        like
        | {
            "id": secrets.randbits(63),
            "chat_hash": store.seal.hashed(chat),
            "chat_sealed": store.seal.seal(chat),
        }
        for chat in chats[1:]
    ]
    if rows:
        conn.execute(insert(tables.subscribers), rows)


def publish(conn: Connection, *, rev: int = 1, undo: float = 0) -> int:
    """An alert for everybody, to begin so many seconds from now."""
    return outbox.publish(
        conn,
        record_key="S1",
        rev=rev,
        type="Alert",
        refers_to=None,
        topic=Topic.PEOPLE,
        by="mod-1",
        published_at=now(),
        starts_at=now() + timedelta(seconds=undo),
        texts=[AlertText("en", "first", WORDS), AlertText("en", "repeat", WORDS)],
    )


def is_open(conn: Connection) -> bool:
    """Whether a delivery has not come to its end, or is still to be put in; by an index."""
    if fanout.is_open(conn):
        return True
    query = tables.deliveries.select().where(
        tables.is_one_of(tables.deliveries.c.state, *tables.OPEN)
    )
    return conn.execute(query.limit(1)).first() is not None
