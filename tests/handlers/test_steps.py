"""Every verb of a draft's buttons and every typed line: what it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from exchange.dates import EventDate
from exchange.draft import Screen
from exchange.proposal import problems_of
from exchange.quantity import Qualifier, Quantity
from exchange.records import Lifecycle, StageKind, Unit
from exchange.stage_draft import adding_to
from handlers.shared_steps import words
from tests.builders import JUNE_10, RU, UA
from tests.handlers.stepping import (
    ADDING,
    COUNTED,
    FULL,
    KNOWN_LINK,
    LEDGER,
    LINK,
    NOW,
    USUAL,
    after,
)


def test_the_usual_presses_lead_through_the_fields_to_a_draft_that_can_be_published() -> None:
    screens = [after(*USUAL[:count]).screen for count in range(len(USUAL) + 1)]
    assert screens == [
        Screen.BEGIN,
        Screen.LIFECYCLE,
        Screen.DATE,
        Screen.CATEGORIES,
        Screen.CATEGORIES,
        Screen.DIRECTIONS,
        Screen.SOURCES,
        Screen.CONFIRMATIONS,
        Screen.OVERVIEW,
    ]
    assert problems_of(FULL, LEDGER, NOW) == ()
    assert FULL.date == JUNE_10
    assert {one.returned_to for one in FULL.transfers} == {UA, RU}
    assert {one.speaker for one in FULL.confirmations or ()} == {"voice-ua", "voice-ru"}
    assert [one.url for one in FULL.new_sources] == [LINK]


@pytest.mark.parametrize("count", range(len(USUAL)))
def test_until_then_exactly_the_next_open_field_is_missing(count: int) -> None:
    draft = after(*USUAL[:count])
    (problem,) = problems_of(draft, LEDGER, NOW)
    assert (problem.rule, problem.field) == ("open-field", draft.next_screen)


@pytest.mark.parametrize("kind", StageKind)
def test_a_kind_is_chosen_and_whoever_is_counted_follows(kind: StageKind) -> None:
    assert after(f"kind:{kind}").kind is kind
    changed = after(f"kind:{kind}", draft=FULL)
    unit = Unit.BODY if kind is StageKind.BODIES else Unit.PERSON
    assert {one.unit for one in changed.transfers} == {unit}
    assert changed.screen is Screen.OVERVIEW


def test_another_agreement_is_chosen() -> None:
    assert after("agreement:geneva").agreement == "geneva"


def test_a_recorded_stage_is_taken_up_as_it_stands() -> None:
    assert adding_to(LEDGER.stages["S1"]) == ADDING
    assert [one.rule for one in problems_of(ADDING, LEDGER, NOW)] == ["nothing-added"]


@pytest.mark.parametrize("state", Lifecycle)
def test_a_new_stage_may_begin_in_any_state(state: Lifecycle) -> None:
    draft = after("kind:persons", f"state:{state}")
    assert draft.lifecycle is state
    happened = state in (Lifecycle.UNDER_WAY, Lifecycle.COMPLETED)
    assert draft.screen is (Screen.DATE if happened else Screen.CATEGORIES)


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ("today", EventDate(6, 10, 2026)),
        ("yesterday", EventDate(6, 9, 2026)),
        ("1", EventDate(6, 1)),
        ("30", EventDate(6, 30)),
    ],
)
def test_a_day_is_chosen(day: str, date: EventDate) -> None:
    assert after("kind:persons", "state:completed", f"day:{day}").date == date


def test_yesterday_of_the_first_of_a_month_or_year_is_the_day_before() -> None:
    new_year = datetime(2026, 1, 1, tzinfo=UTC)
    draft = after("kind:persons", "state:completed", "day:yesterday", now=new_year)
    assert draft.date == EventDate(12, 31, 2025)


def test_a_stage_to_come_may_have_no_day() -> None:
    dated = after("state:announced", "open:date", "day:30", draft=FULL)
    assert dated.date == EventDate(6, 30)
    assert after("open:date", "day:none", draft=dated).date is None


def test_the_calendar_turns_over_the_year_in_both_directions() -> None:
    december = replace(after("open:date", draft=FULL), month=(2026, 12))
    assert after("turn:next", draft=december).month == (2027, 1)
    january = replace(december, month=(2026, 1))
    assert after("turn:back", draft=january).month == (2025, 12)
    without_year = replace(december, month=(None, 12))
    assert after("turn:next", draft=without_year).month == (None, 1)


def test_the_year_turns_from_none_to_this_one_to_the_one_before_and_back() -> None:
    draft = after("open:date", draft=FULL)
    years = []
    for _ in range(4):
        years.append(draft.month[0] if draft.month else -1)
        draft = after("turn:year", draft=draft)
    assert years == [None, 2026, 2025, None]


def test_the_calendar_opens_at_the_latest_stage_and_then_where_it_was_left() -> None:
    assert after("kind:persons", "state:completed").month == (None, 6)
    left = after("open:date", "turn:next", "back", "open:date", draft=FULL)
    assert left.month == (None, 7)


def test_a_category_is_chosen_and_taken_back() -> None:
    once = after("open:categories", "category:under_25", draft=FULL)
    assert once.categories == ("wounded", "under_25")
    assert after("category:wounded", "category:under_25", draft=once).categories == ()
    assert once.screen is Screen.CATEGORIES


def test_none_of_the_categories_is_an_answer() -> None:
    draft = after("kind:persons", "state:completed", "day:10", "done:categories")
    assert draft.categories == ()
    assert draft.screen is Screen.DIRECTIONS


@pytest.mark.parametrize(("direction", "parties"), [("both", {UA, RU}), (UA, {UA}), (RU, {RU})])
def test_a_direction_is_chosen(direction: str, parties: set[str]) -> None:
    draft = after("open:directions", f"direction:{direction}", draft=FULL)
    assert {one.returned_to for one in draft.transfers} == parties


def test_what_was_said_of_a_direction_that_stays_is_kept() -> None:
    draft = after("figure:UA", "qualifier:exact", "25", "speaker:president", draft=FULL)
    kept = after("open:directions", f"direction:{UA}", draft=draft)
    assert [len(one.figures) for one in kept.transfers] == [1]


def test_a_link_is_a_source_and_a_known_one_is_the_ledgers_own() -> None:
    draft = after("open:sources", f"  {LINK}/2  ", draft=FULL)
    assert draft.sources == ("new1", "new2")
    assert draft.new_sources[1].url == f"{LINK}/2"
    assert draft.new_sources[1].read_on == NOW.date()
    assert after("open:sources", KNOWN_LINK, draft=FULL).sources == ("new1", "R2")
    assert after("open:sources", LINK, draft=draft).sources == ("new2", "new1")


def test_a_dropped_source_takes_along_what_was_read_in_it() -> None:
    draft = after("figure:UA", "qualifier:exact", "25", "speaker:president", draft=FULL)
    dropped = after("open:sources", "drop:new1", draft=draft)
    assert (dropped.sources, dropped.new_sources, dropped.confirmations) == ((), (), ())
    assert [one.figures for one in dropped.transfers] == [(), ()]
    assert dropped.screen is Screen.SOURCES


def test_a_confirmation_is_read_in_the_latest_source_and_can_be_taken_back() -> None:
    draft = after("open:sources", f"{LINK}/2", "open:confirmations", draft=FULL)
    chosen = after("confirm:president", draft=draft)
    assert {one.speaker: one.source for one in chosen.confirmations or ()} == {
        "voice-ua": "new1",
        "voice-ru": "new1",
        "president": "new2",
    }
    assert after("confirm:president", draft=chosen).confirmations == draft.confirmations


def test_both_sides_confirm_without_a_name_and_twice_is_once() -> None:
    assert after("open:confirmations", "confirm:both", draft=FULL).confirmations == (
        FULL.confirmations
    )


def test_nobody_yet_is_an_answer() -> None:
    draft = after(*USUAL[:-1], "done:confirmations")
    assert draft.confirmations == ()
    assert draft.screen is Screen.OVERVIEW
    assert problems_of(draft, LEDGER, NOW) == ()


@pytest.mark.parametrize(
    ("qualifier", "line", "quantity"),
    [
        ("exact", "25", Quantity(Qualifier.EXACT, 25)),
        ("at_least", "1 212", Quantity(Qualifier.AT_LEAST, 1212)),
        ("more_than", "1,000", Quantity(Qualifier.MORE_THAN, 1000)),
        ("about", "300", Quantity(Qualifier.ABOUT, 300)),
        ("at_most", "50", Quantity(Qualifier.AT_MOST, 50)),
        ("range", "40-45", Quantity(Qualifier.RANGE, 40, 45)),
    ],
)
def test_a_figure_is_a_qualifier_a_number_and_a_speaker(
    qualifier: str, line: str, quantity: Quantity
) -> None:
    steps = ["figure:UA", f"qualifier:{qualifier}", line, "speaker:president"]
    screens = [after(*steps[: count + 1], draft=FULL).screen for count in range(4)]
    assert screens == [Screen.FIGURE, Screen.NUMBER, Screen.SPEAKER, Screen.OVERVIEW]
    draft = after(*steps, draft=FULL)
    (figure,) = next(one.figures for one in draft.transfers if one.returned_to == UA)
    assert (figure.quantity, figure.stated.speaker) == (quantity, "president")
    assert draft.asked is None
    assert problems_of(draft, LEDGER, NOW) == ()


def test_a_speakers_second_number_replaces_his_first_and_anothers_stands_beside_it() -> None:
    draft = after("figure:UA", "qualifier:exact", "25", "speaker:president", draft=FULL)
    draft = after("figure:UA", "qualifier:exact", "26", "speaker:president", draft=draft)
    draft = after("figure:UA", "qualifier:exact", "24", "speaker:headquarters", draft=draft)
    figures = next(one.figures for one in draft.transfers if one.returned_to == UA)
    assert [(one.stated.speaker, one.quantity.value) for one in figures] == [
        ("president", 26),
        ("headquarters", 24),
    ]


def test_not_published_takes_the_drafts_own_numbers_out_and_no_recorded_one() -> None:
    draft = after("figure:UA", "qualifier:exact", "25", "speaker:president", draft=FULL)
    draft = after("figure:UA", "qualifier:unknown", draft=draft)
    assert [one.figures for one in draft.transfers] == [(), ()]
    adding = after("add:S2", ledger=COUNTED)
    more = after(
        *("figure:UA", "qualifier:exact", "9", "speaker:headquarters"),
        draft=adding,
        ledger=COUNTED,
    )
    again = after("figure:UA", "qualifier:unknown", draft=more, ledger=COUNTED)
    assert again.transfers == adding.transfers


def test_a_number_has_nowhere_it_was_read_without_a_source() -> None:
    draft = after("open:sources", "drop:new1", "figure:UA", draft=FULL)
    assert draft.screen is Screen.SOURCES
    draft = after("open:confirmations", draft=draft)
    assert draft.screen is Screen.SOURCES


@pytest.mark.parametrize(
    "steps",
    [("figure:UA",), ("figure:UA", "qualifier:exact"), ("figure:UA", "qualifier:exact", "25")],
)
def test_back_leaves_a_figure_unfinished_without_a_trace(steps: tuple[str, ...]) -> None:
    assert after(*steps, "back", draft=FULL) == FULL


@pytest.mark.parametrize(
    "field",
    ["begin", "date", "lifecycle", "categories", "directions", "sources", "confirmations"],
)
def test_each_field_opens_from_the_overview_and_closes_unchanged(field: str) -> None:
    opened = after(f"open:{field}", draft=FULL)
    assert opened.screen is Screen(field)
    assert after("back", draft=opened) == replace(FULL, month=opened.month)


def test_spaces_that_were_typed_twice_are_one() -> None:
    assert words("  The lists  of 640   came ", 75) == "The lists of 640 came"
