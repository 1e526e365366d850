from __future__ import annotations

import copy
from typing import Any

import pytest
from telegram import Bot

from bot.reading import Unreadable, read

BOT = Bot("1:made-up")
PERSON = {"id": 1001, "is_bot": False, "first_name": "P", "language_code": "uk"}
CHAT = {"id": 1001, "type": "private"}
MESSAGE = {"message_id": 5, "date": 1_750_000_000, "chat": CHAT, "from": PERSON, "text": "Hello"}
QUERY = {"id": "1", "from": PERSON, "chat_instance": "1", "message": MESSAGE, "data": "status"}
ME = {"id": 42, "is_bot": True, "first_name": "H"}
BLOCKED = {
    "chat": CHAT,
    "from": PERSON,
    "date": 1_750_000_000,
    "old_chat_member": {"user": ME, "status": "member"},
    "new_chat_member": {"user": ME, "status": "kicked", "until_date": 0},
}
WHOLE = {"message": MESSAGE, "callback_query": QUERY, "my_chat_member": BLOCKED}


def changed(kind: str, place: str, value: Any) -> dict[str, Any]:
    """An update of this kind with another value in one place; `None` takes it out."""
    update = {"update_id": 7, kind: copy.deepcopy(WHOLE[kind])}
    part: Any = update[kind]
    *way, last = place.split(".")
    for name in way:
        part = part[name]
    part[last] = value
    if value is None:
        del part[last]
    return update


@pytest.mark.parametrize("kind", WHOLE)
def test_what_telegram_gives_is_read(kind: str) -> None:
    update = read({"update_id": 7, kind: WHOLE[kind]}, BOT)
    assert update.update_id == 7
    assert getattr(update, kind).from_user.id == 1001
    assert update.effective_chat is not None
    assert update.effective_chat.id == 1001


@pytest.mark.parametrize(
    ("kind", "place"),
    [("message", "from"), ("message", "text"), ("callback_query", "message")],
)
def test_what_telegram_may_leave_out_may_be_missing(kind: str, place: str) -> None:
    assert getattr(read(changed(kind, place, None), BOT), kind) is not None


def test_a_message_that_is_too_old_to_be_shown_has_no_date() -> None:
    update = read(changed("callback_query", "message.date", 0), BOT)
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


@pytest.mark.parametrize(
    ("kind", "place", "value"),
    [
        ("message", "chat", None),
        ("message", "chat.id", "1001"),
        ("message", "chat.id", 2**63),
        ("message", "chat.type", []),
        ("message", "from", "somebody"),
        ("message", "from.id", True),
        ("message", "from.language_code", {}),
        ("message", "message_id", -1),
        ("message", "date", 1e308),
        ("message", "text", 5),
        ("callback_query", "from", None),
        ("callback_query", "id", 1),
        ("callback_query", "id", "\ud800"),
        ("callback_query", "data", [None]),
        ("callback_query", "message.chat.id", None),
        ("my_chat_member", "chat", []),
        ("my_chat_member", "from", None),
        ("my_chat_member", "new_chat_member", None),
        ("my_chat_member", "new_chat_member.status", False),
    ],
)
def test_a_part_of_another_type_reaches_no_handler(kind: str, place: str, value: Any) -> None:
    with pytest.raises(Unreadable):
        read(changed(kind, place, value), BOT)


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "business_message", "made_up"])
def test_a_kind_that_nobody_asked_for_is_not_even_read(kind: str) -> None:
    update = read({"update_id": 7, kind: {"chat": []}}, BOT)
    assert update.effective_chat is None
    assert update.effective_message is None
