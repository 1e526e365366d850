"""Which deliveries wait for a sender: the statements by which it finds and takes them.

They are made once for each kind of batch, since to put one together takes longer than to run it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.sql.elements import ColumnElement

from storage.edits import message_of
from storage.tables import OPEN, WAITING, alert_texts, alerts, deliveries, is_one_of
from storage.tables import subscribers as readers

FALLBACK_LANGUAGE = "en"
ALERT, EDITS = bindparam("of_alert", type_=Integer), bindparam("of_edited", type_=Integer)
_NOW = bindparam("now", type_=deliveries.c.next_at.type)


@cache
def first_of(withdrawal: bool, edit: bool) -> Select[Any]:
    waiting = _waiting_of(withdrawal=withdrawal, edit=edit)
    return waiting.with_only_columns(deliveries.c.next_at).order_by(deliveries.c.next_at).limit(1)


@cache
def take_of(withdrawal: bool, edit: bool) -> ReturningUpdate[Any]:
    due = (
        _waiting_of(withdrawal=withdrawal, edit=edit)
        .where(deliveries.c.next_at <= _NOW)
        .order_by(deliveries.c.next_at)
        .limit(bindparam("at_most", type_=Integer))
        .with_for_update(of=deliveries, skip_locked=True)
        .cte("due")
    )
    return (
        update(deliveries)
        .where(*_is_of_batch())
        .where(deliveries.c.subscriber_id.in_(select(due.c.subscriber_id)))
        .values(
            state="sending",
            attempts=deliveries.c.attempts + 1,
            epoch=bindparam("of_epoch"),
            started_at=_NOW,
        )
        .returning(deliveries.c.subscriber_id)
    )


def _batches_waiting() -> Select[Any]:
    """Live alerts with deliveries that wait, in the order in which they go.

    The messages of an alert are one batch, and its edits of each earlier alert another. `first_at`
    is when the first of a batch may go, by the index: what has ended is never looked through.
    """
    waiting = _alerts_waiting()
    first_at = (
        select(func.min(deliveries.c.next_at))
        .where(deliveries.c.alert_id == alerts.c.id, deliveries.c.edits == alert_texts.c.edits)
        .where(is_one_of(deliveries.c.state, *WAITING))
        .correlate(alerts, alert_texts)
        .scalar_subquery()
    )
    edits_last = case((alert_texts.c.edits != 0, 1), else_=0)
    withdrawals_first = case((alerts.c.type == "Cancel", 0), else_=1)
    return (
        select(alerts, alert_texts.c.edits, first_at.label("first_at"))
        .join(waiting, waiting.c.alert_id == alerts.c.id)
        .join(alert_texts, alert_texts.c.alert_id == alerts.c.id)
        .where(alert_texts.c.language == FALLBACK_LANGUAGE, alert_texts.c.variant != "repeat")
        .where(alerts.c.state == "live", first_at.is_not(None))
        .order_by(edits_last, withdrawals_first, alerts.c.id, alert_texts.c.edits)
    )


def _alerts_waiting() -> CTE:
    """The alerts of which something waits: one step in the index for each, however many rows."""
    of_state = is_one_of(deliveries.c.state, *WAITING)
    first = select(func.min(deliveries.c.alert_id).label("alert_id")).where(of_state)
    found = first.cte("waiting_alerts", recursive=True)
    later = select(func.min(deliveries.c.alert_id)).where(
        of_state, deliveries.c.alert_id > found.c.alert_id
    )
    further = select(later.correlate(found).scalar_subquery())
    return found.union_all(further.where(found.c.alert_id.is_not(None)))


def _waiting_of(*, withdrawal: bool, edit: bool) -> Select[Any]:
    """The deliveries of a batch that wait for their time and for nothing else."""
    waiting = select(deliveries.c.subscriber_id, deliveries.c.next_at).where(
        *_is_of_batch(),
        is_one_of(deliveries.c.state, *WAITING),
        ~_is_behind_another(withdrawal=withdrawal, edit=edit),
    )
    return waiting.where(message_of(EDITS).exists()) if edit else waiting


def _is_of_batch() -> tuple[ColumnElement[bool], ...]:
    return deliveries.c.alert_id == ALERT, deliveries.c.edits == EDITS


def _is_behind_another(*, withdrawal: bool, edit: bool) -> ColumnElement[bool]:
    """Whether the reader is to get another message first, or is getting something now."""
    first, other = alerts.alias("first"), deliveries.alias("other")
    is_older, is_withdrawal = first.c.id < ALERT, first.c.type == "Cancel"
    goes_first = and_(is_older, is_withdrawal) if withdrawal else or_(is_older, is_withdrawal)
    if edit:
        goes_first = or_(goes_first, first.c.id == ALERT)
    is_message_before = and_(other.c.edits == 0, first.c.state == "live", goes_first)
    return exists().where(
        other.c.subscriber_id == deliveries.c.subscriber_id,
        is_one_of(other.c.state, *OPEN),
        or_(other.c.alert_id != ALERT, other.c.edits != EDITS),
        first.c.id == other.c.alert_id,
        or_(other.c.state == "sending", is_message_before),
    )


BATCHES = _batches_waiting()
TEXTS = select(alert_texts).where(alert_texts.c.alert_id == ALERT, alert_texts.c.edits == EDITS)
TAKEN = (
    select(
        readers.c.id,
        readers.c.chat_sealed,
        readers.c.language,
        readers.c.bodies_silent,
        readers.c.refusals,
        deliveries.c.attempts,
        deliveries.c.ambiguous,
        deliveries.c.silent,
        message_of(EDITS).scalar_subquery().label("message_id"),
    )
    .join(readers, readers.c.id == deliveries.c.subscriber_id)
    .where(*_is_of_batch(), deliveries.c.subscriber_id.in_(bindparam("ids", expanding=True)))
    .order_by(deliveries.c.next_at, readers.c.id)
)
