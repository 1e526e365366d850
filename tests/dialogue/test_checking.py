"""Whether an alert is ours: anybody can ask, and nobody learns anything of anybody."""

from __future__ import annotations

import pytest

from messages.catalogue import LANGUAGES
from messages.values import AlertNumber, CheckCode
from messages.verify import EXAMPLE
from sandbox.people import Message
from storage import outbox
from tests.dialogue.house import FIRST, House
from tests.dialogue.stages import LINK, publishes_the_usual, takes_steps
from tests.dialogue.talk import Reply, Talker

READER, SUBSCRIBER = 7_123_456_789, 7_123_456_790
NO_CODE = "00000000"


async def code_of(house: House, number: int = 1) -> str:
    [code] = [one["code"] for one in await house.rows("alerts") if one["number"] == number]
    return str(code)


async def updates_the_usual(moderator: Talker) -> None:
    """A number for stage S2: an update to alert No. 1."""
    await moderator.says("/record")
    await takes_steps(moderator, "add:S2", "figure:UA", "qualifier:exact", "25")
    speaker = next(one for one in moderator.lowest.rows if "speaker:" in one[0]["callback_data"])
    await moderator.sends(speaker[0]["callback_data"], moderator.lowest)
    await takes_steps(moderator, "preview", "publish")


async def test_a_code_shows_the_very_words_that_were_sent(house: House) -> None:
    subscribers = [
        await house.subscriber(SUBSCRIBER + number, language)
        for number, language in enumerate(LANGUAGES)
    ]
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    code = await code_of(house)
    for number, subscriber in enumerate(subscribers):
        alert = subscriber.lowest
        stranger = house.person(READER + 100 + number, subscriber.language)
        shown = (await stranger.says(f"/verify {code}")).tells("verify-current")
        shown.tells("verify-ours", number=AlertNumber(1)).tells("verify-code", code=CheckCode(code))
        assert alert.text in shown.text
        assert _bold(shown.message) == 1 + _bold(alert)


async def test_a_code_is_known_however_it_is_typed(house: House) -> None:
    await publishes_the_usual(house.moderator())
    code = await code_of(house)
    reader = house.person(READER)
    for typed in (code.lower(), f"{code[:4]}-{code[4:]}", f" {code[:4]} {code[4:]} "):
        (await reader.says(f"/verify {typed}")).tells("verify-ours", number=AlertNumber(1))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_not_ours_is_told_to_be_not_ours(house: House, language: str) -> None:
    reader = house.person(READER, language)
    for asked in (NO_CODE, "no code", "1", "x" * 100, "<b>7K2M9QXA</b>"):
        shown = (await reader.says(f"/verify {asked}")).tells("verify-not-ours")
        shown.tells("scam-line").tells("verify-how", example=EXAMPLE)
    (await reader.says("/verify")).tells("verify-how", example=EXAMPLE)


async def test_an_updated_alert_leads_to_the_update(house: House) -> None:
    moderator, reader = house.moderator(), house.person(READER)
    await publishes_the_usual(moderator)
    await updates_the_usual(moderator)
    (await reader.says(f"/verify {await code_of(house)}")).tells("verify-updated", numbers="2")
    (await reader.presses("alert:2")).tells("verify-current")
    (await reader.presses("known:S2")).tells("said-by", speakers="")


async def test_an_alert_that_was_undone_before_anybody_got_it_is_not_ours(house: House) -> None:
    moderator, reader = house.moderator(), house.person(READER)
    await house.subscriber(SUBSCRIBER)
    await publishes_the_usual(moderator)
    await moderator.presses("undo")
    (await reader.says(f"/verify {await code_of(house)}")).tells("verify-not-ours")
    (await reader.says("/start a_1")).tells("verify-not-ours")


async def test_an_alert_that_was_stopped_when_some_had_it_says_so(house: House) -> None:
    moderator, reader = house.moderator(), house.person(READER)
    await house.subscriber(SUBSCRIBER)
    await publishes_the_usual(moderator)
    await house.undo_pause_passes()
    await house.store.write(lambda conn: outbox.stop(conn, 1, "mod-1", house.clock()))
    (await reader.says(f"/verify {await code_of(house)}")).tells("verify-stopped")


async def test_a_link_checks_an_alert_for_whoever_follows_it(house: House) -> None:
    moderator, reader = house.moderator(), house.person(READER)
    subscriber = await house.subscriber(SUBSCRIBER)
    await publishes_the_usual(moderator)
    await house.undo_pause_passes()
    code = await code_of(house)
    before = await house.kept()
    asked = await reader.says(f"/verify {code}")
    copied = [
        one["copy_text"]["text"]
        for row in asked.message.rows
        for one in row[:1]
        if "copy_text" in one
    ]
    assert [text.partition("?start=")[2] for text in copied] == [f"v_{code}"]
    for link in (f"v_{code}", f"v_{code.lower()}", "a_1"):
        assert _shown(await reader.says(f"/start {link}")) == _shown(asked)
        assert _shown(await subscriber.says(f"/start {link}")) == _shown(asked)
    (await reader.says(f"/start v_{NO_CODE}")).tells("verify-not-ours")
    (await reader.says("/start a_2")).tells("verify-not-ours")
    assert await house.kept() == before


async def test_no_answer_tells_who_was_sent_an_alert(house: House) -> None:
    """Whoever asks, and whether or not the one who got it has left since."""
    reached = await house.subscriber(SUBSCRIBER)
    stranger = house.person(READER)
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    code = await code_of(house)
    told = _shown(await reached.says(f"/verify {code}"))
    assert _shown(await stranger.says(f"/verify {code}")) == told
    await reached.says("/forget yes")
    assert _shown(await stranger.says(f"/verify {code}")) == told
    assert _shown(await reached.says(f"/verify {code}")) == told
    assert str(FIRST) not in str(told)
    assert LINK not in str(told)


def _shown(reply: Reply) -> object:
    return reply.text, reply.message.rows, reply.message.raw.get("entities")


def _bold(message: Message) -> int:
    return sum(one["type"] == "bold" for one in message.raw["entities"])
