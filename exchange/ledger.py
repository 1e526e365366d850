"""The ledger: every current public record, as one value that never changes.

Publishing makes a new ledger with a higher revision. Whatever the bot answers is a pure function of
a ledger, a language and the arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

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

    def with_entries(self, entries: Iterable[Entry], revision: int) -> Ledger:
        """This ledger after these records changed; the order of first recording is kept."""
        merged = {**self.entries, **{entry.record.key: entry for entry in entries}}
        ordered = sorted(merged.values(), key=lambda entry: entry.order)
        current = [entry.record for entry in ordered if not entry.withdrawn]
        return Ledger(
            revision=revision,
            entries={entry.record.key: entry for entry in ordered},
            terms={one.key: one for one in current if isinstance(one, Term)},
            actors={one.key: one for one in current if isinstance(one, Actor)},
            sources={one.key: one for one in current if isinstance(one, Source)},
            agreements={one.key: one for one in current if isinstance(one, Agreement)},
            pledges={one.key: one for one in current if isinstance(one, Pledge)},
            stages={one.key: one for one in current if isinstance(one, Stage)},
            totals={one.key: one for one in current if isinstance(one, StatedTotal)},
            claims={one.key: one for one in current if isinstance(one, Claim)},
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
        stages = [stage for stage in self.stages.values() if stage.agreement == agreement]
        dated = [(stage.date, stage) for stage in stages if stage.date]
        order = chronological(day for day, _ in dated)
        dated.sort(key=lambda one: order(one[0]))
        return (*(stage for _, stage in dated), *(stage for stage in stages if not stage.date))

    def completed_of(self, agreement: str) -> tuple[Stage, ...]:
        """The stages that count: only completed ones feed totals (I3)."""
        return tuple(
            stage for stage in self.stages_of(agreement) if stage.lifecycle is Lifecycle.COMPLETED
        )

    def pledges_of(self, agreement: str) -> tuple[Pledge, ...]:
        return tuple(one for one in self.pledges.values() if one.agreement == agreement)

    def totals_of(self, agreement: str) -> tuple[StatedTotal, ...]:
        return tuple(one for one in self.totals.values() if one.agreement == agreement)

    def claims_of(self, agreement: str) -> tuple[Claim, ...]:
        return tuple(one for one in self.claims.values() if one.agreement == agreement)

    def latest_agreement(self) -> Agreement | None:
        """The agreement that something was recorded for last: what `/status` shows by itself.

        Days of events cannot decide it, since a day without a year has no place among the others.
        """
        return max(self.agreements.values(), key=lambda one: self.as_of(one.key), default=None)

    def as_of(self, agreement: str) -> datetime:
        """When anything under this agreement was last recorded."""
        own = [self.entries[agreement].at]
        under: tuple[Speaking, ...] = (
            *self.stages_of(agreement),
            *self.pledges_of(agreement),
            *self.totals_of(agreement),
            *self.claims_of(agreement),
        )
        return max(own + [self.entries[one.key].at for one in under])

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
        speaking: tuple[Speaking, ...] = (
            *self.pledges.values(),
            *self.stages.values(),
            *self.totals.values(),
            *self.claims.values(),
        )
        return tuple(
            (record.key, stated)
            for record in speaking
            for stated in statements(record)
            if stated.source == source
        )

    def citing(self, source: str) -> tuple[Agreement | Stage, ...]:
        """The records that list a source, whether or not a statement in them was read there."""
        listing: tuple[Agreement | Stage, ...] = (*self.agreements.values(), *self.stages.values())
        return tuple(record for record in listing if source in record.sources)


def by_number(key: str) -> tuple[int, str]:
    """A sort key for public ids: "S2" comes before "S10"; keys without a number come first."""
    digits = key[1:]
    return (int(digits) if digits.isdecimal() else 0, key)


Speaking = Pledge | Stage | StatedTotal | Claim
"""Records that are made of attributed statements."""


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
