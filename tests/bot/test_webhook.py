"""Updates that are posted: real requests, from the stand-in and from others."""

from __future__ import annotations

import asyncio
import io
import json
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
import structlog
from telegram import Update

from bot.intake import Patience
from bot.numbering import FAR
from bot.settings import SettingsMistake
from bot.web.server import listening
from bot.web.site import site
from bot.web.webhook import DEEPEST, LARGEST, is_deeper
from sandbox.standin import Standin
from storage.errors import StoreFull, StoreUnreachable
from tests.bot.polling import Handled
from tests.bot.posting import HAVING, SECRET, Posted, listens, taking

MEBIBYTE = 1024 * 1024


def said(update_id: int, text: str = "x", chat: int = 7, **more: Any) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "P"}
    message = {
        "message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"},
        "from": person, "text": text,
    }  # fmt: skip
    return {"update_id": update_id, "message": message, **more}


async def test_what_people_say_is_handled_once_each_in_order_and_confirmed(
    telegram: Standin,
) -> None:
    people = [telegram.person(1000 + one) for one in range(20)]
    by_chat: dict[int, list[str]] = {}

    async def handle(update: Update) -> None:
        assert update.message is not None
        by_chat.setdefault(update.message.chat.id, []).append(update.message.text or "")

    async with taking(handle, telegram):
        for text in ("one", "two", "three"):
            for person in people:
                person.says(text)
        await telegram.until(lambda: telegram.world.updates.pending() == [])
    assert by_chat == {person.id: ["one", "two", "three"] for person in people}


async def test_it_is_answered_only_after_handling(telegram: Standin) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def handle(_: Update) -> None:
        begun.set()
        await gate.wait()

    async with taking(handle, telegram, patience=Patience()):
        telegram.person(1001).says("Good morning")
        await begun.wait()
        assert len(telegram.world.updates.pending()) == 1
        gate.set()
        await telegram.until(lambda: telegram.world.updates.pending() == [])


async def test_a_stuck_handler_holds_back_nobody_else(telegram: Standin) -> None:
    gate, handled = asyncio.Event(), Handled()

    async def handle(update: Update) -> None:
        if update.message and update.message.text == "stuck":
            await gate.wait()
        await handled(update)

    async with taking(handle, telegram, patience=Patience()):
        telegram.person(1001).says("stuck")
        telegram.person(1001).says("behind it")
        for one in range(200):
            telegram.person(2000 + one).says("go on")
        await telegram.until(lambda: len(handled.said) == 200)
        gate.set()
        await telegram.until(lambda: telegram.world.updates.pending() == [])
    assert handled.said[200:] == ["stuck", "behind it"]


async def test_copies_of_an_update_in_hand_wait_for_the_same_handling() -> None:
    gate, handled = asyncio.Event(), Handled()

    async def handle(update: Update) -> None:
        await gate.wait()
        await handled(update)

    async with taking(handle, patience=Patience()) as posted:
        copies = [asyncio.create_task(posted.post(said(5))) for _ in range(3)]
        await asyncio.sleep(0.1)
        assert not any(copy.done() for copy in copies)
        gate.set()
        assert await asyncio.gather(*copies) == [200, 200, 200]
        assert await posted.post(said(5)) == 200
    assert handled.ids == [5]


async def test_an_update_far_ahead_is_set_aside_and_holds_back_none_of_telegrams() -> None:
    """A captured one with a number that was never given, so that it would count as new."""
    handled, forged = Handled(), 7 + FAR + 1
    async with taking(handled) as posted:
        with structlog.testing.capture_logs() as logs:
            posts = [said(7), said(forged, "a captured word"), said(forged), said(9), said(8)]
            assert [await posted.post(one) for one in posts] == [200] * 5
    assert handled.ids == [7, 9, 8]
    assert [one for one in logs if one["event"] == "intake.set_aside"] == [
        {"event": "intake.set_aside", "update_id": forged, "kind": "FarAhead", "log_level": "error"}
    ]
    assert "captured" not in str(logs)


