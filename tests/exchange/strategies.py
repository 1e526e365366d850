"""Any quantity, figure, transfer and stage that somebody might record."""

from __future__ import annotations

from hypothesis import strategies as st

from exchange.dates import EventDate
from exchange.quantity import NOT_PUBLISHED, Quantity
from exchange.records import Figure, Stage, Statement, Transfer, Unit
from tests.exchange.examples import (
    NORTH,
    SOUTH,
    about,
    at_least,
    at_most,
    between,
    exact,
    in_words,
    more_than,
    stage,
)

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
