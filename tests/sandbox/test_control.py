"""The sandbox over HTTP, as another process uses it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import RetryAfter

from sandbox.people import Person
from sandbox.standin import PortTakenError, Standin

Json = dict[str, Any]


class Remote:
    """What another process sees of the stand-in."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str) -> Any:
        async with self.session.get(f"/sandbox/{path}") as answer:
            return await answer.json()

    async def post(self, path: str, **said: Any) -> Json:
        async with self.session.post(f"/sandbox/{path}", json=said) as answer:
            told: Json = await answer.json()
            return told


@pytest.fixture
async def remote(telegram: Standin) -> AsyncIterator[Remote]:
    async with aiohttp.ClientSession(telegram.url) as session:
        yield Remote(session)


async def test_people_are_made_and_write_and_press(
    bot: Bot, telegram: Standin, remote: Remote
) -> None:
    made = await remote.post("people", id=5, name="Five", language="ru", key="five")
    assert (made["key"], made["language"], made["started"]) == ("five", "ru", False)
    said = await remote.post("say", person=5, text="/start", fields={"via_bot": {"id": 1}})
    pressed = await remote.post("press", person=5, message_id=said["message_id"], data="x")
    message, query = telegram.world.updates.pending()
    assert message["message"]["text"] == "/start"
    assert message["message"]["via_bot"] == {"id": 1}
    assert query["callback_query"]["id"] == pressed["query"]
    assert (await remote.post("block", person=5))["blocked"]
    assert not (await remote.post("block", person=5, blocked=False))["blocked"]
    await bot.send_message(5, "Hello")
    (person,) = (await remote.get("state"))["people"]
    assert [message.get("text") for message in person["messages"]] == ["/start", "Hello"]


async def test_a_fault_is_ordered_read_in_the_journal_and_cleared(
    bot: Bot, reader: Person, remote: Remote
) -> None:
    await remote.post("faults", fault="too_many_requests", retry_after=9, chat=reader.id, times=2)
    with pytest.raises(RetryAfter):
        await bot.send_message(1001, "once")
    (waiting,) = (await remote.get("state"))["faults"]
    assert (waiting["fault"], waiting["used"]) == ("too_many_requests", 1)
    (call,) = await remote.get("journal")
    assert (call["method"], call["accepted"], call["status"]) == ("sendMessage", False, 429)
    assert await remote.get(f"journal?since={call['number'] + 1}") == []
    await remote.post("clear")
    assert await remote.get("journal") == []
    assert (await remote.get("state"))["faults"] == []
    await bot.send_message(1001, "twice")


async def test_any_update_can_be_sent(telegram: Standin, remote: Remote) -> None:
    given = await remote.post("updates", poll={"id": "1"})
    assert telegram.world.updates.pending() == [
        {"update_id": given["update_id"], "poll": {"id": "1"}}
    ]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("say", {"person": 99, "text": "x"}),
        ("say", {"person": 1001}),
        ("faults", {"fault": "earthquake"}),
        ("faults", {"fault": "slow", "hours": 5}),
        ("press", {"person": 1001}),
    ],
)
@pytest.mark.usefixtures("reader")
async def test_what_cannot_be_done_is_one_sentence(
    telegram: Standin, remote: Remote, path: str, said: Json
) -> None:
    assert (await remote.post(path, **said))["error"]
    assert telegram.world.updates.pending() == []


@pytest.mark.usefixtures("reader")
async def test_a_form_of_another_site_does_nothing(telegram: Standin, remote: Remote) -> None:
    body = json.dumps({"person": 1001, "text": "x"})
    async with remote.session.post(
        "/sandbox/say", data=body, headers={"content-type": "text/plain"}
    ) as answer:
        assert answer.status == 415
    assert telegram.world.updates.pending() == []


async def test_events_tell_what_people_see_as_it_happens(
    bot: Bot, reader: Person, remote: Remote
) -> None:
    async with remote.session.get("/sandbox/events") as stream:

        async def heard() -> Json:
            while not (line := await stream.content.readline()).startswith(b"data: "):
                pass
            event: Json = json.loads(line[6:])
            return event

        async with asyncio.timeout(5):
            first = await heard()
            sent = await bot.send_message(1001, "One", disable_notification=True)
            await bot.edit_message_text("Two", 1001, sent.message_id)
            await bot.delete_message(1001, sent.message_id)
            reader.blocks()
            message, *others = [await heard() for _ in range(4)]
    assert first == {"event": "hello"}
    assert (message["message"]["text"], message["silent"]) == ("One", True)
    assert [event["event"] for event in others] == ["edited", "deleted", "person"]


async def test_the_page_allows_nothing_from_elsewhere(remote: Remote) -> None:
    async with remote.session.get("/") as answer:
        policy = answer.headers["content-security-policy"]
        text = await answer.text()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http://" not in text
    assert "https://" not in text


async def test_a_taken_port_is_told_before_anything_starts(telegram: Standin) -> None:
    port = int(telegram.url.rpartition(":")[2])
    with pytest.raises(PortTakenError):
        async with Standin.serve(port):
            pytest.fail("two stand-ins on one port")
