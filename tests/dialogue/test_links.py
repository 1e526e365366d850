"""Links that lead into the chat show what they lead to, to everybody alike."""

from __future__ import annotations

import pytest

from messages.catalogue import LANGUAGES
from messages.values import PublicId
from tests.dialogue.house import House

READER, SUBSCRIBER = 7_123_456_789, 7_123_456_790
LEADS_TO = {
    "s_S1": "/stage S1",
    "r_R1": "/source R1",
    "c_C1": "/claim C1",
    "p_P1": "/progress",
    "p_P99": "/status",
}


@pytest.mark.parametrize(("payload", "command"), LEADS_TO.items())
async def test_a_link_shows_what_the_command_shows(
    house: House, payload: str, command: str
) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        shown = await reader.says(f"/start {payload}")
        assert shown.message.rows == (asked := await reader.says(command)).message.rows
        assert shown.text == asked.text


@pytest.mark.parametrize("payload", LEADS_TO)
async def test_a_link_shows_strangers_and_subscribers_the_same(house: House, payload: str) -> None:
    subscriber, stranger = await house.subscriber(SUBSCRIBER), house.person(READER)
    before = await house.kept()
    told = await subscriber.says(f"/start {payload}")
    assert (await stranger.says(f"/start {payload}")).message.rows == told.message.rows
    assert (await stranger.says(f"/start {payload}")).text == told.text
    assert await house.kept() == before, "nobody is subscribed, changed or kept by a link"


async def test_a_link_to_what_does_not_exist_says_so(house: House) -> None:
    reader = house.person(READER)
    for payload, key in (("s_S99", "stage-unknown"), ("s_S999999999", "stage-unknown")):
        (await reader.says(f"/start {payload}")).tells(key, example=PublicId("S1"))
    (await reader.says("/start r_R99")).tells("source-unknown", example=PublicId("R2"))


@pytest.mark.parametrize(
    "payload", ["s_R1", "s_s1", "s_S0", "S1", "q_Q1", "yes", "uk:yes", "x" * 64, "v_"]
)
async def test_any_other_start_is_the_usual_one(house: House, payload: str) -> None:
    (await house.person(READER).says(f"/start {payload}")).tells("choose-language")
    subscriber = await house.subscriber(SUBSCRIBER)
    (await subscriber.says(f"/start {payload}")).tells("settings-heading")
