"""Alerts on their way: published once with all their deliveries, then followed to an end.

Publishing makes one delivery for each reader, in the transaction that records what is told. How a
delivery goes on is in `storage.claims` and `storage.outcomes`; their names are here too, so that
this is the one door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Connection,
    ScalarSelect,
    Select,
    and_,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from exchange.news import Topic
from storage import audit
from storage.claims import FALLBACK_LANGUAGE, Claimed, claim, next_due, pause, pause_until, start
from storage.counters import count_up, current
from storage.errors import NothingToReplay, StoreError
from storage.freezing import is_frozen
from storage.outcomes import Outcome, OutcomeKind, called_off, settle
from storage.subscribers import by_language, reads
from storage.tables import (
    OPEN,
    WAITING,
    alert_texts,
    alerts,
    deliveries,
    is_one_of,
    subscribers,
)

__all__ = [
    "AlertText",
    "AlertType",
    "Claimed",
    "Outcome",
    "OutcomeKind",
    "Progress",
    "call_back",
    "called_off",
    "claim",
    "latest_about",
    "next_due",
    "next_number",
    "pause",
    "pause_until",
    "progress",
    "publish",
    "readers",
    "replay",
    "settle",
    "start",
    "stop",
]

_COUNTER = "alert"
OPERATOR = "operator"
"""Who replays, in the audit log."""

AlertType = Literal["Alert", "Update", "Cancel"]


@dataclass(frozen=True)
class AlertText:
    """The words of an alert in one language, made at publishing and sent as they are."""

    language: str
    variant: Literal["first", "repeat"]
    """`repeat` is sent when an earlier attempt may have arrived; it says that it repeats."""
    text: str
    buttons: str = ""
    """The keyboard as JSON, for Telegram alone to understand; empty for none."""


@dataclass(frozen=True)
class Progress:
    """How far an alert has come; the counts add up to `total`."""

    number: int
    total: int
    delivered: int
    undeliverable: int
    cancelled: int
    unknown: int
    waiting: int
    erased: int
    """Deliveries of readers who asked to be forgotten."""
    starts_at: datetime
    state: str
    """`live`, `halted` (its text was refused), `stopped` or `superseded`."""
    frozen: bool = False
    """Whether it is held back with everything else."""


def publish(
    connection: Connection,
    *,
    record_key: str,
    rev: int,
    type: AlertType,  # noqa: A002 (the word of the alerting standard)
    refers_to: int | None,
    topic: Topic,
    by: str,
    published_at: datetime,
    starts_at: datetime,
    texts: Sequence[AlertText],
) -> int:
    """Makes an alert with a delivery for every reader; gives back its number.

    An update or withdrawal takes the place of the alert it refers to for all whom that one has not
    reached. An update goes to the readers of its topic, and to whom the earlier alert may have
    reached; a withdrawal goes to the latter alone, since nobody else has anything to take back.
    """
    if {(FALLBACK_LANGUAGE, "first"), (FALLBACK_LANGUAGE, "repeat")} - {
        (one.language, one.variant) for one in texts
    }:
        raise ValueError("an alert has English words, for readers of languages without")
    number = count_up(connection, _COUNTER)
    made = insert(alerts).values(
        number=number,
        record_key=record_key,
        rev=rev,
        type=type,
        refers_to=refers_to,
        topic=topic,
        by=by,
        published_at=published_at,
        starts_at=starts_at,
        state="live",
        erased=0,
    )
    alert_id = connection.execute(made.returning(alerts.c.id)).scalar_one()
    words = [
        {
            "alert_id": alert_id,
            "language": one.language,
            "variant": one.variant,
            "text": one.text,
            "buttons": one.buttons,
        }
        for one in texts
    ]
    connection.execute(insert(alert_texts), words)
    _queue(connection, alert_id, _recipients(type, refers_to, topic), starts_at)
    if refers_to is not None:
        _supersede(connection, refers_to)
    audit.append(
        connection,
        at=published_at,
        by=by,
        act="alert",
        subject=str(number),
        content={"record": record_key, "rev": rev, "type": type, "refers_to": refers_to},
    )
    return number


def next_number(connection: Connection) -> int:
    """The number that the next alert will have; certain within one transaction alone."""
    return current(connection, _COUNTER) + 1


def latest_about(connection: Connection, record_key: str | None) -> int | None:
    """The latest alert about a record that readers know of or will: what an update refers to."""
    known = or_(
        alerts.c.state != "stopped", alerts.c.id.in_(_perhaps_reached(deliveries.c.alert_id))
    )
    query = select(alerts.c.number).where(alerts.c.record_key == record_key, known)
    return connection.scalar(query.order_by(alerts.c.number.desc()).limit(1))


def readers(connection: Connection, topic: Topic, record_key: str | None) -> dict[str, int]:
    """How many, for each language, would get an alert about a record, or about a new one."""
    refers_to = latest_about(connection, record_key)
    return by_language(connection, _recipients("Update", refers_to, topic))


def progress(connection: Connection, number: int) -> Progress:
    """How far an alert has come."""
    alert = connection.execute(select(alerts).where(alerts.c.number == number)).one_or_none()
    if alert is None:
        raise StoreError(f"There is no alert No. {number}.")
    query = (
        select(deliveries.c.state, func.count().label("found"))
        .where(deliveries.c.alert_id == alert.id)
        .group_by(deliveries.c.state)
    )
    by_state = {row.state: row.found for row in connection.execute(query)}
    return Progress(
        number=number,
        total=sum(by_state.values()) + alert.erased,
        delivered=by_state.get("delivered", 0),
        undeliverable=by_state.get("undeliverable", 0),
        cancelled=by_state.get("cancelled", 0),
        unknown=by_state.get("unknown", 0),
        waiting=sum(by_state.get(state, 0) for state in OPEN),
        erased=alert.erased,
        starts_at=alert.starts_at,
        state=alert.state,
        frozen=is_frozen(connection),
    )


def stop(connection: Connection, number: int, by: str, at: datetime) -> Progress:
    """Ends an alert: what was not sent is cancelled, what was sent is counted."""
    _end(connection, number, "stopped")
    audit.append(connection, at=at, by=by, act="stop", subject=str(number), content={})
    return progress(connection, number)


def call_back(connection: Connection, number: int, by: str, at: datetime) -> None:
    """Ends an alert before its first send, as if it had never been published.

    The alert that it superseded goes on for those whom that one has not reached.
    """
    stop(connection, number, by, at)
    refers_to = connection.scalar(select(alerts.c.refers_to).where(alerts.c.number == number))
    if refers_to is None:
        return
    earlier = select(alerts.c.topic).where(alerts.c.number == refers_to)
    still_read = reads(Topic(connection.execute(earlier).scalar_one()))  # some left meanwhile
    goes_on = update(alerts).where(alerts.c.number == refers_to, alerts.c.state == "superseded")
    connection.execute(goes_on.values(state="live"))
    waits_again = (
        update(deliveries)
        .where(deliveries.c.alert_id == _id_of(refers_to))
        .where(deliveries.c.state == "cancelled", deliveries.c.reason == "superseded")
        .where(deliveries.c.subscriber_id.in_(select(subscribers.c.id).where(still_read)))
        .values(state=case((deliveries.c.ambiguous > 0, "unsure"), else_="queued"), reason=None)
    )
    connection.execute(waits_again)


def replay(
    connection: Connection, number: int, state: Literal["unknown", "undeliverable"], at: datetime
) -> int:
    """Queues once more what ended in this state, for readers who still want it; says how many.

    What may have arrived goes out as a repeat; each replay is one more attempt. Raises
    `NothingToReplay` where there is none.
    """
    alert = connection.execute(select(alerts).where(alerts.c.number == number)).one_or_none()
    if alert is None:
        raise StoreError(f"There is no alert No. {number}.")
    if alert.state != "live":
        raise NothingToReplay(f"No. {number} is {alert.state}: nothing of it is sent any more.")
    wanted = select(subscribers.c.id).where(
        subscribers.c.subscribed if alert.type != "Alert" else reads(Topic(alert.topic))
    )
    again = (
        update(deliveries)
        .where(deliveries.c.alert_id == alert.id, deliveries.c.state == state)
        .where(deliveries.c.subscriber_id.in_(wanted))
        .values(
            state=case((deliveries.c.ambiguous > 0, "unsure"), else_="queued"),
            next_at=at,
            reason=None,
        )
    )
    count = connection.execute(again).rowcount
    if not count:
        raise NothingToReplay(f"No delivery of No. {number} to a present reader is {state}.")
    content = {"state": state, "deliveries": count}
    audit.append(connection, at=at, by=OPERATOR, act="replay", subject=str(number), content=content)
    return count


def _queue(
    connection: Connection, alert_id: int, who: ColumnElement[bool], starts_at: datetime
) -> None:
    columns = ("alert_id", "subscriber_id", "state", "attempts", "ambiguous", "next_at")
    queued = select(
        literal(alert_id),
        subscribers.c.id,
        literal("queued"),
        literal(0),
        literal(0),
        literal(starts_at, deliveries.c.next_at.type),
    ).where(who)
    connection.execute(insert(deliveries).from_select(columns, queued))


def _recipients(type_: AlertType, refers_to: int | None, topic: Topic) -> ColumnElement[bool]:
    if refers_to is None:
        return reads(topic)
    of_earlier = _perhaps_reached(deliveries.c.subscriber_id).where(
        deliveries.c.alert_id == _id_of(refers_to)
    )
    reached = subscribers.c.subscribed & subscribers.c.id.in_(of_earlier)
    return reached if type_ == "Cancel" else or_(reads(topic), reached)


def _perhaps_reached(column: ColumnElement[int]) -> Select[int]:
    """Deliveries that have arrived or may have."""
    return select(column).where(
        or_(
            is_one_of(deliveries.c.state, "sending", "unsure", "delivered", "unknown"),
            deliveries.c.ambiguous > 0,
        )
    )


def _supersede(connection: Connection, number: int) -> None:
    _end(connection, number, "superseded")


def _end(connection: Connection, number: int, state: Literal["stopped", "superseded"]) -> None:
    not_stopped = and_(alerts.c.number == number, alerts.c.state != "stopped")  # that is for good
    connection.execute(update(alerts).where(not_stopped).values(state=state))
    cancelled = (
        update(deliveries)
        .where(deliveries.c.alert_id == _id_of(number))
        .where(is_one_of(deliveries.c.state, *WAITING))
        .values(state="cancelled", reason=state)
    )
    connection.execute(cancelled)


def _id_of(number: int) -> ScalarSelect[int]:
    return select(alerts.c.id).where(alerts.c.number == number).scalar_subquery()
