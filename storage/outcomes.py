"""What became of an attempt, and what is written down for it.

An attempt whose fate Telegram never told leaves its delivery `unsure`, to be sent once more as a
repeat; the fourth leaves it `unknown`, for good. An edit made twice is as good as one made once.

    sending -> delivered | undeliverable | queued | unsure | unknown
    sending -> cancelled, where it would wait again but was called off meanwhile
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, true, update
from sqlalchemy.sql.elements import ColumnElement

from storage import audit, edits, memos, moderators, subscribers
from storage.memos import MemoKind
from storage.published import perhaps_reached
from storage.sealing import Seal
from storage.tables import WAITING, alerts, deliveries, is_one_of
from storage.tables import subscribers as readers

NOTHING_TO_TAKE_BACK = "nothing_to_take_back"
"""Why a withdrawal is not sent to a reader for whom the alert was only about to leave."""
SENDER = "sender"
"""Who halts an alert, in the audit log."""
REPEAT_AFTER = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
"""How long to wait after each attempt of unknown fate; there is no wait after the last."""


class OutcomeKind(StrEnum):
    """What became of an attempt."""

    DELIVERED = "delivered"
    WAIT = "wait"
    """Telegram asks to wait: not an attempt, the delivery is queued again."""
    RETRY = "retry"
    """Nothing left us: the delivery is queued again."""
    UNSURE = "unsure"
    """It may have arrived."""
    UNDELIVERABLE = "undeliverable"
    REFUSED = "refused"
    """Undeliverable for no reason that is known: the reader stays until the third in a row."""
    MOVED = "moved"
    """The chat has a new id: sent again there."""
    UNEDITABLE = "uneditable"
    """The message to edit is gone or cannot be changed: a new one is sent in its place."""
    HALT = "halt"
    """The words were refused: the whole alert stops, to spare everybody else."""


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt; which further fields are given depends on its kind."""

    alert_id: int
    subscriber_id: int
    kind: OutcomeKind
    message_id: int | None = None
    """For `delivered`."""
    until: datetime | None = None
    """For `wait` and `retry`: not before this moment."""
    reason: str | None = None
    """For `undeliverable`, `refused`, `uneditable` and `halt`."""
    erase_reader: bool = False
    """For `undeliverable`: the reader blocked the bot or is gone."""
    new_chat_id: int | None = None
    """For `moved`."""
    edits: int = 0
    """The id of the alert whose message was to be edited; 0 for a message of its own."""
    refusals: int = 0
    """How many refusals in a row came before."""
    epoch: int | None = None
    """Of the claim that it belongs to; None for whichever is the last."""


