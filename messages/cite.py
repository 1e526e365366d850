"""How to cite a record: one line that can be copied with one tap and pasted into an article."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.ledger import Entry, Ledger, statements
from exchange.records import Claim, Pledge, Record, Source, Stage, StatedTotal
from messages import links
from messages.message import LONGEST_COPY, Button, Heading, Message, compose
from messages.phrases import Phrases
from messages.values import Count, Link, Moment, PublicId

_MOST_SOURCES = 4
_LONGEST_NAME = 75

Citable = Stage | Claim | Pledge | StatedTotal | Source


def cite(ledger: Ledger, key: str, bot: str, language: str) -> Message:
    """The reference to a record with a public id; `bot` is the username that links lead to."""
    phrases = Phrases(ledger, language)
    say = phrases.say
    entry = ledger.entries.get(key)
    if entry is None or not isinstance(entry.record, Citable):
        return compose(say.lines("cite-unknown", example=PublicId("S1")), [_onward(phrases)])
    if entry.withdrawn:
        return compose([say("cite-withdrawn", id=PublicId(key))], [_onward(phrases)])
    text = _reference(phrases, entry, Link(links.to_record(bot, key)))
    lines = [Heading(say("cite-heading", id=PublicId(key))), text]
    buttons = [
        (Button(say("button-copy"), copy=text),),
        (Button(say("button-known-now"), f"known:{key}"),),
    ]
    return compose(lines, buttons, say("cut"))


def _onward(phrases: Phrases) -> tuple[Button, ...]:
    return (Button(phrases.say("button-status"), "status"),)


def _reference(phrases: Phrases, entry: Entry, link: Link) -> str:
    """With as many sources as a button can copy; the link always stands whole."""
    say = phrases.say
    places = list(dict.fromkeys(phrases.publisher(one) for one in _read_in(phrases, entry.record)))
    alone = say(
        "cite-reference",
        what=_what(phrases, entry.record),
        revision=Count(entry.rev),
        moment=Moment(entry.at),
    )
    for most in range(min(len(places), _MOST_SOURCES), 0, -1):
        sources = phrases.several(places, most, ", ")
        text = say("cite-read-in", reference=alone, sources=sources)
        linked = say("cite-linked", reference=text, link=link)
        if len(linked) <= LONGEST_COPY:
            return linked
    return say("cite-linked", reference=alone, link=link)


def _what(phrases: Phrases, record: Record) -> str:
    """The record by its public id, with what tells a reader which it is."""
    own = PublicId(record.key)
    match record:
        case Stage():
            told = phrases.say("button-stage", id=own, day=phrases.day(record.date))
        case Claim():
            text = phrases.label(record.text, _LONGEST_NAME)
            return phrases.say("cite-claim", id=own, text=text)
        case _:
            told = own.shown(phrases.say.locale)
    agreement = phrases.ledger.agreements.get(getattr(record, "agreement", ""))
    if agreement is None:
        return told
    name = phrases.label(agreement.label, _LONGEST_NAME)
    return phrases.say("cite-of", what=told, agreement=name)


def _read_in(phrases: Phrases, record: Record) -> Iterable[Source]:
    match record:
        case Source():
            keys = [record.key]
        case Stage():
            keys = [*record.sources, *(one.source for one in statements(record))]
        case Claim() | Pledge() | StatedTotal():
            keys = [one.source for one in statements(record)]
        case _:
            keys = []
    held = phrases.ledger.sources
    return [held[key] for key in dict.fromkeys(keys) if key in held]
