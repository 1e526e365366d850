"""What a record must be to enter the ledger.

`problems` judges one record against the ledger that it would join and names every broken rule. The
sentences for people are in the catalogues, by the rule's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime

from exchange.ledger import Ledger, statements
from exchange.lifecycle import HAS_HAPPENED, may_follow
from exchange.quantity import Wording
from exchange.records import (
    BOTH_NOT_SPLIT,
    LANGUAGES,
    NOT_STATED,
    Actor,
    ActorKind,
    Agreement,
    Lifecycle,
    Pledge,
    Record,
    Source,
    Stage,
    StageKind,
    Term,
    TermKind,
    Unit,
)
from exchange.text import link_fault, text_fault


@dataclass(frozen=True)
class Problem:
    """A broken rule, the field it is about, and the value in question (a key, never free text)."""

    rule: str
    field: str
    value: str = ""


def problems(record: Record, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
    """Everything that forbids this record; empty where it may be published."""
    found = [*_texts(record), *_references(record, ledger)]
    if isinstance(record, Source):
        found += _source(record)
    if isinstance(record, Agreement):
        found += _agreement(record)
    if isinstance(record, Pledge):
        found += _pledge(record, ledger)
    if isinstance(record, Stage) and record.agreement in ledger.agreements:
        found += _stage(record, ledger, now)
    return tuple(found)


def is_addition(before: Stage, after: Stage) -> bool:
    """Whether `after` only adds to what was recorded; anything else would be a correction.

    Figures, sources and confirmations may be added and the lifecycle may move; the day may be set
    as long as the stage has not been completed, since until then it was an expectation.
    """
    day_is_known = before.lifecycle is Lifecycle.COMPLETED

    def fixed(stage: Stage) -> Stage:
        """The stage without everything that may be added or moved."""
        return replace(
            stage,
            date=stage.date if day_is_known else None,
            lifecycle=before.lifecycle,
            transfers=tuple(replace(one, figures=()) for one in stage.transfers),
            sources=(),
            confirmations=(),
        )

    return (
        fixed(before) == fixed(after)
        and set(before.sources) <= set(after.sources)
        and set(before.confirmations) <= set(after.confirmations)
        and all(
            figure in new.figures
            for old, new in zip(before.transfers, after.transfers, strict=True)
            for figure in old.figures
        )
    )


def _source(source: Source) -> Iterator[Problem]:
    for field in ("url", "archived_url"):
        link = getattr(source, field)
        if link and (fault := link_fault(link)):
            yield Problem(fault, field)


def _agreement(agreement: Agreement) -> Iterator[Problem]:
    if not agreement.sources:
        yield Problem("no-source", "sources")
    if agreement.parties[0] == agreement.parties[1]:
        yield Problem("same-party-twice", "parties")


def _pledge(pledge: Pledge, ledger: Ledger) -> Iterator[Problem]:
    if not pledge.stated:
        yield Problem("no-source", "stated")
    agreement = ledger.agreements.get(pledge.agreement)
    if agreement and pledge.returned_to not in (*agreement.parties, BOTH_NOT_SPLIT, NOT_STATED):
        yield Problem("not-a-party", "returned_to", pledge.returned_to)


def _stage(stage: Stage, ledger: Ledger, now: datetime) -> Iterator[Problem]:
    if not stage.sources:
        yield Problem("no-source", "sources")
    if not stage.transfers:
        yield Problem("no-direction", "transfers")
    yield from _time(stage, ledger, now)
    yield from _directions(stage, ledger)
    for stated in statements(stage):
        if stated.source not in stage.sources:
            yield Problem("source-not-listed", "sources", stated.source)
    for confirmed in stage.confirmations:
        actor = ledger.actors.get(confirmed.speaker)
        if actor and actor.kind is ActorKind.OUTLET:
            yield Problem("outlet-confirms", "confirmations", confirmed.speaker)


def _time(stage: Stage, ledger: Ledger, now: datetime) -> Iterator[Problem]:
    if stage.lifecycle in HAS_HAPPENED:
        if stage.date is None:
            yield Problem("no-date", "date")
        elif stage.date.is_future(now):
            yield Problem("future-date", "date")
    before = ledger.stages.get(stage.key)
    if before and not may_follow(before.lifecycle, stage.lifecycle):
        yield Problem("lifecycle-moves-back", "lifecycle")
    for other in ledger.stages_of(stage.agreement):
        same_day = stage.date and other.date and stage.date.may_be(other.date)
        if same_day and other.kind is stage.kind and other.key != stage.key:
            yield Problem("same-stage", "date", other.key)


def _directions(stage: Stage, ledger: Ledger) -> Iterator[Problem]:
    parties = ledger.agreements[stage.agreement].parties
    counted = Counter(transfer.returned_to for transfer in stage.transfers)
    for direction, times in counted.items():
        if direction not in parties:
            yield Problem("not-a-party", "transfers", direction)
        if times > 1:
            yield Problem("direction-twice", "transfers", direction)
    for transfer in stage.transfers:
        if (transfer.unit is Unit.BODY) != (stage.kind is StageKind.BODIES):
            yield Problem("people-and-bodies", "transfers", transfer.returned_to)
        if any(figure.quantity.value == 0 for figure in transfer.figures):
            yield Problem("figure-zero", "transfers", transfer.returned_to)


def _references(record: Record, ledger: Ledger) -> Iterator[Problem]:
    """Every key that the record names and the ledger does not hold, each with its field."""
    for field, key, home in _named(record, ledger):
        if key is not None and key not in home:
            yield Problem("unknown-reference", field, key)


def _named(record: Record, ledger: Ledger) -> Iterator[tuple[str, str | None, Container[str]]]:
    match record:
        case Actor():
            yield "party", record.party, _terms(ledger, TermKind.PARTY)
        case Source():
            yield "publisher", record.publisher, ledger.actors
        case Agreement():
            parties = _terms(ledger, TermKind.PARTY)
            yield from (("parties", party, parties) for party in record.parties)
            yield from (("sources", source, ledger.sources) for source in record.sources)
            yield "mediator", record.mediator, ledger.actors
        case Pledge() | Stage():
            yield "agreement", record.agreement, ledger.agreements
            categories = _terms(ledger, TermKind.CATEGORY)
            yield from (("categories", one, categories) for one in record.categories)
            for stated in statements(record):
                yield "speaker", stated.speaker, ledger.actors
                yield "source", stated.source, ledger.sources
        case Term():
            return
    if isinstance(record, Stage):
        yield from (("sources", source, ledger.sources) for source in record.sources)
        for transfer in record.transfers:
            for part in transfer.compositions:
                branches, ranks = _terms(ledger, TermKind.BRANCH), _terms(ledger, TermKind.RANK)
                yield from (("branches", one, branches) for one in part.branches)
                yield from (("ranks", one, ranks) for one in part.ranks)


def _terms(ledger: Ledger, kind: TermKind) -> frozenset[str]:
    return frozenset(term.key for term in ledger.terms_of(kind))


def _texts(value: object, field: str = "key") -> Iterator[Problem]:
    """Hidden signs in any text of the record, and labels that miss a language."""
    if isinstance(value, str):
        if fault := text_fault(value):
            yield Problem(fault, field)
    elif isinstance(value, dict):
        for language, text in value.items():
            yield from _texts(text, f"{field}.{language}")
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one, field)
    elif is_dataclass(value):
        for one in fields(value):
            inner = getattr(value, one.name)
            yield from _texts(inner, one.name)
            if isinstance(inner, dict) and not isinstance(value, Wording):
                missing = [code for code in LANGUAGES if not inner.get(code, "").strip()]
                yield from (Problem("label-missing", f"{one.name}.{code}") for code in missing)
