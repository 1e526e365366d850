"""A message of ours, given to Telegram. The only place where one becomes the other.

Some refusals are no failures: a text that already stands as it should, a press that waited too
long, a reader who left while we were answering.
"""

from __future__ import annotations

import json
from typing import Any

import structlog
from telegram import CallbackQuery, InputFile
from telegram.error import BadRequest, Forbidden

from handlers.context import Bot
from handlers.files import Document
from messages.message import Button, Message

NEW_MESSAGE = "+"
"""Before an act: answer by a new message, since the one with the button is to stay as it is."""

_NO_PREVIEW = json.dumps({"is_disabled": True})


_log = structlog.get_logger(__name__)


async def send(bot: Bot, chat_id: int, message: Message, *, silent: bool = False) -> int:
    """Send a new message; returns its id, or 0 where the reader has just left."""
    parameters = _content(chat_id, message)
    if silent:
        parameters["disable_notification"] = True
    try:
        sent = await bot.call("sendMessage", parameters)
    except Forbidden:
        _log.info("answer.reader_left")
        return 0
    return int(sent["message_id"])


async def edit(
    bot: Bot, chat_id: int, message_id: int, message: Message, *, or_send: bool = True
) -> int:
    """Put the message in the place of an older one; where that is gone, send it anew."""
    try:
        await bot.call("editMessageText", _content(chat_id, message) | {"message_id": message_id})
    except BadRequest as refused:
        if refused.message.startswith("Message is not modified"):
            return message_id
        if refused.message.startswith(("Message to edit not found", "Message can't be edited")):
            return await send(bot, chat_id, message) if or_send else message_id
        raise
    except Forbidden:
        _log.info("answer.reader_left")
    return message_id


async def send_document(bot: Bot, chat_id: int, document: Document, caption: Message) -> None:
    """Send a file, with words and buttons under it."""
    parameters: dict[str, Any] = {
        "chat_id": chat_id,
        "document": InputFile(document.content, filename=document.name),
        "caption": caption.text,
        "parse_mode": "HTML",
    }
    if caption.buttons:
        parameters["reply_markup"] = keyboard(caption)
    try:
        await bot.call("sendDocument", parameters)
    except Forbidden:
        _log.info("answer.reader_left")


async def acknowledge(query: CallbackQuery, text: str = "") -> None:
    """End the button's waiting mark, with a short line where there is something to say."""
    try:
        await query.answer(text or None)
    except BadRequest as refused:
        if not refused.message.startswith("Query is too old"):
            raise


def stored_keyboard(message: Message) -> str:
    """The keyboard of an alert as it is kept and sent; its buttons leave it as it is."""
    return keyboard(message, before_acts=NEW_MESSAGE)


def keyboard(message: Message, before_acts: str = "") -> str:
    """The buttons as JSON; empty for none."""
    rows = [[_button(one, before_acts) for one in row] for row in message.buttons]
    return json.dumps({"inline_keyboard": rows}, ensure_ascii=False) if rows else ""


def _button(button: Button, before_acts: str) -> dict[str, Any]:
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.copy:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    return {"text": button.label, "callback_data": f"{before_acts}{button.act}"}


def _content(chat_id: int, message: Message) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "chat_id": chat_id,
        "text": message.text,
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
    }
    if message.buttons:
        parameters["reply_markup"] = keyboard(message)
    return parameters
