"""From what was taken down to a history: the journal, the tables and the words of people."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import select

from sandbox.journal import Call
from storage import tables
from storage.store import Connection
from tests.chaos.history import Alert, Copy, Delivery, Fate, History
from tests.chaos.life import CONNECT_TIMEOUT, READ_TIMEOUT

if TYPE_CHECKING:
    from tests.chaos.scene import Scene

READER_IS_GONE = ("blocked", "chat not found", "deactivated", "kicked", "not a member")


def history_of(conn: Connection, scene: Scene) -> History:
    """Everything that was taken down, by the store and by Telegram."""
    rows = conn.execute(select(tables.alerts).order_by(tables.alerts.c.id)).all()
    numbers = {row.id: row.number for row in rows} | {0: 0}
    words = conn.execute(select(tables.alert_texts)).all()
    texts = {
        row.text: (numbers[row.alert_id], row.variant == "repeat", numbers[row.edits])
        for row in words
    }
    alerts = []
    for row in rows:
        asked_at, told_at = _when(scene, row.number)
        marks = {numbers[one.edits] for one in words if one.alert_id == row.id and one.edits}
        alerts.append(
            Alert(
                *(row.number, row.type, row.refers_to, row.state, row.erased),
                tuple(sorted(marks)),
                *(asked_at, told_at),
            )
        )
    deliveries = tuple(
        Delivery(
            numbers[row.alert_id],
            row.subscriber_id,
            scene.chats.get(row.subscriber_id),
            row.state,
            row.ambiguous,
            row.message_id,
            row.reason,
            numbers[row.edits],
        )
        for row in conn.execute(select(tables.deliveries))
    )
    journal = scene.telegram.journal
    sent = journal.of("sendMessage", "editMessageText")
    calls = [one for one in sent if one.chat_id not in scene.desks]
    return History(
        alerts=tuple(alerts),
        deliveries=deliveries,
        copies=tuple(_copies(calls, texts)),
        words=tuple(scene.words),
        promises=tuple(scene.promises),
        quiets=tuple(scene.quiets),
        kills=tuple(scene.kills),
        messages=tuple(one.at for one in sent),
        damage=tuple(scene.damage),
    )


def _when(scene: Scene, number: int) -> tuple[float, float]:
    """Between which moments an alert was published."""
    for one in scene.promises:
        if one.number == number and one.told_at is not None:
            return one.asked_at, one.told_at
    untold = [one.asked_at for one in scene.promises if one.number is None]
    return min(untold, default=0.0), time.time()


def fate(call: Call) -> Fate:
    """What the bot heard."""
    late = call.answered_at is None or call.answered_at - call.at > CONNECT_TIMEOUT + READ_TIMEOUT
    if late or call.status in (None, 0) or call.status >= 500 or call.fault == "cut_json":
        return Fate.DOUBTFUL
    if call.status == 200 or _stands_already(call):
        return Fate.ANSWERED
    if call.status == 429:
        return Fate.WAIT
    if any(one in (call.description or "") for one in READER_IS_GONE):
        return Fate.GONE
    is_edit = call.method == "editMessageText" and call.status == 400
    return Fate.UNEDITABLE if is_edit else Fate.REFUSED


def _stands_already(call: Call) -> bool:
    """An edit that arrived before: its message says what it should."""
    return "message is not modified" in (call.description or "")


def _copies(calls: list[Call], texts: dict[str, tuple[int, bool, int]]) -> Iterator[Copy]:
    for call in calls:
        found = texts.get(call.parameters.get("text", ""))
        if found and call.chat_id is not None:
            number, repeat, edits = found
            message_id = call.parameters["message_id"] if edits else call.message_id
            yield Copy(
                *(call.chat_id, number, repeat),
                at=call.at,
                accepted=call.accepted or _stands_already(call),
                fate=fate(call),
                message_id=message_id,
                edits=edits,
            )
