"""Buttons that lead on from one record to others, the same on every screen."""

from __future__ import annotations

from collections.abc import Iterable

from messages.message import Button
from messages.phrases import Phrases
from messages.values import PublicId

_MOST_SOURCES = 4

Row = tuple[Button, ...]


def to_sources(phrases: Phrases, keys: Iterable[str]) -> list[Row]:
    """A button for each source, up to four; where there are more, one for all of them."""
    known = [key for key in dict.fromkeys(keys) if key in phrases.ledger.sources]
    if len(known) > _MOST_SOURCES:
        return [(Button(phrases.say("button-sources"), "sources"),)]
    buttons = [
        Button(phrases.say("button-source", id=PublicId(key)), f"source:{key}") for key in known
    ]
    return [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]


def to_stage(phrases: Phrases, key: str) -> Button:
    return Button(phrases.say("button-stage-alone", id=PublicId(key)), f"stage:{key}")


def to_claim(phrases: Phrases, key: str) -> Button:
    return Button(phrases.say("button-claim", id=PublicId(key)), f"claim:{key}")


def history_and_citation(phrases: Phrases, key: str) -> Row:
    return (history(phrases, key), Button(phrases.say("button-cite"), f"cite:{key}"))


def history(phrases: Phrases, key: str) -> Button:
    return Button(phrases.say("button-history"), f"history:{key}:1")


def to_details(key: str) -> str:
    """The act that shows a record in full: of what has no screen of its own, its history."""
    kinds = {"S": "stage", "C": "claim", "R": "source"}
    kind = kinds.get(key[:1])
    return f"{kind}:{key}" if kind else f"history:{key}:1"
