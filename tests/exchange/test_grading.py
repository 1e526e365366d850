"""Grades by rule: the same for both parties, and never better than what the ledger shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.grading import credibility, reliability
from exchange.ledger import Speaking
from exchange.records import Credibility, Reliability, Source, SourceType, Statement
from tests.exchange.examples import (
    NORTH,
    asserts,
    claim,
    confirms,
    denies,
    exact,
    ledger,
    pledge,
    returned,
    said,
    stage,
    total,
)

NORTHERN, SOUTHERN = Statement("north_office", "R1"), Statement("south_ministry", "R1")
PAPER, VOICES = Statement("paper", "R1"), Statement("north_voices", "R1")


def counted(*figures: tuple[int, str]) -> Speaking:
    return stage(returned(NORTH, *(said(exact(number), speaker) for number, speaker in figures)))


def confirmed(*statements: Statement) -> Speaking:
    return replace(stage(returned(NORTH)), confirmations=statements)


@pytest.mark.parametrize("type_", SourceType)
def test_every_type_of_source_has_a_grade_and_a_moderators_goes_before_it(
    type_: SourceType,
) -> None:
    source = Source("R1", type=type_)

    assert reliability(source) is not Reliability.COMPLETELY
    assert reliability(replace(source, reliability=Reliability.UNRELIABLE)) is (
        Reliability.UNRELIABLE
    )


@pytest.mark.parametrize(
    ("stated", "record", "grade"),
    [
        pytest.param(NORTHERN, counted((157, "north_office")), "2", id="what a party got itself"),
        pytest.param(
            SOUTHERN, counted((157, "south_ministry")), "2", id="what a party handed over itself"
        ),
        pytest.param(
            NORTHERN,
            counted((157, "north_office"), (157, "south_ministry")),
            "1",
            id="the other side gives the same figure",
        ),
        pytest.param(
            NORTHERN,
            counted((157, "north_office"), (152, "south_ministry")),
            "2",
            id="the other side gives another figure",
        ),
        pytest.param(
            NORTHERN,
            counted((157, "north_office"), (157, "north_voices")),
            "2",
            id="its own side says it again",
        ),
        pytest.param(
            NORTHERN,
            counted((157, "north_office"), (157, "paper")),
            "2",
            id="an outlet says it again",
        ),
        pytest.param(VOICES, counted((157, "north_voices")), "3", id="unnamed officials"),
        pytest.param(PAPER, counted((157, "paper")), "3", id="an outlet"),
        pytest.param(Statement("red_cross", "R1"), counted((157, "red_cross")), "2", id="a third"),
        pytest.param(NORTHERN, confirmed(NORTHERN), "2", id="one side confirms"),
        pytest.param(NORTHERN, confirmed(NORTHERN, SOUTHERN), "1", id="both sides confirm"),
        pytest.param(PAPER, pledge(exact(5)), "3", id="a pledge in an outlet's words"),
        pytest.param(
            NORTHERN,
            replace(pledge(exact(5)), stated=(NORTHERN, SOUTHERN)),
            "1",
            id="a pledge in both sides' words",
        ),
        pytest.param(NORTHERN, total(exact(5)), "2", id="a total"),
        pytest.param(
            asserts("north_office").stated, claim(asserts("north_office")), "6", id="claim"
        ),
        pytest.param(
            asserts("north_office").stated,
            claim(asserts("north_office"), denies("south_ministry")),
            "6",
            id="a disputed claim",
        ),
        pytest.param(
            asserts("north_office").stated,
            claim(asserts("north_office"), confirms("south_ministry")),
            "1",
            id="a claim that both confirm",
        ),
        pytest.param(
            asserts("north_office").stated,
            claim(asserts("north_office"), confirms("red_cross")),
            "2",
            id="a claim that a third confirms",
        ),
        pytest.param(
            asserts("north_office").stated,
            claim(asserts("north_office"), denies("north_voices")),
            "5",
            id="a refuted claim",
        ),
    ],
)
def test_how_far_a_statement_can_be_believed(
    stated: Statement, record: Speaking, grade: str
) -> None:
    assert credibility(stated, record, ledger(record)) == grade


def test_a_total_that_the_other_side_states_too_is_confirmed() -> None:
    theirs = total(exact(5), "south_ministry", key="T2")
    ours = total(exact(5))

    assert credibility(NORTHERN, ours, ledger(ours, theirs)) is Credibility.CONFIRMED
    assert credibility(NORTHERN, ours, ledger(ours, replace(theirs, through=None))) is (
        Credibility.PROBABLY_TRUE
    )


def test_a_moderators_grade_goes_before_the_rule() -> None:
    graded = replace(NORTHERN, credibility=Credibility.DOUBTFUL)
    record = confirmed(graded, SOUTHERN)

    assert credibility(graded, record, ledger(record)) is Credibility.DOUBTFUL
