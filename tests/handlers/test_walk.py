"""Any walk through a draft's buttons, of whatever kind: what is offered is understood, and no place
is a dead end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.claim_draft import ClaimDraft, stance_to
from exchange.claim_draft import correction_of as correction_of_claim
from exchange.draft import TYPED, Draft, Screen
from exchange.ledger import Ledger
from exchange.proposal import problems_of
from exchange.quantity import Qualifier
from exchange.records import (
    LANGUAGES,
    Claim,
    Lifecycle,
    Stance,
    StanceKind,
    StatedTotal,
    Statement,
    Unit,
)
from exchange.stage_draft import StageDraft
from exchange.stage_draft import correction_of as correction_of_stage
from exchange.total_draft import TotalDraft
from exchange.total_draft import correction_of as correction_of_total
from handlers.acting import body_of, draft_of
from handlers.steps import press, typed
from messages.drafting import draft_message
from messages.message import Message, utf16_length
from tests.builders import (
    AGREEMENT,
    JUNE_9,
    RU,
    UA,
    a_stage,
    an_agreement,
    at_least,
    back_to,
    exactly,
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
    Claim(
        "C1",
        AGREEMENT,
        label("1,212 bodies were not collected", "1212 тіл не забрали", "1212 тел не забрали"),
        (
            Stance(StanceKind.ASSERTS, Statement("ministry-ru", "R1", JUNE_9)),
            Stance(StanceKind.DENIES, Statement("headquarters", "R2"), general=True),
        ),
        quantity=exactly(1212),
    ),
    Claim(
        "C2",
        AGREEMENT,
        label("No date had been set"),
        (Stance(StanceKind.ASSERTS, Statement("headquarters", "R1")),),
        see_also=("C1",),
    ),
    StatedTotal(
        "T1", AGREEMENT, Unit.PERSON, UA, at_least(1000), (Statement("president", "R1", JUNE_9),)
    ),
)
STARTS: dict[str, Callable[[], Draft]] = {
    "new": lambda: StageDraft(AGREEMENT),
    "a new claim": lambda: ClaimDraft(AGREEMENT).onward(),
    "a stance": lambda: stance_to(LEDGER.claims["C1"]),
    "a new total": lambda: TotalDraft(AGREEMENT).onward(),
    "a stage corrected": lambda: correction_of_stage(LEDGER.stages["S2"], 1),
    "a claim corrected": lambda: correction_of_claim(LEDGER.claims["C1"], 1),
    "a total corrected": lambda: correction_of_total(LEDGER.totals["T1"], 1),
}
BESIDE_THE_DRAFT = {"preview", "discard"}
"""Acts that end the draft or show it to the world; they are no steps within it."""
WALKS = st.lists(st.integers(0, 99), min_size=20, max_size=40)
FROM_ANYWHERE = st.sampled_from(sorted(STARTS))
USUAL = {
    Screen.BEGIN: "kind:persons",
    Screen.CLAIMS: "stance:C1",
    Screen.LIFECYCLE: "state:completed",
    Screen.DATE: "day:10",
    Screen.CATEGORIES: "done:categories",
    Screen.DIRECTIONS: "direction:both",
    Screen.CONFIRMATIONS: "done:confirmations",
    Screen.FIGURE: "qualifier:unknown",
    Screen.SPEAKER: "back",
    Screen.STANCE: "done:stance",
    Screen.STATED: "done:stated",
    Screen.SEE_ALSO: "done:see_also",
    Screen.SAID_ON: "day:none",
    Screen.THROUGH: "day:none",
    Screen.SINCE: "day:none",
}
"""Elsewhere the first button will do."""


def shown(draft: Draft, ledger: Ledger, language: str) -> Message:
    return draft_message(draft, ledger, language, problems=problems_of(draft, ledger, NOW), now=NOW)


def offered(message: Message) -> list[str]:
    acts = [one.act for row in message.buttons for one in row]
    return [act for act in acts if act not in BESIDE_THE_DRAFT]


def line(draft: Draft, choice: int) -> str | None:
    """What may be typed here; None where nothing is asked for."""
    if draft.screen in (Screen.SOURCES, Screen.SOURCE):
        return f"https://news{choice % 5}.example.org/"
    if draft.screen is Screen.NUMBER:
        asked = draft.asked if isinstance(draft, StageDraft) else draft
        is_range = getattr(asked, "qualifier", None) is Qualifier.RANGE
        return f"{choice + 1}-{choice + 9}" if is_range else str(choice + 1)
    language = getattr(draft, "asked_language", None)
    if draft.screen in TYPED and language:
        return f"Some {choice % 3} words in {language}" if choice % 2 else "Words alone"
    return None


def step(draft: Draft, choice: int, language: str) -> Draft:
    """A button by its place, or the line that is asked for."""
    acts = offered(shown(draft, LEDGER, language))
    text = line(draft, choice)
    if text and (choice >= len(acts) or not acts):
        return typed(draft, text, LEDGER, NOW)
    return press(draft, acts[choice % len(acts)], LEDGER, NOW)


def walked(choices: list[int], start: str = "new", language: str = "en") -> Draft:
    draft = STARTS[start]()
    for choice in choices:
        draft = step(draft, choice, language)
    return draft


@given(WALKS, FROM_ANYWHERE, st.sampled_from(LANGUAGES))
@settings(max_examples=100, deadline=None)
def test_every_button_that_is_offered_is_understood(
    choices: list[int], start: str, language: str
) -> None:
    """`press` raises where it is not."""
    walked(choices, start, language)


@given(WALKS, FROM_ANYWHERE, st.sampled_from(LANGUAGES))
@settings(max_examples=100, deadline=None)
def test_every_screen_is_a_message_that_telegram_takes(
    choices: list[int], start: str, language: str
) -> None:
    message = shown(walked(choices, start, language), LEDGER, language)
    labels = [one.label for row in message.buttons for one in row]
    assert labels
    assert all(0 < len(one) <= 40 for one in labels)
    assert len(labels) == len(set(labels)) <= 100
    assert all(1 <= len(row) <= 8 for row in message.buttons)
    assert utf16_length(message.text) <= 4096


@given(WALKS, FROM_ANYWHERE)
@settings(max_examples=100, deadline=None)
def test_every_draft_is_the_same_after_it_was_kept(choices: list[int], start: str) -> None:
    draft = walked(choices, start)
    assert draft_of(body_of(draft)) == draft


@given(WALKS, FROM_ANYWHERE)
@settings(max_examples=100, deadline=None)
def test_the_usual_answers_lead_from_everywhere_to_an_overview_with_nothing_open(
    choices: list[int], start: str
) -> None:
    draft = walked(choices, start)
    for _ in range(30):
        rules = {one.rule for one in problems_of(draft, LEDGER, NOW)}
        if draft.screen is Screen.OVERVIEW and "open-field" not in rules:
            break
        acts = offered(shown(draft, LEDGER, "en"))
        if draft.screen is Screen.OVERVIEW:  # nothing was changed yet, and so no reason given
            draft = press(draft, "open:reason", LEDGER, NOW)
        elif text := line(draft, 0):
            draft = typed(draft, text, LEDGER, NOW)
        else:
            act = USUAL.get(draft.screen, acts[0])
            draft = press(draft, act if act in acts else acts[0], LEDGER, NOW)
    assert draft.screen is Screen.OVERVIEW
    assert "open-field" not in {one.rule for one in problems_of(draft, LEDGER, NOW)}


@given(WALKS, st.sampled_from(["new", "a stance"]))
@settings(max_examples=50, deadline=None)
def test_what_is_offered_for_a_recorded_thing_only_adds_to_it(
    choices: list[int], start: str
) -> None:
    draft = walked(choices, start)
    if draft.base:
        rules = {one.rule for one in problems_of(draft, LEDGER, NOW)}
        assert "correction-needed" not in rules


@pytest.mark.parametrize("start", STARTS)
def test_a_correction_begins_with_what_is_recorded(start: str) -> None:
    draft = STARTS[start]()
    if draft.correcting:
        assert draft.record(draft.base or "", LEDGER) == draft.recorded(LEDGER)
        assert draft.afresh(LEDGER) == draft
