"""What else a bot does: edits, pictures, documents, menus, groups."""

from __future__ import annotations

import struct
import zlib

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from sandbox.people import Person
from sandbox.standin import Standin


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = zlib.compress((b"\0" + b"\x60\x90\xb0" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_an_edit_with_nothing_new_is_refused(bot: Bot, reader: Person) -> None:
    keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("A", callback_data="a"))
    sent = await bot.send_message(1001, "<b>One</b>", "HTML", reply_markup=keyboard)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text(
            "<b>One</b>", 1001, sent.message_id, parse_mode="HTML", reply_markup=keyboard
        )
    await bot.edit_message_text("One", 1001, sent.message_id, reply_markup=keyboard)
    await bot.edit_message_reply_markup(1001, sent.message_id)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(1001, sent.message_id)
    assert [(m.text, m.buttons) for m in reader.received] == [("One", [])]


async def test_the_bot_cannot_edit_what_a_person_wrote(bot: Bot, reader: Person) -> None:
    message = reader.says("mine")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("yours", 1001, message.id)


async def test_a_deleted_message_is_gone_for_edits_and_replies(bot: Bot, reader: Person) -> None:
    sent = await bot.send_message(1001, "One")
    assert await bot.delete_message(1001, sent.message_id)
    assert reader.received == []
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("Two", 1001, sent.message_id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(1001, "Two", reply_parameters=ReplyParameters(sent.message_id))
    await bot.send_message(
        1001,
        "Three",
        reply_parameters=ReplyParameters(sent.message_id, allow_sending_without_reply=True),
    )
    assert reader.received[0].reply_to is None


async def test_only_young_messages_can_be_deleted() -> None:
    now = 1_750_000_000.0
    async with Standin.serve(clock=lambda: now) as telegram:
        telegram.person(1001, started=True)
        async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
            sent = await bot.send_message(1001, "One")
            assert sent.date.timestamp() == now
            now += 49 * 60 * 60
            with pytest.raises(BadRequest, match="can't be deleted"):
                await bot.delete_message(1001, sent.message_id)


async def test_a_reply_quotes_its_original(bot: Bot, reader: Person) -> None:
    first = await bot.send_message(1001, "No. 3")
    second = await bot.send_message(
        1001, "Correction", reply_parameters=ReplyParameters(first.message_id)
    )
    assert second.reply_to_message is not None
    assert second.reply_to_message.text == "No. 3"
    assert (await reader.hears("Correction")).reply_to == first.message_id


@pytest.mark.usefixtures("reader")
async def test_message_ids_of_a_chat_increase(bot: Bot, telegram: Standin) -> None:
    telegram.person(1002, started=True)
    ids = []
    for number in range(4):
        ids.append((await bot.send_message(1001, str(number))).message_id)
        await bot.send_message(1002, str(number))
    assert ids == sorted(set(ids))


async def test_a_picture_is_kept_and_can_be_fetched_and_sent_again(
    bot: Bot, reader: Person
) -> None:
    sent = await bot.send_photo(1001, png(40, 20), caption="<i>Chart</i>", parse_mode="HTML")
    assert (sent.photo[0].width, sent.photo[0].height) == (40, 20)
    assert (await reader.hears("Chart")).raw["caption_entities"][0]["type"] == "italic"
    fetched = await bot.get_file(sent.photo[0].file_id)
    assert bytes(await fetched.download_as_bytearray()) == png(40, 20)
    again = await bot.send_photo(1001, sent.photo[0].file_id)
    assert again.photo[0].file_unique_id == sent.photo[0].file_unique_id
    edited = await bot.edit_message_caption(1001, sent.message_id, caption="New")
    assert not isinstance(edited, bool)
    assert edited.caption == "New"
    assert len(edited.photo) == 1


@pytest.mark.usefixtures("reader")
async def test_what_is_no_picture_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(1001, b"no picture")
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await bot.send_photo(1001, png(1, 100))
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(1001, png(4, 4), caption="a" * 1025)


@pytest.mark.usefixtures("reader")
async def test_a_document_keeps_its_name_and_content(bot: Bot) -> None:
    sent = await bot.send_document(1001, b"a,b\n1,2\n", filename="ledger.csv", caption="Export")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("ledger.csv", 8)
    fetched = await bot.get_file(sent.document.file_id)
    assert bytes(await fetched.download_as_bytearray()) == b"a,b\n1,2\n"


async def test_the_file_of_an_unknown_id_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("unknown")


async def test_a_person_sees_the_commands_of_the_nearest_scope_and_language(
    bot: Bot, telegram: Standin
) -> None:
    uk, en = telegram.person(1, language="uk"), telegram.person(2, language="en")
    moderator = telegram.person(3, language="uk")
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([("status", "Status")])
    await bot.set_my_commands([("status", "Стан")], scope=private, language_code="uk")
    await bot.set_my_commands([("record", "Record")], scope=BotCommandScopeChat(3))
    assert uk.commands == [("status", "Стан")]
    assert en.commands == [("status", "Status")]
    assert moderator.commands == [("record", "Record")]
    await bot.delete_my_commands(scope=BotCommandScopeChat(3))
    assert moderator.commands == uk.commands
    kept = await bot.get_my_commands(scope=private, language_code="uk")
    assert [(c.command, c.description) for c in kept] == [("status", "Стан")]


async def test_name_descriptions_and_menu_button_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_name("Homeward")
    await bot.set_my_name("Додому", language_code="uk")
    assert (await bot.get_my_name("uk")).name == "Додому"
    assert (await bot.get_my_name("en")).name == "Homeward"
    await bot.set_my_description("What it is", language_code="en")
    assert (await bot.get_my_description("en")).description == "What it is"
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_short_description("uk")).short_description == "Short"
    await bot.set_my_short_description("")
    assert (await bot.get_my_short_description()).short_description == ""
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"


@pytest.mark.usefixtures("reader")
async def test_get_me_and_get_chat_tell_who_is_there(bot: Bot) -> None:
    me = await bot.get_me()
    assert me.is_bot
    chat = await bot.get_chat(1001)
    assert (chat.type, chat.first_name) == ("private", "Reader")


async def test_a_group_adds_the_bot_and_removes_it(
    bot: Bot, telegram: Standin, reader: Person
) -> None:
    group = telegram.group(-500, "Families")
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(-500, "Hello")
    group.adds_bot(reader)
    await bot.send_message(-500, "Hello")
    assert [message.text for message in group.received] == ["Hello"]
    change = (await bot.get_updates())[0].my_chat_member
    assert change is not None
    assert (change.chat.id, change.new_chat_member.status) == (-500, "member")
    group.removes_bot(reader)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(-500, "Hello")
    group.adds_bot(reader)
    assert await bot.leave_chat(-500)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(-500, "Hello")


async def test_a_channel_gets_posts_from_an_administrator(
    bot: Bot, telegram: Standin, reader: Person
) -> None:
    channel = telegram.group(-1005, "News", "channel")
    channel.adds_bot(reader)
    sent = await bot.send_message(-1005, "No. 1")
    assert sent.from_user is None
    await bot.edit_message_text("No. 1, corrected", -1005, sent.message_id)
    assert [message.text for message in channel.received] == ["No. 1, corrected"]


async def test_a_group_that_became_a_supergroup_tells_its_new_id(
    bot: Bot, telegram: Standin, reader: Person
) -> None:
    group = telegram.group(-500, "Families")
    group.adds_bot(reader)
    new = group.migrates(-100500)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-500, "Hello")
    assert moved.value.new_chat_id == -100500
    await bot.send_message(-100500, "Hello")
    assert new.received[-1].text == "Hello"
    messages = [update.message for update in await bot.get_updates()]
    told = [(m.migrate_to_chat_id, m.migrate_from_chat_id) for m in messages if m]
    assert told == [(-100500, None), (None, -500)]


async def test_a_body_of_more_than_fifty_megabytes_is_too_large(telegram: Standin) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendDocument"
    headers = {"content-length": str(51 * 1024 * 1024)}
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers) as answer:
        assert answer.status == 413