async def test_poison_is_set_aside_and_the_chat_goes_on(telegram: Standin) -> None:
    handled = Handled(lambda text, _: ValueError(text) if text == "poison" else None)
    reader = telegram.person(1001)
    with structlog.testing.capture_logs() as logs:
        async with taking(handled, telegram):
            telegram.inject({"message": {"message_id": "no", "chat": {"id": 1001}, "date": []}})
            reader.says("poison")
            reader.says("after")
            await telegram.until(lambda: telegram.world.updates.pending() == [])
    assert handled.said == ["after"]
    aside = [one["kind"] for one in logs if one["event"] == "intake.set_aside"]
    assert sorted(aside) == ["Unreadable", "ValueError"]


async def test_while_the_store_is_down_telegram_is_told_to_come_again(telegram: Standin) -> None:
    tries = len(Patience().tries)
    handled = Handled(lambda _, tried: StoreUnreachable() if tried <= tries else None)
    async with taking(handled, telegram):
        telegram.person(1001).says("keep this")
        await telegram.until(lambda: telegram.world.updates.pending() == [])
        assert handled.said == ["keep this"]
    trouble = telegram.world.webhook.trouble
    assert trouble is not None
    assert "503" in trouble.message


async def test_on_a_full_disk_people_are_told_and_reading_goes_on(telegram: Standin) -> None:
    """Nothing queues up behind what cannot be saved: it is set aside."""
    handled = Handled(lambda text, _: StoreFull() if text == "save" else None)
    async with taking(handled, telegram):
        telegram.person(1001).says("save")
        telegram.person(1001).says("read")
        await telegram.until(lambda: telegram.world.updates.pending() == [])
    assert handled.said == ["read"]


async def test_before_it_runs_and_after_its_end_telegram_is_told_to_wait() -> None:
    handled = Handled()
    async with listens(handled) as posted:
        assert (await posted.post(said(1)), await posted.health()) == (503, 503)
        running = asyncio.create_task(posted.webhook.run())
        await asyncio.sleep(0)
        assert (await posted.post(said(1)), await posted.health()) == (200, 200)
        posted.webhook.stop()
        await running
        assert (await posted.post(said(2)), await posted.health()) == (503, 503)
    assert handled.ids == [1]


async def test_what_is_in_hand_at_the_end_is_handled_and_answered() -> None:
    begun, handled = asyncio.Event(), Handled()

    async def handle(update: Update) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        await handled(update)

    async with taking(handle) as posted:
        posting = asyncio.create_task(posted.post(said(1)))
        await begun.wait()
    assert await posting == 200
    assert handled.ids == [1]


@pytest.fixture
async def posted() -> AsyncIterator[Posted]:
    handled = Handled()
    async with taking(handled) as found:
        yield found
    assert handled.ids == []


def nested(levels: int) -> bytes:
    return b'{"update_id":1,"message":' + b"[" * levels + b"]" * levels + b"}"


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (said(1), {}, 401),
        (said(1), {"X-Telegram-Bot-Api-Secret-Token": "the-wrong-secret"}, 401),
        (said(1), {"X-Telegram-Bot-Api-Secret-Token": ""}, 401),
        (said(1), {**HAVING, "Content-Encoding": "gzip"}, 415),
        (nested(10**5), HAVING, 400),
        (nested(DEEPEST), HAVING, 400),
        (b"", HAVING, 400),
        (b"\xff\xfe", HAVING, 400),
        (b"{", HAVING, 400),
        (b'{"update_id":' + b"9" * 5000 + b"}", HAVING, 400),
        ([said(1)], HAVING, 400),
        ("text", HAVING, 400),
        ({"message": {}}, HAVING, 400),
        ({"update_id": "1"}, HAVING, 400),
    ],
    ids=lambda value: str(value)[:30] if not isinstance(value, dict) else None,
)
async def test_what_brings_no_update_is_refused(
    posted: Posted, body: Any, headers: dict[str, str], status: int
) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    assert await posted.post(data=data, headers=headers) == status


