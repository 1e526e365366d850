"""Which deliveries may be sent now.

1. `start` begins an epoch: whatever an earlier process had in `sending` may have arrived, so it
   becomes `unsure`. A sender of an older epoch claims nothing any more.
2. `claim` takes as many deliveries as can be sent at once and marks them `sending`; this is
   committed before anything leaves. Withdrawals go first, then the oldest alert, and edits of
   earlier messages last: news goes before marks on what was said.
3. A reader gets one alert at a time, each after those before it; an edit goes after the alert that
   it belongs to, and when the message that it changes has arrived.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, exists, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from storage.errors import StaleEpoch
from storage.freezing import is_frozen
from storage.outcomes import interrupted
from storage.published import ids_in_chain
from storage.sealing import Seal
from storage.tables import OPEN, WAITING, alert_texts, alerts, deliveries, is_one_of, sender
from storage.tables import subscribers as readers

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True)
class Claimed:
    """A delivery to be sent now."""

    alert_id: int
    number: int
    subscriber_id: int
    chat_id: int
    language: str
    silent: bool
    text: str
    buttons: str
    """The keyboard as JSON; empty for none."""
    attempt: int
    """1 for the first."""
    ambiguous: int
    """How many earlier attempts may have arrived; above 0 the text says that it repeats."""
    edits: int = 0
    """The id of the alert whose message is edited; 0 for a message of its own."""
    message_id: int | None = None
    """The message to edit."""
    reply_to: int | None = None
    """The reader's latest message of the same matter, to which this one is a reply."""


def start(connection: Connection, now: datetime) -> int:
    """Begins an epoch and gives back its number; what was being sent before becomes unsure."""
    begun = update(sender).values(epoch=sender.c.epoch + 1).returning(sender.c.epoch)
    epoch = connection.execute(begun).scalar_one()
    interrupted(connection, now)
    return int(epoch)


def claim(
    connection: Connection, seal: Seal, *, epoch: int, limit: int, now: datetime
) -> tuple[Claimed, ...]:
    """Takes up to `limit` deliveries that may go now; none during a pause or while all is frozen.

    `StaleEpoch` says that another sender has taken over.
    """
    if _current_epoch(connection) != epoch:
        raise StaleEpoch
    paused_until = pause_until(connection)
    if (paused_until and paused_until > now) or is_frozen(connection):
        return ()
    claimed: list[Claimed] = []
    due = _batches_waiting().where(alerts.c.starts_at <= now)
    for batch in connection.execute(due).all():
        if len(claimed) < limit:
            ids = _take(connection, batch, epoch, limit - len(claimed), now)
            claimed += _claimed(connection, seal, batch, ids)
    return tuple(claimed)


def pause(connection: Connection, until: datetime) -> None:
    """Sends nothing to anybody before this moment; a longer pause is never shortened."""
    longer = or_(sender.c.pause_until_at.is_(None), sender.c.pause_until_at < until)
    connection.execute(update(sender).where(longer).values(pause_until_at=until))


def pause_until(connection: Connection) -> datetime | None:
    """The end of the latest pause, which may be over."""
    return connection.scalar(select(sender.c.pause_until_at))


def next_due(connection: Connection, now: datetime) -> datetime | None:
    """When a delivery may go next: `now` or later; None when none waits for its time alone."""
    if is_frozen(connection):
        return None
    soonest: datetime | None = None
    for batch in connection.execute(_batches_waiting()).all():
        if soonest and soonest <= max(now, batch.starts_at):
            continue  # this batch cannot be due before
        first = _waiting_of(batch).order_by(deliveries.c.next_at).limit(1)
        row = connection.execute(first).one_or_none()
        if row is not None:
            due = max(row.next_at, batch.starts_at)
            soonest = min(soonest or due, due)
    if soonest is None:
        return None
    return max(soonest, now, pause_until(connection) or now)


def _current_epoch(connection: Connection) -> int:
    return int(connection.execute(select(sender.c.epoch)).scalar_one())


def _batches_waiting() -> Select[Any]:
    """Live alerts with deliveries that wait, in the order in which they go.

    The messages of an alert are one batch, and its edits of each earlier alert another.
    """
    of_batch = and_(deliveries.c.alert_id == alerts.c.id, deliveries.c.edits == alert_texts.c.edits)
    waits = exists().where(of_batch, is_one_of(deliveries.c.state, *WAITING))
    edits_last = case((alert_texts.c.edits != 0, 1), else_=0)
    withdrawals_first = case((alerts.c.type == "Cancel", 0), else_=1)
    return (
        select(alerts, alert_texts.c.edits)
        .join(alert_texts, alert_texts.c.alert_id == alerts.c.id)
        .where(alert_texts.c.language == FALLBACK_LANGUAGE, alert_texts.c.variant != "repeat")
        .where(alerts.c.state == "live", waits)
        .order_by(edits_last, withdrawals_first, alerts.c.id, alert_texts.c.edits)
    )


