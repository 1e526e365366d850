"""Erasing personal data from a record's past: what is erased, by whom, and that it stays so."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.ledger import Ledger
from messages.catalogue import Say
from messages.message import Button, Heading, Message, compose
from messages.values import Count, PublicId


@dataclass(frozen=True)
class RedactionView:
    """A record's past that is out of sight, as one moderator sees it."""

    key: str
    revisions: int
    """How many of its revisions would be erased."""
    proposed_by: str | None = None
    """Who wants it erased; it takes another one to confirm."""
    is_mine: bool = False
    """Whether that is the moderator who reads this."""
    alone: bool = False
    """Whether there is nobody else who could confirm."""


def redaction(view: RedactionView, language: str) -> Message:
    """What is out of sight, what erasing it means, and the button for it."""
    say = Say(language)
    lines: list[str] = [
        Heading(say("redact-question", id=PublicId(view.key))),
        say("redact-hidden", count=Count(view.revisions)),
        *say.lines("redact-explained"),
    ]
    if view.proposed_by and not view.is_mine:
        lines.append(say("redact-proposed-by", moderator=PublicId(view.proposed_by)))
    if view.is_mine and not view.alone:
        return compose([*lines, *say.lines("redact-needs-another", id=PublicId(view.key))])
    if view.is_mine:
        lines.append(say("redact-once-more"))
    label = say("button-redact-confirm" if view.proposed_by else "button-redact")
    return compose(lines, [(Button(label, f"redact:{view.key}"),)])


def correct_first(key: str, language: str) -> Message:
    """Nothing was taken out as personal data yet: how that is done."""
    return compose(Say(language).lines("redact-correct-first", id=PublicId(key)))


def erased(key: str, language: str) -> Message:
    """What was out of sight is kept nowhere any more."""
    return compose([Say(language)("redact-erased", id=PublicId(key))])


def nothing_to_redact(ledger: Ledger, language: str) -> Message:
    """Nothing of that id was ever published: how to write it."""
    example = ["C1", *ledger.claims][-1]
    return compose(Say(language).lines("redact-nothing", example=PublicId(example)))
