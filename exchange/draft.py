"""A moderator's unfinished stage, and where in it the moderator is.

A draft is a value: each act gives another draft. It goes through the fields that are still open in
the order of `next_screen`, then rests at `Screen.OVERVIEW`, from where every field can be opened
again.
A draft that adds to a recorded stage (`base`) may add figures, sources and confirmations and move
the lifecycle; everything else would be a correction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.lifecycle import HAS_HAPPENED
from exchange.quantity import Qualifier, Quantity
from exchange.records import (
    ActorKind,
    Figure,
    Lifecycle,
    Source,
    Stage,
    StageKind,
    Statement,
    Transfer,
    Unit,
)


class Screen(StrEnum):
    """What the draft's one message asks or shows."""

    BEGIN = "begin"
    """What to record: a new stage of some kind, or more about a recorded one."""
    DATE = "date"
    LIFECYCLE = "lifecycle"
    CATEGORIES = "categories"
    DIRECTIONS = "directions"
    SOURCES = "sources"
    CONFIRMATIONS = "confirmations"
    OVERVIEW = "overview"
    FIGURE = "figure"
    """Which qualifier, for the direction in `asked`."""
    NUMBER = "number"
    """The number itself, typed; two for a range."""
    SPEAKER = "speaker"
    """Who says the number."""
    PREVIEW = "preview"


@dataclass(frozen=True)
class Asked:
    """A figure that is being entered: its direction, then its qualifier, then its number."""

    returned_to: str
    qualifier: Qualifier | None = None
    quantity: Quantity | None = None


