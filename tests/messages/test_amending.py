"""Corrections and withdrawals: what they must name, and what becomes of the old message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.corrections import Reason
from messages.amending import corrected, correction_alert, reworded, withdrawal_alert, withdrawn
from messages.catalogue import LANGUAGES, Say
from messages.message import LONGEST_TEXT, Html, Message, utf16_length
from messages.values import AlertNumber
from tests.builders import a_ledger, a_stage, istanbul, label
from tests.messages.amending_cases import (
    AMENDED,
    AMENDING,
    CODE,
    NOW_IN_PARTS,
    ON_JUNE_11,
    WAS_157,
)
from tests.messages.ledger_cases import STALLED
from tests.messages.screens import plain

OLD = Html("<b>No. 3 · New stage: 10 June</b>\nTo Ukraine: 157 &amp; more")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", AMENDED)
def test_a_correction_says_which_alert_what_changed_and_why(name: str, language: str) -> None:
    before, after, reason = AMENDED[name]
    say = Say(language)

    text = plain(correction_alert(istanbul(after), before, after, reason, 7, 3, language))

    assert text.startswith(f"{say('alert-first', number=AlertNumber(7), news='')}")
    assert "3" in text.split("\n")[0]
    assert say(f"reason-{reason}") in text
    assert any(
        say(key, what="").strip() in text
        for key in ("change-was", "change-added", "change-removed", "change-elsewhere")
    )


def test_a_corrected_number_stands_beside_the_former_one() -> None:
    text = plain(
        correction_alert(
            istanbul(NOW_IN_PARTS), WAS_157, NOW_IN_PARTS, Reason.NEW_FIGURE, 7, 3, "en"
        )
    )

    assert "Was: to Ukraine: 157\nNow: to Ukraine: 157 (152" in text
    assert "Now: to Ukraine: 157 (152 + seriously wounded: 5)" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", AMENDING)
def test_no_first_line_tells_a_bystander_whom_it_is_about(name: str, language: str) -> None:
    first = plain(AMENDING[name](language)).split("\n")[0].lower()

    for word in ("prison", "bod", "fallen", "полон", "плен", "тіл", "тел", "загибл", "погиб"):
        assert word not in first


def test_a_withdrawn_stage_is_not_counted_in_what_is_true_now() -> None:
    ledger = a_ledger(a_stage("S1"), WAS_157, withdrawn=("S2",))

    text = plain(withdrawal_alert(ledger, WAS_157, Reason.DUPLICATE, 8, 3, "en"))

    assert "Taken back: stage S2, 10 June" in text
    assert "1 stage completed" in text
    assert "157" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_message_says_at_its_top_that_it_was_corrected_and_keeps_its_words(
    language: str,
) -> None:
    text = corrected(OLD, istanbul(NOW_IN_PARTS), WAS_157, NOW_IN_PARTS, 7, language).text

    assert "7" in text.split("\n")[0]
    assert text.endswith(OLD)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mark", ["corrected", "withdrawn", "reworded"])
def test_a_marked_message_keeps_to_what_telegram_takes(mark: str, language: str) -> None:
    long = Html("\n".join(["<b>x</b> &amp; 10 people returned to one of the parties"] * 90))
    assert utf16_length(long) > LONGEST_TEXT
    marked = {
        "corrected": corrected(long, istanbul(), WAS_157, NOW_IN_PARTS, 7, language),
        "withdrawn": withdrawn(long, "S2", 7, language),
        "reworded": reworded(Message(long), ON_JUNE_11, language),
    }[mark]

    assert utf16_length(marked.text) <= LONGEST_TEXT
    assert marked.text.count("<b>") == marked.text.count("</b>")
    assert Say(language)("cut") in marked.text


def test_a_slip_leaves_the_buttons_as_they_were() -> None:
    sent = AMENDING["with its check code"]("en")

    mended = reworded(sent, ON_JUNE_11, "en")

    assert mended.buttons == sent.buttons
    assert plain(mended).endswith("\nText corrected on 11 June 2026")


def test_a_long_list_of_changes_is_counted_not_cut() -> None:
    before, after, reason = AMENDED["much at once"]

    text = plain(correction_alert(istanbul(after), before, after, reason, 7, 3, "en"))

    assert "More changes: 3" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_words_are_shown_not_obeyed(language: str) -> None:
    hostile = replace(STALLED, text=label("<b>x</b>\n\u202eNo. 9"))

    text = correction_alert(istanbul(hostile), STALLED, hostile, "typo", 7, 3, language).text

    assert "&lt;b&gt;x&lt;/b&gt; No. 9" in text
    assert "\u202e" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_code_is_shown_in_two_halves_and_pressed_in_one(language: str) -> None:
    message = AMENDING["with its check code"](language)

    assert f"/verify {CODE[:4]}-{CODE[4:]}" in plain(message)
    assert f"verify:{CODE}" in [one.act for row in message.buttons for one in row]
