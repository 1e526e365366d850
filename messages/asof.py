"""The status as it was known at a moment: what had been recorded by then."""

from __future__ import annotations

from datetime import UTC, datetime

from exchange.dates import EventDate
from exchange.ledger import Ledger
from messages.catalogue import Say
from messages.message import Button, Heading, Message, compose
from messages.phrases import Phrases
from messages.status import state_of
from messages.values import Day, Moment, TypedMoment

EXAMPLE = datetime(2025, 6, 12, 18, tzinfo=UTC)


def as_of(then: Ledger, moment: datetime, language: str) -> Message:
    """The status of the ledger as it stood then; from it a button leads to the present."""
    phrases = Phrases(then, language)
    say, shown = phrases.say, then.latest_agreement()
    onward = ((Button(say("button-known-now"), "status"),),)
    if shown is None:
        return compose([say("asof-nothing", moment=Moment(moment))], onward)
    heading = Heading(say("asof-known", moment=Moment(moment)))
    return compose(state_of(phrases, shown, above=[heading]), onward, say("cut"))


def how_to_ask(language: str) -> Message:
    """For words that are no moment."""
    say = Say(language)
    day = Day(EventDate(EXAMPLE.month, EXAMPLE.day))
    lines = say.lines("asof-how", moment=TypedMoment(EXAMPLE), day=day)
    return compose(lines, [(Button(say("button-status"), "status"),)])
