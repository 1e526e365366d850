"""The ledger: every current public record, as one value that never changes.

Publishing makes a new ledger with a higher revision. Whatever the bot answers is a pure function of
a ledger, a language and the arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    _worked_out: dict[Hashable, _WorkedOut] = field(default_factory=dict, repr=False, compare=False)

    def with_entries(
        self, entries: Iterable[Entry], revision: int, without: Iterable[str] = ()
    ) -> Ledger:
        """This ledger after these records changed, and as if others had never been recorded.

        What has a public id stands in the order of ids, so that every answer is the same in
        whatever order the records came. The vocabulary keeps the order of first recording, in which
        moderators see the words.
        """
        changed = {entry.record.key: entry for entry in entries}
        gone = {key: self.entries[key] for key in without}
        merged = {key: one for key, one in {**self.entries, **changed}.items() if key not in gone}
        if any(not _keeps_its_place(one, self.entries) for one in changed.values()):
            merged = dict(sorted(merged.items(), key=lambda pair: pair[1].order))
        touched: dict[type[Record], list[str]] = {}
        for key, one in {**changed, **gone}.items():
            touched.setdefault(type(one.record), []).append(key)
        current: dict[str, Any] = {
            name: _current(kind, getattr(self, name), merged, touched[kind])
            for name, kind in _KINDS.items()
            if kind in touched
        }
        holds = {name: one for name, one in self._worked_out.items() if one.of.isdisjoint(touched)}
        return replace(self, revision=revision, entries=merged, _worked_out=holds, **current)

    def with_records(self, records: Iterable[Record], at: datetime) -> Ledger:
        """This ledger as if these were published too: to judge them, or to show them beforehand."""
        last = max((entry.order for entry in self.entries.values()), default=0)
        entries = [Entry(one, rev=1, order=last + n, at=at) for n, one in enumerate(records, 1)]
        return self.with_entries(entries, self.revision)

    def terms_of(self, kind: TermKind) -> tuple[Term, ...]:
        return tuple(term for term in self.terms.values() if term.kind is kind)

    def stages_of(self, agreement: str) -> tuple[Stage, ...]:
        """The agreement's stages in the order of events; those without a day come last."""

        def in_time() -> tuple[Stage, ...]:
            return _in_time(self._of(agreement, Stage, self.stages))

        return self.once(("in time", agreement), in_time, of=(Stage,))

    def completed_of(self, agreement: str) -> tuple[Stage, ...]:
        """The stages that count: only completed ones feed totals (I3)."""

        def completed() -> tuple[Stage, ...]:
            own = self.stages_of(agreement)
            return tuple(stage for stage in own if stage.lifecycle is Lifecycle.COMPLETED)

        return self.once(("completed", agreement), completed, of=(Stage,))

    def pledges_of(self, agreement: str) -> tuple[Pledge, ...]:
        return self._of(agreement, Pledge, self.pledges)

    def totals_of(self, agreement: str) -> tuple[StatedTotal, ...]:
        return self._of(agreement, StatedTotal, self.totals)

    def claims_of(self, agreement: str) -> tuple[Claim, ...]:
        return self._of(agreement, Claim, self.claims)

    def latest_agreement(self) -> Agreement | None:
        """The agreement that something was recorded for last: what `/status` shows by itself.

        Days of events cannot decide it, since a day without a year has no place among the others;
        where everything was recorded at one moment, the newest stage does.
        """

        def place(agreement: Agreement) -> tuple[datetime, tuple[int, str], str]:
            newest = [one.key for one in self._of(agreement.key, Stage, self.stages)[-1:]]
            return (
                self.as_of(agreement.key),
                max(map(by_number, newest), default=(0, "")),
                agreement.key,
            )

        def latest() -> Agreement | None:
            return max(self.agreements.values(), key=place, default=None)

        return self.once("latest", latest)

    def as_of(self, agreement: str) -> datetime:
        """When anything under this agreement was last recorded."""
        moments = [
            self._last(Stage, self.stages).get(agreement),
            self._last(Pledge, self.pledges).get(agreement),
            self._last(StatedTotal, self.totals).get(agreement),
            self._last(Claim, self.claims).get(agreement),
        ]
        return max(one for one in (self.entries[agreement].at, *moments) if one)

    def once(
        self, name: Hashable, work_out: Callable[[], T], of: Collection[type[object]] = ()
    ) -> T:
        """What follows from the ledger alone, worked out when it is first asked for.

        The name says what it is, with every argument that it depends on. What follows from records
        of some kinds alone says so (`of`), and holds until one of these changes.
        """
        if name not in self._worked_out:
            self._worked_out[name] = _WorkedOut(work_out(), frozenset(of or _KINDS.values()))
        found: T = self._worked_out[name].value
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
        return (
            *self._read_in(source, Pledge, self.pledges),
            *self._read_in(source, Stage, self.stages),
            *self._read_in(source, StatedTotal, self.totals),
            *self._read_in(source, Claim, self.claims),
        )

    def _read_in(
        self, source: str, kind: type[S], records: Mapping[str, S]
    ) -> Sequence[tuple[str, Statement]]:
        def divided() -> dict[str, list[tuple[str, Statement]]]:
            found: dict[str, list[tuple[str, Statement]]] = {}
            for key, record in records.items():
                for stated in statements(record):
                    found.setdefault(stated.source, []).append((key, stated))
            return found

        return self.once(("read in", kind), divided, of=(kind,)).get(source, ())

    def _of(self, agreement: str, kind: type[S], records: Mapping[str, S]) -> tuple[S, ...]:
        return self.once(("divided", kind), lambda: _divided(records), of=(kind,)).get(
            agreement, ()
        )

    def _last(self, kind: type[S], records: Mapping[str, S]) -> Mapping[str, datetime]:
        """When a record of a kind was last recorded, by its agreement."""

        def last() -> dict[str, datetime]:
            moments = ((one.agreement, self.entries[key].at) for key, one in records.items())
            found: dict[str, datetime] = {}
            for agreement, at in moments:
                if agreement not in found or at > found[agreement]:
                    found[agreement] = at
            return found

        return self.once(("last", kind), last, of=(kind,))

    def citing(self, source: str) -> tuple[Agreement | Stage, ...]:
        """The records that list a source, whether or not a statement in them was read there."""

        def divided() -> dict[str, list[Agreement | Stage]]:
            found: dict[str, list[Agreement | Stage]] = {}
            listing: tuple[Agreement | Stage, ...] = (
                *self.agreements.values(),
                *self.stages.values(),
            )
            for record in listing:
                for listed in dict.fromkeys(record.sources):
                    found.setdefault(listed, []).append(record)
            return found

        return tuple(self.once("citing", divided, of=(Agreement, Stage)).get(source, ()))


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


