"""Of all forms that an update can have, only a person's own fresh message or press passes."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from handlers.gate import is_fresh

PERSON = 2001
Json = dict[str, Any]

CHATS: dict[str, Json] = {
    "private": {"id": PERSON, "type": "private", "first_name": "A"},
    "another's private": {"id": 2002, "type": "private", "first_name": "B"},
    "group": {"id": -5, "type": "group", "title": "G"},
    "supergroup": {"id": -1005, "type": "supergroup", "title": "S"},
    "channel": {"id": -1006, "type": "channel", "title": "C"},
    "group with the person's id": {"id": PERSON, "type": "group", "title": "G"},
}
SENDERS: dict[str, Json | None] = {
    "person": {"id": PERSON, "is_bot": False, "first_name": "A"},
    "bot": {"id": PERSON, "is_bot": True, "first_name": "A"},
    "anonymous admin": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
    "channel as sender": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
    "telegram": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
    "nobody": None,
}
_SOMEBODY: Json = {"id": 7, "is_bot": False, "first_name": "S"}
_BROADCAST: Json = {"id": -1006, "type": "channel", "title": "C"}
WAYS: dict[str, Json] = {
    "written afresh": {},
    "a reply": {
        "reply_to_message": {"message_id": 1, "date": 1, "chat": CHATS["private"], "text": "x"}
    },
    "a quote": {"quote": {"text": "x", "position": 0}},
    "forwarded from a user": {
        "forward_origin": {"type": "user", "sender_user": _SOMEBODY, "date": 1}
    },
    "forwarded from who hides": {
        "forward_origin": {"type": "hidden_user", "sender_user_name": "H", "date": 1}
    },
    "forwarded from a chat": {
        "forward_origin": {"type": "chat", "sender_chat": _BROADCAST, "date": 1}
    },
    "forwarded from a channel": {
        "forward_origin": {"type": "channel", "chat": _BROADCAST, "message_id": 1, "date": 1}
    },
    "via a bot": {"via_bot": {"id": 9, "is_bot": True, "first_name": "V"}},
    "as a channel": {"sender_chat": _BROADCAST},
    "forwarded by itself": {"is_automatic_forward": True},
    "over a business connection": {"business_connection_id": "b"},
    "edited": {"edit_date": 2},
}
PASSING_WAYS = {"written afresh", "a reply", "a quote"}
KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_message",
    "edited_business_message",
)


def _message(chat: Json, sender: Json | None, way: Json) -> Json:
    message: Json = {"message_id": 5, "date": 1, "chat": chat, "text": "/record"} | way
    return message | ({"from": sender} if sender else {})


def _update(**content: Json) -> Update:
    update = Update.de_json({"update_id": 1, **content}, None)
    assert update is not None
    return update


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("chat", CHATS)
def test_of_all_messages_only_a_persons_own_fresh_one_passes(
    chat: str, sender: str, way: str
) -> None:
    passes = (chat, sender) == ("private", "person") and way in PASSING_WAYS
    for kind in KINDS:
        update = _update(**{kind: _message(CHATS[chat], SENDERS[sender], WAYS[way])})
        assert is_fresh(update) == (passes and kind == "message"), kind


@pytest.mark.parametrize("sender", [name for name, one in SENDERS.items() if one])
@pytest.mark.parametrize("chat", CHATS)
def test_of_all_presses_only_a_persons_own_in_the_private_chat_passes(
    chat: str, sender: str
) -> None:
    bots = {"id": 42, "is_bot": True, "first_name": "Homeward"}
    under = _message(CHATS[chat], bots, {})
    query = {"id": "1", "from": SENDERS[sender], "chat_instance": "1", "data": "x"}
    fresh = is_fresh(_update(callback_query=query | {"message": under}))
    assert fresh == ((chat, sender) == ("private", "person"))


def test_a_press_under_a_message_out_of_reach_passes_in_the_private_chat_alone() -> None:
    for name, chat in CHATS.items():
        gone = {"message_id": 5, "date": 0, "chat": chat}
        query = {"id": "1", "from": SENDERS["person"], "chat_instance": "1", "data": "x"}
        fresh = is_fresh(_update(callback_query=query | {"message": gone}))
        assert fresh == (name == "private")


@pytest.mark.parametrize("extra", [{}, {"inline_message_id": "i"}], ids=["none", "inline"])
def test_a_press_without_a_message_does_not_pass(extra: Json) -> None:
    query: Json = {"id": "1", "from": SENDERS["person"], "chat_instance": "1", "data": "x"}
    assert not is_fresh(_update(callback_query=query | extra))


def test_a_press_over_a_business_connection_does_not_pass() -> None:
    bots = {"id": 42, "is_bot": True, "first_name": "Homeward"}
    under = _message(CHATS["private"], bots, {"business_connection_id": "b"})
    query = {"id": "1", "from": SENDERS["person"], "chat_instance": "1", "message": under}
    assert not is_fresh(_update(callback_query=query | {"data": "x"}))


@pytest.mark.parametrize(
    "content",
    [
        {
            "poll": {
                "id": "1",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": True,
                "members_only": False,
            }
        },
        {"inline_query": {"id": "1", "from": SENDERS["person"], "query": "/record", "offset": ""}},
        {
            "my_chat_member": {
                "chat": CHATS["private"],
                "from": SENDERS["person"],
                "date": 1,
                "old_chat_member": {"user": SENDERS["bot"], "status": "member"},
                "new_chat_member": {"user": SENDERS["bot"], "status": "left"},
            }
        },
        {},
    ],
    ids=["poll", "inline query", "membership", "unknown"],
)
def test_no_other_kind_of_update_passes(content: Json) -> None:
    assert not is_fresh(_update(**content))
