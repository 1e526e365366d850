"""What an alert really says, and whether it still holds: the answer to a check code.

A code proves nothing by itself, since a forgery can carry a real one. So the words that were really
published are always shown, for everybody to compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exchange.ledger import Ledger
from exchange.records import Record
from messages import links
from messages.catalogue import Say
from messages.changes import what_changed
from messages.message import Button, Heading, Kept, Message, compose
from messages.phrases import Phrases
from messages.values import AlertNumber, CheckCode, Moment

EXAMPLE = CheckCode("7K2M9QXA")
_MOST_NAMED = 4


@dataclass(frozen=True)
class Checked:
    """An alert as everybody may see it."""

    number: int
    code: str
    words: str
    """As they were published in the reader's language, tags included; empty where they were
    redacted."""
    published_at: datetime
    record_key: str
    stopped: bool
    """Whether its sending was ended before it had reached everybody."""
    updated_by: Sequence[int] = ()
    """The numbers of later alerts on the same matter."""
    corrected_by: Sequence[int] = ()
    """Those that correct what it says."""
    correction: tuple[Record, Record] | None = None
    """The record as it was before they did, and as it is since."""
    withdrawn_by: int | None = None


def verified(found: Checked, ledger: Ledger, bot: str, language: str) -> Message:
    """The alert is ours: its true words, below what became of it.

    `bot` is the username that the link leads to by which others can check it.
    """
    phrases = Phrases(ledger, language)
    say = phrases.say
    lines = [
        Heading(say("verify-ours", number=AlertNumber(found.number))),
        say("verify-published", moment=Moment(found.published_at)),
        say("verify-code", code=CheckCode(found.code)),
        *_since(phrases, found),
        "",
        *_words(say, found),
    ]
    buttons = [
        tuple(_to_alert(say, one) for one in _later(found)[-1:]),
        (Button(say("button-known-now"), f"known:{found.record_key}"),),
        (Button(say("button-copy-link"), copy=links.to_check(bot, found.code)),),
    ]
    return compose(lines, buttons, say("cut"))


def not_ours(language: str) -> Message:
    """No alert has this code or number."""
    say = Say(language)
    lines = [
        Heading(say("verify-not-ours")),
        *say.lines("verify-not-ours-words"),
        say("verify-how", example=EXAMPLE),
        "",
        say("scam-line"),
    ]
    buttons = [(Button(say("button-safety"), "safety"), Button(say("button-status"), "status"))]
    return compose(lines, buttons, say("cut"))


def how_to_verify(language: str) -> Message:
    """Nothing was written after the command."""
    say = Say(language)
    return compose([say("verify-how", example=EXAMPLE)], [(Button(say("button-help"), "help"),)])


def _later(found: Checked) -> tuple[int, ...]:
    last = () if found.withdrawn_by is None else (found.withdrawn_by,)
    return (*sorted([*found.updated_by, *found.corrected_by]), *last)


def _since(phrases: Phrases, found: Checked) -> list[str]:
    """What became of the alert after it was published."""
    say = phrases.say
    lines = [say("verify-stopped")] if found.stopped else []
    if found.updated_by:
        lines.append(say("verify-updated", numbers=_numbers(say, found.updated_by)))
    if found.withdrawn_by is not None:
        return [*lines, say("verify-withdrawn", number=AlertNumber(found.withdrawn_by))]
    if found.corrected_by:
        lines.append(say("verify-corrected", numbers=_numbers(say, found.corrected_by)))
        lines += what_changed(phrases, *found.correction) if found.correction else []
    return lines or [say("verify-current")]


def _numbers(say: Say, numbers: Sequence[int]) -> str:
    return ", ".join(AlertNumber(one).shown(say.locale) for one in numbers[-_MOST_NAMED:])


def _words(say: Say, found: Checked) -> list[str]:
    if not found.words:
        return [say("verify-redacted")]
    return [say("verify-words"), "", *(Kept(line) for line in found.words.split("\n"))]


def _to_alert(say: Say, number: int) -> Button:
    return Button(say("button-alert", number=AlertNumber(number)), f"alert:{number}")
