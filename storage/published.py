"""Alerts as they were published: to refer to one, to correct one, and to check one by its code.

Alerts about the same matter form a chain: each update or withdrawal refers to the one before it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Connection, Row, ScalarSelect, Select, and_, case, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from exchange.checkcode import ALPHABET, LENGTH
from exchange.news import Topic
from storage import sight
from storage.counters import current
from storage.tables import (
    OPEN,
    alert_texts,
    alerts,
    deliveries,
    is_one_of,
    records,
    revisions,
)

COUNTER = "alert"

AlertType = Literal["Alert", "Update", "Cancel"]


@dataclass(frozen=True)
class AlertText:
    """The words of an alert in one language, made at publishing and sent as they are."""

    language: str
    variant: Literal["first", "repeat", "edit"]
    """`repeat` is sent when an earlier attempt may have arrived; it says that it repeats. `edit`
    takes the place of the words of an earlier alert."""
    text: str
    buttons: str = ""
    """The keyboard as JSON, for Telegram alone to understand; empty for none."""
    edits: int = 0
    """For `edit`: the number of that earlier alert."""


@dataclass(frozen=True)
class PublishedAlert:
    """An alert that anybody can ask for."""

    number: int
    code: str
    record_key: str
    rev: int
    type: AlertType
    refers_to: int | None
    topic: Topic
    published_at: datetime
    state: str
    words: Mapping[str, AlertText]
    """As they were sent first, by language; the text is empty where it is out of sight."""
    updated_by: tuple[int, ...]
    """The numbers of later updates of the same matter, in their order."""
    corrected_by: Mapping[int, int]
    """Which of these correct what it says, each with the revision of the record that it tells."""
    withdrawn_by: int | None
    """The number of the withdrawal that takes it back."""


def next_number(connection: Connection) -> int:
    """The number that the next alert will have; certain within one transaction alone."""
    return current(connection, COUNTER) + 1


def new_code(connection: Connection) -> str:
    """A check code that no alert has, for the next one."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if connection.scalar(select(alerts.c.id).where(alerts.c.code == code)) is None:
            return code


def by_code(connection: Connection, code: str) -> PublishedAlert | None:
    """The alert with this check code (`exchange.checkcode.read` gives it as it is kept).

    What was called back before its first send is nobody's, since nobody can have seen it.
    """
    return _published(connection, alerts.c.code == code)


def by_number(connection: Connection, number: int) -> PublishedAlert | None:
    return _published(connection, alerts.c.number == number)


def chain(connection: Connection, number: int | None) -> tuple[PublishedAlert, ...]:
    """An alert and all that it updates or takes back, oldest first: what an update corrects."""
    if number is None:
        return ()
    found = connection.execute(_with_words(alerts.c.id.in_(ids_in_chain(number)))).all()
    together = groupby(found, lambda row: row.id)
    return tuple(_alert(connection, list(rows)) for _, rows in together)


def unfinished_edits(connection: Connection, number: int) -> tuple[AlertText, ...]:
    """The words of edits that an alert has not made everywhere yet.

    Whatever takes its place makes them in its stead.
    """
    waiting = (
        select(deliveries.c.edits)
        .join(alerts, alerts.c.id == deliveries.c.alert_id)
        .where(alerts.c.number == number, deliveries.c.edits != 0)
        .where(is_one_of(deliveries.c.state, *OPEN))
    )
    edited = alerts.alias("edited")
    texts = (
        select(alert_texts, edited.c.number)
        .join(edited, edited.c.id == alert_texts.c.edits)
        .join(alerts, alerts.c.id == alert_texts.c.alert_id)
        .where(alerts.c.number == number, alert_texts.c.edits.in_(waiting))
        .order_by(edited.c.number, alert_texts.c.language)
    )
    return tuple(
        AlertText(row.language, row.variant, row.text, row.buttons, edits=row.number)
        for row in connection.execute(texts)
    )


def has_begun(connection: Connection, number: int) -> bool:
    """Whether any of an alert was tried to be sent."""
    found = select(alerts.c.id).where(alerts.c.number == number, was_tried())
    return connection.scalar(found) is not None


def was_tried() -> ColumnElement[bool]:
    """The condition that any of an alert was."""
    return exists().where(deliveries.c.alert_id == alerts.c.id, deliveries.c.attempts > 0)