async def test_the_largest_and_deepest_update_is_taken() -> None:
    handled = Handled()
    empty = len(json.dumps(said(1, "")))
    async with taking(handled) as posted:
        assert await posted.post(data=json.dumps(said(1, "x" * (LARGEST - empty))).encode()) == 200
        assert await posted.post(data=nested(DEEPEST - 1)) == 200
    assert handled.ids == [1]


def test_depth_is_counted_in_objects_and_arrays_alike() -> None:
    value: Any = 1
    for one in range(10):
        value = [value] if one % 2 else {"x": value, "y": 2}
    assert is_deeper(value, 9)
    assert not is_deeper(value, 10)


@pytest.mark.parametrize("body", [said(1, "x" * LARGEST), dict.fromkeys(range(10**6))])
async def test_what_is_too_large_is_hung_up_on(posted: Posted, body: Any) -> None:
    """Whether the sender sees the answer or the broken line first is up to the network."""
    data = io.BytesIO(json.dumps(body).encode())
    with suppress(aiohttp.ClientError):
        assert await posted.post(data=data) == 413


async def raw(
    posted: Posted, head: dict[str, str]
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", posted.port)
    lines = [f"{name}: {value}" for name, value in {"Host": "x", **head}.items()]
    writer.write("\r\n".join(["POST /telegram HTTP/1.1", *lines, "", ""]).encode())
    await writer.drain()
    return reader, writer


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ({"Content-Length": "1000"}, b"401"),
        ({"Content-Length": "1000", "X-Telegram-Bot-Api-Secret-Token": "wrong"}, b"401"),
        ({"Content-Length": "1000", "Expect": "100-continue"}, b"401"),
        ({"Content-Length": str(50 * MEBIBYTE), **HAVING}, b"413"),
        ({"Content-Length": "1000", "Content-Encoding": "gzip", **HAVING}, b"415"),
    ],
)
async def test_it_is_refused_and_hung_up_on_before_any_of_the_body_came(
    posted: Posted, head: dict[str, str], status: bytes
) -> None:
    reader, writer = await raw(posted, head)
    answer = await asyncio.wait_for(reader.read(), 2)
    assert answer.split()[1] == status
    writer.close()


@pytest.mark.parametrize("head", [{}, HAVING], ids=["without the secret", "with the secret"])
async def test_a_stream_of_fifty_mebibytes_costs_no_memory(
    posted: Posted, head: dict[str, str]
) -> None:
    _, writer = await raw(posted, {"Transfer-Encoding": "chunked", **head})
    tracemalloc.start()
    try:
        with pytest.raises(ConnectionError):
            await stream(writer, 50)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4 * MEBIBYTE
    writer.close()


async def stream(writer: asyncio.StreamWriter, mebibytes: int) -> None:
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    for _ in range(16 * mebibytes):
        writer.write(piece)
        await writer.drain()


async def test_neither_secret_is_logged(posted: Posted, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    with structlog.testing.capture_logs() as logs:
        await posted.post(said(1), headers={"X-Telegram-Bot-Api-Secret-Token": "canary"})
        await posted.post(data=b"{", headers=HAVING)
    assert [one["status"] for one in logs] == [401, 400]
    written = f"{logs} {caplog.text}"
    assert "canary" not in written
    assert SECRET not in written


async def test_only_posts_to_its_own_path_are_taken(posted: Posted) -> None:
    for line, status in (
        (b"GET /telegram", b"405"),
        (b"POST /", b"404"),
        (b"POST /health", b"405"),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", posted.port)
        writer.write(line + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        assert (await reader.readline()).split()[1] == status
        writer.close()


async def test_an_address_in_use_is_told_in_a_sentence(posted: Posted) -> None:
    with pytest.raises(SettingsMistake, match=r"HOMEWARD_LISTEN cannot be used: Address already"):
        async with listening(site("", posted.webhook.receive, bool), f"127.0.0.1:{posted.port}"):
            pytest.fail("it listened")
