"""Readers: a sealed address, a language and what they chose. No name, no text, nothing else.

A row exists only after somebody's explicit choice. `subscribed` is false for who merely let the bot
remember a language, and for who has left.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from exchange.news import Topic
from storage import fanout
from storage.sealing import Seal
from storage.tables import WAITING, alerts, deliveries, is_one_of, subscribers
from storage.writer import erased

_ID_BITS = 63
_REFUSALS_UNTIL_ERASED = 3


@dataclass(frozen=True)
class Subscriber:
    """One reader, by a random id that means nothing outside this store."""

    id: int
    language: str
    people: bool
    bodies: bool
    bodies_silent: bool
    claims: bool
    subscribed: bool
    consent_version: int
    """The version of the words agreed to."""
    since_at: datetime


def find(connection: Connection, seal: Seal, chat_id: int) -> Subscriber | None:
    row = _row(connection, seal, chat_id)
    return _subscriber(row) if row else None


def subscribe(
    connection: Connection,
    seal: Seal,
    chat_id: int,
    *,
    language: str,
    consent_version: int,
    at: datetime,
) -> Subscriber:
    """Subscribes to news of people alone; who comes back finds the earlier choices."""
    row = _row(connection, seal, chat_id) or _new(connection, seal, chat_id, language, at)
    fanout.reach(connection, row.id)
    return _change(
        connection,
        row.id,
        language=language,
        people=row.people
        or not (row.bodies or row.claims),  # a subscription to nothing would be a trap
        consent_version=consent_version,
        subscribed=True,
        since_at=row.since_at if row.subscribed else at,
        refusals=0,
    )


def remember_language(
    connection: Connection,
    seal: Seal,
    chat_id: int,
    *,
    language: str,
    consent_version: int,
    at: datetime,
) -> Subscriber:
    """Keeps a chosen language, also for somebody who agrees to this and does not subscribe."""
    row = _row(connection, seal, chat_id) or _new(connection, seal, chat_id, language, at)
    return _change(connection, row.id, language=language, consent_version=consent_version)


def choose(
    connection: Connection,
    seal: Seal,
    chat_id: int,
    *,
    people: bool | None = None,
    bodies: bool | None = None,
    bodies_silent: bool | None = None,
    claims: bool | None = None,
) -> Subscriber | None:
    """Changes what is given, at once.

    No alert of a topic switched off is sent any more; what corrects an earlier one still is.
    """
    row = _row(connection, seal, chat_id)
    if row is None:
        return None
    given = {
        "people": people,
        "bodies": bodies,
        "bodies_silent": bodies_silent,
        "claims": claims,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    fanout.reach(connection, row.id)
    for topic in Topic:
        if changes.get(topic) is False:
            of_topic = select(alerts.c.id).where(alerts.c.topic == topic, alerts.c.type == "Alert")
            _cancel(connection, row.id, "switched_off", deliveries.c.alert_id.in_(of_topic))
    return _change(connection, row.id, **changes) if changes else _subscriber(row)


def unsubscribe(connection: Connection, seal: Seal, chat_id: int) -> Subscriber | None:
    """Ends a subscription and cancels what waits; the language stays."""
    row = _row(connection, seal, chat_id)
    if row is None:
        return None
    fanout.reach(connection, row.id)
    _cancel(connection, row.id, "unsubscribed")
    return _change(connection, row.id, subscribed=False)


def forget(connection: Connection, seal: Seal, chat_id: int) -> bool:
    """Erases a reader with every delivery; each alert only counts that one was erased."""
    row = _row(connection, seal, chat_id)
    if row is None:
        return False
    fanout.reach(connection, row.id)
    had = select(deliveries.c.alert_id).where(
        deliveries.c.subscriber_id == row.id, deliveries.c.edits == 0
    )
    counted = update(alerts).where(alerts.c.id.in_(had)).values(erased=alerts.c.erased + 1)
    connection.execute(counted)
    connection.execute(delete(deliveries).where(deliveries.c.subscriber_id == row.id))
    _erase(connection, row.id)
    return True


def blocked(connection: Connection, seal: Seal, chat_id: int) -> None:
    """Erases who blocked the bot, known by Telegram's word; coming back is a new start."""
    if row := _row(connection, seal, chat_id):
        erase_blocked(connection, row.id)


def erase_blocked(connection: Connection, subscriber_id: int) -> None:
    """Erases address and choices of who blocked the bot; ended deliveries keep the random id."""
    fanout.reach(connection, subscriber_id)
    _cancel(connection, subscriber_id, "blocked")
    _erase(connection, subscriber_id)


