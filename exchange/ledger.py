"""The ledger: every current public record, as one value that never changes.

Publishing makes a new ledger with a higher revision. Whatever the bot answers is a pure function of
a ledger, a language and the arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from exchange.dates import chronological
from exchange.records import (
    Actor,
    ActorKind,
    Agreement,
    Claim,
    Lifecycle,
    Pledge,
    Record,
    Source,
    Stage,
    StatedTotal,
    Statement,
    Term,
    TermKind,
)

T = TypeVar("T")
R = TypeVar("R", bound=Record)

Speaking = Pledge | Stage | StatedTotal | Claim
"""Records that are made of attributed statements."""

S = TypeVar("S", bound=Speaking)


@dataclass(frozen=True)
class Entry:
    """A record with its place in history."""

    record: Record
    rev: int
    """1 for the first publication, one more with each change."""
    order: int
    """The order of first recording, over all records of the ledger."""
    at: datetime
    """When this revision was published; aware, UTC."""
    withdrawn: bool = False


@dataclass(frozen=True)
class Ledger:
    """All records at one revision of the ledger; withdrawn ones are in `entries` alone."""

    revision: int = 0
    entries: Mapping[str, Entry] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    pledges: Mapping[str, Pledge] = field(default_factory=dict)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    totals: Mapping[str, StatedTotal] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    _worked_out: dict[Hashable, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def with_entries(self, entries: Iterable[Entry], revision: int) -> Ledger:
        """This ledger after these records changed.

        What has a public id stands in the order of ids, so that every answer is the same in
        whatever order the records came. The vocabulary keeps the order of first recording, in which
        moderators see the words.
        """
        merged = {**self.entries, **{entry.record.key: entry for entry in entries}}
        ordered = sorted(merged.values(), key=lambda entry: entry.order)
        current: dict[type[Record], dict[str, Any]] = {kind: {} for kind in _KINDS}
        for entry in ordered:
            if not entry.withdrawn:
                current[type(entry.record)][entry.record.key] = entry.record
        return Ledger(
            revision=revision,
            entries={entry.record.key: entry for entry in ordered},
            terms=current[Term],
            actors=current[Actor],
            sources=_by_number(current[Source]),
            agreements=current[Agreement],
            pledges=_by_number(current[Pledge]),
            stages=_by_number(current[Stage]),
            totals=_by_number(current[StatedTotal]),
            claims=_by_number(current[Claim]),
        )

    def with_records(self, records: Iterable[Record], at: datetime) -> Ledger:
        """This ledger as if these were published too: to judge them, or to show them beforehand."""
        last = max((entry.order for entry in self.entries.values()), default=0)
        entries = [Entry(one, rev=1, order=last + n, at=at) for n, one in enumerate(records, 1)]
        return self.with_entries(entries, self.revision)

    def terms_of(self, kind: TermKind) -> tuple[Term, ...]:
        return tuple(term for term in self.terms.values() if term.kind is kind)

    def stages_of(self, agreement: str) -> tuple[Stage, ...]:
        """The agreement's stages in the order of events; those without a day come last."""

        def in_time() -> dict[str, tuple[Stage, ...]]:
            return {key: _in_time(own) for key, own in _divided(self.stages).items()}

        return self.once("stages", in_time).get(agreement, ())

    def completed_of(self, agreement: str) -> tuple[Stage, ...]:
        """The stages that count: only completed ones feed totals (I3)."""

        def completed() -> tuple[Stage, ...]:
            own = self.stages_of(agreement)
            return tuple(stage for stage in own if stage.lifecycle is Lifecycle.COMPLETED)

        return self.once(("completed", agreement), completed)

    def pledges_of(self, agreement: str) -> tuple[Pledge, ...]:
        return self.once("pledges", lambda: _divided(self.pledges)).get(agreement, ())

    def totals_of(self, agreement: str) -> tuple[StatedTotal, ...]:
        return self.once("totals", lambda: _divided(self.totals)).get(agreement, ())

    def claims_of(self, agreement: str) -> tuple[Claim, ...]:
        return self.once("claims", lambda: _divided(self.claims)).get(agreement, ())

    def latest_agreement(self) -> Agreement | None:
        """The agreement that something was recorded for last: what `/status` shows by itself.

        Days of events cannot decide it, since a day without a year has no place among the others;
        where everything was recorded at one moment, the newest stage does.
        """

        def place(agreement: Agreement) -> tuple[datetime, tuple[int, str], str]:
            numbers = (by_number(one.key) for one in self.stages_of(agreement.key))
            return self.as_of(agreement.key), max(numbers, default=(0, "")), agreement.key

        def latest() -> Agreement | None:
            return max(self.agreements.values(), key=place, default=None)

        return self.once("latest", latest)

    def as_of(self, agreement: str) -> datetime:
        """When anything under this agreement was last recorded."""

        def last() -> datetime:
            under: tuple[Speaking, ...] = (
                *self.stages_of(agreement),
                *self.pledges_of(agreement),
                *self.totals_of(agreement),
                *self.claims_of(agreement),
            )
            return max(self.entries[key].at for key in (agreement, *(one.key for one in under)))

        return self.once(("as of", agreement), last)

    def once(self, name: Hashable, work_out: Callable[[], T]) -> T:
        """What follows from the ledger alone, worked out when it is first asked for.

        The name says what it is, with every argument that it depends on.
        """
        if name not in self._worked_out:
            self._worked_out[name] = work_out()
        found: T = self._worked_out[name]
        return found

    def confirming_parties(self, stage: Stage) -> frozenset[str]:
        """The parties in whose name somebody confirms the stage; derived, never typed."""
        speakers = (self.actors.get(one.speaker) for one in stage.confirmations)
        return frozenset(one.party for one in speakers if one and one.party)

    def voice_of(self, party: str) -> Actor | None:
        """Who stands for a party when no speaker is named."""
        for actor in self.actors.values():
            if actor.party == party and actor.kind is ActorKind.COLLECTIVE_UNNAMED:
                return actor
        return None

    def statements_in(self, source: str) -> tuple[tuple[str, Statement], ...]:
        """Everything read in a source: the key of the record and the statement."""
        return tuple(self.once("statements", self._statements).get(source, ()))

    def _statements(self) -> dict[str, list[tuple[str, Statement]]]:
        speaking: tuple[Speaking, ...] = (
            *self.pledges.values(),
            *self.stages.values(),
            *self.totals.values(),
            *self.claims.values(),
        )
        found: dict[str, list[tuple[str, Statement]]] = {}
        for record in speaking:
            for stated in statements(record):
                found.setdefault(stated.source, []).append((record.key, stated))
        return found

    def citing(self, source: str) -> tuple[Agreement | Stage, ...]:
        """The records that list a source, whether or not a statement in them was read there."""
        listing: tuple[Agreement | Stage, ...] = (*self.agreements.values(), *self.stages.values())
        return tuple(record for record in listing if source in record.sources)


