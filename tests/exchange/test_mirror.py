"""Both parties are treated alike, and the order of recording makes no difference (AT3, I19)."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from exchange.claims import confirmed_by, contested, listed, status
from exchange.corrections import changes, is_material
from exchange.dates import EventDate
from exchange.grading import credibility
from exchange.ledger import Entry, Ledger, Speaking, statements
from exchange.makeup import differ_in_kind
from exchange.progress import progress
from exchange.records import Lifecycle, Record, Stage
from exchange.totals import known
from tests.exchange.examples import GROUND, NORTH, NOW, SOUTH, ledger
from tests.exchange.strategies import records

MIRROR = {NORTH: SOUTH, SOUTH: NORTH}

Answers = tuple[Any, ...]


def mirrored(value: Any) -> Any:
    """The same with the two parties changed over, wherever they are named."""
    if isinstance(value, str):
        return MIRROR.get(value, value)
    if isinstance(value, tuple):
        return tuple(map(mirrored, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: mirrored(getattr(value, one.name)) for one in fields(value)}
        )
    return value


def answers(held: Ledger, first: str = NORTH, second: str = SOUTH) -> Answers:
    """All that is worked out from a ledger of one agreement, its parties in this order."""
    stages, claims = held.stages_of("talks"), listed(held, "talks")
    speaking: tuple[Speaking, ...] = (
        *held.pledges.values(),
        *stages,
        *held.totals.values(),
        *claims,
    )
    directions = ((one, bodies) for one in (first, second) for bodies in (True, False))
    return (
        held.latest_agreement(),
        stages,
        tuple(known(held, "talks", one, bodies=bodies) for one, bodies in directions),
        tuple(progress(held, one) for one in held.pledges_of("talks")),
        tuple((one, status(one, held), confirmed_by(one, held)) for one in claims),
        contested(held, "talks"),
        tuple(one in held.confirming_parties(two) for one in (first, second) for two in stages),
        tuple(differ_in_kind(part) for one in stages for part in one.transfers),
        tuple(credibility(two, one, held) for one in speaking for two in statements(one)),
        tuple((key, held.statements_in(key), held.citing(key)) for key in held.sources),
    )


@given(records)
def test_at03_changing_the_parties_over_changes_every_answer_over(
    recorded: tuple[Record, ...],
) -> None:
    straight = ledger(*recorded)
    mirror = ledger(*mirrored(recorded), ground=mirrored(GROUND))

    assert mirrored(answers(straight)) == answers(mirror, SOUTH, NORTH)


@given(records, records)
def test_changing_the_parties_over_changes_corrections_over(
    before: tuple[Record, ...], after: tuple[Record, ...]
) -> None:
    for old, new in zip(before, after, strict=False):
        if type(old) is type(new):
            told = changes(old, new)
            assert mirrored(told) == changes(mirrored(old), mirrored(new))
            assert is_material(told) == is_material(mirrored(told))


@given(records, st.randoms(use_true_random=False))
def test_records_with_their_ids_give_the_same_ledger_in_any_order(
    recorded: tuple[Record, ...], chance: Any
) -> None:
    shuffled = list(recorded)
    chance.shuffle(shuffled)

    def loaded(records: list[Record]) -> Ledger:
        entries = [Entry(one, 1, place, NOW) for place, one in enumerate((*GROUND, *records))]
        return Ledger().with_entries(entries, revision=1)

    assert answers(loaded(shuffled)) == answers(loaded(list(recorded)))


@given(records)
def test_at24_a_withdrawn_record_is_in_no_answer_and_stays_in_history(
    recorded: tuple[Record, ...],
) -> None:
    full = ledger(*recorded)
    for gone in recorded:
        withdrawn = replace(full.entries[gone.key], rev=2, withdrawn=True)

        after = full.with_entries([withdrawn], revision=2)

        without = full.with_entries([], 2)
        never = [entry for entry in without.entries.values() if entry.record.key != gone.key]
        assert answers(after) == answers(Ledger().with_entries(never, 2))
        assert after.entries[gone.key].record == gone


@given(records)
def test_only_completed_stages_and_nothing_else_feed_what_is_known(
    recorded: tuple[Record, ...],
) -> None:
    """Lists, pledges, claims and stages still open are in no total (I2, I3)."""
    held = ledger(*recorded)
    counted = [
        one for one in recorded if isinstance(one, Stage) and one.lifecycle is Lifecycle.COMPLETED
    ]

    for party in (NORTH, SOUTH):
        for bodies in (True, False):
            alone = known(ledger(*counted), "talks", party, bodies=bodies)
            assert known(held, "talks", party, bodies=bodies).computed == alone.computed


@given(records)
def test_at23_no_year_comes_from_anywhere_but_a_source(recorded: tuple[Record, ...]) -> None:
    bare = tuple(_without_years(one) for one in recorded)

    def days(value: Any) -> list[EventDate]:
        if isinstance(value, EventDate):
            return [value]
        if isinstance(value, tuple):
            return [day for one in value for day in days(one)]
        if is_dataclass(value):
            return [day for one in fields(value) for day in days(getattr(value, one.name))]
        return []

    assert all(day.year is None for day in days(answers(ledger(*bare))))


def _without_years(value: Any) -> Any:
    if isinstance(value, EventDate):
        return replace(value, year=None)
    if isinstance(value, tuple):
        return tuple(map(_without_years, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _without_years(getattr(value, one.name)) for one in fields(value)}
        )
    return value