_KINDS: Mapping[str, type[Record]] = {
    "terms": Term,
    "actors": Actor,
    "sources": Source,
    "agreements": Agreement,
    "pledges": Pledge,
    "stages": Stage,
    "totals": StatedTotal,
    "claims": Claim,
}
"""Where a ledger has the current records of a kind."""

_NAMED = (Term, Actor, Agreement)
"""Records whose keys are names; the others are numbered."""


@dataclass(frozen=True)
class _WorkedOut:
    """What follows from a ledger."""

    value: Any
    of: frozenset[type[object]]
    """The kinds of records that it follows from."""


def _keeps_its_place(entry: Entry, entries: Mapping[str, Entry]) -> bool:
    before = entries.get(entry.record.key)
    return before is not None and before.order == entry.order


def _current(
    kind: type[Record],
    before: Mapping[str, Record],
    entries: Mapping[str, Entry],
    changed: Iterable[str],
) -> Mapping[str, Record]:
    """The records of a kind that stand, once the entries of some of them have changed."""
    current = dict(before)
    for key in changed:
        if key in entries and not entries[key].withdrawn:
            current[key] = entries[key].record
        else:
            current.pop(key, None)
    if kind in _NAMED:
        return dict(sorted(current.items(), key=lambda pair: entries[pair[0]].order))
    if current.keys() <= before.keys():
        return current
    return dict(sorted(current.items(), key=lambda pair: by_number(pair[0])))


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
