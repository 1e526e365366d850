"""A moderator's draft, act by act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.dates import EventDate
from exchange.draft import Screen, speakers
from exchange.quantity import Qualifier, Quantity, Wording
from exchange.records import (
    Composition,
    Lifecycle,
    Source,
    Stage,
    StageKind,
    Statement,
    Transfer,
    Unit,
)
from exchange.rules import is_addition, problems
from exchange.stage_draft import Asked, StageDraft, adding_to
from tests.exchange.examples import (
    NORTH,
    NOW,
    SOUTH,
    at_least,
    exact,
    ledger,
    returned,
    said,
    stage,
)

TODAY = date(2025, 6, 10)
NEW, PAPER = "https://news.example.org/10-june", "https://paper.example.org/1"
HELD = ledger()
DRAFT = StageDraft("talks")
FULL = (
    DRAFT.of_kind(StageKind.PERSONS)
    .in_state(Lifecycle.COMPLETED)
    .on(EventDate(6, 10))
    .with_category("wounded")
    .onward()
    .towards(NORTH, SOUTH)
    .read_in(HELD, NEW, TODAY)
    .confirmed_by("north_office")
    .onward()
)


def _with(draft: StageDraft, party: str, quantity: Quantity, speaker: str) -> StageDraft:
    return replace(draft, asked=Asked(party, quantity.qualifier, quantity)).with_figure(speaker)


def test_a_draft_asks_for_one_field_after_another() -> None:
    steps = [DRAFT]
    steps.append(steps[-1].of_kind(StageKind.PERSONS))
    steps.append(steps[-1].in_state(Lifecycle.COMPLETED))
    steps.append(steps[-1].on(EventDate(6, 10)))
    steps.append(steps[-1].with_category("wounded").onward())
    steps.append(steps[-1].towards(NORTH, SOUTH))
    steps.append(steps[-1].read_in(HELD, NEW, TODAY))
    steps.append(steps[-1].confirmed_by("north_office").onward())

    assert [one.screen for one in steps] == [
        Screen.BEGIN,
        Screen.LIFECYCLE,
        Screen.DATE,
        Screen.CATEGORIES,
        Screen.DIRECTIONS,
        Screen.SOURCES,
        Screen.CONFIRMATIONS,
        Screen.OVERVIEW,
    ]


def test_a_draft_filled_in_settles_into_a_stage_that_may_be_published() -> None:
    settled = FULL.settled({"new1": "R3"})
    made = settled.record("S1", HELD)
    held = ledger(*settled.new_sources)

    assert made == Stage(
        key="S1",
        agreement="talks",
        kind=StageKind.PERSONS,
        date=EventDate(6, 10),
        lifecycle=Lifecycle.COMPLETED,
        transfers=(Transfer(NORTH), Transfer(SOUTH)),
        sources=("R3",),
        categories=("wounded",),
        confirmations=(Statement("north_office", "R3"),),
    )
    assert settled.new_sources == (Source("R3", url=NEW, read_on=TODAY),)
    assert problems(made, held, NOW) == ()


@pytest.mark.parametrize("draft", [DRAFT, DRAFT.of_kind(StageKind.PERSONS)])
def test_an_open_draft_is_no_stage(draft: StageDraft) -> None:
    with pytest.raises(ValueError, match="not complete"):
        draft.record("S1", HELD)


@pytest.mark.parametrize("state", Lifecycle)
def test_a_day_is_asked_for_only_where_it_is_needed(state: Lifecycle) -> None:
    draft = DRAFT.of_kind(StageKind.PERSONS).in_state(state)

    needed = state in (Lifecycle.UNDER_WAY, Lifecycle.COMPLETED)
    assert (draft.screen is Screen.DATE) == needed


def test_no_category_and_nobody_confirming_are_answers() -> None:
    answered = replace(FULL, categories=(), confirmations=()).onward()

    assert answered.screen is Screen.OVERVIEW


def test_a_second_press_takes_a_category_away() -> None:
    once = DRAFT.with_category("wounded").with_category("young")

    assert once.categories == ("wounded", "young")
    assert once.with_category("wounded").categories == ("young",)


def test_a_second_press_takes_a_confirmation_away() -> None:
    both = FULL.confirmed_by("south_ministry")

    assert [one.speaker for one in both.confirmations or ()] == ["north_office", "south_ministry"]
    assert both.confirmed_by("south_ministry").confirmations == FULL.confirmations


@given(st.lists(st.sampled_from(["a", "b", "c"])))
def test_presses_are_counted_by_their_oddness_alone(presses: list[str]) -> None:
    draft = DRAFT
    for one in presses:
        draft = draft.with_category(one)

    assert set(draft.categories or ()) == {one for one in presses if presses.count(one) % 2}


def test_a_confirmation_is_read_in_the_latest_source() -> None:
    draft = FULL.read_in(HELD, "https://later.example.org", TODAY).confirmed_by("south_ministry")

    assert draft.confirmations == (
        Statement("north_office", "new1"),
        Statement("south_ministry", "new2"),
    )


def test_a_link_that_the_ledger_knows_is_its_source() -> None:
    draft = FULL.read_in(HELD, PAPER, TODAY)

    assert draft.sources == ("new1", "R1")
    assert len(draft.new_sources) == 1


def test_a_link_sent_again_becomes_the_latest_and_stays_one_source() -> None:
    draft = FULL.read_in(HELD, PAPER, TODAY).read_in(HELD, NEW, TODAY)

    assert draft.sources == ("R1", "new1")
    assert len(draft.new_sources) == 1


def test_a_source_taken_away_takes_what_was_read_in_it() -> None:
    draft = _with(FULL, NORTH, exact(5), "north_office").read_in(HELD, PAPER, TODAY)
    draft = _with(draft, SOUTH, exact(7), "south_ministry").confirmed_by("south_ministry")

    left = draft.without_source("new1")

    assert left.sources == ("R1",)
    assert left.new_sources == ()
    assert left.confirmations == (Statement("south_ministry", "R1"),)
    assert [one.figures for one in left.transfers] == [
        (),
        (said(exact(7), "south_ministry", "R1"),),
    ]


def test_a_new_source_never_takes_the_key_of_one_that_was_dropped_before_it() -> None:
    draft = FULL.read_in(HELD, "https://second.example.org", TODAY).without_source("new1")

    assert draft.read_in(HELD, NEW, TODAY).sources == ("new2", "new3")


def test_a_figure_stands_in_its_direction_with_its_speaker() -> None:
    draft = _with(FULL, SOUTH, exact(7), "south_ministry")

    assert [one.figures for one in draft.transfers] == [
        (),
        (said(exact(7), "south_ministry", "new1"),),
    ]
    assert (draft.asked, draft.screen) == (None, Screen.OVERVIEW)


def test_a_speakers_later_figure_replaces_his_former_one_alone() -> None:
    draft = _with(_with(FULL, NORTH, exact(5), "north_office"), NORTH, exact(6), "red_cross")

    draft = _with(draft, NORTH, at_least(7), "north_office")

    assert draft.transfers[0].figures == (
        said(exact(6), "red_cross", "new1"),
        said(at_least(7), "north_office", "new1"),
    )


def test_a_figure_needs_a_number_first() -> None:
    with pytest.raises(ValueError, match="no figure"):
        replace(FULL, asked=Asked(NORTH, Qualifier.EXACT)).with_figure("north_office")


def test_a_number_can_be_taken_back_as_not_published() -> None:
    draft = _with(_with(FULL, NORTH, exact(5), "north_office"), SOUTH, exact(6), "red_cross")

    assert [len(one.figures) for one in draft.without_figures(NORTH).transfers] == [0, 1]


def test_changing_directions_keeps_what_was_said_of_those_that_stay() -> None:
    draft = _with(FULL, SOUTH, exact(7), "south_ministry").towards(SOUTH)

    assert [(one.returned_to, len(one.figures)) for one in draft.transfers] == [(SOUTH, 1)]


def test_whoever_is_counted_follows_the_kind() -> None:
    bodies = FULL.of_kind(StageKind.BODIES)

    assert {one.unit for one in bodies.transfers} == {Unit.BODY}
    assert {one.unit for one in bodies.of_kind(StageKind.PERSONS).transfers} == {Unit.PERSON}
    assert DRAFT.of_kind(StageKind.BODIES).towards(NORTH).transfers[0].unit is Unit.BODY


RECORDED = replace(
    stage(
        replace(
            returned(NORTH, said(at_least(5))),
            compositions=(Composition(Statement("north_office", "R1"), ("navy",)),),
        ),
        returned(SOUTH),
        lifecycle=Lifecycle.UNDER_WAY,
    ),
    categories=("wounded",),
    confirmations=(Statement("north_office", "R1"),),
    words=Wording("en", {"en": "several busloads"}),
    further_stages=said(at_least(2)),
)
WITH_STAGE = ledger(RECORDED)


def test_a_draft_that_adds_begins_with_all_that_is_recorded() -> None:
    draft = adding_to(RECORDED)

    assert draft.screen is Screen.OVERVIEW
    assert draft.record("S1", WITH_STAGE) == RECORDED


def test_figures_sources_confirmations_and_the_lifecycle_can_be_added() -> None:
    draft = (
        adding_to(RECORDED)
        .read_in(WITH_STAGE, NEW, TODAY)
        .confirmed_by("south_ministry")
        .in_state(Lifecycle.COMPLETED)
    )

    made = _with(draft, SOUTH, exact(7), "south_ministry").record("S1", WITH_STAGE)

    assert is_addition(RECORDED, made)
    assert made != RECORDED


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(adding_to(RECORDED).of_kind(StageKind.BODIES), id="another kind"),
        pytest.param(adding_to(RECORDED).with_category("young"), id="a category more"),
        pytest.param(adding_to(RECORDED).with_category("wounded"), id="a category less"),
        pytest.param(adding_to(RECORDED).towards(NORTH), id="a direction less"),
        pytest.param(adding_to(RECORDED).confirmed_by("north_office"), id="a confirmation less"),
        pytest.param(adding_to(RECORDED).without_figures(NORTH), id="a figure less"),
        pytest.param(adding_to(RECORDED).without_source("R1"), id="a source less"),
        pytest.param(_with(adding_to(RECORDED), NORTH, exact(9), "north_office"), id="replaced"),
    ],
)
def test_a_draft_that_corrects_is_no_addition(draft: StageDraft) -> None:
    assert not is_addition(RECORDED, draft.record("S1", WITH_STAGE))


def test_taking_back_a_number_keeps_the_recorded_ones() -> None:
    draft = _with(adding_to(RECORDED), NORTH, exact(9), "red_cross")

    back = draft.without_figures(NORTH, RECORDED.transfers[0].figures)

    assert back.record("S1", WITH_STAGE) == RECORDED


def test_parties_and_third_bodies_can_be_quoted_but_no_outlet() -> None:
    assert speakers(HELD, (NORTH, SOUTH)) == (
        "north_office",
        "north_voices",
        "south_ministry",
        "red_cross",
    )
    assert speakers(HELD, (SOUTH,)) == ("south_ministry", "red_cross")
