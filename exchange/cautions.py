"""What a careful editor would look at again before publishing. None of it forbids anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from itertools import combinations

from exchange.arithmetic import counted_by
from exchange.dates import EventDate
from exchange.ledger import Ledger, Speaking, statements
from exchange.lifecycle import HAS_HAPPENED
from exchange.problem import Problem
from exchange.records import (
    ActorKind,
    Claim,
    Pledge,
    Record,
    Source,
    Stage,
    StatedTotal,
    Statement,
    TotalScope,
    Transfer,
    Unit,
)
from exchange.text import mixes_scripts
from exchange.totals import known


def cautions(record: Record, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
    """Everything doubtful about a record, whether or not the ledger holds it already."""
    found = [*_words(record)]
    match record:
        case Source():
            found += _source(record, ledger, now)
        case Stage():
            found += _stage(record, ledger)
        case StatedTotal():
            found += _total(record, ledger, now)
        case Claim():
            found += _claim(record, ledger)
    if isinstance(record, Pledge | Stage | StatedTotal | Claim):
        found += _said(record, ledger)
    return tuple(dict.fromkeys(found))


def _words(value: object) -> Iterator[Problem]:
    """Letters of two scripts in one word: the wrong one looks right and is never found."""
    for one in fields(value) if is_dataclass(value) else ():
        inner = getattr(value, one.name)
        if isinstance(inner, Mapping):
            for language, text in inner.items():
                if mixes_scripts(text):
                    yield Problem("mixed-scripts", f"{one.name}.{language}")
        for part in inner if isinstance(inner, tuple) else (inner,):
            yield from _words(part)


def _source(source: Source, ledger: Ledger, now: datetime) -> Iterator[Problem]:
    published = source.published
    if published and published.is_future(now):
        yield Problem("published-in-the-future", "published")
    if published and source.read_on and _is_earlier(EventDate.of(source.read_on), published):
        yield Problem("read-before-published", "read_on")
    for other in ledger.sources.values():
        if source.url and other.url == source.url and other.key != source.key:
            yield Problem("source-twice", "url", other.key)


def _stage(stage: Stage, ledger: Ledger) -> Iterator[Problem]:
    if stage.lifecycle in HAS_HAPPENED:
        yield from _before_the_event(stage, ledger)
    for transfer in stage.transfers:
        if _is_apart(transfer):
            yield Problem("figures-apart", "figures", transfer.returned_to)
        for figure in transfer.figures:
            yield from _relayed(figure.stated, ledger, "figures")
    for other in ledger.stages_of(stage.agreement):
        if other.key != stage.key and other.kind is stage.kind and _share_a_day(stage, other):
            yield Problem("perhaps-same-stage", "other_days", other.key)


def _before_the_event(stage: Stage, ledger: Ledger) -> Iterator[Problem]:
    """Pages and statements that are older than what they tell of."""
    days = _days(stage)
    for key in stage.sources:
        source = ledger.sources.get(key)
        if source and source.published and _precedes(source.published, days):
            yield Problem("source-before-event", "sources", key)
    for stated in stage.confirmations:
        if stated.said_on and _precedes(stated.said_on, days):
            yield Problem("said-before-event", "confirmations", stated.speaker)


def _total(total: StatedTotal, ledger: Ledger, now: datetime) -> Iterator[Problem]:
    if total.scope is TotalScope.AGREEMENT and total.through is None:
        yield Problem("total-through-no-day", "through")
    for stated in total.stated:
        yield from _relayed(stated, ledger, "stated")
    beside = ledger.with_records([total], now)
    bodies = total.unit is Unit.BODY
    if not known(beside, total.agreement, total.returned_to, bodies=bodies).fits:
        yield Problem("total-does-not-fit", "quantity")


def _claim(claim: Claim, ledger: Ledger) -> Iterator[Problem]:
    for other in ledger.claims_of(claim.agreement):
        alike = any(other.text.get(language) == text for language, text in claim.text.items())
        if alike and other.key != claim.key:
            yield Problem("claim-twice", "text", other.key)


def _said(record: Speaking, ledger: Ledger) -> Iterator[Problem]:
    for stated in statements(record):
        source = ledger.sources.get(stated.source)
        published = source.published if source else None
        if published and stated.said_on and _is_earlier(published, stated.said_on):
            yield Problem("said-after-published", "said_on", stated.source)


def _relayed(stated: Statement, ledger: Ledger, field: str) -> Iterator[Problem]:
    """An outlet mostly quotes somebody; taken for a speaker it would widen what is known (I7)."""
    actor = ledger.actors.get(stated.speaker)
    if actor and actor.kind is ActorKind.OUTLET:
        yield Problem("outlet-counts", field, stated.speaker)


def _is_apart(transfer: Transfer) -> bool:
    known_numbers = [found for one in transfer.figures if (found := counted_by(one))]
    return any(one & other is None for one, other in combinations(known_numbers, 2))


def _days(stage: Stage) -> list[EventDate]:
    """Every day that somebody gives the stage."""
    return [*([stage.date] if stage.date else []), *(one.day for one in stage.other_days)]


def _share_a_day(one: Stage, other: Stage) -> bool:
    return any(day.may_be(another) for day in _days(one) for another in _days(other))


def _precedes(day: EventDate, days: list[EventDate]) -> bool:
    return bool(days) and all(_is_earlier(day, one) for one in days)


_HALF_A_YEAR = 183
"""Days; further apart than this, two days without a year may well be of two years."""


def _is_earlier(one: EventDate, other: EventDate) -> bool:
    """Whether a day is surely before another: a year that is not printed is taken for the other's.

    So a page of January is not called older than an event of December.
    """
    year = one.year or other.year or 0
    apart = _place(other, other.year or year) - _place(one, one.year or year)
    return apart > 0 and (None not in (one.year, other.year) or apart < _HALF_A_YEAR)


def _place(day: EventDate, year: int) -> int:
    """A number that grows with the days; months are taken for equally long."""
    return (12 * year + day.month) * 31 + day.day
