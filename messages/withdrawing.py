"""Taking something published back: what that does, why, and how far it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exchange.corrections import WITHDRAWS, Reason
from exchange.ledger import Ledger
from exchange.records import Record
from messages.amending import named
from messages.catalogue import Say
from messages.drafting import Reach, reach_lines
from messages.message import Button, Heading, Message, compose
from messages.phrases import Phrases, capital
from messages.sending import rounded
from messages.values import Count, PublicId


@dataclass(frozen=True)
class Told:
    """What readers know of a record from alerts."""

    alerts: int
    readers: int
    """Whom one of them has reached, or may have."""


def ask_why(ledger: Ledger, record: Record, told: Told | None, language: str) -> Message:
    """What withdrawing does, and a button for each reason; nothing is done by them yet.

    None: nobody was alerted of it.
    """
    phrases = Phrases(ledger, language)
    say = phrases.say
    lines = [
        Heading(say("withdraw-question", id=PublicId(record.key))),
        capital(named(phrases, record)),
        "",
        *_told(say, told),
        say("withdraw-leaves"),
        *([say("withdraw-tells")] if told else []),
        "",
        say("withdraw-why"),
    ]
    rows = [(Button(capital(_reason(say, one)), f"withdraw:{one}"),) for one in WITHDRAWS]
    return compose(lines, rows, say("cut"))


def confirm(key: str, reason: Reason, reach: Reach | None, frozen: bool, language: str) -> Message:
    """Under the real messages: how many readers get them, and the button that withdraws.

    None: nobody is alerted.
    """
    say = Say(language)
    lines = [
        Heading(say("withdraw-question", id=PublicId(key))),
        say("reason", reason=_reason(say, reason)),
        *reach_lines(say, reach),
        *([say("sending-frozen")] if frozen else []),
        *([say("withdraw-at-once")] if reach else []),
        say("withdraw-no-undo"),
    ]
    button = Button(say("button-withdraw", id=PublicId(key)), "withdraw_now")
    return compose(lines, [(button,)])


def withdrawn_quietly(key: str, language: str) -> Message:
    """Withdrawn, and nobody had been alerted of it."""
    say = Say(language)
    return compose([say("withdrawn-quietly", id=PublicId(key))])


def nothing_to_withdraw(ledger: Ledger, language: str) -> Message:
    """Nothing published has that id: how to write it."""
    example = ["S1", *ledger.stages][-1]
    return compose(Say(language).lines("withdraw-nothing", example=PublicId(example)))


def is_rested_on(key: str, by: Sequence[str], ledger: Ledger, language: str) -> Message:
    """Other records would not stand without it: which, and what to do about them."""
    phrases = Phrases(ledger, language)
    names = phrases.several([phrases.record(one) for one in by], 6, ", ")
    return compose(phrases.say.lines("withdraw-rested-on", id=PublicId(key), records=names))


def _told(say: Say, told: Told | None) -> list[str]:
    if told is None:
        return [say("withdraw-untold")]
    readers = rounded(say, told.readers)
    return [say("withdraw-told", alerts=Count(told.alerts), readers=readers)]


def _reason(say: Say, reason: Reason) -> str:
    return say(f"reason-{reason}")
