"""Each rule of the ledger, broken once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.dates import EventDate
from exchange.quantity import NOT_PUBLISHED, Wording
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    Actor,
    ActorKind,
    Composition,
    Lifecycle,
    Record,
    Source,
    Stage,
    StageKind,
    Statement,
    Term,
    TermKind,
    Unit,
)
from exchange.rules import Problem, is_addition, problems
from tests.exchange.examples import (
    NORTH,
    NOW,
    SOUTH,
    at_least,
    exact,
    label,
    ledger,
    pledge,
    returned,
    said,
    stage,
)

AGREEMENT = ledger().agreements["talks"]
BOTH = stage(returned(NORTH, said(at_least(5))), returned(SOUTH))
"""A stage with nothing to object to."""


def with_composition(branch: str = "navy", rank: str = "officers", speaker: str = "paper") -> Stage:
    part = Composition(Statement(speaker, "R1"), (branch,), (rank,))
    return stage(replace(returned(NORTH), compositions=(part,)))


def confirmed(speaker: str, source: str = "R1") -> Stage:
    return replace(BOTH, confirmations=(Statement(speaker, source),))


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(BOTH, id="a stage"),
        pytest.param(with_composition(), id="a stage with branches and ranks"),
        pytest.param(confirmed("north_office"), id="a confirmed stage"),
        pytest.param(stage(returned(NORTH), day=EventDate(12, 31)), id="a day without a year"),
        pytest.param(
            stage(returned(NORTH), day=EventDate(8, 1, 2025), lifecycle=Lifecycle.ANNOUNCED),
            id="an announced stage with an expected day",
        ),
        pytest.param(
            stage(returned(NORTH), day=None, lifecycle=Lifecycle.ANNOUNCED),
            id="an announced stage without a day",
        ),
        pytest.param(
            stage(returned(NORTH, unit=Unit.BODY), kind=StageKind.BODIES), id="a return of bodies"
        ),
        pytest.param(pledge(at_least(1200)), id="a pledge"),
        pytest.param(pledge(at_least(1200), BOTH_NOT_SPLIT), id="a pledge of both together"),
        pytest.param(pledge(NOT_PUBLISHED, NOT_STATED), id="a pledge without a direction"),
        pytest.param(Source("R3", url="https://example.org/3"), id="a source"),
        pytest.param(Source("R3", publisher="paper"), id="a source without a link"),
        pytest.param(AGREEMENT, id="an agreement"),
    ],
)
def test_a_sound_record_may_be_published(record: Record) -> None:
    assert problems(record, ledger(), NOW) == ()


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        # references
        (replace(BOTH, agreement="x"), Problem("unknown-reference", "agreement", "x")),
        (replace(BOTH, categories=("x",)), Problem("unknown-reference", "categories", "x")),
        (confirmed("x"), Problem("unknown-reference", "speaker", "x")),
        (
            replace(BOTH, sources=("R1", "R9")),
            Problem("unknown-reference", "sources", "R9"),
        ),
        (
            replace(confirmed("north_office", "R9"), sources=("R1", "R9")),
            Problem("unknown-reference", "source", "R9"),
        ),
        (replace(BOTH, categories=("navy",)), Problem("unknown-reference", "categories", "navy")),
        (with_composition(branch="officers"), Problem("unknown-reference", "branches", "officers")),
        (with_composition(rank="navy"), Problem("unknown-reference", "ranks", "navy")),
        (
            Actor("a", ActorKind.INSTITUTION, label("A"), party="navy"),
            Problem("unknown-reference", "party", "navy"),
        ),
        (with_composition(branch="x"), Problem("unknown-reference", "branches", "x")),
        (with_composition(rank="x"), Problem("unknown-reference", "ranks", "x")),
        (with_composition(speaker="x"), Problem("unknown-reference", "speaker", "x")),
        (
            replace(BOTH, further_stages=said(NOT_PUBLISHED, "x")),
            Problem("unknown-reference", "speaker", "x"),
        ),
        (
            replace(pledge(at_least(1)), agreement="x"),
            Problem("unknown-reference", "agreement", "x"),
        ),
        (
            replace(pledge(at_least(1)), categories=("x",)),
            Problem("unknown-reference", "categories", "x"),
        ),
        (Source("R3", publisher="x"), Problem("unknown-reference", "publisher", "x")),
        (
            Actor("a", ActorKind.INSTITUTION, label("A"), party="x"),
            Problem("unknown-reference", "party", "x"),
        ),
        (
            replace(AGREEMENT, parties=(NORTH, "x")),
            Problem("unknown-reference", "parties", "x"),
        ),
        (replace(AGREEMENT, sources=("x",)), Problem("unknown-reference", "sources", "x")),
        (replace(AGREEMENT, mediator="x"), Problem("unknown-reference", "mediator", "x")),
        # nothing without a source
        (replace(BOTH, sources=()), Problem("no-source", "sources")),
        (replace(pledge(at_least(1)), stated=()), Problem("no-source", "stated")),
        (replace(AGREEMENT, sources=()), Problem("no-source", "sources")),
        (confirmed("north_office", "R2"), Problem("source-not-listed", "sources", "R2")),
        # who
        (replace(AGREEMENT, parties=(NORTH, NORTH)), Problem("same-party-twice", "parties")),
        (
            replace(AGREEMENT, parties=(NORTH, "wounded")),
            Problem("unknown-reference", "parties", "wounded"),
        ),
        (pledge(at_least(1), "east"), Problem("not-a-party", "returned_to", "east")),
        (confirmed("paper"), Problem("outlet-confirms", "confirmations", "paper")),
        # when
        (replace(BOTH, date=None), Problem("no-date", "date")),
        (
            replace(BOTH, date=None, lifecycle=Lifecycle.UNDER_WAY),
            Problem("no-date", "date"),
        ),
        (replace(BOTH, date=EventDate(7, 3, 2025)), Problem("future-date", "date")),
        (
            replace(BOTH, date=EventDate(7, 3, 2025), lifecycle=Lifecycle.UNDER_WAY),
            Problem("future-date", "date"),
        ),
        # which way, and what
        (replace(BOTH, transfers=()), Problem("no-direction", "transfers")),
        (
            stage(returned(NORTH), returned(NORTH)),
            Problem("direction-twice", "transfers", NORTH),
        ),
        (stage(returned("east")), Problem("not-a-party", "transfers", "east")),
        (
            stage(returned(NORTH, unit=Unit.BODY)),
            Problem("people-and-bodies", "transfers", NORTH),
        ),
        (
            stage(returned(NORTH), kind=StageKind.BODIES),
            Problem("people-and-bodies", "transfers", NORTH),
        ),
        (stage(returned(NORTH, said(exact(0)))), Problem("figure-zero", "transfers", NORTH)),
        # texts
        (
            replace(BOTH, words=Wording("en", {"en": "several\u202e busloads"})),
            Problem("hidden-characters", "texts.en"),
        ),
        (
            Term("t", TermKind.RANK, {"en": "a", "uk": "а"}),
            Problem("label-missing", "label.ru"),
        ),
        (
            Term("t", TermKind.RANK, {"en": "a", "uk": " ", "ru": "а"}),
            Problem("label-missing", "label.uk"),
        ),
        (
            Actor("a", ActorKind.OUTLET, label("A"), short={"en": "a"}),
            Problem("label-missing", "short.ru"),
        ),
        (Source("R3", url="https://u@example.org"), Problem("link-disguised", "url")),
        (
            Source("R3", archived_url="ftp://example.org"),
            Problem("link-broken", "archived_url"),
        ),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused_by_its_name(
    record: Record, problem: Problem
) -> None:
    assert problem in problems(record, ledger(), NOW)


def test_a_stage_is_recorded_once_for_its_kind_and_day() -> None:
    held = ledger(BOTH)

    again = problems(replace(BOTH, key="S2"), held, NOW)
    bodies = stage(returned(NORTH, unit=Unit.BODY), key="S2", kind=StageKind.BODIES)

    assert again == (Problem("same-stage", "date", "S1"),)
    assert problems(bodies, held, NOW) == ()
    assert problems(replace(BOTH, key="S2", date=EventDate(6, 10)), held, NOW) == ()


def test_stages_without_a_day_are_not_taken_for_one() -> None:
    announced = replace(BOTH, date=None, lifecycle=Lifecycle.ANNOUNCED)

    assert problems(replace(announced, key="S2"), ledger(announced), NOW) == ()


def test_a_completed_stage_moves_nowhere() -> None:
    back = replace(BOTH, lifecycle=Lifecycle.ANNOUNCED)

    assert problems(back, ledger(BOTH), NOW) == (Problem("lifecycle-moves-back", "lifecycle"),)


RECORDED = replace(
    with_composition(),
    transfers=(
        replace(with_composition().transfers[0], figures=(said(at_least(5)),)),
        returned(SOUTH),
    ),
    confirmations=(Statement("north_office", "R1"),),
    categories=("wounded",),
    words=Wording("en", {"en": "several busloads"}),
    further_stages=said(NOT_PUBLISHED),
)
FIRST, SECOND = RECORDED.transfers
ANNOUNCED = replace(RECORDED, lifecycle=Lifecycle.ANNOUNCED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(RECORDED, RECORDED, id="nothing"),
        pytest.param(RECORDED, replace(RECORDED, sources=("R1", "R2")), id="a source"),
        pytest.param(
            RECORDED,
            replace(
                RECORDED,
                confirmations=(*RECORDED.confirmations, Statement("south_ministry", "R1")),
            ),
            id="a confirmation",
        ),
        pytest.param(
            RECORDED,
            replace(
                RECORDED,
                transfers=(
                    replace(FIRST, figures=(*FIRST.figures, said(exact(7), "south_ministry"))),
                    replace(SECOND, figures=(said(exact(7)),)),
                ),
            ),
            id="figures",
        ),
        pytest.param(ANNOUNCED, RECORDED, id="the lifecycle moves"),
        pytest.param(
            ANNOUNCED, replace(RECORDED, date=EventDate(6, 11)), id="the day of what was announced"
        ),
    ],
)
def test_what_only_adds_is_no_correction(before: Stage, after: Stage) -> None:
    assert is_addition(before, after)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(replace(RECORDED, key="S2"), id="another key"),
        pytest.param(replace(RECORDED, agreement="others"), id="another agreement"),
        pytest.param(replace(RECORDED, kind=StageKind.URGENT_MEDICAL), id="another kind"),
        pytest.param(replace(RECORDED, date=EventDate(6, 10)), id="another day"),
        pytest.param(replace(RECORDED, date=EventDate(6, 9, 2025)), id="a year"),
        pytest.param(replace(RECORDED, categories=()), id="a category less"),
        pytest.param(replace(RECORDED, sources=("R2",)), id="another source"),
        pytest.param(replace(RECORDED, confirmations=()), id="a confirmation less"),
        pytest.param(replace(RECORDED, words=None), id="the words less"),
        pytest.param(replace(RECORDED, further_stages=None), id="further stages less"),
        pytest.param(replace(RECORDED, transfers=(FIRST,)), id="a direction less"),
        pytest.param(replace(RECORDED, transfers=(SECOND, FIRST)), id="directions changed over"),
        pytest.param(
            replace(RECORDED, transfers=(replace(FIRST, figures=()), SECOND)), id="a figure less"
        ),
        pytest.param(
            replace(RECORDED, transfers=(replace(FIRST, figures=(said(exact(6)),)), SECOND)),
            id="another figure",
        ),
        pytest.param(
            replace(RECORDED, transfers=(replace(FIRST, unit=Unit.CIVILIAN), SECOND)),
            id="another unit",
        ),
        pytest.param(
            replace(RECORDED, transfers=(replace(FIRST, compositions=()), SECOND)),
            id="branches less",
        ),
    ],
)
def test_every_other_change_is_a_correction(after: Stage) -> None:
    assert not is_addition(RECORDED, after)
