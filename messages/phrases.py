"""The ledger's things in words: who, what, when, how many. Every screen is put together of these.

Phrases are plain text. Parties always come in the alphabetical order of the reader's language, and
both are spoken of with the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from babel import Locale

from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.quantity import Qualifier, Quantity, Wording
from exchange.records import (
    BOTH_NOT_SPLIT,
    FALLBACK_LANGUAGE,
    NOT_STATED,
    Agreement,
    Label,
    Pledge,
    Source,
    Stage,
    StageKind,
    Transfer,
    Unit,
)
from exchange.text import host_of
from messages.catalogue import Say
from messages.message import clip
from messages.values import Count, Day, Figure, PublicId

Directed = TypeVar("Directed", Pledge, Transfer)

_LABEL = 120
_WORDS = 200
_AFTER = {"ґ": "г", "є": "е", "і": "и", "ї": "и", "ё": "е"}
"""Letters that stand in their alphabet after another one, not where Unicode puts them."""

_KINDS = {"S": "stage", "P": "pledge", "C": "claim", "T": "total", "R": "source"}
"""What a record with a public id is, by its letter."""

_LAST = "\U0010ffff"
"""Sorts behind every name."""


class Phrases:
    """Words for the things of one ledger in one language."""

    def __init__(self, ledger: Ledger, language: str) -> None:
        self.ledger = ledger
        self.say = Say(language)
        self.language = self.say.language

    def label(self, label: Label, longest: int = _LABEL) -> str:
        """A name in the reader's language, else in English, else in any that it has."""
        own = label.get(self.language) or label.get(FALLBACK_LANGUAGE)
        return clip(own or _any(label), longest)

    def term(self, key: str) -> str:
        """A word of the vocabulary: a party, a category, a branch, a rank."""
        term = self.ledger.terms.get(key)
        return self.label(term.label) if term else self.say("unknown")

    def actor(self, key: str) -> str:
        actor = self.ledger.actors.get(key)
        return self.label(actor.label) if actor else self.say("unknown")

    def short_actor(self, key: str) -> str:
        """The actor's name where space is short, as on a button."""
        actor = self.ledger.actors.get(key)
        return self.label(actor.short or actor.label) if actor else self.say("unknown")

    def actors(self, keys: Iterable[str], most: int = 4) -> str:
        """Different actors, each once; those of a party in the order of the parties' names."""
        return self.several([self.actor(key) for key in self.by_party(keys)], most)

    def by_party(self, actors: Iterable[str]) -> list[str]:
        """Actors in the order of their parties' names; those who speak for none come last."""

        def party(key: str) -> str:
            actor = self.ledger.actors.get(key)
            return alphabetical(self.term(actor.party)) if actor and actor.party else _LAST

        return sorted(dict.fromkeys(actors), key=party)

    def publisher(self, source: Source) -> str:
        """Where a source appeared: its outlet, else the host of its link."""
        if source.publisher:
            return self.actor(source.publisher)
        return clip(_host(source.url), _LABEL) if source.url else self.say("unknown")

    def record(self, key: str) -> str:
        """A record as readers know it: an agreement by its name, anything else by its public id."""
        agreement = self.ledger.agreements.get(key)
        if agreement:
            return self.label(agreement.label)
        kind = _KINDS.get(key[:1], "source")
        return self.say(f"named-{kind}", id=PublicId(key))

    def records(self, keys: Sequence[str], most: int) -> str:
        """Records in one line; those beyond `most` are counted only."""
        if len(keys) <= most + 1:
            return ", ".join(self.record(key) for key in keys)
        rest = self.say("and-more", count=Count(len(keys) - most))
        return ", ".join([*(self.record(key) for key in keys[:most]), rest])

    def ids(self, keys: Iterable[str], most: int = 4) -> str:
        """Public ids in one line."""
        shown = [PublicId(key).shown(self.say.locale) for key in dict.fromkeys(keys)]
        return self.several(shown, most, ", ")

    def parties(self, agreement: Agreement) -> tuple[str, ...]:
        """The agreement's parties (their keys), ordered by their names."""
        return tuple(sorted(agreement.parties, key=lambda key: alphabetical(self.term(key))))

    def by_direction(self, agreement: Agreement, directed: Iterable[Directed]) -> list[Directed]:
        """What goes to a party, in the order of `parties`; what goes to none of them comes last."""
        order = (*self.parties(agreement), BOTH_NOT_SPLIT, NOT_STATED)
        place = {key: number for number, key in enumerate(order)}
        return sorted(directed, key=lambda one: place.get(one.returned_to, len(place)))

    def several(self, parts: Sequence[str], most: int, mark: str = "; ") -> str:
        """The parts in one line; those beyond `most` are counted only."""
        if len(parts) <= most + 1:
            return mark.join(parts)
        rest = self.say("and-more", count=Count(len(parts) - most))
        return mark.join([*parts[:most], rest])

    def title(self, agreement: Agreement, longest: int = _LABEL) -> str:
        """The agreement's name and day."""
        name = self.label(agreement.label, longest)
        if agreement.date is None:
            return name
        return self.say("agreement-title", name=name, day=Day(agreement.date))

    def day(self, date: EventDate | None) -> str:
        return self.say("day", day=Day(date)) if date else self.say("no-day")

    def language_name(self, code: str) -> str:
        """A language by its name in the reader's language."""
        known = Locale(self.language).languages.get(code.replace("-", "_").split("_")[0])
        return clip(known or code, _LABEL)

    def words(self, words: Wording) -> str:
        """Words as printed, in quotation marks; where no translation is kept, in the original."""
        own = words.texts.get(self.language)
        if own:
            return self.say("words", words=clip(own, _WORDS))
        original = clip(words.texts.get(words.original, ""), _WORDS)
        return self.say(
            "words-foreign", words=original, language=self.language_name(words.original)
        )

    def quantity(self, quantity: Quantity) -> str:
        """A quantity as it was said."""
        if quantity.value is None:
            if quantity.words is None:
                return self.say("not-published")
            return self.say("not-published-but-words", words=self.words(quantity.words))
        number = Figure(quantity.value)
        if quantity.qualifier is Qualifier.RANGE and quantity.value_hi is not None:
            said = self.say("quantity-range", value=number, high=Figure(quantity.value_hi))
        else:
            said = self.say(f"quantity-{quantity.qualifier}", value=number)
        if quantity.words is None:
            return said
        return self.say("quantity-and-words", quantity=said, words=self.words(quantity.words))

    def who(self, stage: Stage) -> str:
        """Whom a stage is about, with the categories named."""
        who = self.say(f"who-{_who(stage)}")
        if not stage.categories:
            return who
        named = [self.term(key) for key in stage.categories]
        return self.say("who-and-categories", who=who, categories=self.several(named, 6, ", "))

    def direction(self, party: str, unit: Unit) -> str:
        """To whom somebody returned; says who was counted where that is not plain people."""
        name = self.term(party)
        if unit in (Unit.CIVILIAN, Unit.SERVICE_MEMBER):
            return self.say("direction-of", party=name, who=self.say(f"unit-{unit}"))
        return self.say("direction", party=name)

    def confirmation(self, stage: Stage) -> str:
        """Who confirms a stage, so far."""
        parties = self.ledger.confirming_parties(stage)
        return self.confirmed_by(parties, anybody=bool(stage.confirmations))

    def confirmed_by(self, parties: Collection[str], *, anybody: bool) -> str:
        """Confirmed by these parties, or by anybody at all."""
        if len(parties) > 1:
            return self.say("confirmed-both")
        if parties:
            return self.say("confirmed-one", party=self.term(next(iter(parties))))
        return self.say("confirmed-third" if anybody else "confirmed-none")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def alphabetical(name: str) -> str:
    """A key by which names sort as a dictionary of their language has them."""
    return "".join(f"{_AFTER[one]}\uffff" if one in _AFTER else one for one in name.casefold())


def _who(stage: Stage) -> str:
    """Which words name the people of a stage: a civilian is never called a prisoner of war."""
    if stage.kind is not StageKind.PERSONS:
        return stage.kind.value
    units = {transfer.unit for transfer in stage.transfers}
    if units == {Unit.CIVILIAN}:
        return "civilians"
    return "prisoners-and-civilians" if Unit.CIVILIAN in units else "prisoners"


def _any(label: Label) -> str:
    return next((text for text in label.values() if text), "…")


def _host(url: str) -> str:
    try:
        return host_of(url) or url
    except ValueError:
        return url
