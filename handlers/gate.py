"""The gate before every act of a moderator.

Telegram hands a bot many things that look like a person's command and are not: edits, forwards,
posts of channels and anonymous admins, messages sent through other bots or business connections.
Only what a person writes or presses afresh, in the private chat with the bot, can act. What right
that person has is read later, inside the acting transaction.
"""

from __future__ import annotations

from telegram import Chat, Message, Update


def is_fresh(update: Update) -> bool:
    """Whether this update is a person's own fresh message or press in the private chat."""
    if update.callback_query:
        message = update.callback_query.message
        person = update.callback_query.from_user
        if message is None or person.is_bot or getattr(message, "business_connection_id", None):
            return False
        return _is_private(message.chat, person.id)
    message = update.message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return False
    return _is_private(message.chat, message.from_user.id) and not _came_another_way(message)


def _is_private(chat: Chat, person_id: int) -> bool:
    return chat.type == Chat.PRIVATE and chat.id == person_id


def _came_another_way(message: Message) -> bool:
    return any(
        (
            message.forward_origin,
            message.via_bot,
            message.sender_chat,
            message.is_automatic_forward,
            message.business_connection_id,
            message.edit_date,
        )
    )
