"""People write whatever they like: names, unknown commands, pictures, to a group."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from messages.catalogue import LANGUAGES
from sandbox import faults
from tests.dialogue.house import House

READER = 7_123_456_789
PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]}
NASTY = [
    "<b>bold</b> & <script>alert(1)</script>",
    "&lt;i&gt; &amp;",
    "\u202eright to left\u202c and \u200bzero\u2060 width",
    "a\x00b\x07c\x1bd",
    "👩‍👩‍👧‍👦" * 300,
    "я" * 4096,
    "/" * 4096,
    "/stage " + "9" * 4089,
    "/" + "a" * 4095,
    "/stage \x00\u202e<b>",
    "/source <a href='https://example.org'>R1</a>",
    "{ $value }",
    "%s %(x)s {0} {x!r}",
    "'; DROP TABLE subscribers; --",
]


async def test_plain_words_get_a_warm_answer_and_are_not_kept(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        before = await house.kept()
        reader = house.person(READER + number, language)
        for words in ("Іван Петренко, 12.03.1990", "привет", "?", "S1", "status"):
            (await reader.says(words)).tells("warm")
        assert await house.kept() == before


NO_TEXT: list[dict[str, Any]] = [
    PHOTO,
    PHOTO | {"caption": "/forget yes"},
    {"location": {"latitude": 1.0, "longitude": 2.0}},
    {"contact": {"phone_number": "+380440000000", "first_name": "Canary"}},
    {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}},
]


async def test_what_is_no_text_gets_the_same_answer(house: House) -> None:
    reader = await house.subscriber(READER, "uk")
    before = await house.kept()
    sender = {"id": READER, "is_bot": False, "first_name": "A", "language_code": "uk"}
    message = {
        "message_id": 5,
        "date": 1,
        "from": sender,
        "chat": {"id": READER, "type": "private"},
    }
    for instead in NO_TEXT:
        (await reader.injects({"message": message | instead})).tells("warm")
    assert await house.kept() == before


async def test_words_are_in_no_log(house: House, log: Callable[[], io.StringIO]) -> None:
    written = log()
    reader = await house.subscriber(READER, "uk")
    for words in ("Canary Petrenko", "/canary", "/stage canary", "/status"):
        house.telegram.order(faults.server_error(), method="sendMessage")
        await reader.says(words)
    await house.restart()
    text = written.getvalue()
    assert "intake.not_handled" in text
    for canary in ("anary", "Petrenko", str(READER), house.telegram.token):
        assert canary not in text


async def test_no_text_breaks_an_answer_or_changes_anything(house: House) -> None:
    before = await house.kept()
    reader = house.person(READER)
    usual = {reader.say(key) for key in ("warm", "unknown-command")}
    usual |= {reader.say("stage-unknown", example="S1"), reader.say("source-unknown", example="R2")}
    for words in NASTY:
        assert (await reader.says(words)).text in usual
    assert await house.kept() == before


async def test_an_unknown_command_leads_to_help(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        before = await house.kept()
        reader = house.person(READER + number, language)
        for command in ("/nothing", "/Stagee", "/статус", "/publish", "/record_"):
            (await reader.says(command)).tells("unknown-command")
        (await reader.presses("help")).tells("help-heading")
        assert await house.kept() == before


async def test_a_button_of_another_time_says_so(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        under = (await reader.says("/help")).message
        for data in (
            "",
            "gone",
            "gone:S1",
            "record",
            "drafts",
            "x" * 64,
            "A" * 16 + ":publish",
            "+",
        ):
            (await reader.sends(data, under)).is_notice("stale-button")


async def test_a_button_under_a_deleted_message_is_answered_anew(house: House) -> None:
    reader = house.person(READER)
    shown = (await reader.says("/status")).message
    house.telegram.world.remove(house.telegram.world.chats[READER], shown.id)
    (await reader.presses("stages", under=shown)).tells("stages-heading")


async def test_a_press_on_what_stands_there_already_is_no_fault(house: House) -> None:
    reader = house.person(READER)
    await reader.says("/status")
    under = (await reader.presses("stages")).message
    (await reader.sends("stages", under)).is_silence()


async def test_a_press_that_waited_too_long_is_still_answered(house: House) -> None:
    reader = house.person(READER)
    await reader.says("/status")
    house.telegram.order(
        faults.bad_request("query is too old and response timeout expired or query ID is invalid"),
        method="answerCallbackQuery",
    )
    reader.person.press(reader.showing("stages"), reader.say("button-stages"))
    await house.handled(house.last_update())
    assert reader.say("stages-heading") in reader.lowest.text


async def test_an_answer_is_tried_again_when_telegram_stumbles(house: House) -> None:
    reader = house.person(READER)
    house.telegram.order(faults.server_error(), method="sendMessage", times=2)
    (await reader.says("/status")).tells("not-published")


async def test_who_cannot_be_answered_at_all_is_told_that_it_was_our_fault(house: House) -> None:
    house.may_fail = True
    reader = await house.subscriber(READER, "uk")
    for method in ("sendMessage", "editMessageText"):
        house.telegram.order(faults.server_error(), method=method, times=3)
    (await reader.says("/status")).tells("something-went-wrong")
    under = (await reader.says("/status")).message
    (await reader.presses("stages", under=under)).tells("something-went-wrong")
    (await reader.presses("stages", under=under)).tells("stages-heading")


async def test_who_left_while_being_answered_harms_nobody(house: House) -> None:
    reader = house.person(READER)
    house.telegram.order(faults.forbidden(), method="sendMessage")
    (await reader.says("/status")).is_silence()
    (await reader.says("/status")).tells("not-published")


@pytest.mark.parametrize(
    ("kind", "language"), [("group", "uk"), ("supergroup", "ru"), ("channel", "en")]
)
async def test_in_a_group_it_says_one_sentence_and_leaves(
    house: House, language: str, kind: str
) -> None:
    before = await house.kept()
    by = house.person(READER, language)
    group = house.telegram.group(-1_000_000_000_001, kind=kind)
    group.adds_bot(by.person)
    await house.handled(house.last_update())
    assert [message.text for message in group.received] == [by.say("group")]
    assert group.chat.bot_is == "left"
    assert await house.kept() == before


@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_request("not enough rights to send text messages to the chat"),
        faults.forbidden("bot is not a member of the group chat"),
    ],
    ids=["may not write", "out already"],
)
async def test_a_group_where_it_may_not_write_is_left_too(
    house: House, fault: faults.Fault
) -> None:
    group = house.telegram.group(-1_000_000_000_001)
    house.telegram.order(fault, method="sendMessage")
    group.adds_bot(house.person(READER).person)
    await house.handled(house.last_update())
    assert [call.chat_id for call in house.telegram.journal.of("leaveChat")] == [group.id]


async def test_in_a_group_no_command_is_answered(house: House) -> None:
    group = house.telegram.group(-1_000_000_000_001)
    member = await house.subscriber(READER)
    house.telegram.clear()
    for words in ("/status", "/forget yes", "/unsubscribe", "/status@homeward_sandbox_bot"):
        group.says(member.person, words)
        await house.handled(house.last_update())
    assert group.received == []
    assert house.telegram.journal.of("sendMessage") == []
    assert len(await house.rows("subscribers")) == 1