def _waiting_of(batch: Row[Any]) -> Select[Any]:
    """The deliveries of a batch that wait for their time and for nothing else."""
    waiting = select(deliveries.c.subscriber_id, deliveries.c.next_at).where(
        deliveries.c.alert_id == batch.id,
        deliveries.c.edits == batch.edits,
        is_one_of(deliveries.c.state, *WAITING),
        ~_is_behind_another(batch),
    )
    return waiting.where(_message(batch.edits).exists()) if batch.edits else waiting


def _message(alert_id: int) -> Select[Any]:
    """The message of an alert that the reader of a delivery has."""
    sent = deliveries.alias("sent")
    return select(sent.c.message_id).where(
        sent.c.alert_id == alert_id,
        sent.c.subscriber_id == deliveries.c.subscriber_id,
        sent.c.edits == 0,
        sent.c.state == "delivered",
    )


def _is_behind_another(batch: Row[Any]) -> ColumnElement[bool]:
    """Whether the reader is to get another message first, or is getting something now."""
    first, other = alerts.alias("first"), deliveries.alias("other")
    is_older, is_withdrawal = first.c.id < batch.id, first.c.type == "Cancel"
    if batch.type == "Cancel":
        goes_first = and_(is_older, is_withdrawal)
    else:
        goes_first = or_(is_older, is_withdrawal)
    if batch.edits:
        goes_first = or_(goes_first, first.c.id == batch.id)
    is_message_before = and_(other.c.edits == 0, first.c.state == "live", goes_first)
    return exists().where(
        other.c.subscriber_id == deliveries.c.subscriber_id,
        is_one_of(other.c.state, *OPEN),
        or_(other.c.alert_id != batch.id, other.c.edits != batch.edits),
        first.c.id == other.c.alert_id,
        or_(other.c.state == "sending", is_message_before),
    )


def _take(
    connection: Connection, batch: Row[Any], epoch: int, limit: int, now: datetime
) -> Sequence[int]:
    due = (
        _waiting_of(batch)
        .where(deliveries.c.next_at <= now)
        .order_by(deliveries.c.next_at)
        .limit(limit)
        .with_for_update(of=deliveries, skip_locked=True)
        .cte("due")
    )
    taken = (
        update(deliveries)
        .where(deliveries.c.alert_id == batch.id, deliveries.c.edits == batch.edits)
        .where(deliveries.c.subscriber_id.in_(select(due.c.subscriber_id)))
        .values(state="sending", attempts=deliveries.c.attempts + 1, epoch=epoch, started_at=now)
        .returning(deliveries.c.subscriber_id)
    )
    return connection.scalars(taken).all()


def _claimed(
    connection: Connection, seal: Seal, batch: Row[Any], ids: Sequence[int]
) -> Iterator[Claimed]:
    if not ids:
        return
    words = select(alert_texts).where(
        alert_texts.c.alert_id == batch.id, alert_texts.c.edits == batch.edits
    )
    texts = {(row.language, row.variant): row for row in connection.execute(words)}
    replies = _latest_messages(connection, batch, ids)
    taken = (
        select(
            deliveries.c.attempts,
            deliveries.c.ambiguous,
            deliveries.c.silent,
            _message(batch.edits).scalar_subquery().label("message_id"),
            readers,
        )
        .join(readers, readers.c.id == deliveries.c.subscriber_id)
        .where(deliveries.c.alert_id == batch.id, deliveries.c.edits == batch.edits)
        .where(readers.c.id.in_(ids))
        .order_by(deliveries.c.next_at, readers.c.id)
    )
    for row in connection.execute(taken):
        variant = "edit" if batch.edits else "repeat" if row.ambiguous else "first"
        text = texts.get((row.language, variant)) or texts[FALLBACK_LANGUAGE, variant]
        yield Claimed(
            alert_id=batch.id,
            number=batch.number,
            subscriber_id=row.id,
            chat_id=seal.unseal(row.chat_sealed),
            language=text.language,
            silent=row.silent or (batch.topic == "bodies" and row.bodies_silent),
            text=text.text,
            buttons=text.buttons,
            attempt=row.attempts,
            ambiguous=row.ambiguous,
            edits=batch.edits,
            message_id=row.message_id,
            reply_to=replies.get(row.id),
        )


def _latest_messages(connection: Connection, batch: Row[Any], ids: Sequence[int]) -> dict[int, int]:
    """What these readers have of the same matter: each one's latest message."""
    if batch.refers_to is None or batch.edits:
        return {}
    query = (
        select(deliveries.c.subscriber_id, deliveries.c.message_id)
        .where(deliveries.c.alert_id.in_(ids_in_chain(batch.refers_to)))
        .where(deliveries.c.subscriber_id.in_(ids), deliveries.c.edits == 0)
        .where(deliveries.c.state == "delivered")
        .order_by(deliveries.c.alert_id)
    )
    return {row.subscriber_id: row.message_id for row in connection.execute(query)}
