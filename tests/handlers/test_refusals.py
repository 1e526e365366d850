"""What a draft's buttons and typed lines cannot be: each is refused by the name of its rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.dates import EventDate
from exchange.draft import Screen
from exchange.proposal import problems_of
from exchange.records import Lifecycle
from exchange.stage_draft import Asked, StageDraft
from handlers.steps import TYPED_LENGTH, NotUnderstoodError, press, typed
from tests.builders import AGREEMENT, UA
from tests.handlers.stepping import ADDING, COUNTED, FULL, LEDGER, LINK, NOW, after


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        ("", "stale-button"),
        ("nothing", "stale-button"),
        ("nothing:x", "stale-button"),
        ("kind:people", "stale-button"),
        ("kind:", "stale-button"),
        ("agreement:nobody", "stale-button"),
        ("add:S99", "stale-button"),
        ("add:R1", "stale-button"),
        ("open:overview", "stale-button"),
        ("open:preview", "stale-button"),
        ("open:figure", "stale-button"),
        ("open:gone", "stale-button"),
        ("done:gone", "stale-button"),
        ("state:gone", "stale-button"),
        ("day:0", "stale-button"),
        ("day:31", "stale-button"),
        ("day:x", "stale-button"),
        ("category:UA", "stale-button"),
        ("category:gone", "stale-button"),
        ("direction:gone", "stale-button"),
        ("drop:R1", "source-recorded"),
        ("drop:new9", "source-recorded"),
        ("confirm:outlet-1", "stale-button"),
        ("confirm:gone", "stale-button"),
        ("figure:gone", "no-direction"),
        ("qualifier:exact", "stale-button"),
        ("speaker:president", "stale-button"),
    ],
)
def test_an_act_that_does_not_fit_is_refused_by_name(act: str, rule: str) -> None:
    opened = after("open:date", draft=FULL)
    with pytest.raises(NotUnderstoodError) as refused:
        press(opened, act, LEDGER, NOW)
    assert refused.value.rule == rule


@pytest.mark.parametrize("speaker", ["outlet-1", "gone"])
def test_a_number_is_said_by_somebody_who_can_speak(speaker: str) -> None:
    draft = after("figure:UA", "qualifier:exact", "25", draft=FULL)
    with pytest.raises(NotUnderstoodError, match="stale-button"):
        press(draft, f"speaker:{speaker}", LEDGER, NOW)


def test_a_recorded_number_is_not_replaced() -> None:
    draft = after(
        *("add:S2", "figure:UA", "qualifier:exact", "9"),
        draft=StageDraft(AGREEMENT),
        ledger=COUNTED,
    )
    assert [one.stated.speaker for one in draft.spoken(COUNTED)] == ["president"]
    with pytest.raises(NotUnderstoodError, match="figure-recorded"):
        press(draft, "speaker:president", COUNTED, NOW)


def test_a_recorded_confirmation_is_not_taken_back() -> None:
    with pytest.raises(NotUnderstoodError, match="stale-button"):
        press(ADDING, "confirm:president", LEDGER, NOW)


@pytest.mark.parametrize("state", [one for one in Lifecycle if one is not Lifecycle.COMPLETED])
def test_a_completed_stage_moves_nowhere(state: Lifecycle) -> None:
    with pytest.raises(NotUnderstoodError, match="lifecycle-moves-back"):
        press(ADDING, f"state:{state}", LEDGER, NOW)


def test_what_has_happened_has_no_day_to_come() -> None:
    this_year = after("open:date", "turn:year", draft=FULL)
    with pytest.raises(NotUnderstoodError, match="future-date"):
        press(this_year, "day:30", LEDGER, NOW)
    announced = after("state:announced", draft=FULL)
    planned = after("open:date", "turn:year", "day:30", draft=announced)
    assert planned.date == EventDate(6, 30, 2026)
    done = after("open:lifecycle", "state:completed", draft=planned)
    assert "future-date" in {one.rule for one in problems_of(done, LEDGER, NOW)}


@pytest.mark.parametrize(
    ("draft", "line", "rule"),
    [
        (after("open:sources", draft=FULL), "x" * (TYPED_LENGTH + 1), "text-too-long"),
        (after("open:sources", draft=FULL), "news.example.org", "link-broken"),
        (after("open:sources", draft=FULL), "https://a@news.example.org", "link-disguised"),
        (after("open:sources", draft=FULL), "https://news.example.org/\u202e", "hidden-characters"),
        (after("figure:UA", "qualifier:exact", draft=FULL), "many", "number-expected"),
        (after("figure:UA", "qualifier:exact", draft=FULL), "0", "number-expected"),
        (after("figure:UA", "qualifier:exact", draft=FULL), "4-5", "number-expected"),
        (after("figure:UA", "qualifier:range", draft=FULL), "5", "range-expected"),
        (after("figure:UA", "qualifier:range", draft=FULL), "5-5", "range-expected"),
        (after("figure:UA", "qualifier:range", draft=FULL), "6-5", "range-expected"),
        (after("figure:UA", "qualifier:range", draft=FULL), "5-6-7", "range-expected"),
        (FULL, "25", "nothing-asked"),
        (replace(FULL, screen=Screen.NUMBER, asked=Asked(UA)), "25", "nothing-asked"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_by_name(
    draft: StageDraft, line: str, rule: str
) -> None:
    with pytest.raises(NotUnderstoodError) as refused:
        typed(draft, line, LEDGER, NOW)
    assert refused.value.rule == rule


def test_what_would_change_a_record_is_no_addition() -> None:
    changed = replace(ADDING, categories=())
    assert "correction-needed" in {one.rule for one in problems_of(changed, LEDGER, NOW)}


def test_what_adds_to_a_stage_that_is_gone_cannot_be_published() -> None:
    draft = after("open:sources", LINK, draft=after("add:S2", ledger=COUNTED), ledger=COUNTED)
    assert problems_of(draft, COUNTED, NOW) == ()
    rules = [one.rule for one in problems_of(draft, LEDGER, NOW)]
    assert "unknown-reference" in rules
