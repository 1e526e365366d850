"""Who acts as a moderator without being one, or in a way that is not a person's own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dialogue.house import FIRST, House
from tests.dialogue.stages import drafts_the_usual
from tests.dialogue.talk import data_of

STRANGER = 7_999_000_111
GROUP = {"id": -100_123, "type": "supergroup", "title": "x"}


def person(person_id: int, **more: Any) -> dict[str, Any]:
    return {"id": person_id, "is_bot": False, "first_name": "x", **more}


def private(person_id: int) -> dict[str, Any]:
    return {"id": person_id, "type": "private", "first_name": "x"}


def press(data: str, by: dict[str, Any], message: dict[str, Any] | None) -> dict[str, Any]:
    query = {"id": "1", "from": by, "chat_instance": "1", "data": data}
    if message is None:
        query["inline_message_id"] = "abc"
    else:
        query["message"] = {"message_id": 1, "date": 1_749_567_600, "text": "x", **message}
    return {"callback_query": query}


FORMS = {
    "inline": (person(FIRST), None),
    "in a group": (person(FIRST), {"chat": GROUP}),
    "in a group of his own number": (person(FIRST), {"chat": {**GROUP, "id": FIRST}}),
    "in another's chat": (person(FIRST), {"chat": private(STRANGER)}),
    "by a bot": (person(FIRST, is_bot=True), {"chat": private(FIRST)}),
    "over a business connection": (
        person(FIRST),
        {"chat": private(FIRST), "business_connection_id": "b"},
    ),
    "by a stranger": (person(STRANGER), {"chat": private(STRANGER)}),
}


@pytest.mark.parametrize("form", FORMS)
async def test_a_stolen_key_publishes_nothing_in_any_other_form(house: House, form: str) -> None:
    moderator = house.moderator()
    house.person(STRANGER)
    await drafts_the_usual(moderator)
    await moderator.presses("preview")
    data = data_of(moderator.showing("publish"), "publish")
    by, message = FORMS[form]
    before = await house.kept()
    await house.handled(house.telegram.inject(press(data, by, message)))
    assert await house.kept() == before
    await moderator.presses("publish")
    assert len(await house.rows("alerts")) == 1


MESSAGES: dict[str, dict[str, Any]] = {
    "edited_message": {},
    "channel_post": {"chat": {"id": -100_5, "type": "channel", "title": "x"}, "from": None},
    "business_message": {"business_connection_id": "b"},
    "message via a bot": {"via_bot": person(5_000, is_bot=True)},
    "message forwarded": {
        "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}
    },
    "message as a channel": {"sender_chat": {"id": -100_5, "type": "channel", "title": "x"}},
    "message in a group": {"chat": GROUP},
    "message by an anonymous admin": {"chat": GROUP, "from": person(1_087_968_824, is_bot=True)},
}


@pytest.mark.parametrize("form", MESSAGES)
async def test_a_command_that_is_not_a_persons_own_begins_no_draft(house: House, form: str) -> None:
    message = {
        "message_id": 9,
        "date": 1_749_567_600,
        "chat": private(FIRST),
        "from": person(FIRST),
        "text": "/record",
        "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
        **MESSAGES[form],
    }
    await house.moderator().says("/start")
    kind = form.split(maxsplit=1)[0]
    given = {name: value for name, value in message.items() if value is not None}
    await house.handled(house.telegram.inject({kind: given}))
    assert await house.rows("drafts") == []


@pytest.mark.parametrize("typed", ["/start uk:yes", "/start uk", "/start@x uk:yes", "start:uk:yes"])
async def test_nothing_typed_is_consent(house: House, typed: str) -> None:
    await house.person(STRANGER).says(typed)
    assert await house.rows("subscribers") == []


@pytest.mark.parametrize("forged", ["record", "record:x", "+record", "drafts", "x" * 64, "::", "+"])
async def test_a_forged_button_does_not_reach_a_moderators_command(
    house: House, forged: str
) -> None:
    await house.moderator().sends(forged)
    assert await house.rows("drafts") == []


@pytest.mark.parametrize(
    "typed", ["000", "0", "1e9", "-5", "٢٥", "１２", "1.5", "²", "9" * 400, "<b>5</b>", "5\u202e"]
)
async def test_an_odd_number_is_not_taken_for_one(house: House, typed: str) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await moderator.presses("figure:UA")
    await moderator.presses("qualifier:exact")
    before = [row["body"] for row in await house.rows("drafts")]
    await moderator.says(typed)
    assert [row["body"] for row in await house.rows("drafts")] == before
