"""A message of ours, given to Telegram. The only place where one becomes the other.

Some refusals are no failures: a text that already stands as it should, a press that waited too
long, a reader who left while we were answering.
"""

from __future__ import annotations

import json

import structlog
from telegram import (
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden

from handlers.context import Bot
from messages.message import Button, Message

NEW_MESSAGE = "+"
"""Before an act: answer by a new message, since the one with the button is to stay as it is."""

_log = structlog.get_logger(__name__)


async def send(bot: Bot, chat_id: int, message: Message, *, silent: bool = False) -> int:
    """Send a new message; returns its id, or 0 where the reader has just left."""
    try:
        sent = await bot.send_message(
            chat_id,
            message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            disable_notification=silent,
        )
    except Forbidden:
        _log.info("answer.reader_left")
        return 0
    return sent.message_id


async def edit(
    bot: Bot, chat_id: int, message_id: int, message: Message, *, or_send: bool = True
) -> int:
    """Put the message in the place of an older one; where that is gone, send it anew."""
    try:
        await bot.edit_message_text(
            message.text,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    except BadRequest as refused:
        if refused.message.startswith("Message is not modified"):
            return message_id
        if refused.message.startswith(("Message to edit not found", "Message can't be edited")):
            return await send(bot, chat_id, message) if or_send else message_id
        raise
    except Forbidden:
        _log.info("answer.reader_left")
    return message_id


async def acknowledge(query: CallbackQuery, text: str = "") -> None:
    """End the button's waiting mark, with a short line where there is something to say."""
    try:
        await query.answer(text or None)
    except BadRequest as refused:
        if not refused.message.startswith("Query is too old"):
            raise


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup([[_button(one) for one in row] for row in message.buttons])


def stored_keyboard(message: Message) -> str:
    """The keyboard of an alert as JSON, as it is kept and sent; its buttons leave it as it is."""
    rows = [
        [
            {"text": one.label, "url": one.url}
            if one.url
            else {"text": one.label, "callback_data": f"{NEW_MESSAGE}{one.act}"}
            for one in row
        ]
        for row in message.buttons
    ]
    return json.dumps({"inline_keyboard": rows}, ensure_ascii=False) if rows else ""


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.copy:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    return InlineKeyboardButton(button.label, callback_data=button.act)
