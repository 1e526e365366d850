"""Any walk through a draft's buttons: whatever is offered is understood, and no place is a dead
end."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.draft import Draft, Screen
from exchange.ledger import Ledger
from exchange.proposal import problems_of
from exchange.quantity import Qualifier
from exchange.records import LANGUAGES, Lifecycle
from exchange.stage_draft import StageDraft
from handlers.acting import body_of, draft_of
from handlers.steps import press, typed
from messages.drafting import draft_message
from messages.message import Message, utf16_length
from tests.builders import (
    AGREEMENT,
    RU,
    UA,
    a_stage,
    an_agreement,
    at_least,
    back_to,
    istanbul,
    label,
    said,
)

NOW = datetime(2026, 6, 10, 15, tzinfo=UTC)
LEDGER = istanbul(
    an_agreement("geneva", name=label("Geneva agreement"), day=None),
    a_stage(
        "S2",
        back_to(UA, said(at_least(5), "president")),
        back_to(RU),
        day=None,
        state=Lifecycle.ANNOUNCED,
        confirmations=(),
    ),
)
BESIDE_THE_DRAFT = {"preview", "discard"}
"""Acts that end the draft or show it to the world; they are no steps within it."""
WALKS = st.lists(st.integers(0, 99), min_size=20, max_size=40)
USUAL = {
    Screen.BEGIN: "kind:persons",
    Screen.LIFECYCLE: "state:completed",
    Screen.DATE: "day:10",
    Screen.CATEGORIES: "done:categories",
    Screen.DIRECTIONS: "direction:both",
    Screen.CONFIRMATIONS: "done:confirmations",
    Screen.FIGURE: "qualifier:unknown",
    Screen.SPEAKER: "back",
}


def shown(draft: Draft, ledger: Ledger, language: str) -> Message:
    return draft_message(
        draft,
        ledger,
        language,
        problems=problems_of(draft, ledger, NOW),
        now=NOW,
    )


def offered(message: Message) -> list[str]:
    acts = [one.act for row in message.buttons for one in row]
    return [act for act in acts if act not in BESIDE_THE_DRAFT]


def step(draft: Draft, choice: int, language: str) -> Draft:
    """A button by its place, or the line that is asked for."""
    acts = offered(shown(draft, LEDGER, language))
    if draft.screen is Screen.SOURCES and choice >= len(acts):
        return typed(draft, f"https://news{choice % 5}.example.org/", LEDGER, NOW)
    if draft.screen is Screen.NUMBER and choice >= len(acts):
        assert isinstance(draft, StageDraft)
        asked = draft.asked and draft.asked.qualifier
        line = f"{choice + 1}-{choice + 9}" if asked is Qualifier.RANGE else str(choice + 1)
        return typed(draft, line, LEDGER, NOW)
    return press(draft, acts[choice % len(acts)], LEDGER, NOW)


def walked(choices: list[int], language: str = "en") -> Draft:
    draft: Draft = StageDraft(AGREEMENT)
    for choice in choices:
        draft = step(draft, choice, language)
    return draft


@given(WALKS, st.sampled_from(LANGUAGES))
@settings(max_examples=50, deadline=None)
def test_every_button_that_is_offered_is_understood(choices: list[int], language: str) -> None:
    """`press` raises where it is not."""
    walked(choices, language)


@given(WALKS, st.sampled_from(LANGUAGES))
@settings(max_examples=50, deadline=None)
def test_every_screen_is_a_message_that_telegram_takes(choices: list[int], language: str) -> None:
    message = shown(walked(choices, language), LEDGER, language)
    labels = [one.label for row in message.buttons for one in row]
    assert all(0 < len(one) <= 40 for one in labels)
    assert len(labels) == len(set(labels)) <= 100
    assert all(1 <= len(row) <= 8 for row in message.buttons)
    assert utf16_length(message.text) <= 4096


@given(WALKS)
@settings(max_examples=50, deadline=None)
def test_every_draft_is_the_same_after_it_was_kept(choices: list[int]) -> None:
    draft = walked(choices)
    assert draft_of(body_of(draft)) == draft


@given(WALKS)
@settings(max_examples=50, deadline=None)
def test_the_usual_answers_lead_from_everywhere_to_an_overview_with_nothing_open(
    choices: list[int],
) -> None:
    draft = walked(choices)
    for _ in range(20):
        if draft.screen is Screen.OVERVIEW:
            break
        if draft.screen is Screen.SOURCES:
            draft = typed(draft, "https://office.example.org/", LEDGER, NOW)
        elif draft.screen is Screen.NUMBER:
            assert isinstance(draft, StageDraft)
            ends = draft.asked and draft.asked.qualifier is Qualifier.RANGE
            draft = typed(draft, "5-6" if ends else "5", LEDGER, NOW)
        else:
            act = USUAL[draft.screen]
            acts = offered(shown(draft, LEDGER, "en"))
            draft = press(draft, act if act in acts else acts[0], LEDGER, NOW)
    assert draft.screen is Screen.OVERVIEW
    assert "open-field" not in {one.rule for one in problems_of(draft, LEDGER, NOW)}


@given(WALKS)
@settings(max_examples=50, deadline=None)
def test_what_is_offered_for_a_recorded_stage_only_adds_to_it(choices: list[int]) -> None:
    draft = walked(choices)
    if draft.base:
        rules = {one.rule for one in problems_of(draft, LEDGER, NOW)}
        assert "correction-needed" not in rules
