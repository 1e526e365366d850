"""Edits of messages that readers have: deliveries of an alert that change an earlier one's message.

An edit can be made once the earlier message has arrived, so it waits for that. Where there is
nothing to edit, the reader gets the alert as a message of its own, unless there is one already.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, insert, literal, select, update
from sqlalchemy.sql.elements import ColumnElement

from storage.tables import OPEN, alerts, deliveries, is_one_of, subscribers

NOTHING_TO_EDIT = "nothing_to_edit"
"""Why an edit is cancelled whose message never arrived, or perhaps."""


def queue(
    connection: Connection, alert_id: int, edited: Iterable[int], starts_at: datetime
) -> None:
    """One edit for each message of these earlier alerts (by id) that arrived or is being sent."""
    earlier = deliveries.alias("earlier")
    messages = (
        select(
            literal(alert_id),
            earlier.c.subscriber_id,
            earlier.c.alert_id,
            *_fresh(starts_at, silent=False),
        )
        .join(subscribers, subscribers.c.id == earlier.c.subscriber_id)
        .where(earlier.c.alert_id.in_(list(edited)), earlier.c.edits == 0)
        .where(is_one_of(earlier.c.state, "delivered", "sending"), subscribers.c.subscribed)
    )
    connection.execute(insert(deliveries).from_select(_COLUMNS, messages))


def queue_sends(
    connection: Connection,
    alert_id: int,
    who: ColumnElement[bool],
    starts_at: datetime,
    *,
    silent: bool = False,
) -> None:
    """One message of its own for each of these readers."""
    sends = select(
        literal(alert_id), subscribers.c.id, literal(0), *_fresh(starts_at, silent=silent)
    )
    in_order = sends.where(who).order_by(subscribers.c.id)
    connection.execute(insert(deliveries).from_select(_COLUMNS, in_order))


def send_instead(
    connection: Connection, alert_id: int, subscriber_id: int, at: datetime, *, silent: bool
) -> None:
    """Has a reader told by a message of its own what an edit cannot tell; at most once."""
    own = select(deliveries.c.alert_id).where(
        deliveries.c.alert_id == alert_id,
        deliveries.c.subscriber_id == subscriber_id,
        deliveries.c.edits == 0,
    )
    told = select(alerts.c.id).where(
        alerts.c.id == alert_id, is_one_of(alerts.c.state, "live", "halted")
    )
    still_there = (subscribers.c.id == subscriber_id) & subscribers.c.subscribed
    who = still_there & ~own.exists() & told.exists()
    queue_sends(connection, alert_id, who, at, silent=silent)


def nothing_to_edit(
    connection: Connection, alert_id: int, subscriber_id: int, at: datetime
) -> None:
    """The message of an alert did not arrive, so what was to change it cannot."""
    cancelled = (
        update(deliveries)
        .where(deliveries.c.subscriber_id == subscriber_id, deliveries.c.edits == alert_id)
        .where(is_one_of(deliveries.c.state, *OPEN))
        .values(state="cancelled", reason=NOTHING_TO_EDIT)
        .returning(deliveries.c.alert_id)
    )
    for later in connection.scalars(cancelled).all():
        send_instead(connection, later, subscriber_id, at, silent=False)


def tell_instead(connection: Connection, alert_id: int, at: datetime) -> None:
    """Has those told of an alert by a message whose earlier one came to nothing, so no edit can."""
    earlier = deliveries.alias("earlier")
    there = exists().where(
        earlier.c.alert_id == deliveries.c.edits,
        earlier.c.subscriber_id == deliveries.c.subscriber_id,
        earlier.c.edits == 0,
        is_one_of(earlier.c.state, "delivered", *OPEN),
    )
    query = select(deliveries.c.edits, deliveries.c.subscriber_id).where(
        deliveries.c.alert_id == alert_id,
        deliveries.c.edits != 0,
        is_one_of(deliveries.c.state, *OPEN),
        ~there,
    )
    for row in connection.execute(query).all():
        nothing_to_edit(connection, row.edits, row.subscriber_id, at)


def message_of(alert_id: int | ColumnElement[int]) -> Select[int]:
    """The message of an alert that the reader of a delivery has."""
    sent = deliveries.alias("sent")
    return select(sent.c.message_id).where(
        sent.c.alert_id == alert_id,
        sent.c.subscriber_id == deliveries.c.subscriber_id,
        sent.c.edits == 0,
        sent.c.state == "delivered",
    )


_COLUMNS = (
    "alert_id",
    "subscriber_id",
    "edits",
    "state",
    "attempts",
    "ambiguous",
    "next_at",
    "silent",
)


def _fresh(starts_at: datetime, *, silent: bool) -> tuple[ColumnElement[Any], ...]:
    """The last columns of a delivery that was never tried."""
    return (
        literal("queued"),
        literal(0),
        literal(0),
        literal(starts_at, deliveries.c.next_at.type),
        literal(silent),
    )
