"""A moderator's draft: which buttons stand where, and what nobody learns about readers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.draft import Screen
from exchange.ledger import Ledger
from exchange.quantity import Qualifier
from exchange.records import Lifecycle
from exchange.rules import Problem
from exchange.stage_draft import Asked, StageDraft, adding_to
from messages import drafting
from messages.drafting import Reach
from messages.message import Message
from tests.builders import (
    AGREEMENT,
    UA,
    a_stage,
    an_agreement,
    at_least,
    back_to,
    istanbul,
    of,
    said,
)
from tests.messages.cases import SECOND_STAGE
from tests.messages.draft_cases import CONFIRMED, DRAFTING, FULL, LEDGER, NOW, SENDING, STATE
from tests.messages.screens import plain


def shown(
    draft: StageDraft,
    *problems: Problem,
    ledger: Ledger = LEDGER,
    note: str = "",
) -> Message:
    return drafting.draft_message(draft, ledger, "en", problems=problems, note=note, now=NOW)


def acts(message: Message) -> list[str]:
    return [button.act for row in message.buttons for button in row]


def test_a_complete_draft_offers_the_preview() -> None:
    assert "preview" in acts(shown(FULL))


def test_a_draft_with_a_problem_says_it_and_offers_no_preview() -> None:
    message = shown(FULL, Problem("same-stage", "date", "S1"))

    assert "preview" not in acts(message)
    assert "S1 is recorded for the same day" in plain(message)


def test_what_is_missing_is_said_by_name() -> None:
    message = shown(replace(FULL, sources=()), Problem("open-field", Screen.SOURCES))

    assert "Missing: sources" in plain(message)
    assert "preview" not in acts(message)


def test_what_was_not_understood_is_said_first() -> None:
    first, second, *_ = plain(shown(CONFIRMED, note="link-broken")).split("\n")

    assert first == "New stage, draft"
    assert second.startswith("Not taken over: this is not a complete link")


def test_to_a_recorded_stage_things_can_only_be_added() -> None:
    opened = {act for act in acts(shown(adding_to(LEDGER.stages["S1"]))) if "open:" in act}

    assert opened == {"open:confirmations", "open:sources"}


def test_an_announced_stage_may_still_move_and_get_its_day() -> None:
    announced = replace(SECOND_STAGE, lifecycle=Lifecycle.ANNOUNCED)

    found = acts(shown(adding_to(announced), ledger=istanbul(announced)))

    assert {"open:lifecycle", "open:date"} <= set(found)


def test_a_day_still_to_come_is_not_offered_for_what_has_happened() -> None:
    days = acts(shown(replace(STATE, month=(2026, 6))))

    assert "day:12" in days
    assert "day:13" not in days
    assert "day:none" not in days


def test_an_announced_stage_may_have_a_day_to_come_or_none() -> None:
    draft = replace(STATE, lifecycle=Lifecycle.ANNOUNCED, month=(2026, 6), screen=Screen.DATE)

    assert {"day:30", "day:none"} <= set(acts(shown(draft)))


def test_the_calendar_goes_round_the_year() -> None:
    labels = [
        button.label
        for row in shown(replace(STATE, month=(None, 12))).buttons
        for button in row
        if button.act.startswith("turn")
    ]

    assert labels == ["‹ November", "December, no year", "January ›"]


def test_a_confirmation_on_record_cannot_be_taken_back() -> None:
    draft = replace(adding_to(LEDGER.stages["S1"]), screen=Screen.CONFIRMATIONS)

    found = acts(shown(draft))

    assert "confirm:president" not in found
    assert "confirm:headquarters" in found


def test_both_sides_can_confirm_in_one_press_only_where_both_have_a_voice() -> None:
    voiceless = of(
        entry.record for entry in LEDGER.entries.values() if entry.record.key != "voice-ru"
    )

    assert "confirm:both" in acts(shown(CONFIRMED))
    assert "confirm:both" not in acts(shown(CONFIRMED, ledger=voiceless))


def test_who_has_said_a_number_cannot_say_another_one() -> None:
    counted = istanbul(a_stage("S2", back_to(UA, said(at_least(5), "president"))))
    asked = Asked(UA, Qualifier.EXACT)
    draft = replace(adding_to(counted.stages["S2"]), screen=Screen.SPEAKER, asked=asked)

    found = acts(shown(draft, ledger=counted))

    assert "speaker:president" not in found
    assert "speaker:headquarters" in found


def test_outlets_neither_confirm_nor_count() -> None:
    everything = {act for case in DRAFTING.values() for act in acts(case("en"))}

    assert not {act for act in everything if act.endswith(":outlet-1")}


def test_several_agreements_can_be_chosen_from() -> None:
    ledger = istanbul(an_agreement("geneva"))

    assert {"agreement:geneva", f"agreement:{AGREEMENT}"} <= set(
        acts(shown(StageDraft(AGREEMENT), ledger=ledger))
    )


def test_the_latest_stages_are_offered_for_more() -> None:
    ledger = istanbul(*(a_stage(f"S{number}", day=None) for number in range(2, 9)))

    offered = [act for act in acts(shown(StageDraft(AGREEMENT), ledger=ledger)) if "add:" in act]

    assert offered == ["add:S8", "add:S7", "add:S6", "add:S5"]


@pytest.mark.parametrize(
    ("readers", "told"),
    [
        (0, "none"),
        (1, "fewer than 10"),
        (9, "fewer than 10"),
        (10, "about 10"),
        (12_489, "about 12,480"),
    ],
)
def test_readers_are_counted_in_tens_alone(readers: int, told: str) -> None:
    note = plain(drafting.preview_note(Reach(readers, 1), "en"))

    assert f"Readers who get it: {told}." in note


@pytest.mark.parametrize(
    ("phase", "offered"),
    [
        ("waiting", ["undo"]),
        ("sending", ["stop"]),
        ("sent", []),
        ("stopped", []),
        ("halted", []),
        ("superseded", []),
    ],
)
def test_an_alert_can_be_undone_before_and_stopped_while_it_is_sent(
    phase: str, offered: list[str]
) -> None:
    assert acts(SENDING[phase]("en")) == offered


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_lines_over_the_chat_fit(language: str) -> None:
    assert len(drafting.already_published(1_000_000, language)) <= 200
    assert len(drafting.preview_outdated(language)) <= 200
