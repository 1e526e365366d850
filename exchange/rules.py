"""What a record must be to enter the ledger.

`problems` judges one record against the ledger that it would join and names every broken rule. The
sentences for people are in the catalogues, by the rule's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from exchange.claim_rules import claim_problems
from exchange.dates import chronological
from exchange.ledger import Ledger
from exchange.problem import Problem
from exchange.quantity import Wording
from exchange.records import (
    BOTH_NOT_SPLIT,
    LANGUAGES,
    NOT_STATED,
    Actor,
    Agreement,
    Claim,
    Lifecycle,
    Pledge,
    Record,
    Source,
    Stage,
    StatedTotal,
    TotalScope,
    Transfer,
)
from exchange.references import unknown_references
from exchange.stage_rules import stage_problems
from exchange.text import link_fault, personal_fault, text_fault

__all__ = ["Problem", "is_addition", "problems"]


def problems(record: Record, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
    """Everything that forbids this record; empty where it may be published."""
    found = [*_texts(record), *unknown_references(record, ledger)]
    match record:
        case Source():
            found += _source(record)
        case Agreement():
            found += _agreement(record)
        case Pledge():
            found += _pledge(record, ledger)
        case StatedTotal():
            found += _total(record, ledger)
        case Claim():
            found += claim_problems(record)
        case Stage() if record.agreement in ledger.agreements:
            found += stage_problems(record, ledger, now)
    return tuple(found)


def is_addition(before: Record, after: Record) -> bool:
    """Whether `after` only adds to what was recorded; anything else would be a correction.

    Attributed statements and sources may be added. A stage's lifecycle may move, and its day may be
    set as long as it has not been completed, since until then it was an expectation.
    """
    if not isinstance(before, Stage) or not isinstance(after, Stage):
        return _only_grew(before, after)
    day_is_known = before.lifecycle is Lifecycle.COMPLETED
    moved = replace(
        after,
        date=after.date if day_is_known else before.date,
        lifecycle=before.lifecycle,
        transfers=before.transfers,
    )
    return (
        _only_grew(before, moved)
        and len(before.transfers) == len(after.transfers)
        and all(map(_only_grew, before.transfers, after.transfers))
    )


_MAY_GROW: dict[type[Record | Transfer], tuple[str, ...]] = {
    Agreement: ("sources",),
    Pledge: ("stated",),
    Stage: ("confirmations", "ordinals", "other_days", "sources"),
    Transfer: ("compositions", "figures", "identifications"),
    StatedTotal: ("stated",),
    Claim: ("see_also", "stances"),
}
"""Fields that hold a statement or a source each, so that more of them takes nothing back."""


def _only_grew(before: Record | Transfer, after: Record | Transfer) -> bool:
    growing = _MAY_GROW.get(type(before), ())
    return type(before) is type(after) and all(
        all(kept in new for kept in old) if name in growing else new == old
        for name, old, new in _beside(before, after)
    )


def _beside(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    for one in fields(before):
        yield one.name, getattr(before, one.name), getattr(after, one.name)


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
    yield from _direction(pledge, ledger)


def _total(total: StatedTotal, ledger: Ledger) -> Iterator[Problem]:
    if not total.stated:
        yield Problem("no-source", "stated")
    if len({one.speaker for one in total.stated}) > 1:
        yield Problem("several-speakers", "stated")
    if total.scope is TotalScope.OTHER and not total.words:
        yield Problem("counts-what", "words")
    if total.quantity.value is None and not total.quantity.words:
        yield Problem("no-number", "quantity")
    if total.quantity.value == 0:
        yield Problem("figure-zero", "quantity")
    if total.since and total.through:
        order = chronological((total.since, total.through))
        if order(total.through) < order(total.since):
            yield Problem("ends-before-it-begins", "through")
    yield from _direction(total, ledger)


def _direction(record: Pledge | StatedTotal, ledger: Ledger) -> Iterator[Problem]:
    agreement = ledger.agreements.get(record.agreement)
    if agreement and record.returned_to not in (*agreement.parties, BOTH_NOT_SPLIT, NOT_STATED):
        yield Problem("not-a-party", "returned_to", record.returned_to)


def _texts(value: object, field: str = "key") -> Iterator[Problem]:
    """Hidden signs in any text of the record, and what free texts may not hold or miss."""
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
            if isinstance(inner, dict):
                yield from _free_text(inner, one.name, of=value)


def _free_text(texts: dict[str, str], field: str, *, of: object) -> Iterator[Problem]:
    """A name in each language, and nothing personal; outlets alone may be called like a link."""
    if not isinstance(of, Wording):
        missing = [code for code in LANGUAGES if not texts.get(code, "").strip()]
        yield from (Problem("label-missing", f"{field}.{code}") for code in missing)
    for language, text in texts.items():
        fault = personal_fault(text)
        if fault and not (isinstance(of, Actor) and fault == "link-in-text"):
            yield Problem(fault, f"{field}.{language}")
