"""The public log of corrections: which record, was and now, why, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from exchange.history import Past
from exchange.ledger import Ledger
from messages.history import change_words, why
from messages.message import Button, Heading, Message, compose
from messages.pages import Block, Pages
from messages.phrases import Phrases
from messages.values import Moment, PublicId

ON_A_PAGE = 2
_MOST = 1


def corrections(
    ledger: Ledger,
    shown: Sequence[tuple[Past | None, Past]],
    page: int,
    pages: int,
    language: str,
) -> Message:
    """One page of the log: for each correction the revision before it and the one it made."""
    phrases = Phrases(ledger, language)
    at = Pages.one_of(shown, page, pages)
    lines: list[str] = [Heading(phrases.say("corrections-heading"))]
    lines += [line for before, after in shown for line in _correction(phrases, before, after)]
    lines += [] if shown else [phrases.say("corrections-none")]
    lines += [at.number(phrases.say)] if pages > 1 else []
    keys = dict.fromkeys(after.key for _, after in shown)
    buttons = [
        tuple(
            Button(phrases.say("button-history-of", id=PublicId(key)), f"history:{key}:1")
            for key in keys
        ),
        at.turn(phrases.say, "corrections:"),
        (Button(phrases.say("button-status"), "status"),),
    ]
    return compose(lines, buttons, phrases.say("cut"))


def _correction(phrases: Phrases, before: Past | None, after: Past) -> Block:
    title = phrases.say(
        "correction-title",
        id=PublicId(after.correction or ""),
        record=phrases.record(after.key),
        moment=Moment(after.at),
    )
    return [
        Heading(title),
        *change_words(phrases, before, after, _MOST),
        *why(phrases, after),
    ]
