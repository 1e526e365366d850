"""What a new revision of a record changes, told piece by piece as a reader would ask.

A change keeps both sides as the record has them: a quantity as it was said, a day as precise as it
was. How a change is worded is no matter of this page, and neither is why it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from typing import Any, cast

from exchange.quantity import Wording
from exchange.records import (
    Composition,
    Figure,
    Identification,
    Ordinal,
    Record,
    Source,
    Stance,
    StatedDay,
    Statement,
    Transfer,
)


class Reason(StrEnum):
    """Why a published record was changed or withdrawn."""

    TYPO = "typo"
    SOURCE_CORRECTED = "source_corrected"
    NEW_FIGURE = "new_figure"
    WRONG_ATTRIBUTION = "wrong_attribution"
    DUPLICATE = "duplicate"
    WRONG_DATE = "wrong_date"
    TRANSLATION = "translation"
    PERSONAL_DATA_REDACTED = "personal_data_redacted"
    RETRACTED_BY_SOURCE = "retracted_by_source"


WITHDRAWS = (
    Reason.DUPLICATE,
    Reason.RETRACTED_BY_SOURCE,
    Reason.WRONG_ATTRIBUTION,
    Reason.WRONG_DATE,
    Reason.PERSONAL_DATA_REDACTED,
)
"""Why something may be withdrawn; for any other reason it is corrected."""


@dataclass(frozen=True)
class Change:
    """One thing that differs between two revisions of a record.

    `field` is the record's own field where that is one value. What stands in a list changes one by
    one, under the name of a single thing: `figure`, `confirmation`, `stance`, `source`, `speaker`;
    where only its source or the day it was said on differs, under `statement`.
    """

    field: str
    before: Any
    """As the former revision had it; None where it had nothing."""
    after: Any
    """As it is now; None where it is gone."""
    returned_to: str | None = None
    """The direction, where the change is within one."""


def changes(before: Record, after: Record) -> tuple[Change, ...]:
    """Everything that differs, in the order in which a reader asks: when, how far, who, how many.

    Raises:
        TypeError: the two are not of one kind.

    """
    if type(before) is not type(after):
        raise TypeError("a record never becomes one of another kind")
    return tuple(_changes(before, after))


def is_material(changed: Iterable[Change]) -> bool:
    """Whether readers are told: a number, a day, a direction, a state or whose words it is.

    Anything else is mended where it stands, for all to see in the record's history; so are better
    translations of words that stay as they were printed.
    """
    return any(
        one.field in _MATERIAL and _as_printed(one.before) != _as_printed(one.after)
        for one in changed
    )


def _as_printed(value: Any) -> Any:
    """A value without our translations of words in it."""
    if isinstance(value, Wording):
        return value.original, value.texts[value.original]
    if isinstance(value, tuple):
        return tuple(map(_as_printed, value))
    if is_dataclass(value):
        return type(value), *(_as_printed(getattr(value, one.name)) for one in fields(value))
    return value


def without_words(record: Record) -> Record:
    """A record of which no free word is left: of one that was withdrawn for what they told."""
    return cast("Record", _without_words(record))


def _without_words(value: Any) -> Any:
    match value:
        case Wording(original=original):
            return Wording(original, {original: _NO_WORD})
        case Mapping():
            return dict.fromkeys(value, _NO_WORD)
        case tuple():
            return tuple(map(_without_words, value))
        case Source():
            return replace(value, url=None, archived_url=None)
    if is_dataclass(value) and not isinstance(value, type):
        inner = {one.name: _without_words(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **inner)
    return value


_NO_WORD = "…"

_MATERIAL = frozenset(
    {
        "categories",
        "composition",
        "confirmation",
        "date",
        "direction",
        "figure",
        "further_stages",
        "identification",
        "in_principle",
        "kind",
        "lifecycle",
        "ordinal",
        "other_day",
        "principle",
        "quantity",
        "returned_to",
        "scope",
        "since",
        "speaker",
        "stance",
        "through",
        "unit",
        "words",
    }
)

_ASKED_FIRST = ("agreement", "kind", "date", "other_days", "lifecycle", "scope", "since", "through")
"""Fields before the others, which follow as the record has them."""

_LISTED = {
    "other_days": "other_day",
    "ordinals": "ordinal",
    "confirmations": "confirmation",
    "stated": "speaker",
    "stances": "stance",
    "sources": "source",
}
"""Fields that change one by one, and what one of them is called."""


def _changes(before: Record, after: Record) -> Iterator[Change]:
    for name in _in_order(before):
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "transfers":
            yield from _directions(old, new)
        elif name in _LISTED:
            yield from _one_by_one(_LISTED[name], old, new)
        else:
            yield Change(name, old, new)


def _in_order(record: Record) -> list[str]:
    names = [one.name for one in fields(record)]
    return sorted(names, key=lambda name: name not in _ASKED_FIRST)


def _directions(before: Sequence[Transfer], after: Sequence[Transfer]) -> Iterator[Change]:
    old = {one.returned_to: one for one in before}
    new = {one.returned_to: one for one in after}
    for party in dict.fromkeys((*old, *new)):
        if party not in new or party not in old:
            yield Change("direction", old.get(party), new.get(party), party)
            continue
        yield from (
            replace(change, returned_to=party) for change in _within(old[party], new[party])
        )


def _within(before: Transfer, after: Transfer) -> Iterator[Change]:
    if before.unit is not after.unit:
        yield Change("unit", before.unit, after.unit)
    yield from _one_by_one("figure", before.figures, after.figures)
    yield from _one_by_one("identification", before.identifications, after.identifications)
    yield from _one_by_one("composition", before.compositions, after.compositions)


def _one_by_one(name: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    """What left a list beside what came in its place: of the same speaker, else by turns.

    What one speaker says is the same thing wherever and whenever he was read: that only its
    sources or days differ is a change of `statement`.
    """
    said_before, said_after = [_said(one) for one in before], [_said(one) for one in after]
    old = [one for one in before if _said(one) not in said_after]
    new = [one for one in after if _said(one) not in said_before]
    yield from (Change(name, *pair) for pair in _paired(old, new))
    old = [one for one in before if one not in after and _said(one) in said_after]
    new = [one for one in after if one not in before and _said(one) in said_before]
    yield from (Change("statement", *pair) for pair in _paired(old, new))


def _paired(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    left = list(new)
    alone = []
    for one in old:
        match = next((other for other in left if _speaker(other) == _speaker(one)), None)
        if match is None:
            alone.append(one)
        else:
            left.remove(match)
            yield one, match
    yield from zip_longest(alone, left)


def _said(one: Any) -> object:
    """A thing with its speaker, wherever it was read; a key is itself."""
    match one:
        case Statement(speaker=speaker):
            return speaker
        case Identification(state, figure):
            return state, _said(figure)
        case Figure() | Composition() | Ordinal() | StatedDay() | Stance():
            return replace(one, stated=Statement(one.stated.speaker, ""))
    return one


def _speaker(one: Any) -> object:
    match one:
        case Statement(speaker=speaker):
            return speaker
        case Identification(state, figure):
            return state, figure.stated.speaker
        case Figure() | Composition() | Ordinal() | StatedDay() | Stance():
            return one.stated.speaker
    return one
