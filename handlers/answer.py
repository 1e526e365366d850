"""A message of ours, given to Telegram. The only place where one becomes the other.

Some refusals are no failures: a text that already stands as it should, a press that waited too
long, a reader who left while we were answering.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import structlog
from telegram import CallbackQuery, InputFile
from telegram.error import BadRequest, Forbidden

from handlers.context import Bot
from handlers.files import Document
from messages.message import Button, Message, Rows

NEW_MESSAGE = "+"
"""Before an act: answer by a new message, since the one with the button is to stay as it is."""

_NO_PREVIEW = json.dumps({"is_disabled": True})


_log = structlog.get_logger(__name__)


async def send(bot: Bot, chat_id: int, message: Message, *, silent: bool = False) -> int:
    """Send a new message; returns its id, or 0 where the reader has just left."""
    parameters = _content(chat_id, message)
    if silent:
        parameters["disable_notification"] = True
    sent = await _called(bot, "sendMessage", parameters)
    return int(sent["message_id"]) if sent else 0


async def edit(
    bot: Bot, chat_id: int, message_id: int, message: Message, *, or_send: bool = True
) -> int:
    """Put the message in the place of an older one; where that is gone, send it anew."""
    try:
        words = _content(chat_id, message) | {"message_id": message_id}
        await _called(bot, "editMessageText", words)
    except BadRequest as refused:
        if refused.message.startswith("Message is not modified"):
            return message_id
        if refused.message.startswith(("Message to edit not found", "Message can't be edited")):
            return await send(bot, chat_id, message) if or_send else message_id
        raise
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
    await _called(bot, "sendDocument", parameters)


async def acknowledge(query: CallbackQuery, text: str = "") -> None:
    """End the button's waiting mark, with a short line where there is something to say."""
    try:
        await query.answer(text or None)
    except BadRequest as refused:
        if not refused.message.startswith("Query is too old"):
            raise


async def _called(bot: Bot, method: str, parameters: dict[str, Any]) -> Any:
    """The result; None where the reader has just left."""
    try:
        return await bot.call(method, parameters)
    except (BadRequest, Forbidden) as refused:
        if isinstance(refused, BadRequest) and not refused.message.startswith("Chat not found"):
            raise
        _log.info("answer.reader_left")
        return None


def stored_keyboard(message: Message) -> str:
    """The keyboard of an alert as it is kept and sent; its buttons leave it as it is."""
    return keyboard(message, before_acts=NEW_MESSAGE)


def keyboard(message: Message, before_acts: str = "") -> str:
    """The buttons as JSON; empty for none."""
    return _keyboard(message.buttons, before_acts) if message.buttons else ""


@lru_cache(maxsize=512)
def _keyboard(buttons: Rows, before_acts: str) -> str:
    """Most answers are given many times; their buttons cost a twentieth of what an answer does."""
    rows = [[_button(one, before_acts) for one in row] for row in buttons]
    return json.dumps({"inline_keyboard": rows}, ensure_ascii=False)


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