def by_number(key: str) -> tuple[int, str]:
    """A sort key for public ids of one kind: "S2" comes before "S10"."""
    return len(key), key


def statements(record: Speaking) -> tuple[Statement, ...]:
    """Every attributed statement that a record is made of, in the order of its fields."""
    if isinstance(record, Claim):
        return tuple(one.stated for one in record.stances)
    if not isinstance(record, Stage):
        return record.stated
    return (
        *record.confirmations,
        *(figure.stated for transfer in record.transfers for figure in transfer.figures),
        *(part.stated for transfer in record.transfers for part in transfer.compositions),
        *(one.figure.stated for transfer in record.transfers for one in transfer.identifications),
        *((record.further_stages.stated,) if record.further_stages else ()),
        *(one.stated for one in record.other_days),
        *(one.stated for one in record.ordinals),
    )


_KINDS = (Term, Actor, Source, Agreement, Pledge, Stage, StatedTotal, Claim)


def _by_number(records: Mapping[str, R]) -> dict[str, R]:
    return {key: records[key] for key in sorted(records, key=by_number)}


def _divided(records: Mapping[str, S]) -> dict[str, tuple[S, ...]]:
    """Records by their agreement."""
    found: dict[str, list[S]] = {}
    for record in records.values():
        found.setdefault(record.agreement, []).append(record)
    return {agreement: tuple(own) for agreement, own in found.items()}


def _in_time(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    dated = [(stage.date, stage) for stage in stages if stage.date]
    order = chronological(day for day, _ in dated)
    dated.sort(key=lambda one: order(one[0]))
    return (*(stage for _, stage in dated), *(stage for stage in stages if not stage.date))
