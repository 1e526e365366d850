"""How a record came to say what it says: every revision, the newest first, with what it changed."""

from __future__ import annotations

from collections.abc import Sequence

from exchange.corrections import Reason
from exchange.history import Past
from exchange.ledger import Ledger
from messages.changes import reason, what_changed
from messages.message import Button, Heading, Message, compose
from messages.onward import to_details
from messages.pages import LINES, Block, Pages, packed
from messages.phrases import Phrases
from messages.values import Count, Moment, PublicId

_MOST = 3


def history(ledger: Ledger, key: str, past: Sequence[Past], page: int, language: str) -> Message:
    """The revisions of a record, in any order; none where the ledger knows no such record."""
    phrases = Phrases(ledger, language)
    if not past:
        return _unknown(phrases)
    ordered = sorted(past, key=lambda one: one.rev)
    before: list[Past | None] = [None, *ordered[:-1]]
    blocks = [
        _revision(phrases, earlier, one) for earlier, one in zip(before, ordered, strict=True)
    ]
    pages = Pages(packed(blocks[::-1], LINES - 2), page, 1)
    lines: list[str] = [
        Heading(phrases.say("history-heading", id=PublicId(key))),
        *(line for block in pages.shown[0] for line in block),
        *([pages.number(phrases.say)] if pages.count > 1 else []),
    ]
    buttons = [pages.turn(phrases.say, f"history:{key}:"), _onward(phrases, key, ordered[-1])]
    return compose(lines, buttons, phrases.say("cut"))


def change_words(phrases: Phrases, before: Past | None, after: Past, most: int) -> list[str]:
    """What a revision did to the one before it; of what was erased, that it was."""
    if after.record is None:
        return [phrases.say("past-erased")]
    if after.withdrawn and not (before and before.withdrawn):
        return [phrases.say("past-withdrawn")]
    if before is None:
        return [phrases.say("past-recorded")]
    if before.record is None:
        return [phrases.say("past-was-erased")]
    lines = what_changed(phrases, before.record, after.record, most)
    return [*([phrases.say("past-restored")] if before.withdrawn else []), *lines]


def why(phrases: Phrases, one: Past) -> list[str]:
    """The reason of a correction; what was only added needs none."""
    return [reason(phrases, one.reason)] if one.reason in set(Reason) else []


def _revision(phrases: Phrases, before: Past | None, one: Past) -> Block:
    say = phrases.say
    title = say("past-title", revision=Count(one.rev), moment=Moment(one.at))
    if one.correction:
        title = say("past-correction", title=title, id=PublicId(one.correction))
    return [Heading(title), *change_words(phrases, before, one, _MOST), *why(phrases, one)]


def _onward(phrases: Phrases, key: str, latest: Past) -> tuple[Button, ...]:
    corrections = Button(phrases.say("button-corrections"), "corrections:1")
    has_screen = key[:1] in "SCR" and not latest.withdrawn
    details = Button(phrases.say("button-details"), to_details(key))
    return (details, corrections) if has_screen else (corrections,)


def _unknown(phrases: Phrases) -> Message:
    lines = phrases.say.lines("history-unknown", example=PublicId("S1"))
    return compose(lines, [(Button(phrases.say("button-status"), "status"),)])
