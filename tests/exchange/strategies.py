"""Any quantity, figure, transfer, stage, total and claim that somebody might record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from exchange.dates import EventDate
from exchange.quantity import NOT_PUBLISHED, Quantity
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    Claim,
    ClaimScope,
    Figure,
    Lifecycle,
    Pledge,
    Record,
    Stage,
    StageKind,
    Stance,
    StanceKind,
    StatedTotal,
    Statement,
    TotalScope,
    Transfer,
    Unit,
)
from tests.exchange.examples import (
    NORTH,
    SOUTH,
    about,
    at_least,
    at_most,
    between,
    claim,
    exact,
    in_words,
    more_than,
    stage,
)

R = TypeVar("R", Stage, Pledge, StatedTotal, Claim)

numbers = st.integers(0, 3000)

bounding: st.SearchStrategy[Quantity] = st.one_of(
    numbers.map(exact),
    numbers.map(at_least),
    numbers.map(more_than),
    numbers.map(at_most),
    st.tuples(numbers, st.integers(1, 500)).map(lambda ends: between(ends[0], sum(ends))),
)
"""Quantities that set a bound."""

vague: st.SearchStrategy[Quantity] = st.one_of(
    st.just(NOT_PUBLISHED), st.just(in_words("several busloads")), numbers.map(about)
)
"""Quantities that set none."""

quantities = bounding | vague

statements = st.builds(
    Statement,
    st.sampled_from(["north_office", "south_ministry", "red_cross"]),
    st.sampled_from(["R1", "R2"]),
)
figures = st.builds(Figure, quantities, statements)
people = st.sampled_from([Unit.PERSON, Unit.SERVICE_MEMBER, Unit.CIVILIAN])


def transfers(returned_to: str) -> st.SearchStrategy[Transfer]:
    return st.builds(
        Transfer, st.just(returned_to), people, st.lists(figures, max_size=4).map(tuple)
    )


def _stage(north: Transfer | None, south: Transfer | None, day: int) -> Stage:
    present = [one for one in (north, south) if one]
    return stage(*present, key=f"S{day}", day=EventDate(6, day))


stages: st.SearchStrategy[Stage] = st.builds(
    _stage, st.none() | transfers(NORTH), st.none() | transfers(SOUTH), st.integers(1, 30)
)
courses = st.lists(stages, max_size=6).map(tuple)
"""The completed stages of an exchange."""


speakers = st.sampled_from(["north_office", "north_voices", "south_ministry", "red_cross", "paper"])
days = st.builds(EventDate, st.integers(6, 8), st.integers(1, 30), st.sampled_from([None, 2025]))
said = st.builds(Statement, speakers, st.sampled_from(["R1", "R2"]), st.none() | days)
directions = st.sampled_from([NORTH, SOUTH])
undivided = st.sampled_from([BOTH_NOT_SPLIT, NOT_STATED])
units = st.sampled_from(Unit)
stances = st.builds(
    Stance, st.sampled_from(StanceKind), said, general=st.booleans(), hedged=st.booleans()
)


def _any_stage(
    north: Transfer, south: Transfer | None, day: EventDate, bodies: bool, lifecycle: Lifecycle
) -> Stage:
    there = [one for one in (north, south) if one]
    if bodies:
        there = [replace(one, unit=Unit.BODY) for one in there]
    kind = StageKind.BODIES if bodies else StageKind.PERSONS
    return stage(*there, day=day, kind=kind, lifecycle=lifecycle, sources=("R1", "R2"))


def _numbered(letter: str, found: Sequence[R]) -> tuple[R, ...]:
    """These under public ids of their own."""
    return tuple(replace(one, key=f"{letter}{place}") for place, one in enumerate(found, start=1))


def _records(
    stages: list[Stage], pledges: list[Pledge], totals: list[StatedTotal], claims: list[Claim]
) -> tuple[Record, ...]:
    return (
        *_numbered("S", stages),
        *_numbered("P", pledges),
        *_numbered("T", totals),
        *_numbered("C", claims),
    )


def _claim(stances: list[Stance], scope: ClaimScope) -> Claim:
    return replace(claim(*stances), scope=scope)


records: st.SearchStrategy[tuple[Record, ...]] = st.builds(
    _records,
    st.lists(
        st.builds(
            _any_stage,
            transfers(NORTH),
            st.none() | transfers(SOUTH),
            days,
            st.booleans(),
            st.sampled_from([*Lifecycle, *[Lifecycle.COMPLETED] * 5]),
        ),
        max_size=5,
    ),
    st.lists(
        st.builds(
            Pledge,
            st.just("P0"),
            st.just("talks"),
            units,
            directions | undivided,
            st.tuples(said),
            quantities,
        ),
        max_size=3,
    ),
    st.lists(
        st.builds(
            StatedTotal,
            st.just("T0"),
            st.just("talks"),
            units,
            directions | undivided,
            quantities,
            st.tuples(said),
            st.sampled_from(TotalScope),
            st.none(),
            st.none() | days,
            st.none() | days,
        ),
        max_size=4,
    ),
    st.lists(
        st.builds(_claim, st.lists(stances, min_size=1, max_size=5), st.sampled_from(ClaimScope)),
        max_size=4,
    ),
)
"""What somebody might record under one agreement, each thing under its public id."""
