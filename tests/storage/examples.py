"""Records, texts and readers that the tests of the store are told with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from exchange.dates import EventDate
from exchange.news import Topic
from exchange.quantity import Qualifier, Quantity, Wording
from exchange.records import (
    Actor,
    ActorKind,
    Agreement,
    Figure,
    Lifecycle,
    Pledge,
    Record,
    Source,
    SourceType,
    Stage,
    StageKind,
    Statement,
    Term,
    TermKind,
    Transfer,
    Unit,
)
from storage import outbox, subscribers
from storage.outbox import AlertText, AlertType, Claimed, Outcome, OutcomeKind
from storage.store import Store
from storage.subscribers import Subscriber
from storage.tables import updates
from tests.stores import NOW

UA = Term("ua", TermKind.PARTY, {"en": "Ukraine", "uk": "Україна"})
MINISTRY = Actor("ministry", ActorKind.INSTITUTION, {"en": "Ministry"}, party="ua")
SOURCE = Source("R1", SourceType.MEDIA, "outlet", url="https://example.org/1", language="en")
AGREEMENT = Agreement(
    "istanbul", {"en": "Istanbul"}, ("ua", "ru"), ("R1",), place={"en": "Istanbul"}
)
PLEDGE = Pledge(
    "P1",
    "istanbul",
    Unit.PERSON,
    "ua",
    (Statement("ministry", "R1", said_on=EventDate(6, 2, 2025)),),
    Quantity(Qualifier.AT_LEAST, 1200),
)
STAGE = Stage(
    "S1",
    "istanbul",
    StageKind.PERSONS,
    EventDate(6, 9),
    Lifecycle.COMPLETED,
    (
        Transfer(
            "ua", figures=(Figure(Quantity(Qualifier.RANGE, 5, 7), Statement("ministry", "R1")),)
        ),
    ),
    ("R1",),
    words=Wording("uk", {"uk": "кілька автобусів"}),
)
EVERY_KIND: tuple[Record, ...] = (UA, MINISTRY, SOURCE, AGREEMENT, PLEDGE, STAGE)

TEXTS = tuple(
    AlertText(language, variant, f"{language} {variant}", buttons="[]")
    for language in ("en", "uk")
    for variant in ("first", "repeat")
)


def correcting(*numbers: int) -> tuple[AlertText, ...]:
    """The words of an update that marks the messages of these alerts."""
    marks = (
        AlertText(language, "edit", f"{language} edit of {number}", buttons="[]", edits=number)
        for language in ("en", "uk")
        for number in numbers
    )
    return (*TEXTS, *marks)


def subscribe(
    conn: Connection, store: Store, chat_id: int, language: str = "uk", *, bodies: bool = False
) -> Subscriber:
    reader = subscribers.subscribe(
        conn, store.seal, chat_id, language=language, consent_version=1, at=NOW
    )
    if bodies:
        reader = subscribers.choose(conn, store.seal, chat_id, bodies=True) or reader
    return reader


def publish(
    conn: Connection,
    record_key: str = "S1",
    rev: int = 1,
    *,
    type_: AlertType = "Alert",
    refers_to: int | None = None,
    topic: Topic = Topic.PEOPLE,
    starts_at: datetime = NOW,
    texts: tuple[AlertText, ...] = TEXTS,
    announce: bool = True,
    to_new_readers: bool = True,
) -> int:
    return outbox.publish(
        conn,
        record_key=record_key,
        rev=rev,
        type=type_,
        refers_to=refers_to,
        topic=topic,
        by="mod-1",
        published_at=NOW,
        starts_at=starts_at,
        texts=texts,
        announce=announce,
        to_new_readers=to_new_readers,
    )


def start(conn: Connection, now: datetime = NOW) -> int:
    return outbox.start(conn, now)


async def claim(
    store: Store, epoch: int, limit: int = 100, now: datetime = NOW
) -> tuple[Claimed, ...]:
    return await store.write(
        lambda conn: outbox.claim(conn, store.seal, epoch=epoch, limit=limit, now=now)
    )


async def settle(store: Store, *outcomes: Outcome, now: datetime = NOW) -> None:
    await store.write(lambda conn: outbox.settle(conn, store.seal, outcomes, now))


def delivered(one: Claimed, message_id: int = 7) -> Outcome:
    return one.came_to(OutcomeKind.DELIVERED, message_id=message_id)


def note(conn: Connection, *ids: int) -> None:
    """Writes something small: the ids of updates."""
    for update_id in ids:
        conn.execute(insert(updates).values(update_id=update_id, handled_at=NOW))


async def noted(store: Store) -> set[int]:
    return await store.read(lambda conn: set(conn.scalars(select(updates.c.update_id))))
