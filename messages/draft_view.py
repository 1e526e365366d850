"""A moderator's draft in words: what it is, and the fields that have an answer."""

from __future__ import annotations

from datetime import datetime

from exchange.draft import Draft, Screen
from exchange.ledger import Ledger
from exchange.records import Source, Transfer, Unit
from messages.figures import said
from messages.message import Button
from messages.phrases import Phrases
from messages.values import PublicId

Row = tuple[Button, ...]

_CHOSEN = "✓ "


class Asking:
    """A draft in front of its moderator."""

    def __init__(
        self,
        ledger: Ledger,
        draft: Draft,
        language: str,
        *,
        now: datetime | None = None,
        taken: frozenset[str] = frozenset(),
    ) -> None:
        self.ledger = ledger
        self.draft = draft
        self.now = now
        self.taken = taken
        self.phrases = Phrases(ledger, language)
        self.say = self.phrases.say
        self.agreement = ledger.agreements[draft.agreement]
        self.parties = self.phrases.parties(self.agreement)
        self.base = draft.recorded(ledger)

    def source(self, key: str) -> Source | None:
        """A source of the draft, whether or not the ledger knows it."""
        new = {one.key: one for one in self.draft.new_sources}
        return new.get(key) or self.ledger.sources.get(key)

    def transfers(self) -> list[Transfer]:
        """The draft's directions, by the names of their parties."""
        return self.phrases.by_direction(self.agreement, self.draft.transfers)

    def button(self, key: str, act: str, *, chosen: bool = False) -> Button:
        """A button with the catalogue's words."""
        return named(self.say(key), act, chosen=chosen)

    def back(self) -> list[Row]:
        """The way back to the overview, once there is one to go back to."""
        done = self.draft.next_screen is Screen.OVERVIEW
        return [(self.button("button-back", "back"),)] if done else []


def named(label: str, act: str, *, chosen: bool = False) -> Button:
    """A button; labels begin with a capital, wherever their words come from."""
    return Button(f"{_CHOSEN}{capital(label)}" if chosen else capital(label), act)


def title(asking: Asking) -> str:
    base = asking.base
    if base is None:
        return asking.say("draft-new")
    return asking.say("draft-adding", id=PublicId(base.key), day=asking.phrases.day(base.date))


def summary(asking: Asking) -> list[str]:
    """The fields that have an answer, in the order in which readers will see them."""
    draft, say, phrases = asking.draft, asking.say, asking.phrases
    fields: list[tuple[str, str | None]] = [
        ("begin", say(f"kind-{draft.kind}") if draft.kind else None),
        ("lifecycle", say(f"state-{draft.lifecycle}") if draft.lifecycle else None),
        ("date", phrases.day(draft.date) if draft.date else None),
        ("categories", _categories(asking)),
    ]
    lines = [_field(asking, field, answer) for field, answer in fields if answer]
    lines += [_direction(asking, one) for one in asking.transfers()]
    if draft.sources:
        lines.append(_field(asking, "sources", _sources(asking)))
    if draft.confirmations is not None:
        lines.append(_field(asking, "confirmations", _confirmations(asking)))
    return lines


def _field(asking: Asking, field: str, answer: str) -> str:
    return asking.say("draft-field", field=capital(asking.say("field", field=field)), answer=answer)


def _direction(asking: Asking, transfer: Transfer) -> str:
    return asking.say(
        "direction-number",
        direction=asking.phrases.direction(transfer.returned_to, transfer.unit),
        number=said(asking.phrases, transfer),
    )


def _categories(asking: Asking) -> str | None:
    chosen = asking.draft.categories
    if chosen is None:
        return None
    terms = [asking.phrases.term(key) for key in chosen]
    return asking.phrases.several(terms, 8, ", ") if terms else asking.say("not-stated")


def _sources(asking: Asking) -> str:
    found = [asking.source(key) for key in asking.draft.sources]
    return asking.phrases.several([asking.phrases.publisher(one) for one in found if one], 4)


def _confirmations(asking: Asking) -> str:
    speaking = [one.speaker for one in asking.draft.confirmations or ()]
    names = [asking.phrases.short_actor(key) for key in asking.phrases.by_party(speaking)]
    return asking.phrases.several(names, 6) if names else asking.say("nobody-yet")


def to(asking: Asking, party: str) -> str:
    return asking.phrases.direction(party, Unit.PERSON)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
