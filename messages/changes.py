"""What a correction changed, in words: was and now, each as it was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from exchange.corrections import Change, changes, is_material
from exchange.dates import EventDate
from exchange.quantity import Quantity, Wording
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    ClaimScope,
    Composition,
    Figure,
    Identification,
    Lifecycle,
    Ordinal,
    Record,
    SourceType,
    StageKind,
    Stance,
    StatedDay,
    Statement,
    TotalScope,
    Transfer,
    Unit,
)
from messages.figures import figure_words, identification, said
from messages.phrases import Phrases
from messages.values import Count
from messages.values import Figure as Number

_MOST = 4

_FIELDS = {
    **dict.fromkeys(("date", "published"), "day"),
    **dict.fromkeys(("scope", "about"), "scope"),
    **dict.fromkeys(("returned_to", "direction"), "direction"),
    **dict.fromkeys(("quantity", "figure"), "number"),
    **dict.fromkeys(("source", "sources", "statement"), "source"),
    **dict.fromkeys(("url", "archived_url"), "link"),
    **dict.fromkeys(("text", "detail", "label", "short", "counting"), "wording"),
    **{
        one: one
        for one in (
            *("other_day", "lifecycle", "categories", "unit", "identification", "ordinal"),
            *("further_stages", "words", "composition", "kind", "type", "since", "through"),
            *("confirmation", "speaker", "stance"),
        )
    },
}
"""By what name a reader knows a field; every other one is "another detail"."""


def what_changed(phrases: Phrases, before: Record, after: Record, most: int = _MOST) -> list[str]:
    """Was and now for each change; where there are many, what readers are told of comes first."""
    found = changes(before, after)
    told = [one for one in found if is_material([one])]
    ordered = [*told, *(one for one in found if one not in told)]
    lines = [line for one in ordered[:most] for line in _was_and_now(phrases, one)]
    rest = len(ordered) - most
    return [*lines, *([phrases.say("change-more", count=Count(rest))] if rest > 0 else [])]


def reason(phrases: Phrases, code: str) -> str:
    return phrases.say("reason", reason=phrases.say(f"reason-{code.replace(' ', '_')}"))


def _was_and_now(phrases: Phrases, change: Change) -> list[str]:
    """A speaker whose number became another is named once, below both."""
    was, now = change.before, change.after
    if isinstance(was, Figure) and isinstance(now, Figure):
        speaker = was.stated.speaker
        numbers = (figure_words(phrases, was), figure_words(phrases, now))
        if speaker == now.stated.speaker and numbers[0] != numbers[1]:
            before, after = (_of_field(phrases, change, one) for one in numbers)
            return [
                phrases.say("change-was", what=before),
                phrases.say("change-now", what=after),
                phrases.say("according-to", speakers=phrases.actor(speaker)),
            ]
    before = _side(phrases, change, was)
    after = _side(phrases, change, now)
    if before == after:
        return [phrases.say("change-elsewhere", what=_field(phrases, change))]
    if not before or not after:
        return [phrases.say("change-added" if after else "change-removed", what=after or before)]
    return [phrases.say("change-was", what=before), phrases.say("change-now", what=after)]


def _side(phrases: Phrases, change: Change, value: Any) -> str:
    """The field with its value; empty where there is none."""
    if value is None or value == ():
        return ""
    words = _words(phrases, change.field, value)
    if not words:
        return _field(phrases, change)
    return words if change.field == "stance" else _of_field(phrases, change, words)


def _of_field(phrases: Phrases, change: Change, words: str) -> str:
    if change.returned_to:
        return phrases.say("change-towards", party=phrases.term(change.returned_to), value=words)
    return phrases.say("change-of", field=_field(phrases, change), value=words)


def _field(phrases: Phrases, change: Change) -> str:
    field = _FIELDS.get(change.field, "other")
    counts = field == "words" and isinstance(change.after or change.before, Mapping)
    return phrases.say("changed", field="scope" if counts else field)


def _words(phrases: Phrases, field: str, value: Any) -> str:
    """A value as the screens of its record show it; empty where it has no words of its own."""
    for kind, in_words in _IN_WORDS.items():
        if isinstance(value, kind):
            return in_words(phrases, value)
    return _keys(phrases, field, value)


def _ordinal(phrases: Phrases, one: Ordinal) -> str:
    counting = phrases.label(one.counting)
    words = phrases.say("ordinal", counting=counting, number=Number(one.number))
    return _by(phrases, words, one.stated)


def _composition(phrases: Phrases, one: Composition) -> str:
    return phrases.several([phrases.term(key) for key in (*one.branches, *one.ranks)], 8, ", ")


def _stance(phrases: Phrases, one: Stance) -> str:
    return phrases.say(f"stance-{one.kind}", speakers=phrases.actor(one.stated.speaker))


_IN_WORDS: dict[type, Callable[[Phrases, Any], str]] = {
    EventDate: Phrases.day,
    date: lambda phrases, value: phrases.day(EventDate.of(value)),
    Quantity: Phrases.quantity,
    Wording: Phrases.words,
    Mapping: Phrases.label,
    Transfer: said,
    Lifecycle: lambda phrases, value: phrases.say(f"state-{value}"),
    StageKind: lambda phrases, value: phrases.say(f"kind-{value}"),
    Unit: lambda phrases, value: phrases.say(f"unit-{value}"),
    SourceType: lambda phrases, value: phrases.say(f"source-type-{value}"),
    ClaimScope: lambda phrases, value: phrases.say(f"scope-{value}"),
    TotalScope: lambda phrases, value: phrases.say(f"scope-{value}"),
    Figure: lambda phrases, value: _by(phrases, figure_words(phrases, value), value.stated),
    Identification: identification,
    Ordinal: _ordinal,
    StatedDay: lambda phrases, value: _by(phrases, phrases.day(value.day), value.stated),
    Statement: lambda phrases, value: phrases.actor(value.speaker),
    Stance: _stance,
    Composition: _composition,
}


def _by(phrases: Phrases, words: str, stated: Statement) -> str:
    return phrases.say("figure-of", quantity=words, speaker=phrases.actor(stated.speaker))


def _keys(phrases: Phrases, field: str, value: Any) -> str:
    """What a record refers to by keys."""
    keys: Iterable[str] = (value,) if isinstance(value, str) else value
    match field:
        case "categories":
            return phrases.several([phrases.term(key) for key in keys], 6, ", ")
        case "returned_to":
            return _direction(phrases, value)
        case "about":
            return phrases.record(value)
        case "source" | "sources":
            return phrases.ids(keys)
        case "url" | "archived_url":
            return str(value)
        case _:
            return ""


def _direction(phrases: Phrases, party: str) -> str:
    aside = {BOTH_NOT_SPLIT: "note-together", NOT_STATED: "note-direction-not-stated"}
    if party in aside:
        return phrases.say(aside[party])
    return phrases.direction(party, Unit.PERSON)
