"""A bot written with the real library talks with people of the stand-in."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, Conflict, Forbidden

from sandbox.people import NotHeardError, Person
from sandbox.standin import Standin

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Publish", callback_data="p"),
            InlineKeyboardButton("Discard", callback_data="d"),
        ]
    ]
)


async def next_update(bot: Bot) -> Update:
    update = (await bot.get_updates(timeout=5))[0]
    await bot.get_updates(offset=update.update_id + 1)
    return update


async def test_what_a_person_says_reaches_the_bot_as_a_command(bot: Bot, telegram: Standin) -> None:
    newcomer = telegram.person(7, "New", language="ru")
    newcomer.says("/start verify_42")
    message = (await next_update(bot)).message
    assert message is not None
    assert message.text == "/start verify_42"
    assert message.from_user is not None
    assert message.from_user.language_code == "ru"
    assert message.chat.id == message.from_user.id == 7
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bot_command", 0, 6)]


async def test_an_answer_is_heard_with_its_formatting_and_buttons(bot: Bot, reader: Person) -> None:
    sent = await bot.send_message(
        1001,
        "<b>No. 3</b> · 🕊 <a href='https://example.org/a'>Source</a>",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        disable_notification=True,
    )
    heard = await reader.hears("No. 3")
    assert heard.id == sent.message_id
    assert heard.text == "No. 3 · 🕊 Source"
    assert heard.buttons == ["Publish", "Discard"]
    assert heard.silent
    assert sent.parse_entities() == {sent.entities[0]: "No. 3", sent.entities[1]: "Source"}


async def test_a_press_is_answered_and_the_message_edited_in_place(
    bot: Bot, reader: Person
) -> None:
    await bot.send_message(1001, "Draft", reply_markup=KEYBOARD)
    press = reader.press(await reader.hears("Draft"), "Publish")
    query = (await next_update(bot)).callback_query
    assert query is not None
    assert query.data == "p"
    assert isinstance(query.message, Message)
    await query.answer("Published", show_alert=True)
    await query.edit_message_text("Published as No. 1")
    assert await press.answer() == {"text": "Published", "show_alert": True, "url": None}
    edited = await reader.hears("No. 1")
    assert edited.edited
    assert edited.buttons == []
    assert [message.text for message in reader.received] == ["Published as No. 1"]


async def test_a_button_is_pressed_as_it_was_seen_even_after_an_edit(
    bot: Bot, reader: Person
) -> None:
    sent = await bot.send_message(1001, "Draft", reply_markup=KEYBOARD)
    old = await reader.hears("Draft")
    await bot.edit_message_reply_markup(1001, sent.message_id)
    reader.press(old, "Publish")
    query = (await next_update(bot)).callback_query
    assert query is not None
    assert query.data == "p"


async def test_a_query_is_answered_once(bot: Bot, reader: Person) -> None:
    reader.sends_data("anything at all")
    query = (await next_update(bot)).callback_query
    assert query is not None
    assert query.message is None
    await query.answer()
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()


async def test_waiting_in_vain_says_what_was_heard_instead(bot: Bot, reader: Person) -> None:
    await bot.send_message(1001, "Something else")
    with pytest.raises(NotHeardError, match="Something else"):
        await reader.hears("Welcome", timeout=0.05)


async def test_updates_stay_until_a_later_offset_confirms_them(
    bot: Bot, telegram: Standin, reader: Person
) -> None:
    for word in ("one", "two", "three"):
        reader.says(word)
    first = await bot.get_updates()
    assert [u.message.text for u in first if u.message] == ["one", "two", "three"]
    assert len(await bot.get_updates(limit=1)) == 1
    assert len(await bot.get_updates(offset=first[1].update_id)) == 2
    assert len(await bot.get_updates(offset=-1)) == 1
    assert len(telegram.world.updates.pending()) == 1
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()


async def test_a_poll_waits_and_ends_as_soon_as_something_is_said(
    bot: Bot, telegram: Standin, reader: Person
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: bool(telegram.journal.of("getUpdates")))
    reader.says("now")
    async with asyncio.timeout(3):
        assert len(await poll) == 1


async def test_a_second_poll_ends_the_first_with_a_conflict(
    bot: Bot, telegram: Standin, reader: Person
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: bool(telegram.journal.of("getUpdates")))
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        reader.says("to the second")
        assert len(await second) == 1


async def test_only_the_kinds_that_the_bot_allows_are_kept(bot: Bot, reader: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    reader.says("not wanted")
    reader.sends_data("wanted")
    assert [u.callback_query is not None for u in await bot.get_updates()] == [True]


async def test_a_person_who_blocks_is_told_to_the_bot_and_hears_nothing_more(
    bot: Bot, reader: Person
) -> None:
    reader.blocks()
    change = (await next_update(bot)).my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1001, "Hello")
    reader.unblocks()
    await bot.send_message(1001, "Hello")
    await reader.hears("Hello")


async def test_the_bot_cannot_speak_first_nor_to_those_who_are_gone(
    bot: Bot, telegram: Standin
) -> None:
    stranger = telegram.person(8)
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(8, "Hello")
    stranger.says("/start")
    stranger.deactivates()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(8, "Hello")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(9, "Hello")


async def test_any_update_can_be_injected(bot: Bot, telegram: Standin, reader: Person) -> None:
    post = {"message_id": 5, "date": 1, "chat": {"id": -100, "type": "channel", "title": "C"}}
    given = telegram.inject({"channel_post": post})
    telegram.inject({"update_id": given + 50, "nonsense": True})
    reader.says("after")
    reader.says(
        "forwarded", forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "X"}
    )
    updates = await bot.get_updates()
    assert [u.update_id - given for u in updates] == [0, 50, 51, 52]
    assert updates[0].channel_post is not None
    assert updates[3].message is not None
    assert updates[3].message.forward_origin is not None


async def test_an_edit_of_a_person_is_an_edited_message(bot: Bot, reader: Person) -> None:
    reader.edits(reader.says("/record"), "/publish")
    updates = await bot.get_updates()
    assert updates[1].edited_message is not None
    assert updates[1].edited_message.text == "/publish"
