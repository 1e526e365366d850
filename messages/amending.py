"""What is said when something published is corrected or withdrawn: a new alert, marks on old ones.

Whoever got the former words finds three things: the old message, marked at its top; a new one in
reply to it; and under both the way to the record's history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from exchange.corrections import Reason
from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.records import Claim, Pledge, Record, Stage, StatedTotal, Unit
from messages.alert import framed
from messages.catalogue import Say
from messages.changes import reason as reason_words
from messages.changes import what_changed
from messages.message import Button, Heading, Kept, Message, compose
from messages.onward import history, to_details
from messages.phrases import Phrases, capital
from messages.status import in_brief
from messages.values import AlertNumber, Day


def correction_alert(
    ledger: Ledger,
    before: Record,
    after: Record,
    reason: str,
    number: int,
    refers_to: int | None,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    """Was, now, why. `reason` is a name of `exchange.corrections.Reason`."""
    phrases = Phrases(ledger, language)
    lines = [
        capital(named(phrases, before)),
        "",
        *what_changed(phrases, before, after),
        "",
        reason_words(phrases, reason),
    ]
    news = _news(phrases, "alert-correction", refers_to)
    return framed(phrases, after.key, number, news, lines, repeat=repeat, code=code)


def withdrawal_alert(
    ledger: Ledger,
    record: Record,
    reason: str,
    number: int,
    refers_to: int | None,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    """What is taken back and why, and what is true without it; the ledger is without it already.

    Personal data is not told once more: then it is named by its public id alone.
    """
    phrases = Phrases(ledger, language)
    is_told_again = reason != Reason.PERSONAL_DATA_REDACTED
    what = named(phrases, record) if is_told_again else phrases.record(record.key)
    lines = [
        phrases.say("alert-taken-back", what=what),
        reason_words(phrases, reason),
        "",
        *map(str, _true_now(phrases, record)),
    ]
    news = _news(phrases, "alert-withdrawal", refers_to)
    return framed(phrases, record.key, number, news, lines, repeat=repeat, code=code)


def corrected(
    old: str, ledger: Ledger, before: Record, after: Record, number: int, language: str
) -> Message:
    """The words of an earlier alert, below what has changed since and the alert that says so.

    Without them where they are not to be seen any more.
    """
    phrases = Phrases(ledger, language)
    lines = [
        Heading(phrases.say("mark-corrected", number=AlertNumber(number))),
        *what_changed(phrases, before, after),
    ]
    return _above(phrases, lines, old, after.key)


def withdrawn(old: str, key: str, number: int, language: str) -> Message:
    """The words of an earlier alert about a record, below the word that they do not stand."""
    phrases = Phrases(Ledger(), language)
    mark = Heading(phrases.say("mark-withdrawn", number=AlertNumber(number)))
    return _above(phrases, [mark], old, key)


def reworded(new: Message, at: datetime, language: str) -> Message:
    """An alert made anew after a slip of the pen, saying on which day it was mended."""
    say = Say(language)
    mark = say("mark-reworded", day=Day(EventDate.of(at.date())))
    return replace(compose([*_kept(new.text), "", mark], (), say("cut")), buttons=new.buttons)


def _news(phrases: Phrases, key: str, refers_to: int | None) -> str:
    if refers_to is None:
        return phrases.say(f"{key}-first")
    return phrases.say(key, number=AlertNumber(refers_to))


def named(phrases: Phrases, record: Record) -> str:
    """A record by its public id, with what a reader knows it by."""
    name = phrases.record(record.key)
    if isinstance(record, Stage):
        return phrases.say("alert-record-day", record=name, day=phrases.day(record.date))
    if isinstance(record, Claim):
        return phrases.say("change-of", field=name, value=phrases.label(record.text))
    return name


def _true_now(phrases: Phrases, record: Record) -> list[str]:
    agreement = phrases.ledger.agreements.get(getattr(record, "agreement", ""))
    if agreement is None or not isinstance(record, (Stage, Pledge, StatedTotal)):
        return [phrases.say("alert-shown-no-more")]
    units = {one.unit for one in record.transfers} if isinstance(record, Stage) else {record.unit}
    bodies = units == {Unit.BODY}
    return [phrases.say("alert-counts-no-more"), *in_brief(phrases, agreement, bodies=bodies)]


def _above(phrases: Phrases, marks: Sequence[str], old: str, key: str) -> Message:
    lines = [*marks, *(["", phrases.say("mark-before"), *_kept(old)] if old else [])]
    details = Button(phrases.say("button-details"), to_details(key))
    return compose(lines, [(details, history(phrases, key))], phrases.say("cut"))


def _kept(text: str) -> list[Kept]:
    return [Kept(line) for line in text.split("\n")]
