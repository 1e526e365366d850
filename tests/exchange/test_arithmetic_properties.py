"""What holds of the arithmetic whatever was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from exchange.arithmetic import ANY, Interval, bounds, total, transferred
from exchange.progress import progress
from exchange.quantity import Quantity
from exchange.records import Figure, Stage, Transfer
from tests.exchange.examples import NORTH, SOUTH, ledger, pledge, said, stage
from tests.exchange.strategies import (
    bounding,
    courses,
    figures,
    quantities,
    stages,
    transfers,
    vague,
)

MIRROR = {NORTH: SOUTH, SOUTH: NORTH}


def mirrored(course: Sequence[Stage]) -> tuple[Stage, ...]:
    """The same course with the two parties changed over."""
    return tuple(
        replace(
            one,
            transfers=tuple(
                replace(part, returned_to=MIRROR[part.returned_to]) for part in one.transfers
            ),
        )
        for one in course
    )


def contains(outer: Interval, inner: Interval) -> bool:
    above = outer.hi is None or (inner.hi is not None and inner.hi <= outer.hi)
    return outer.lo <= inner.lo and above


@given(courses, st.booleans())
def test_changing_the_parties_over_changes_the_totals_over(
    course: tuple[Stage, ...], bodies: bool
) -> None:
    straight = total(course, NORTH, bodies=bodies)
    mirror = total(mirrored(course), SOUTH, bodies=bodies)

    assert straight == mirror


@given(courses, quantities)
def test_changing_the_parties_over_changes_the_pledges_over(
    course: tuple[Stage, ...], promised: Quantity
) -> None:
    numbered = [replace(one, key=f"S{place}") for place, one in enumerate(course)]
    straight = ledger(pledge(promised, NORTH), *numbered)
    mirror = ledger(pledge(promised, SOUTH), *mirrored(numbered))

    found = progress(mirror, mirror.pledges["P1"])

    assert replace(found, pledge=straight.pledges["P1"]) == progress(
        straight, straight.pledges["P1"]
    )


@given(courses, stages)
def test_one_more_stage_never_lowers_a_bound(course: tuple[Stage, ...], one: Stage) -> None:
    before = total(course, NORTH, bodies=False)
    after = total((*course, one), NORTH, bodies=False)

    assert after.interval.lo >= before.interval.lo
    assert after.gaps >= before.gaps
    if before.stages and before.interval.hi is None:
        assert after.interval.hi is None
    if before.interval.hi is not None and after.interval.hi is not None:
        assert after.interval.hi >= before.interval.hi


@given(transfers(NORTH), figures)
def test_one_more_figure_never_narrows_what_is_known(transfer: Transfer, one: Figure) -> None:
    before = transferred(transfer)
    after = transferred(replace(transfer, figures=(*transfer.figures, one)))

    if before:
        assert after
        assert contains(after, before)


@given(transfers(NORTH))
def test_a_hull_contains_every_figure_and_ends_at_figures(transfer: Transfer) -> None:
    known = [found for one in transfer.figures if (found := bounds(one.quantity))]
    hull = transferred(transfer)

    assert (hull is None) == (not known)
    if hull:
        assert all(contains(hull, one) for one in known)
        assert hull.lo in [one.lo for one in known]
        assert hull.hi in [one.hi for one in known]


@given(transfers(NORTH), vague)
def test_vague_words_neither_widen_nor_narrow(transfer: Transfer, quantity: Quantity) -> None:
    more = replace(transfer, figures=(*transfer.figures, said(quantity)))

    assert transferred(more) == transferred(transfer)


@given(courses, st.lists(vague, max_size=3))
def test_unknown_never_becomes_zero(course: tuple[Stage, ...], words: list[Quantity]) -> None:
    silent = stage(Transfer(NORTH, figures=tuple(said(one) for one in words)), key="S99")
    before = total(course, NORTH, bodies=False)
    after = total((*course, silent), NORTH, bodies=False)

    assert transferred(silent.transfers[0]) is None
    assert after.interval == Interval(before.interval.lo, None)
    assert (after.gaps, after.stages) == (before.gaps + 1, before.stages + 1)


@given(courses, st.data())
def test_relays_of_one_speaker_count_once(course: tuple[Stage, ...], data: st.DataObject) -> None:
    def relayed(transfer: Transfer) -> Transfer:
        if not transfer.figures:
            return transfer
        one = data.draw(st.sampled_from(transfer.figures))
        relay = replace(one, stated=replace(one.stated, source="R9"))
        return replace(transfer, figures=(*transfer.figures, relay))

    echoed = [replace(one, transfers=tuple(map(relayed, one.transfers))) for one in course]

    assert total(echoed, NORTH, bodies=False) == total(course, NORTH, bodies=False)


@given(st.lists(st.tuples(transfers(NORTH), bounding), max_size=5))
def test_a_total_adds_end_by_end(parts: list[tuple[Transfer, Quantity]]) -> None:
    course = [
        stage(replace(transfer, figures=(*transfer.figures, said(quantity))))
        for transfer, quantity in parts
    ]
    hulls = [transferred(one.transfers[0]) or ANY for one in course]
    ends = [one.hi for one in hulls]

    found = total(course, NORTH, bodies=False).interval

    assert found.lo == sum(one.lo for one in hulls)
    if course:
        assert found.hi == (None if None in ends else sum(end for end in ends if end is not None))


@given(courses)
def test_bodies_never_come_into_the_people(course: tuple[Stage, ...]) -> None:
    assert total(course, NORTH, bodies=True).stages == 0
    assert total(course, NORTH, bodies=True).interval == ANY


@given(courses, bounding)
def test_what_is_said_of_a_pledge_fits_together(
    course: tuple[Stage, ...], promised: Quantity
) -> None:
    numbered = [replace(one, key=f"S{place}") for place, one in enumerate(course)]
    held = ledger(pledge(promised), *numbered)

    found = progress(held, held.pledges["P1"])

    if found.percent_at_least is not None and found.remaining_at_most is not None:
        assert (found.percent_at_least >= 100) == (found.remaining_at_most == 0)
        if found.stages:
            assert (found.status == "met") == (found.remaining_at_most == 0)


@given(bounding)
def test_the_ends_of_what_bounds_are_in_order(quantity: Quantity) -> None:
    found = bounds(quantity)

    assert found
    assert found.hi is None or found.lo <= found.hi


@given(vague)
def test_what_is_vague_sets_no_bound(quantity: Quantity) -> None:
    assert bounds(quantity) is None
