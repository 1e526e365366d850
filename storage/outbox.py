"""Alerts on their way: published once with all their deliveries, then followed to an end.

Publishing makes one delivery for each reader, in the transaction that records what is told; where
readers are very many, that transaction begins it and `storage.fanout` goes on with it. How a
delivery goes on is in `storage.claims` and `storage.outcomes`; their names are here too, so that
this is the one door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Row,
    ScalarSelect,
    Select,
    and_,
    case,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from exchange.news import Topic
from storage import audit, edits, fanout
from storage.audience import by_language, reads
from storage.claims import FALLBACK_LANGUAGE, Claimed, claim, next_due, pause, pause_until, start
from storage.counters import count_up
from storage.errors import NothingToReplay, StoreError
from storage.freezing import is_frozen
from storage.outcomes import Outcome, OutcomeKind, held_back, settle, take_up_again
from storage.published import (
    COUNTER,
    AlertText,
    AlertType,
    PublishedAlert,
    by_code,
    by_number,
    chain,
    has_begun,
    ids_in_chain,
    latest_about,
    new_code,
    next_number,
    perhaps_reached,
    unfinished_edits,
    was_edited,
    was_tried,
)
from storage.tables import OPEN, WAITING, alert_texts, alerts, deliveries, is_one_of, subscribers

__all__ = [
    "AlertText",
    "AlertType",
    "Claimed",
    "Outcome",
    "OutcomeKind",
    "Progress",
    "PublishedAlert",
    "by_code",
    "by_number",
    "call_back",
    "chain",
    "claim",
    "has_begun",
    "held_back",
    "latest_about",
    "new_code",
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
    "take_up_again",
    "unfinished_edits",
    "was_edited",
]


@dataclass(frozen=True)
class Progress:
    """How far an alert has come: messages of its own, whose counts add up to `total`."""

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
    edited: int = 0
    """Earlier messages that were marked."""
    edits_waiting: int = 0
    """Earlier messages that are still to be marked."""


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
    announce: bool = True,
    to_new_readers: bool = True,
    code: str | None = None,
) -> int:
    """Makes an alert with a delivery for every reader; gives back its number.

    An update or withdrawal takes the place of the alert it refers to for all whom that one has not
    reached. An update goes to the readers of its topic, and to whom an earlier alert of the chain
    may have reached; a withdrawal goes to the latter alone, since nobody else has anything to take
    back. Messages of earlier alerts for which there are words of the variant `edit` are edited. It
    takes the place of earlier edits as well, so it brings such words for all that is untrue.

    An update may also keep away from new readers, who were never to get what it corrects. Not
    announced at all, it is told by these edits alone, and by a message only to whom the alert that
    it refers to has not reached. `code` is the check code where the words show it (`new_code`).
    """
    fanout.finish(connection)
    earlier = _ids_by_number(connection, refers_to)
    _refuse_missing_words(texts, earlier)
    number = count_up(connection, COUNTER)
    made = insert(alerts).values(
        number=number,
        code=code or new_code(connection),
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
            "edits": earlier[one.edits] if one.edits else 0,
        }
        for one in texts
    ]
    connection.execute(insert(alert_texts), words)
    if announce and refers_to is None:
        fanout.begin(connection, alert_id)
    else:
        who = _recipients(connection, type, refers_to, topic, to_new_readers=to_new_readers)
        if not announce:
            who = _waits_for(refers_to)
        edits.queue_sends(connection, alert_id, who, starts_at)
    edited = {earlier[one.edits] for one in texts if one.edits}
    if edited:
        edits.queue(connection, alert_id, edited, starts_at)
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


def readers(
    connection: Connection,
    topic: Topic,
    record_key: str | None,
    type: AlertType = "Update",  # noqa: A002 (as above)
    *,
    to_new_readers: bool = True,
) -> dict[str, int]:
    """How many, for each language, would get an alert about a record, or about a new one."""
    refers_to = latest_about(connection, record_key)
    who = _recipients(connection, type, refers_to, topic, to_new_readers=to_new_readers)
    return by_language(connection, who)


def progress(connection: Connection, number: int) -> Progress:
    """How far an alert has come."""
    alert = connection.execute(select(alerts).where(alerts.c.number == number)).one_or_none()
    if alert is None:
        raise StoreError(f"There is no alert No. {number}.")
    is_edit = (deliveries.c.edits != 0).label("is_edit")
    query = (
        select(deliveries.c.state, is_edit, func.count().label("found"))
        .where(deliveries.c.alert_id == alert.id)
        .group_by(deliveries.c.state, is_edit)
    )
    counts = {(row.state, bool(row.is_edit)): row.found for row in connection.execute(query)}
    sends = {state: found for (state, is_edit), found in counts.items() if not is_edit}
    to_come = fanout.count_left(connection, alert.id)
    return Progress(
        number=number,
        total=sum(sends.values()) + alert.erased + to_come,
        delivered=sends.get("delivered", 0),
        undeliverable=sends.get("undeliverable", 0),
        cancelled=sends.get("cancelled", 0),
        unknown=sends.get("unknown", 0),
        waiting=sum(sends.get(state, 0) for state in OPEN) + to_come,
        erased=alert.erased,
        starts_at=alert.starts_at,
        state=alert.state,
        frozen=is_frozen(connection),
        edited=counts.get(("delivered", True), 0),
        edits_waiting=sum(counts.get((state, True), 0) for state in OPEN),
    )


def stop(connection: Connection, number: int, by: str, at: datetime) -> Progress:
    """Ends an alert: what was not sent is cancelled, what was sent is counted."""
    fanout.finish(connection)
    _end(connection, number, "stopped")
    audit.append(connection, at=at, by=by, act="stop", subject=str(number), content={})
    return progress(connection, number)


def call_back(connection: Connection, number: int, by: str, at: datetime) -> None:
    """Ends an alert before its first send, as if it had never been published.

    The alert that it superseded goes on for those whom that one has not reached.
    """
    stop(connection, number, by, at)
    called_back = select(alerts.c.refers_to).where(alerts.c.number == number)
    earlier = select(alerts).where(alerts.c.number == called_back.scalar_subquery())
    alert = connection.execute(earlier).one_or_none()
    if alert is None or _was_replaced_before(connection, number):
        return
    goes_on = update(alerts).where(alerts.c.id == alert.id, alerts.c.state == "superseded")
    connection.execute(goes_on.values(state="live"))
    waits_again = (
        update(deliveries)
        .where(deliveries.c.alert_id == alert.id)
        .where(deliveries.c.state == "cancelled", deliveries.c.reason == "superseded")
        .where(_is_still_wanted(alert))  # some left meanwhile
        .values(state=case((deliveries.c.ambiguous > 0, "unsure"), else_="queued"), reason=None)
    )
    connection.execute(waits_again)
    edits.tell_instead(connection, alert.id, at)


def _was_replaced_before(connection: Connection, number: int) -> bool:
    """Whether what this alert referred to was untrue already, by one that was not called back."""
    refers_to = select(alerts.c.refers_to).where(alerts.c.number == number).scalar_subquery()
    is_other = and_(alerts.c.refers_to == refers_to, alerts.c.number != number)
    other = select(alerts.c.id).where(is_other, or_(alerts.c.type == "Cancel", was_tried()))
    return connection.scalar(other.limit(1)) is not None


def replay(
    connection: Connection, number: int, state: Literal["unknown", "undeliverable"], at: datetime
) -> int:
    """Queues once more what ended in this state, for readers who still want it; says how many.

    What may have arrived goes out as a repeat; each replay is one more attempt. An edit that was
    refused stays so: a message was sent in its place. Raises `NothingToReplay` where there is none.
    """
    alert = connection.execute(select(alerts).where(alerts.c.number == number)).one_or_none()
    if alert is None:
        raise StoreError(f"There is no alert No. {number}.")
    if alert.state != "live":
        raise NothingToReplay(f"No. {number} is {alert.state}: nothing of it is sent any more.")
    there = edits.message_of(deliveries.c.edits).correlate(deliveries).exists()
    can_be_edited = and_(deliveries.c.state == "unknown", there)
    again = (
        update(deliveries)
        .where(deliveries.c.alert_id == alert.id, deliveries.c.state == state)
        .where(or_(deliveries.c.edits == 0, can_be_edited))
        .where(_is_still_wanted(alert))
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
    audit.append(
        connection, at=at, by=audit.OPERATOR, act="replay", subject=str(number), content=content
    )
    return count


def _ids_by_number(connection: Connection, refers_to: int | None) -> dict[int, int]:
    """The alerts of the chain, by what people call them."""
    if refers_to is None:
        return {}
    query = select(alerts.c.number, alerts.c.id).where(alerts.c.id.in_(ids_in_chain(refers_to)))
    return {row.number: row.id for row in connection.execute(query)}


def _refuse_missing_words(texts: Sequence[AlertText], earlier: dict[int, int]) -> None:
    there = {(one.variant, one.edits) for one in texts if one.language == FALLBACK_LANGUAGE}
    if {("first", 0), ("repeat", 0)} - there or {(one.variant, one.edits) for one in texts} - there:
        raise ValueError("an alert has English words, for readers of languages without")
    if {one.edits for one in texts} - earlier.keys() - {0}:
        raise ValueError("an alert edits what it refers to, and what that one refers to")


def _recipients(
    connection: Connection,
    type_: AlertType,
    refers_to: int | None,
    topic: Topic,
    *,
    to_new_readers: bool,
) -> ColumnElement[bool]:
    if refers_to is None:
        return reads(topic)
    chained = ids_in_chain(refers_to)
    in_chain = deliveries.c.alert_id.in_(chained)
    reached = _is_one_of_them(perhaps_reached(deliveries.c.subscriber_id).where(in_chain))
    if type_ == "Cancel":
        return reached
    if to_new_readers:
        return or_(reads(topic), reached)
    left = and_(deliveries.c.state == "cancelled", deliveries.c.reason != "superseded")
    there = _is_one_of_them(select(deliveries.c.subscriber_id).where(in_chain, ~left))
    return or_(there, fanout.left(connection, chained))


def _waits_for(number: int | None) -> ColumnElement[bool]:
    """The readers whom an alert has not reached yet."""
    waiting = select(deliveries.c.subscriber_id).where(
        deliveries.c.alert_id == _id_of(number),
        deliveries.c.edits == 0,
        is_one_of(deliveries.c.state, *WAITING),
    )
    return _is_one_of_them(waiting)


def _is_one_of_them(ids: Select[int]) -> ColumnElement[bool]:
    return subscribers.c.subscribed & subscribers.c.id.in_(ids)


def _is_still_wanted(alert: Row[Any]) -> ColumnElement[bool]:
    """Whether the reader of a delivery is there, and reads such alerts."""
    wants = subscribers.c.subscribed if alert.type != "Alert" else reads(Topic(alert.topic))
    return deliveries.c.subscriber_id.in_(select(subscribers.c.id).where(wants))


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


def _id_of(number: int | None) -> ScalarSelect[int]:
    return select(alerts.c.id).where(alerts.c.number == number).scalar_subquery()