@dataclass(frozen=True)
class Draft:
    """A stage in the making. None is a field not yet answered; () is an answer."""

    agreement: str
    base: str | None = None
    """The key of the recorded stage that this draft adds to."""
    kind: StageKind | None = None
    date: EventDate | None = None
    lifecycle: Lifecycle | None = None
    categories: tuple[str, ...] | None = None
    transfers: tuple[Transfer, ...] = ()
    sources: tuple[str, ...] = ()
    new_sources: tuple[Source, ...] = ()
    """Sources that the ledger does not know yet, under keys of this draft alone ("new1")."""
    confirmations: tuple[Statement, ...] | None = None
    screen: Screen = Screen.BEGIN
    month: tuple[int | None, int] | None = None
    """Year and month that the calendar shows; no year where none is to be recorded."""
    asked: Asked | None = None

    @property
    def next_screen(self) -> Screen:
        """The first field still open, else the overview."""
        open_fields = (
            (Screen.BEGIN, self.kind is None),
            (Screen.LIFECYCLE, self.lifecycle is None),
            (Screen.DATE, self.date is None and self.lifecycle in HAS_HAPPENED),
            (Screen.CATEGORIES, self.categories is None),
            (Screen.DIRECTIONS, not self.transfers),
            (Screen.SOURCES, not self.sources),
            (Screen.CONFIRMATIONS, self.confirmations is None),
        )
        return next((screen for screen, is_open in open_fields if is_open), Screen.OVERVIEW)

    def recorded(self, ledger: Ledger) -> Stage | None:
        """The stage that the draft adds to, as it stands in the ledger."""
        return ledger.stages.get(self.base) if self.base else None

    def at(self, screen: Screen) -> Draft:
        return replace(self, screen=screen)

    def onward(self) -> Draft:
        """The draft at the next open field."""
        return replace(self, screen=self.next_screen, asked=None)

    def of_kind(self, kind: StageKind) -> Draft:
        """With another kind; whoever is counted follows it."""
        transfers = tuple(replace(one, unit=_unit_of(kind)) for one in self.transfers)
        return replace(self, kind=kind, transfers=transfers).onward()

    def in_state(self, lifecycle: Lifecycle) -> Draft:
        return replace(self, lifecycle=lifecycle).onward()

    def on(self, day: EventDate | None) -> Draft:
        return replace(self, date=day).onward()

    def with_category(self, category: str) -> Draft:
        """With this category added, or taken away if it was there; stays on its screen."""
        return replace(self, categories=_toggled(self.categories or (), category))

    def towards(self, *parties: str) -> Draft:
        """With exactly these directions; what was said of a direction that stays is kept."""
        kept = {one.returned_to: one for one in self.transfers}
        transfers = tuple(kept.get(one) or Transfer(one, _unit_of(self.kind)) for one in parties)
        return replace(self, transfers=transfers).onward()

    def read_in(self, ledger: Ledger, url: str, today: dt.date) -> Draft:
        """With a source by its link: the ledger's own if it is known there, else a new one."""
        for known in (*ledger.sources.values(), *self.new_sources):
            if known.url == url:
                others = tuple(one for one in self.sources if one != known.key)
                return replace(self, sources=(*others, known.key)).onward()
        numbers = [int(one.key.removeprefix(_NEW)) for one in self.new_sources]
        new = Source(f"{_NEW}{max(numbers, default=0) + 1}", url=url, read_on=today)
        return replace(
            self, sources=(*self.sources, new.key), new_sources=(*self.new_sources, new)
        ).onward()

    def without_source(self, key: str) -> Draft:
        """Without a source of this draft, and without what was read in it."""
        confirmations = self.confirmations
        if confirmations is not None:
            confirmations = tuple(one for one in confirmations if one.source != key)
        transfers = tuple(
            replace(one, figures=tuple(f for f in one.figures if f.stated.source != key))
            for one in self.transfers
        )
        return replace(
            self,
            sources=tuple(one for one in self.sources if one != key),
            new_sources=tuple(one for one in self.new_sources if one.key != key),
            confirmations=confirmations,
            transfers=transfers,
        )

    def confirmed_by(self, speaker: str) -> Draft:
        """With this speaker's confirmation, read in the latest source; or without it again."""
        now = self.confirmations or ()
        kept = tuple(one for one in now if one.speaker != speaker)
        if len(kept) == len(now):
            kept = (*now, Statement(speaker, self.sources[-1]))
        return replace(self, confirmations=kept)

    def with_figure(self, speaker: str) -> Draft:
        """With the asked figure in this speaker's words; it replaces his former one."""
        if self.asked is None or self.asked.quantity is None:
            raise ValueError("no figure was entered")
        figure = Figure(self.asked.quantity, Statement(speaker, self.sources[-1]))
        transfers = tuple(
            replace(one, figures=(*_of_others(one, speaker), figure))
            if one.returned_to == self.asked.returned_to
            else one
            for one in self.transfers
        )
        return replace(self, transfers=transfers).onward()

    def without_figures(self, returned_to: str, recorded: tuple[Figure, ...] = ()) -> Draft:
        """With the recorded figures alone in this direction: its number is not published."""
        transfers = tuple(
            replace(one, figures=recorded) if one.returned_to == returned_to else one
            for one in self.transfers
        )
        return replace(self, transfers=transfers).onward()

    def stage(self, key: str, ledger: Ledger) -> Stage:
        """The stage that the draft says, under this key.

        Sources keep the draft's own keys; see `settled`.

        Raises:
            ValueError: the kind or the lifecycle is still open.

        """
        if self.kind is None or self.lifecycle is None:
            raise ValueError("the draft is not complete")
        base = self.recorded(ledger)
        return Stage(
            key=key,
            agreement=self.agreement,
            kind=self.kind,
            date=self.date,
            lifecycle=self.lifecycle,
            transfers=self.transfers,
            sources=self.sources,
            categories=self.categories or (),
            confirmations=self.confirmations or (),
            words=base.words if base else None,
            further_stages=base.further_stages if base else None,
        )

    def settled(self, keys: dict[str, str]) -> Draft:
        """The draft with its own source keys replaced by the ledger's."""

        def read(stated: Statement) -> Statement:
            return replace(stated, source=keys.get(stated.source, stated.source))

        return replace(
            self,
            sources=tuple(keys.get(one, one) for one in self.sources),
            new_sources=tuple(replace(one, key=keys[one.key]) for one in self.new_sources),
            confirmations=tuple(read(one) for one in self.confirmations or ()),
            transfers=tuple(
                replace(
                    one,
                    figures=tuple(replace(f, stated=read(f.stated)) for f in one.figures),
                )
                for one in self.transfers
            ),
        )


_NEW = "new"


def adding_to(stage: Stage) -> Draft:
    """A draft that says what is recorded of a stage, ready for more."""
    return Draft(
        agreement=stage.agreement,
        base=stage.key,
        kind=stage.kind,
        date=stage.date,
        lifecycle=stage.lifecycle,
        categories=stage.categories,
        transfers=stage.transfers,
        sources=stage.sources,
        confirmations=stage.confirmations,
        screen=Screen.OVERVIEW,
    )


def speakers(ledger: Ledger, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Who can confirm a stage or state a figure: whoever speaks for a party or for a third."""
    return tuple(
        actor.key
        for actor in ledger.actors.values()
        if actor.kind is not ActorKind.OUTLET and (actor.party is None or actor.party in parties)
    )


def _unit_of(kind: StageKind | None) -> Unit:
    return Unit.BODY if kind is StageKind.BODIES else Unit.PERSON


def _toggled(chosen: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(x for x in chosen if x != one) if one in chosen else (*chosen, one)


def _of_others(transfer: Transfer, speaker: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in transfer.figures if figure.stated.speaker != speaker)
