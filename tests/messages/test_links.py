from __future__ import annotations

import re

import pytest

from messages import links

BOT = "homeward_sandbox_bot"


def payload_of(link: str) -> str:
    """What Telegram hands to the bot when the link is followed."""
    found = re.fullmatch(rf"https://t\.me/{BOT}\?start=([A-Za-z0-9_-]{{1,64}})", link)
    assert found, link
    return found[1]


@pytest.mark.parametrize("key", ["S1", "C10", "R2", "P3", "T4", "X5", "S999999999"])
def test_a_link_to_a_record_leads_to_that_record(key: str) -> None:
    assert links.read(payload_of(links.to_record(BOT, key))) == ("record", key)


def test_a_link_to_an_alert_leads_to_it_by_number_or_by_code() -> None:
    assert links.read("a_42") == ("alert", "42")
    assert links.read(payload_of(links.to_check(BOT, "7K2M9QXA"))) == ("verify", "7K2M9QXA")


@pytest.mark.parametrize(
    "payload",
    [
        *("", "s", "s_", "s_S0", "s_S01", "s_C1", "S_S1", "s_s1", "s_S1x", "s_S1234567890"),
        *("a_0", "a_-1", "a_x", "v_", "v_12345678901234567", "x", "uk:yes", "yes", "s_S１"),
        "s_S1\n",
    ],
)
def test_what_is_no_link_of_ours_leads_nowhere(payload: str) -> None:
    assert links.read(payload) is None