def settle(connection: Connection, seal: Seal, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Writes down what became of claimed deliveries; those erased meanwhile are passed over."""
    _delivered(connection, [one for one in outcomes if one.kind is OutcomeKind.DELIVERED])
    for one in outcomes:
        if one.kind is not OutcomeKind.DELIVERED:
            _settle(connection, seal, one, now)


def interrupted(connection: Connection, now: datetime) -> None:
    """What an earlier process was sending when it died may have arrived."""
    for row in connection.execute(select(deliveries).where(deliveries.c.state == "sending")).all():
        one = Outcome(row.alert_id, row.subscriber_id, OutcomeKind.UNSURE, edits=row.edits)
        _unsure(connection, one, now)


def take_up_again(
    connection: Connection, epoch: int, in_hand: Collection[tuple[int, int, int]], now: datetime
) -> None:
    """What was claimed in this epoch, and the word of it was lost on the way to the sender.

    `in_hand` is what the sender does know of: alert, reader and edited alert. All else never left.
    """
    claimed = select(deliveries).where(deliveries.c.state == "sending", deliveries.c.epoch == epoch)
    for row in connection.execute(claimed).all():
        if (row.alert_id, row.subscriber_id, row.edits) not in in_hand:
            one = Outcome(row.alert_id, row.subscriber_id, OutcomeKind.WAIT, edits=row.edits)
            _put_back(connection, one, "queued", now, attempts=deliveries.c.attempts - 1)


def _settle(connection: Connection, seal: Seal, one: Outcome, now: datetime) -> None:
    match one.kind:
        case OutcomeKind.WAIT:
            _put_back(connection, one, "queued", now, one.until, attempts=deliveries.c.attempts - 1)
        case OutcomeKind.RETRY:
            _put_back(connection, one, "queued", now, one.until)
        case OutcomeKind.UNSURE:
            _unsure(connection, one, now)
        case OutcomeKind.UNDELIVERABLE:
            if one.erase_reader:
                subscribers.erase_blocked(connection, one.subscriber_id)
            _undeliverable(connection, one, now)
        case OutcomeKind.REFUSED:
            _refused(connection, one, now)
        case OutcomeKind.UNEDITABLE:
            _uneditable(connection, one, now)
        case OutcomeKind.MOVED:
            _put_back(connection, one, "queued", now)
            _move(connection, seal, one)
        case OutcomeKind.HALT:
            _halt(connection, one, now)
            _put_back(connection, one, "queued", now)


def _delivered(connection: Connection, outcomes: Sequence[Outcome]) -> None:
    """In few statements for the whole batch: this is what every alert does for every reader."""
    if not outcomes:
        return
    rows = [
        {
            "of_alert": one.alert_id,
            "of_reader": one.subscriber_id,
            "of_edited": one.edits,
            "as_message": one.message_id,
        }
        for one in outcomes
    ]
    connection.execute(_ARRIVED, rows)
    if refused := [one.subscriber_id for one in outcomes if one.refusals]:
        connection.execute(_REACHED, {"ids": refused})


_ARRIVED = (
    update(deliveries)
    .where(deliveries.c.alert_id == bindparam("of_alert"))
    .where(deliveries.c.subscriber_id == bindparam("of_reader"))
    .where(deliveries.c.edits == bindparam("of_edited"))
    .where(is_one_of(deliveries.c.state, "sending", "unsure"))
    .values(state="delivered", message_id=bindparam("as_message"), reason=None)
)
_REACHED = (
    update(readers).where(readers.c.id.in_(bindparam("ids", expanding=True))).values(refusals=0)
)


def _unsure(connection: Connection, one: Outcome, now: datetime) -> None:
    """Plans a repeat of an attempt that may have arrived, or gives up after the last."""
    before = connection.scalar(select(deliveries.c.ambiguous).where(_is_sending(one)))
    if before is None:
        return
    if before < len(REPEAT_AFTER):
        again_at = now + REPEAT_AFTER[before]
        _put_back(connection, one, "unsure", now, again_at, ambiguous=before + 1)
    else:
        _leave(connection, one, "unknown", now, ambiguous=before + 1)


def _undeliverable(connection: Connection, one: Outcome, now: datetime) -> bool:
    return _leave(connection, one, "undeliverable", now, reason=one.reason or one.kind.value)


def _refused(connection: Connection, one: Outcome, now: datetime) -> None:
    if _undeliverable(connection, one, now):
        subscribers.refused(connection, one.subscriber_id)


def _uneditable(connection: Connection, one: Outcome, now: datetime) -> None:
    if _undeliverable(connection, one, now):
        edits.send_instead(connection, one.alert_id, one.subscriber_id, now, silent=True)


def _put_back(
    connection: Connection,
    one: Outcome,
    state: str,
    now: datetime,
    next_at: datetime | None = None,
    **values: object,
) -> None:
    """Lets a delivery wait again, unless it was called off while it was being sent."""
    delivery = (one.alert_id, one.subscriber_id)
    reason = called_off(connection, [delivery]).get(delivery)
    if reason is not None:
        state = "cancelled"
    _leave(connection, one, state, now, reason=reason, next_at=next_at or now, **values)
    if reason == "superseded":
        _nothing_to_take_back(connection, one)


def called_off(
    connection: Connection, claimed: Collection[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Which deliveries, by alert and reader, are not to go out any more though claimed, and why."""
    found = _alerts_and_readers(connection, claimed)
    reasons = {one: _why_not(alert, reader) for one, (alert, reader) in found.items()}
    return {one: reason for one, reason in reasons.items() if reason}


def held_back(connection: Connection, claimed: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which deliveries are not to leave now: called off, or of an alert that is halted.

    Its words are refused, or were erased for a person's sake. Its deliveries wait, since an update
    may yet take their place.
    """
    found = _alerts_and_readers(connection, claimed)
    return {
        one
        for one, (alert, reader) in found.items()
        if alert.state == "halted" or _why_not(alert, reader)
    }


def _alerts_and_readers(
    connection: Connection, claimed: Collection[tuple[int, int]]
) -> dict[tuple[int, int], tuple[Any, Any | None]]:
    of_alerts = {"ids": sorted({alert for alert, _ in claimed})}
    of_readers = {"ids": sorted({reader for _, reader in claimed})}
    by_alert: dict[int, Any] = {row.id: row for row in connection.execute(_ALERTS, of_alerts)}
    by_reader: dict[int, Any] = {row.id: row for row in connection.execute(_READERS, of_readers)}
    return {one: (by_alert[one[0]], by_reader.get(one[1])) for one in claimed}


_ALERTS = select(alerts.c.id, alerts.c.state, alerts.c.type, alerts.c.topic).where(
    alerts.c.id.in_(bindparam("ids", expanding=True))
)
_READERS = select(
    readers.c.id, readers.c.subscribed, readers.c.people, readers.c.bodies, readers.c.claims
).where(readers.c.id.in_(bindparam("ids", expanding=True)))


def _why_not(alert: Any, reader: Any | None) -> str | None:
    if alert.state in ("stopped", "superseded"):
        return str(alert.state)
    if reader is None:
        return "blocked"
    if not reader.subscribed:
        return "unsubscribed"
    wants = getattr(reader, alert.topic)
    return "switched_off" if alert.type == "Alert" and not wants else None


def _leave(
    connection: Connection, one: Outcome, state: str, now: datetime, **values: object
) -> bool:
    """Takes a delivery out of `sending`; one that is not in it stays as it is."""
    left = update(deliveries).where(_is_sending(one)).values(state=state, **values)
    was_sending = connection.execute(left).rowcount > 0
    if was_sending and not one.edits and state not in WAITING:
        edits.nothing_to_edit(connection, one.alert_id, one.subscriber_id, now)
    return was_sending


def _nothing_to_take_back(connection: Connection, one: Outcome) -> None:
    """Spares a reader the withdrawal of what never left for them, nor anything before it."""
    same_record = select(alerts.c.record_key).where(alerts.c.id == one.alert_id).scalar_subquery()
    about_it = select(alerts.c.id).where(alerts.c.record_key == same_record)
    withdrawals = about_it.where(alerts.c.type == "Cancel", alerts.c.id > one.alert_id)
    told = perhaps_reached(deliveries.c.alert_id).where(
        deliveries.c.subscriber_id == one.subscriber_id,
        deliveries.c.alert_id.in_(about_it),
        deliveries.c.alert_id.not_in(withdrawals),
    )
    if connection.execute(told.limit(1)).first() is None:
        spared = update(deliveries).where(
            deliveries.c.subscriber_id == one.subscriber_id,
            deliveries.c.alert_id.in_(withdrawals),
            deliveries.c.state == "queued",
        )
        connection.execute(spared.values(state="cancelled", reason=NOTHING_TO_TAKE_BACK))


def _is_sending(one: Outcome) -> ColumnElement[bool]:
    """What another sender has claimed anew is no more this one's matter."""
    is_last = true() if one.epoch is None else deliveries.c.epoch == one.epoch
    return and_(
        deliveries.c.alert_id == one.alert_id,
        deliveries.c.subscriber_id == one.subscriber_id,
        deliveries.c.edits == one.edits,
        deliveries.c.state == "sending",
        is_last,
    )


def _move(connection: Connection, seal: Seal, one: Outcome) -> None:
    query = select(readers.c.chat_sealed).where(readers.c.id == one.subscriber_id)
    sealed = connection.scalar(query)
    if sealed is not None and one.new_chat_id is not None:
        subscribers.move(connection, seal, seal.unseal(sealed), one.new_chat_id)


def _halt(connection: Connection, one: Outcome, now: datetime) -> None:
    """Stops a whole alert and has moderators told; the first of several to say so counts."""
    live = and_(alerts.c.id == one.alert_id, alerts.c.state == "live")
    halted = update(alerts).where(live).values(state="halted")
    alert = connection.execute(halted.returning(alerts.c.number, alerts.c.by)).one_or_none()
    if alert is None:
        return
    number = str(alert.number)
    content = {"reason": one.reason}
    audit.append(connection, at=now, by=SENDER, act="halt", subject=number, content=content)
    everybody = moderators.active(connection)
    author_first = sorted(everybody, key=lambda moderator: moderator.pseudonym != alert.by)
    memos.make(connection, author_first, MemoKind.HALTED, number, now)
