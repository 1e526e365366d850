"""What the newer fields of a stage must be: parts, other days, ordinals, what became of bodies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.dates import EventDate
from exchange.quantity import NOT_PUBLISHED, Quantity
from exchange.records import (
    BodyState,
    Figure,
    Identification,
    Ordinal,
    Part,
    Stage,
    StageKind,
    StatedDay,
    Statement,
    Unit,
)
from exchange.rules import Problem, is_addition, problems
from tests.exchange.examples import (
    NORTH,
    NOW,
    about,
    at_least,
    exact,
    label,
    ledger,
    returned,
    said,
    stage,
)

SAID = Statement("north_office", "R1")


def counting(quantity: Quantity, *parts: Part, whole: bool = True) -> Stage:
    return stage(returned(NORTH, Figure(quantity, SAID, parts=parts, whole=whole)))


def bodies(*found: tuple[BodyState, Quantity], handed_over: Quantity = NOT_PUBLISHED) -> Stage:
    identified = tuple(Identification(state, said(quantity)) for state, quantity in found)
    transfer = replace(
        returned(NORTH, said(handed_over), unit=Unit.BODY), identifications=identified
    )
    return stage(transfer, kind=StageKind.BODIES)


def dated(day: EventDate) -> Stage:
    return replace(counting(exact(5)), other_days=(StatedDay(day, SAID),))


def called(number: int) -> Stage:
    return replace(counting(exact(5)), ordinals=(Ordinal(number, label("all"), SAID),))


WOUNDED = Part(exact(5), category="wounded")
UNDER, KNOWN = BodyState.UNDER_EXAMINATION, BodyState.IDENTIFIED


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(counting(exact(157), Part(exact(152)), WOUNDED), id="parts that add up"),
        pytest.param(counting(NOT_PUBLISHED, Part(exact(152)), WOUNDED), id="parts alone"),
        pytest.param(counting(exact(157), WOUNDED, whole=False), id="a part of all"),
        pytest.param(counting(exact(157), Part(at_least(5)), whole=False), id="an open part"),
        pytest.param(counting(exact(157), Part(about(200))), id="about is no bound"),
        pytest.param(dated(EventDate(6, 10)), id="another day"),
        pytest.param(called(68), id="an ordinal"),
        pytest.param(bodies((KNOWN, exact(40)), (UNDER, exact(60))), id="nothing to exceed"),
        pytest.param(
            bodies((KNOWN, exact(40)), (UNDER, exact(60)), handed_over=exact(100)),
            id="all of those returned",
        ),
        pytest.param(
            bodies((KNOWN, exact(40)), (KNOWN, exact(70)), handed_over=exact(100)),
            id="a later count of the same",
        ),
        pytest.param(
            bodies((KNOWN, exact(40)), handed_over=at_least(30)), id="at least has no upper end"
        ),
    ],
)
def test_a_sound_stage_may_be_published(record: Stage) -> None:
    assert problems(record, ledger(), NOW) == ()


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (
            counting(exact(157), Part(exact(153)), WOUNDED),
            Problem("parts-do-not-fit", "figures", NORTH),
        ),
        (
            counting(exact(157), Part(exact(158)), whole=False),
            Problem("parts-do-not-fit", "figures", NORTH),
        ),
        (
            counting(exact(157), Part(exact(150)), WOUNDED),
            Problem("parts-do-not-fit", "figures", NORTH),
        ),
        (
            counting(exact(157), Part(exact(5), category="navy"), whole=False),
            Problem("unknown-reference", "category", "navy"),
        ),
        (
            counting(exact(157), Part(exact(0)), whole=False),
            Problem("figure-zero", "transfers", NORTH),
        ),
        (
            counting(exact(157), Part(exact(5), Unit.BODY), whole=False),
            Problem("people-and-bodies", "transfers", NORTH),
        ),
        (dated(EventDate(6, 9)), Problem("day-not-another", "other_days")),
        (dated(EventDate(6, 9, 2025)), Problem("day-not-another", "other_days")),
        (called(0), Problem("ordinal-below-one", "ordinals")),
        (
            bodies((KNOWN, exact(41)), (UNDER, exact(60)), handed_over=exact(100)),
            Problem("identified-beyond-returned", "identifications", "north_office"),
        ),
        (
            bodies((KNOWN, at_least(101)), handed_over=exact(100)),
            Problem("identified-beyond-returned", "identifications", "north_office"),
        ),
        (
            replace(bodies((KNOWN, exact(1))), kind=StageKind.PERSONS),
            Problem("identified-people", "identifications", NORTH),
        ),
    ],
)
def test_a_stage_that_breaks_a_rule_is_refused_by_its_name(record: Stage, problem: Problem) -> None:
    assert problem in problems(record, ledger(), NOW)


def test_what_others_say_of_bodies_is_not_held_against_a_speaker() -> None:
    by_others = bodies((KNOWN, exact(101)))
    [transfer] = by_others.transfers
    handed_over = said(exact(100), "south_ministry")

    told = replace(by_others, transfers=(replace(transfer, figures=(handed_over,)),))

    assert problems(told, ledger(), NOW) == ()


@pytest.mark.parametrize(
    "after",
    [
        dated(EventDate(6, 10)),
        called(68),
        stage(replace(counting(exact(5)).transfers[0], identifications=())),
    ],
)
def test_another_day_and_an_ordinal_only_add(after: Stage) -> None:
    assert is_addition(counting(exact(5)), after)
    assert is_addition(after, counting(exact(5))) == (after == counting(exact(5)))


def test_what_became_of_bodies_only_adds() -> None:
    assert is_addition(bodies(), bodies((KNOWN, exact(5))))
    assert not is_addition(bodies((KNOWN, exact(5))), bodies())
