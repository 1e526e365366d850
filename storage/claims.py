"""Which deliveries may be sent now.

1. `start` begins an epoch: whatever an earlier process had in `sending` may have arrived, so it
   becomes `unsure`. A sender of an older epoch claims nothing any more.
2. `claim` takes as many deliveries as can be sent at once and marks them `sending`; this is
   committed before anything leaves. Withdrawals go first, then the oldest alert.
3. A reader gets one alert at a time, each after those before it.
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
    due = _alerts_waiting().where(alerts.c.starts_at <= now)
    for alert in connection.execute(due).all():
        if len(claimed) < limit:
            ids = _take(connection, alert, epoch, limit - len(claimed), now)
            claimed += _claimed(connection, seal, alert, ids)
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
    found: list[datetime] = []
    for alert in connection.execute(_alerts_waiting()).all():
        first = _waiting_of(alert).order_by(deliveries.c.next_at).limit(1)
        row = connection.execute(first).one_or_none()
        if row is not None:
            found.append(max(row.next_at, alert.starts_at))
    if not found:
        return None
    return max(min(found), now, pause_until(connection) or now)


def _current_epoch(connection: Connection) -> int:
    return int(connection.execute(select(sender.c.epoch)).scalar_one())


def _alerts_waiting() -> Select[Any]:
    """Live alerts with deliveries that wait, in the order in which they go."""
    waits = exists().where(
        deliveries.c.alert_id == alerts.c.id, is_one_of(deliveries.c.state, *WAITING)
    )
    withdrawals_first = case((alerts.c.type == "Cancel", 0), else_=1)
    return (
        select(alerts)
        .where(alerts.c.state == "live", waits)
        .order_by(withdrawals_first, alerts.c.id)
    )


def _waiting_of(alert: Row[Any]) -> Select[Any]:
    """The deliveries of an alert that wait for their time and for nothing else."""
    return select(deliveries.c.subscriber_id, deliveries.c.next_at).where(
        deliveries.c.alert_id == alert.id,
        is_one_of(deliveries.c.state, *WAITING),
        ~_is_behind_another(alert),
    )


def _is_behind_another(alert: Row[Any]) -> ColumnElement[bool]:
    """Whether the reader is to get another alert first, or is getting one now."""
    first, other = alerts.alias("first"), deliveries.alias("other")
    is_older, is_withdrawal = first.c.id < alert.id, first.c.type == "Cancel"
    if alert.type == "Cancel":
        goes_first = and_(is_older, is_withdrawal)
    else:
        goes_first = or_(is_older, is_withdrawal)
    return exists().where(
        other.c.subscriber_id == deliveries.c.subscriber_id,
        is_one_of(other.c.state, *OPEN),
        other.c.alert_id != alert.id,
        first.c.id == other.c.alert_id,
        or_(other.c.state == "sending", and_(first.c.state == "live", goes_first)),
    )


def _take(
    connection: Connection, alert: Row[Any], epoch: int, limit: int, now: datetime
) -> Sequence[int]:
    due = (
        _waiting_of(alert)
        .where(deliveries.c.next_at <= now)
        .order_by(deliveries.c.next_at)
        .limit(limit)
        .with_for_update(of=deliveries, skip_locked=True)
        .cte("due")
    )
    taken = (
        update(deliveries)
        .where(deliveries.c.alert_id == alert.id)
        .where(deliveries.c.subscriber_id.in_(select(due.c.subscriber_id)))
        .values(state="sending", attempts=deliveries.c.attempts + 1, epoch=epoch, started_at=now)
        .returning(deliveries.c.subscriber_id)
    )
    return connection.scalars(taken).all()


def _claimed(
    connection: Connection, seal: Seal, alert: Row[Any], ids: Sequence[int]
) -> Iterator[Claimed]:
    if not ids:
        return
    words = select(alert_texts).where(alert_texts.c.alert_id == alert.id)
    texts = {(row.language, row.variant): row for row in connection.execute(words)}
    taken = (
        select(deliveries.c.attempts, deliveries.c.ambiguous, readers)
        .join(readers, readers.c.id == deliveries.c.subscriber_id)
        .where(deliveries.c.alert_id == alert.id, readers.c.id.in_(ids))
        .order_by(deliveries.c.next_at, readers.c.id)
    )
    for row in connection.execute(taken):
        variant = "repeat" if row.ambiguous else "first"
        text = texts.get((row.language, variant)) or texts[FALLBACK_LANGUAGE, variant]
        yield Claimed(
            alert_id=alert.id,
            number=alert.number,
            subscriber_id=row.id,
            chat_id=seal.unseal(row.chat_sealed),
            language=text.language,
            silent=alert.topic == "bodies" and row.bodies_silent,
            text=text.text,
            buttons=text.buttons,
            attempt=row.attempts,
            ambiguous=row.ambiguous,
        )
