"""To whoever is no moderator, recording does not exist; and no borrowed form of a message acts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from handlers.commands import COMMANDS, Audience
from messages.catalogue import LANGUAGES
from sandbox import faults
from sandbox.faults import Fault
from tests.dialogue.claims import CLAIM_STEPS, TOTAL_STEPS
from tests.dialogue.house import FIRST, SECOND, House
from tests.dialogue.stages import LINK, drafts_the_usual, publishes_the_usual, takes_steps
from tests.dialogue.talk import Reply, acts, data_of

READER = 7_123_456_789
MODERATORS = [one.name for one in COMMANDS if one.audience is Audience.MODERATORS]
BORROWED: dict[str, dict[str, Any]] = {
    "forwarded": {
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
    },
    "forwarded from himself": {
        "forward_origin": {
            "type": "user",
            "sender_user": {"id": FIRST, "is_bot": False, "first_name": "A"},
            "date": 1,
        }
    },
    "sent through a bot": {"via_bot": {"id": 5, "is_bot": True, "first_name": "B"}},
    "in the name of a channel": {
        "sender_chat": {"id": -1_000_000_000_009, "type": "channel", "title": "C"}
    },
    "forwarded by itself": {"is_automatic_forward": True},
    "over a business connection": {"business_connection_id": "x"},
    "edited": {"edit_date": 2},
}


def _as_bytes(reply: Reply) -> object:
    """All that a stranger could compare."""
    return reply.notice, [
        (one.text, one.rows, one.raw.get("entities"), one.silent) for one in reply.messages
    ]


async def test_a_moderators_command_is_to_a_stranger_like_any_unknown_word(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = await house.subscriber(READER + number, language)
        unknown = await reader.says("/qwerty")
        for command in MODERATORS:
            for words in (f"/{command}", f"/{command} S1", f"/{command}@homeward_sandbox_bot"):
                assert _as_bytes(await reader.says(words)) == _as_bytes(unknown)
    assert await house.rows("drafts") == []


@pytest.mark.parametrize("gone", [faults.bad_request("chat not found"), faults.forbidden()])
async def test_whoever_is_gone_before_the_answer_comes_is_not_asked_after(
    house: House, gone: Fault
) -> None:
    reader = house.person(READER)
    house.telegram.order(gone, chat=READER, times=None)
    (await reader.says("/help")).is_silence()
    assert len(house.telegram.journal.of("sendMessage", chat=READER)) == 1


async def test_no_moderators_command_is_told_to_readers(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        shown = (await reader.says("/help")).text
        for command in MODERATORS:
            assert not re.search(rf"/{command}\b", shown)


@pytest.mark.parametrize("who", [READER, SECOND], ids=["stranger", "other moderator"])
async def test_anothers_button_is_like_a_button_that_never_was(house: House, who: int) -> None:
    moderator, other = house.moderator(), house.person(who, "uk")
    under = (await other.says("/help")).message
    never = await other.sends("A" * 16 + ":publish", under)
    await drafts_the_usual(moderator)
    before = await house.kept()
    for act in acts(moderator.lowest):
        reply = await other.sends(data_of(moderator.lowest, act), under)
        assert _as_bytes(reply) == _as_bytes(never)
    await moderator.presses("preview")
    in_preview = await house.kept()
    for act in ("publish", "back"):
        reply = await other.sends(data_of(moderator.lowest, act), under)
        assert _as_bytes(reply) == _as_bytes(never)
    assert await house.kept() == in_preview
    assert before["revisions"] == in_preview["revisions"]
    await moderator.presses("publish")
    data = data_of(moderator.lowest, "undo")
    for forged in (data, data.replace("undo", "stop"), data.replace("undo", "publish")):
        assert _as_bytes(await other.sends(forged, under)) == _as_bytes(never)
    assert [row["state"] for row in await house.rows("alerts")] == ["live"]


async def test_a_borrowed_command_never_acts(house: House) -> None:
    moderator = house.moderator()
    before = await house.kept()
    for form in BORROWED.values():
        for words in (
            "/record",
            "/correct S1",
            "/withdraw S1",
            "/redact C1",
            "/drafts",
            "/forget yes",
            "/language uk:keep",
            "/start",
        ):
            (await moderator.says(words, **form)).tells("warm")
    assert await house.kept() == before


async def test_a_borrowed_line_is_no_answer_to_a_draft(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, "kind:persons", "state:announced", "done:categories")
    await moderator.presses("direction:both")
    before = await house.kept()
    for form in BORROWED.values():
        (await moderator.says(LINK, **form)).tells("warm")
    assert await house.kept() == before
    (await moderator.says(LINK)).tells("ask-confirmations")


OTHER_KINDS = [
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_message",
    "edited_business_message",
]


async def test_no_other_kind_of_update_acts_or_is_answered(house: House) -> None:
    moderator = house.moderator()
    before = await house.kept()
    person = {"id": FIRST, "is_bot": False, "first_name": "A"}
    chat = {"id": FIRST, "type": "private", "first_name": "A"}
    for kind in OTHER_KINDS:
        for words in ("/record", "/forget yes", "words"):
            message = {"message_id": 5, "date": 1, "from": person, "chat": chat, "text": words}
            (await moderator.injects({kind: message})).is_silence()
    assert await house.kept() == before


async def test_an_edited_message_is_not_even_asked_for(house: House) -> None:
    moderator = house.moderator()
    said = moderator.person.says("/help")
    await house.handled(house.last_update())
    moderator.person.edits(said, "/record")
    waiting = house.telegram.world.updates.pending()
    assert not any("edited_message" in update for update in waiting)


@pytest.mark.parametrize(
    "sender",
    [
        {"id": FIRST, "is_bot": True, "first_name": "A bot"},
        {"id": 1087968824, "is_bot": True, "first_name": "Group"},
        {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        {"id": SECOND, "is_bot": False, "first_name": "Another"},
    ],
    ids=["bot", "anonymous", "telegram", "other person"],
)
async def test_only_the_person_whose_chat_it_is_acts(house: House, sender: dict[str, Any]) -> None:
    moderator = house.moderator()
    draft = (await moderator.says("/record")).message
    before = await house.kept()
    pressed = {
        "id": "1",
        "from": sender,
        "chat_instance": "1",
        "message": draft.raw,
        "data": data_of(draft, "kind:persons"),
    }
    (await moderator.injects({"callback_query": pressed})).is_silence()
    chat = {"id": FIRST, "type": "private", "first_name": "A"}
    message = {"message_id": 99, "date": 1, "from": sender, "chat": chat, "text": "/record"}
    (await moderator.injects({"message": message})).tells("warm")
    assert await house.kept() == before


async def test_a_button_pressed_in_a_group_is_acknowledged_and_does_nothing(house: House) -> None:
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    before = await house.kept()
    data = data_of(moderator.lowest, "undo")
    group = house.telegram.group(-1_000_000_000_001)
    query = house.telegram.world.pressed(moderator.person.account, group.id, 0, data)
    await house.handled(house.last_update())
    assert query.answer is not None
    assert group.received == []
    assert await house.kept() == before


NOISE = [
    "x",
    ":",
    "::",
    "\x00",
    "ok:1",
    "publish",
    "undo",
    "+" * 64,
    "stage:" + "9" * 58,
    "start:uk:yes:no",
    "языкиязыкиязыки",
]


async def test_noise_in_a_button_is_answered_and_changes_nothing(house: House) -> None:
    before = await house.kept()
    reader = house.person(READER)
    under = (await reader.says("/help")).message
    for noise in NOISE:
        await reader.sends(noise, under)
    assert await house.kept() == before


FORGED = [
    "add:S99",
    "add:",
    "kind:",
    "kind:bodies:x",
    "day:0",
    "day:31",
    "day:x",
    "day:-1",
    "turn:x",
    "state:gone",
    "category:UA",
    "category:nobody",
    "direction:nobody",
    "drop:R1",
    "drop:new9",
    "confirm:nobody",
    "figure:nobody",
    "qualifier:x",
    "speaker:x",
    "open:preview",
    "open:x",
    "agreement:x",
    "done:x",
    "back:x",
    "nothing",
    "publish",
    "undo",
    "stop",
    "publish:1",
    "claim",
    "claims",
    "total",
    "stance:x",
    "stance:C1",
    "stance:denies",
    "about:x",
    "about:S99",
    "again:xx",
    "again:en",
    "nodetail",
    "take:99",
    "take:-1",
    "take:x",
    "from:x",
    "manner:x",
    "beside:x",
    "unit:x",
    "counted:x",
    "say:99",
    "say:-1",
    "reason:duplicate",
    "reason:x",
    "drop",
    "done:stance",
    "done:stated",
    "open:words",
    "open:stance",
    "open:qualifier",
    "withdraw:duplicate",
    "withdraw_now",
    "redact:C1",
]


@pytest.mark.parametrize("draft", ["a stage", "a claim", "a total", "a correction"])
async def test_a_forged_act_with_the_true_key_breaks_nothing(house: House, draft: str) -> None:
    """A moderator's own client could send any act with the key of the present screen."""
    moderator = house.moderator()
    if draft == "a stage":
        await drafts_the_usual(moderator)
    elif draft == "a correction":
        await moderator.says("/correct S1")
    else:
        await moderator.says("/record")
        await takes_steps(moderator, *(CLAIM_STEPS if draft == "a claim" else TOTAL_STEPS))
    before = (await house.rows("revisions"), await house.rows("alerts"))
    for act in FORGED:
        key = moderator.lowest.rows[0][0]["callback_data"].split(":")[0]
        await moderator.sends(f"{key}:{act}", moderator.lowest)
        await moderator.says("/record")
        shown = await moderator.presses("continue")
        assert shown.acts, f"after {act} nothing leads on"
    assert (await house.rows("revisions"), await house.rows("alerts")) == before