def was_edited(connection: Connection, number: int) -> bool:
    """Whether messages of an alert have been changed since they were sent, or are about to be."""
    edited = alerts.alias("edited")
    changed = (
        select(alerts.c.id)
        .join(alert_texts, alert_texts.c.alert_id == alerts.c.id)
        .join(edited, edited.c.id == alert_texts.c.edits)
        .where(edited.c.number == number, _is_known())
    )
    return connection.scalar(changed.limit(1)) is not None


def latest_about(connection: Connection, record_key: str | None) -> int | None:
    """The latest alert about a record that readers know of or will: what an update refers to."""
    query = select(alerts.c.number).where(alerts.c.record_key == record_key, _is_known())
    return connection.scalar(query.order_by(alerts.c.number.desc()).limit(1))


def ids_in_chain(number: int) -> Select[int]:
    """The ids of an alert and of all before it in its chain."""
    columns = (alerts.c.id, alerts.c.refers_to)
    found = select(*columns).where(alerts.c.number == number).cte("chain", recursive=True)
    before = select(*columns).join(found, alerts.c.number == found.c.refers_to)
    return select(found.union(before).c.id)


def perhaps_reached(column: ColumnElement[int]) -> Select[int]:
    """Deliveries that have arrived or may have."""
    return select(column).where(
        or_(
            is_one_of(deliveries.c.state, "sending", "unsure", "delivered", "unknown"),
            deliveries.c.ambiguous > 0,
        )
    )


def _is_known() -> ColumnElement[bool]:
    """Whether readers know of an alert or will: it was not called back before its first send."""
    reached = perhaps_reached(deliveries.c.alert_id).where(deliveries.c.alert_id == alerts.c.id)
    return or_(alerts.c.state != "stopped", reached.correlate(alerts).exists())


def _published(connection: Connection, which: ColumnElement[bool]) -> PublishedAlert | None:
    rows = connection.execute(_with_words(and_(which, _is_known()))).all()
    return _alert(connection, rows) if rows else None


def _with_words(which: ColumnElement[bool]) -> Select[Any]:
    """A row for each language of each alert, oldest first."""
    words = [one for one in alert_texts.c if one.name not in ("alert_id", "edits", "text")]
    text = case((alerts.c.rev < _cleaned(), ""), else_=alert_texts.c.text).label("text")
    sent_first = and_(alert_texts.c.alert_id == alerts.c.id, alert_texts.c.variant == "first")
    return (
        select(alerts, *words, text)
        .join(alert_texts, sent_first)
        .where(which)
        .order_by(alerts.c.id)
    )


def _cleaned() -> ScalarSelect[int]:
    """The first revision, of what an alert is about, that has no personal data."""
    first = select(sight.cleaned(records.c.id)).where(records.c.key == alerts.c.record_key)
    return first.correlate(alerts).scalar_subquery()


def _alert(connection: Connection, rows: Sequence[Row[Any]]) -> PublishedAlert:
    row = rows[0]
    since = _since(connection, row.number)
    withdrawals = [one.number for one in since if one.type == "Cancel"]
    return PublishedAlert(
        number=row.number,
        code=row.code,
        record_key=row.record_key,
        rev=row.rev,
        type=row.type,
        refers_to=row.refers_to,
        topic=Topic(row.topic),
        published_at=row.published_at,
        state=row.state,
        words={
            one.language: AlertText(one.language, one.variant, one.text, one.buttons)
            for one in rows
        },
        updated_by=tuple(one.number for one in since if one.type == "Update"),
        corrected_by={
            one.number: one.rev for one in since if one.type == "Update" and one.correction
        },
        withdrawn_by=withdrawals[-1] if withdrawals else None,
    )


def _since(connection: Connection, number: int) -> Sequence[Row[int, str, int, str | None]]:
    """What came after an alert in its chain, but for what was called back."""
    later = select(alerts.c.number).where(alerts.c.refers_to == number).cte("later", recursive=True)
    after = select(alerts.c.number).join(later, alerts.c.refers_to == later.c.number)
    followed = select(later.union(after).c.number)
    told = and_(revisions.c.record_id == records.c.id, revisions.c.rev == alerts.c.rev)
    query = (
        select(alerts.c.number, alerts.c.type, alerts.c.rev, revisions.c.correction)
        .outerjoin(records, records.c.key == alerts.c.record_key)
        .outerjoin(revisions, told)
        .where(alerts.c.number.in_(followed), _is_known())
    )
    return connection.execute(query.order_by(alerts.c.number)).all()
