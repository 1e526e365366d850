"""A stage in the making, new or recorded.

A draft that adds to a recorded stage (`base`) may add figures, sources and confirmations and move
the lifecycle; everything else would be a correction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from exchange.dates import EventDate
from exchange.draft import Draft, Screen
from exchange.ledger import Ledger
from exchange.lifecycle import HAS_HAPPENED
from exchange.quantity import Qualifier, Quantity
from exchange.records import Figure, Lifecycle, Stage, StageKind, Statement, Transfer, Unit


@dataclass(frozen=True)
class Asked:
    """A figure that is being entered: its direction, then its qualifier, then its number."""

    returned_to: str
    qualifier: Qualifier | None = None
    quantity: Quantity | None = None


@dataclass(frozen=True)
class StageDraft(Draft):
    """A stage in the making. None is a field not yet answered; () is an answer."""

    kind: StageKind | None = None
    date: EventDate | None = None
    lifecycle: Lifecycle | None = None
    categories: tuple[str, ...] | None = None
    transfers: tuple[Transfer, ...] = ()
    sources: tuple[str, ...] = ()
    confirmations: tuple[Statement, ...] | None = None
    asked: Asked | None = None

    PREFIX = "S"

    @property
    def opens(self) -> frozenset[Screen]:
        return _FIELDS | {Screen.REASON} if self.correcting else _FIELDS

    @property
    def day_has_begun(self) -> bool:
        return self.lifecycle in HAS_HAPPENED

    @property
    def day_may_be_open(self) -> bool:
        return self.lifecycle is not None and self.lifecycle not in HAS_HAPPENED

    def fields(self) -> Iterable[tuple[Screen, bool]]:
        return (
            (Screen.BEGIN, self.kind is None),
            (Screen.LIFECYCLE, self.lifecycle is None),
            (Screen.DATE, self.date is None and self.lifecycle in HAS_HAPPENED),
            (Screen.CATEGORIES, self.categories is None),
            (Screen.DIRECTIONS, not self.transfers),
            (Screen.SOURCES, not self.sources),
            (Screen.CONFIRMATIONS, self.confirmations is None),
        )

    def recorded(self, ledger: Ledger) -> Stage | None:
        return ledger.stages.get(self.base) if self.base else None

    def afresh(self, ledger: Ledger) -> Self | None:
        base = self.recorded(ledger)
        if base is None:
            return None
        return replace(
            self,
            kind=base.kind,
            date=base.date,
            lifecycle=base.lifecycle,
            categories=base.categories,
            transfers=base.transfers,
            sources=base.sources,
            confirmations=base.confirmations,
        )

    def onward(self) -> Self:
        return replace(super().onward(), asked=None)

    def rested(self) -> Self:
        return replace(super().rested(), asked=None)

    def of_kind(self, kind: StageKind) -> Self:
        """With another kind; whoever is counted follows it."""
        transfers = tuple(replace(one, unit=_unit_of(kind)) for one in self.transfers)
        return replace(self, kind=kind, transfers=transfers).onward()

    def in_state(self, lifecycle: Lifecycle) -> Self:
        return replace(self, lifecycle=lifecycle).onward()

    def on(self, day: EventDate | None) -> Self:
        return replace(self, date=day).onward()

    def with_category(self, category: str) -> Self:
        """With this category added, or taken away if it was there; stays on its screen."""
        return replace(self, categories=_toggled(self.categories or (), category))

    def towards(self, *parties: str) -> Self:
        """With exactly these directions; what was said of a direction that stays is kept."""
        kept = {one.returned_to: one for one in self.transfers}
        transfers = tuple(kept.get(one) or Transfer(one, _unit_of(self.kind)) for one in parties)
        return replace(self, transfers=transfers).onward()

    def read_in(self, ledger: Ledger, url: str, today: dt.date) -> Self:
        """With a source by its link, as the one that is read from now on."""
        draft, key = self.with_link(ledger, url, today)
        others = tuple(one for one in self.sources if one != key)
        return replace(draft, sources=(*others, key)).onward()

    def without_source(self, key: str) -> Self:
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

    def confirmed_by(self, speaker: str) -> Self:
        """With this speaker's confirmation, read in the latest source; or without it again."""
        now = self.confirmations or ()
        kept = tuple(one for one in now if one.speaker != speaker)
        if len(kept) == len(now):
            kept = (*now, Statement(speaker, self.sources[-1]))
        return replace(self, confirmations=kept)

    def with_figure(self, speaker: str) -> Self:
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

    def without_figures(self, returned_to: str, recorded: tuple[Figure, ...] = ()) -> Self:
        """With the recorded figures alone in this direction: its number is not published."""
        transfers = tuple(
            replace(one, figures=recorded) if one.returned_to == returned_to else one
            for one in self.transfers
        )
        return replace(self, transfers=transfers).onward()

    def spoken(self, ledger: Ledger) -> tuple[Figure, ...]:
        """What is on record in the asked direction, and stays so unless it is to be corrected."""
        base = self.recorded(ledger)
        if base is None or self.asked is None or self.correcting:
            return ()
        return tuple(
            figure
            for transfer in base.transfers
            if transfer.returned_to == self.asked.returned_to
            for figure in transfer.figures
        )

    def record(self, key: str, ledger: Ledger) -> Stage:
        if self.kind is None or self.lifecycle is None:
            raise ValueError("the draft is not complete")
        told = Stage(
            key=key,
            agreement=self.agreement,
            kind=self.kind,
            date=self.date,
            lifecycle=self.lifecycle,
            transfers=self.transfers,
            sources=self.sources,
            categories=self.categories or (),
            confirmations=self.confirmations or (),
        )
        base = self.recorded(ledger)
        if base is None:
            return told
        return replace(
            told,
            words=base.words,
            further_stages=base.further_stages,
            other_days=base.other_days,
            ordinals=base.ordinals,
        )

    def settled(self, keys: Mapping[str, str]) -> Self:
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


_FIELDS = frozenset(
    {
        Screen.BEGIN,
        Screen.DATE,
        Screen.LIFECYCLE,
        Screen.CATEGORIES,
        Screen.DIRECTIONS,
        Screen.SOURCES,
        Screen.CONFIRMATIONS,
    }
)


def adding_to(stage: Stage) -> StageDraft:
    """A draft that says what is recorded of a stage, ready for more."""
    return StageDraft(
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


def correction_of(stage: Stage, rev: int) -> StageDraft:
    """A draft that says what this revision of a stage does, to be changed."""
    return replace(adding_to(stage), corrects=rev)


def _unit_of(kind: StageKind | None) -> Unit:
    return Unit.BODY if kind is StageKind.BODIES else Unit.PERSON


def _toggled(chosen: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(x for x in chosen if x != one) if one in chosen else (*chosen, one)


def _of_others(transfer: Transfer, speaker: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in transfer.figures if figure.stated.speaker != speaker)