def erase_all(connection: Connection) -> int:
    """Erases everybody as if they had blocked the bot, and says how many they were."""
    fanout.finish(connection)
    waiting = is_one_of(deliveries.c.state, *WAITING)
    cancelled = update(deliveries).where(waiting).values(state="cancelled", reason="blocked")
    connection.execute(cancelled)
    count = connection.execute(delete(subscribers)).rowcount
    erased(connection)
    return count


def refused(connection: Connection, subscriber_id: int) -> None:
    """Counts a refusal that says no reason; three in a row are taken for a block."""
    counted = (
        update(subscribers)
        .where(subscribers.c.id == subscriber_id)
        .values(refusals=subscribers.c.refusals + 1)
        .returning(subscribers.c.refusals)
    )
    if (connection.scalar(counted) or 0) >= _REFUSALS_UNTIL_ERASED:
        erase_blocked(connection, subscriber_id)


def move(connection: Connection, seal: Seal, old_chat_id: int, new_chat_id: int) -> None:
    """Follows a chat to its new id; in any order and any number of times."""
    old = _row(connection, seal, old_chat_id)
    if old is None or old_chat_id == new_chat_id:
        return
    new = _row(connection, seal, new_chat_id)
    if new is not None:
        _merge(connection, old.id, new.id)
        return
    moved = {"chat_hash": seal.hashed(new_chat_id), "chat_sealed": seal.seal(new_chat_id)}
    _change(connection, old.id, **moved)
    erased(connection)


def _new(connection: Connection, seal: Seal, chat_id: int, language: str, at: datetime) -> Row[Any]:
    made = insert(subscribers).values(
        id=secrets.randbits(_ID_BITS),
        chat_hash=seal.hashed(chat_id),
        chat_sealed=seal.seal(chat_id),
        language=language,
        people=True,
        bodies=False,
        bodies_silent=True,
        claims=False,
        consent_version=0,
        subscribed=False,
        since_at=at,
        refusals=0,
    )
    return connection.execute(made.returning(*subscribers.c)).one()


def _merge(connection: Connection, old_id: int, new_id: int) -> None:
    """The new chat's row stays; of two deliveries of one alert only the new chat's goes on.

    The old chat's messages cannot be edited any more.
    """
    for one in (old_id, new_id):
        fanout.reach(connection, one)
    waits = and_(
        deliveries.c.subscriber_id == old_id,
        deliveries.c.edits == 0,
        is_one_of(deliveries.c.state, *WAITING),
    )
    other = deliveries.alias()
    has_one = exists().where(
        other.c.subscriber_id == new_id,
        other.c.alert_id == deliveries.c.alert_id,
        other.c.edits == 0,
    )
    connection.execute(update(deliveries).where(waits, ~has_one).values(subscriber_id=new_id))
    _cancel(connection, old_id, "moved")
    _erase(connection, old_id)


def _cancel(
    connection: Connection, subscriber_id: int, reason: str, *conditions: ColumnElement[bool]
) -> None:
    cancelled = (
        update(deliveries)
        .where(deliveries.c.subscriber_id == subscriber_id)
        .where(is_one_of(deliveries.c.state, *WAITING), *conditions)
        .values(state="cancelled", reason=reason)
    )
    connection.execute(cancelled)


def _erase(connection: Connection, subscriber_id: int) -> None:
    connection.execute(delete(subscribers).where(subscribers.c.id == subscriber_id))
    fanout.forget(connection, subscriber_id)
    erased(connection)


def _change(connection: Connection, subscriber_id: int, **values: object) -> Subscriber:
    changed = update(subscribers).where(subscribers.c.id == subscriber_id).values(**values)
    return _subscriber(connection.execute(changed.returning(*subscribers.c)).one())


def _row(connection: Connection, seal: Seal, chat_id: int) -> Row[Any] | None:
    return connection.execute(_BY_CHAT, {"chat": seal.hashed(chat_id)}).one_or_none()


_BY_CHAT = select(subscribers).where(subscribers.c.chat_hash == bindparam("chat"))


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(
        id=row.id,
        language=row.language,
        people=row.people,
        bodies=row.bodies,
        bodies_silent=row.bodies_silent,
        claims=row.claims,
        subscribed=row.subscribed,
        consent_version=row.consent_version,
        since_at=row.since_at,
    )
