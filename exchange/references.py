"""What a record names: every key must be in the ledger that the record would join, and stay."""

from __future__ import annotations

from collections.abc import Container, Iterator
from types import UnionType

from exchange.ledger import Ledger, Speaking, statements
from exchange.problem import Problem
from exchange.records import (
    Actor,
    Agreement,
    Claim,
    Pledge,
    Record,
    Source,
    Stage,
    StatedTotal,
    Term,
    TermKind,
    Transfer,
)

_Named = tuple[str, str | None, Container[str]]
"""A field, the key in it, and what must hold that key."""


def unknown_references(record: Record, ledger: Ledger) -> Iterator[Problem]:
    """Every key that the record names and the ledger does not hold, each with its field."""
    for field, key, home in _named(record, ledger):
        if key is not None and key not in home:
            yield Problem("unknown-reference", field, key)


def resting_on(key: str, ledger: Ledger) -> tuple[str, ...]:
    """The keys of all records that could not stand if this one were withdrawn.

    A claim can: what it is about, and what is beside it, keep their ids and their history.
    """
    standing: tuple[Agreement | Speaking, ...] = (
        *ledger.agreements.values(),
        *ledger.pledges.values(),
        *ledger.stages.values(),
        *ledger.totals.values(),
        *ledger.claims.values(),
    )
    return tuple(one.key for one in standing if key in _needed(one, ledger))


def _needed(record: Record, ledger: Ledger) -> frozenset[str | None]:
    return frozenset(
        key for field, key, _ in _named(record, ledger) if field not in ("about", "see_also")
    )


def _named(record: Record, ledger: Ledger) -> Iterator[_Named]:
    match record:
        case Actor():
            yield "party", record.party, _terms(ledger, TermKind.PARTY)
        case Source():
            yield "publisher", record.publisher, ledger.actors
        case Agreement():
            yield from (("parties", one, _terms(ledger, TermKind.PARTY)) for one in record.parties)
            yield from (("sources", one, ledger.sources) for one in record.sources)
            yield "mediator", record.mediator, ledger.actors
        case Pledge() | Stage() | StatedTotal() | Claim():
            yield "agreement", record.agreement, ledger.agreements
            for stated in statements(record):
                yield "speaker", stated.speaker, ledger.actors
                yield "source", stated.source, ledger.sources
            yield from _beyond_statements(record, ledger)
        case Term():
            return


def _beyond_statements(record: Speaking, ledger: Ledger) -> Iterator[_Named]:
    if isinstance(record, Pledge | Stage):
        categories = _terms(ledger, TermKind.CATEGORY)
        yield from (("categories", one, categories) for one in record.categories)
    if isinstance(record, Stage):
        yield from (("sources", one, ledger.sources) for one in record.sources)
        for transfer in record.transfers:
            yield from _among(transfer, ledger)
    if isinstance(record, Claim):
        if record.about is not None:
            yield "about", record.about, _ever(record.about, ledger, Stage | Pledge)
        yield from (("see_also", one, _ever(one, ledger, Claim)) for one in record.see_also)


def _ever(key: str, ledger: Ledger, kind: type[Record] | UnionType) -> Container[str]:
    """What holds the key if it is of this kind, though it may be withdrawn."""
    entry = ledger.entries.get(key)
    return ledger.entries if entry and isinstance(entry.record, kind) else ()


def _among(transfer: Transfer, ledger: Ledger) -> Iterator[_Named]:
    """Who was among those returned, and of what the figures are made up."""
    for part in transfer.compositions:
        yield from (("branches", one, _terms(ledger, TermKind.BRANCH)) for one in part.branches)
        yield from (("ranks", one, _terms(ledger, TermKind.RANK)) for one in part.ranks)
    figures = (*transfer.figures, *(one.figure for one in transfer.identifications))
    for figure in figures:
        categories = _terms(ledger, TermKind.CATEGORY) if figure.parts else ()
        yield from (("category", part.category, categories) for part in figure.parts)


def _terms(ledger: Ledger, kind: TermKind) -> frozenset[str]:
    return frozenset(term.key for term in ledger.terms_of(kind))
