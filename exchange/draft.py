"""A moderator's unfinished record, and where in it the moderator is.

A draft is a value: each act gives another draft. It goes through the fields that are still open in
the order of `next_screen`, then rests at `Screen.OVERVIEW`, from where every field can be opened
again. What is recorded decides what the fields are: a stage, a claim or a stated total each has a
draft of its own.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

from exchange.corrections import Reason
from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.records import LANGUAGES, ActorKind, Label, Record, Source


class Screen(StrEnum):
    """What the draft's one message asks or shows."""

    BEGIN = "begin"
    """What to record: something new, or more about what is recorded."""
    DATE = "date"
    LIFECYCLE = "lifecycle"
    CATEGORIES = "categories"
    DIRECTIONS = "directions"
    SOURCES = "sources"
    CONFIRMATIONS = "confirmations"
    OVERVIEW = "overview"
    FIGURE = "figure"
    """Which qualifier."""
    NUMBER = "number"
    """The number itself, typed; two for a range."""
    SPEAKER = "speaker"
    """Who says it."""
    PREVIEW = "preview"
    CLAIMS = "claims"
    """Which recorded claim somebody takes a stance to."""
    ABOUT = "about"
    TEXT = "text"
    DETAIL = "detail"
    QUALIFIER = "qualifier"
    """How the speaker bound himself to the number that the text holds."""
    STANCE_KIND = "stance_kind"
    SOURCE = "source"
    """Where a single statement was read."""
    SAID_ON = "said_on"
    STANCE = "stance"
    """One stance as a whole."""
    SEE_ALSO = "see_also"
    UNIT = "unit"
    COUNTED = "counted"
    """What a stated total counts."""
    WORDS = "words"
    THROUGH = "through"
    SINCE = "since"
    STATED = "stated"
    """One statement as a whole."""
    REASON = "reason"
    """Why something published is corrected."""


TYPED = frozenset(
    {
        Screen.SOURCES,
        Screen.SOURCE,
        Screen.NUMBER,
        Screen.TEXT,
        Screen.DETAIL,
        Screen.WORDS,
    }
)
"""The screens that wait for a typed line; all others are answered by buttons alone."""

REASONS = tuple(one for one in Reason if one is not Reason.DUPLICATE)
"""Why something may be corrected; a duplicate is withdrawn."""
CALENDARS = frozenset({Screen.DATE, Screen.SAID_ON, Screen.SINCE, Screen.THROUGH})
"""The screens that ask for a day."""


@dataclass(frozen=True)
class Draft(ABC):
    """What the drafts of all kinds of records have. None is a field not yet answered."""

    agreement: str
    base: str | None = None
    """The key of the recorded thing that this draft adds to or corrects."""
    corrects: int | None = None
    """The revision of it that is corrected; None where the draft only adds to what is recorded."""
    reason: Reason | None = None
    new_sources: tuple[Source, ...] = ()
    """Sources that the ledger does not know yet, under keys of this draft alone ("new1")."""
    screen: Screen = Screen.BEGIN
    month: tuple[int | None, int] | None = None
    """Year and month that the calendar shows; no year where none is to be recorded."""
    code: str = ""
    """The check code of the alert that the preview shows."""

    PREFIX: ClassVar[str]
    """What the public ids of these records begin with."""

    @property
    def next_screen(self) -> Screen:
        """The first field still open, else the overview."""
        fields = (*self.fields(), (Screen.REASON, self.correcting and self.reason is None))
        return next((screen for screen, is_open in fields if is_open), Screen.OVERVIEW)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was entered yet."""
        return replace(self, screen=Screen.BEGIN) == type(self)(self.agreement)

    @property
    def correcting(self) -> bool:
        """Whether what is recorded may be changed, and not only added to."""
        return self.corrects is not None

    @property
    def only_adds(self) -> bool:
        """Whether what is recorded stays as it is."""
        return self.base is not None and not self.correcting

    @property
    def day_has_begun(self) -> bool:
        """Whether the day that the calendar asks for cannot be still to come."""
        return True

    @property
    def day_may_be_open(self) -> bool:
        """Whether the calendar may be left without a day."""
        return True

    def at(self, screen: Screen) -> Self:
        return replace(self, screen=screen)

    def onward(self) -> Self:
        """The draft at the next open field."""
        return replace(self, screen=self.next_screen)

    def rested(self) -> Self:
        """The draft at its overview; what was being entered is dropped."""
        return self.at(Screen.OVERVIEW)

    def source(self, key: str, ledger: Ledger) -> Source | None:
        """A source of the draft, whether or not the ledger knows it."""
        new = {one.key: one for one in self.new_sources}
        return new.get(key) or ledger.sources.get(key)

    def with_link(self, ledger: Ledger, url: str, today: dt.date) -> tuple[Self, str]:
        """The draft that knows a link, and its source: the ledger's own, or a new one."""
        for known in (*ledger.sources.values(), *self.new_sources):
            if known.url == url:
                return self, known.key
        numbers = [int(one.key.removeprefix(_NEW)) for one in self.new_sources]
        new = Source(f"{_NEW}{max(numbers, default=0) + 1}", url=url, read_on=today)
        return replace(self, new_sources=(*self.new_sources, new)), new.key

    @property
    @abstractmethod
    def opens(self) -> frozenset[Screen]:
        """The screens that the moderator may open."""

    @abstractmethod
    def afresh(self, ledger: Ledger) -> Self | None:
        """A draft of what is recorded, before anything was changed."""

    @abstractmethod
    def fields(self) -> Iterable[tuple[Screen, bool]]:
        """Every field that must have an answer, in order, and whether it is open."""

    @abstractmethod
    def on(self, day: EventDate | None) -> Self:
        """With the day that the calendar was asked for; None leaves it open."""

    @abstractmethod
    def recorded(self, ledger: Ledger) -> Record | None:
        """What the draft adds to or corrects, as it stands in the ledger."""

    @abstractmethod
    def record(self, key: str, ledger: Ledger) -> Record:
        """The record that the draft says, under this key.

        Sources keep the draft's own keys; see `settled`.

        Raises:
            ValueError: a field is still open without which there is no such record.

        """

    @abstractmethod
    def settled(self, keys: Mapping[str, str]) -> Self:
        """The draft with its own source keys replaced by the ledger's."""


_NEW = "new"


def missing_language(label: Label | None) -> str | None:
    """The first language that a text still lacks."""
    return next((code for code in LANGUAGES if not (label or {}).get(code)), None)


def speakers(ledger: Ledger, parties: tuple[str, ...], *, outlets: bool = False) -> tuple[str, ...]:
    """Who can state something: whoever speaks for a party or for a third; an outlet only relays."""
    return tuple(
        actor.key
        for actor in ledger.actors.values()
        if (outlets or actor.kind is not ActorKind.OUTLET)
        and (actor.party is None or actor.party in parties)
    )
