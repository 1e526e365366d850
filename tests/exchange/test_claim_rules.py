"""What claims and stated totals must be, each rule broken once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.claim_rules import numbers_in
from exchange.dates import EventDate
from exchange.quantity import NOT_PUBLISHED, Quantity
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    Claim,
    Record,
    Statement,
    TotalScope,
    Unit,
)
from exchange.references import resting_on
from exchange.rules import Problem, is_addition, problems
from tests.exchange.examples import (
    NORTH,
    NOW,
    asserts,
    between,
    claim,
    confirms,
    declines,
    denies,
    exact,
    in_words,
    label,
    ledger,
    more_than,
    pledge,
    returned,
    stage,
    total,
)

SAID = claim(asserts("south_ministry"))
COUNTED = replace(
    claim(asserts("south_ministry"), text="1,212 bodies were not collected"), quantity=exact(1212)
)
STATED = total(more_than(1000))


def about(key: str | None, *see_also: str) -> Claim:
    return replace(SAID, about=key, see_also=see_also)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(SAID, id="a claim"),
        pytest.param(COUNTED, id="a claim with its number"),
        pytest.param(about("S1", "C9"), id="a claim about a stage, beside another"),
        pytest.param(about("P1"), id="a claim about a pledge"),
        pytest.param(claim(asserts("paper")), id="a claim of an outlet"),
        pytest.param(STATED, id="a stated total"),
        pytest.param(replace(STATED, through=None), id="a total through no day"),
        pytest.param(total(in_words("thousands")), id="a total in words"),
        pytest.param(total(exact(5), returned_to=BOTH_NOT_SPLIT), id="a total of both"),
        pytest.param(total(exact(5), returned_to=NOT_STATED), id="a total without a direction"),
        pytest.param(total(exact(5), scope=TotalScope.OTHER), id="a total of something else"),
        pytest.param(total(exact(5), since=EventDate(6, 30)), id="a total of one day"),
        pytest.param(total(exact(5), unit=Unit.BODY), id="a total of bodies"),
    ],
)
def test_a_sound_claim_or_total_may_be_published(record: Record) -> None:
    held = ledger(stage(returned(NORTH)), pledge(exact(5)), replace(SAID, key="C9"))

    assert problems(record, held, NOW) == ()


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (claim(), Problem("nobody-asserts", "stances")),
        (
            claim(denies("north_office"), declines("paper"), confirms("paper")),
            Problem("nobody-asserts", "stances"),
        ),
        (about("S9"), Problem("unknown-reference", "about", "S9")),
        (about(None, "C9"), Problem("unknown-reference", "see_also", "C9")),
        (about(None, "C1"), Problem("refers-to-itself", "see_also", "C1")),
        (claim(asserts("x")), Problem("unknown-reference", "speaker", "x")),
        (replace(SAID, agreement="x"), Problem("unknown-reference", "agreement", "x")),
        (
            replace(SAID, text={"en": "a", "uk": "б"}),
            Problem("label-missing", "text.ru"),
        ),
        (
            replace(SAID, text={"en": "a" * 75, "uk": "б" * 76, "ru": "в"}),
            Problem("wording-too-long", "text.uk"),
        ),
        (
            replace(SAID, detail={"en": "a" * 401, "uk": "б" * 400, "ru": "в"}),
            Problem("wording-too-long", "detail.en"),
        ),
        (
            replace(COUNTED, text={**COUNTED.text, "uk": "1 213 тіл не забрали"}),
            Problem("number-without-figure", "text.uk"),
        ),
        (replace(COUNTED, quantity=None), Problem("number-without-figure", "text.ru")),
        (
            replace(SAID, detail=label("It was given on day 7")),
            Problem("number-without-figure", "detail.en"),
        ),
        (replace(STATED, stated=()), Problem("no-source", "stated")),
        (
            total(exact(5), "north_office", "south_ministry"),
            Problem("several-speakers", "stated"),
        ),
        (replace(STATED, scope=TotalScope.OTHER), Problem("counts-what", "words")),
        (total(NOT_PUBLISHED), Problem("no-number", "quantity")),
        (total(exact(0)), Problem("figure-zero", "quantity")),
        (
            total(exact(5), since=EventDate(7, 1)),
            Problem("ends-before-it-begins", "through"),
        ),
        (
            total(exact(5), since=EventDate(1, 2, 2026), through=EventDate(12, 31, 2025)),
            Problem("ends-before-it-begins", "through"),
        ),
        (total(exact(5), returned_to="east"), Problem("not-a-party", "returned_to", "east")),
    ],
)
def test_a_claim_or_total_that_breaks_a_rule_is_refused_by_its_name(
    record: Record, problem: Problem
) -> None:
    assert problem in problems(record, ledger(), NOW)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("no number", set()),
        ("one thousand", set()),
        ("1212 bodies", {1212}),
        ("1,212 bodies", {1212}),
        ("1 212 тіл", {1212}),
        ("1\u00a0212 тел", {1212}),
        ("1\u202f212 тіл", {1212}),
        ("1.212", {1212}),
        ("1’212", {1212}),
        ("12 000 000", {12_000_000}),
        ("640, 1,212", {640, 1212}),
        ("640 and 5", {640, 5}),
        ("5-7", {5, 7}),
        ("1,21", {1, 21}),
        ("1 2121", {1, 2121}),
    ],
)
def test_numbers_are_found_however_their_digits_are_grouped(text: str, numbers: set[int]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize("quantity", [between(30, 40), exact(40)])
def test_both_ends_of_a_range_may_stand_in_a_text(quantity: Quantity) -> None:
    told = replace(claim(asserts("paper"), text="40 people waited"), quantity=quantity)

    assert problems(told, ledger(), NOW) == ()


@pytest.mark.parametrize(
    ("before", "after", "adds"),
    [
        pytest.param(SAID, claim(*SAID.stances, denies("north_office")), True, id="a denial"),
        pytest.param(SAID, about(None, "C9"), True, id="a claim beside it"),
        pytest.param(SAID, claim(denies("north_office")), False, id="an assertion less"),
        pytest.param(SAID, replace(SAID, text=label("Another")), False, id="another text"),
        pytest.param(SAID, replace(SAID, quantity=exact(5)), False, id="a number"),
        pytest.param(
            STATED,
            replace(STATED, stated=(*STATED.stated, Statement("north_office", "R2"))),
            True,
            id="a total read elsewhere too",
        ),
        pytest.param(STATED, replace(STATED, through=None), False, id="another period"),
        pytest.param(STATED, SAID, False, id="something else"),
    ],
)
def test_what_adds_to_a_claim_or_total_and_what_corrects_it(
    before: Record, after: Record, adds: bool
) -> None:
    assert is_addition(before, after) == adds


def test_only_what_a_record_cannot_do_without_rests_on_it() -> None:
    """A claim stands without the stage that it is about; nothing stands without its source."""
    held = ledger(stage(returned(NORTH)), pledge(exact(5)), about("S1"))

    assert resting_on("S1", held) == ()
    assert resting_on("C1", held) == ()
    assert set(resting_on("R1", held)) >= {"S1", "P1", "C1"}
