"""An alert: what stands where, and what the first line keeps to itself."""

from __future__ import annotations

import pytest

from exchange.news import News
from messages.alert import alert
from messages.catalogue import LANGUAGES, Say
from tests.builders import exactly, istanbul
from tests.messages.cases import ALERTED, ALERTS, SECOND_STAGE
from tests.messages.screens import plain


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALERTED)
def test_the_first_line_does_not_say_whom_it_is_about(name: str, language: str) -> None:
    first = plain(ALERTS[name](language)).split("\n")[0]
    bodies = alert(istanbul(), ALERTED["bodies"], 5, None, News.NEW_STAGE, language)

    assert not set(first.lower().split()) & {"bodies", "тіла", "тела", "fallen", "загиблих"}
    assert plain(bodies).split("\n")[0].startswith(first.split(":")[0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALERTS)
def test_every_alert_warns_of_fraud_and_leads_to_where_it_can_be_checked(
    name: str, language: str
) -> None:
    message = ALERTS[name](language)

    assert Say(language)("scam-line") in plain(message)
    assert [one.act for row in message.buttons for one in row] == [
        "stage:S2",
        "sources",
        "history:S2:1",
    ]


def test_an_update_names_what_it_updates() -> None:
    message = alert(istanbul(), SECOND_STAGE, 5, 3, News.LIFECYCLE, "en")

    assert plain(message).startswith("No. 5 · Update to No. 3: 10 June\n")


def test_a_repeat_says_so_first() -> None:
    first = alert(istanbul(), SECOND_STAGE, 42, None, News.NEW_STAGE, "en")
    repeat = alert(istanbul(), SECOND_STAGE, 42, None, News.NEW_STAGE, "en", repeat=True)

    assert plain(first).startswith("No. 42 · ")
    assert plain(repeat).startswith("Repeat of No. 42 · ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_numbers(language: str) -> None:
    message = ALERTS["completed, numbers of different speakers"](language)

    text = plain(message).replace(",", "").replace("\u00a0", "")
    assert "6057" in text
    assert "6060" in text


def test_an_alert_needs_no_record_in_the_ledger_yet() -> None:
    unrecorded = ALERTED["completed, one direction, a number"]

    assert "S2" not in istanbul().stages
    assert "157" in plain(alert(istanbul(), unrecorded, 1, None, News.NEW_STAGE, "en"))
    assert exactly(157) == unrecorded.transfers[0].figures[0].quantity
