"""The rules of edits: who got what is untrue by now finds it marked, or is told of it anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.chaos.glimpses import known, messages, name_of, readers_at
from tests.chaos.history import Copy, Delivery, Fate, History, Said


def what_was_got_is_marked(history: History) -> Iterator[str]:
    """Each message that surely had arrived when an alert that edits it was published."""
    rows = {(row.alert, row.edits, row.reader) for row in history.deliveries}
    got = [(row, copies) for row, copies in messages(history) if _surely_arrived(row, copies)]
    for alert in history.alerts:
        surely, _ = readers_at(history, alert) if alert.marks else (set(), set())
        for row, copies in got:
            before = row.alert in alert.marks and copies[0].at < alert.asked_at
            known_since = before and row.chat in surely and _stayed(history, row.chat, copies[0].at)
            if known_since and (alert.number, row.alert, row.reader) not in rows:
                yield f"{name_of(row)} was not marked by No. {alert.number}: LOST"


def a_mark_is_on_its_message(history: History) -> Iterator[str]:
    """On one that the chat got, of the alert that it edits."""
    got = {(one.chat, one.alert, one.message_id) for one in history.copies if not one.edits}
    for one in history.copies:
        if one.edits and (one.chat, one.edits, one.message_id) not in got:
            yield f"No. {one.alert} marked a message of {one.chat} that is not No. {one.edits}"


def what_cannot_be_marked_is_said(history: History) -> Iterator[str]:
    """By one message of the alert's own, to whoever is still a reader."""
    live = {one.number for one in history.alerts if one.state == "live"}
    told = {(row.alert, row.reader) for row in history.deliveries if not row.edits}
    for row, copies in known(history):
        if not row.edits:
            continue
        is_gone = row.state == "undeliverable" and copies[-1].fate is Fate.UNEDITABLE
        never_came = row.state == "cancelled" and row.reason == "nothing_to_edit"
        is_due = (is_gone or never_came) and row.alert in live and _stayed(history, row.chat)
        if is_due and (row.alert, row.reader) not in told:
            yield f"{name_of(row)} could not be made, and nothing was said instead: LOST"


def nothing_to_edit_is_true(history: History) -> Iterator[str]:
    """But for what an undone alert was to mark: that goes on, and may come to arrive."""
    reached = {one.alert for one in history.copies if one.accepted}
    stopped = {one.number for one in history.alerts if one.state == "stopped"}
    undone = stopped - reached
    states = {(row.alert, row.reader): row.state for row in history.deliveries if not row.edits}
    for row in history.deliveries:
        if row.reason != "nothing_to_edit" or row.alert in undone:
            continue
        if states.get((row.edits, row.reader)) == "delivered":
            yield f"{name_of(row)} was cancelled, and the message is there: LOST"


def nothing_to_take_back_is_true(history: History) -> Iterator[str]:
    """Who was spared a withdrawal had got nothing that it takes back."""
    refers_to = {one.number: one.refers_to for one in history.alerts}
    states = {(row.alert, row.reader): row.state for row in history.deliveries if not row.edits}
    for row in history.deliveries:
        earlier = refers_to.get(row.alert) if row.reason == "nothing_to_take_back" else None
        while earlier is not None:
            if states.get((earlier, row.reader)) in ("delivered", "unknown"):
                yield f"{name_of(row)} was cancelled, and No. {earlier} is there: LOST"
            earlier = refers_to.get(earlier)


RULES_OF_MARKS: tuple[Callable[[History], Iterator[str]], ...] = (
    what_was_got_is_marked,
    a_mark_is_on_its_message,
    what_cannot_be_marked_is_said,
    nothing_to_edit_is_true,
    nothing_to_take_back_is_true,
)


def _surely_arrived(row: Delivery, copies: list[Copy]) -> bool:
    """At the first attempt, and Telegram's yes came back."""
    answered = bool(copies) and copies[0].accepted and copies[0].fate is Fate.ANSWERED
    return row.state == "delivered" and row.ambiguous == 0 and answered


def _stayed(history: History, chat: int | None, since: float = 0) -> bool:
    gone = {one.chat for one in history.copies if one.fate is Fate.GONE}
    left = {one.chat for one in history.words if one.said is Said.ASKS_OUT and one.at >= since}
    return chat not in gone | left
