"""Deliveries to a webhook, taken by a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

from sandbox.people import Person
from sandbox.standin import Standin


@dataclass
class Receiver:
    """A bot's webhook that answers as it is told to, with 200 by default."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        await self.gate.wait()
        self.taken.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.taken]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    made.gate.set()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    made.gate.set()
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret_and_then_confirmed(
    bot: Bot, telegram: Standin, reader: Person, receiver: Receiver
) -> None:
    reader.says("before")
    await bot.set_webhook(receiver.url, secret_token="s3cret")
    reader.says("after")
    await telegram.until(lambda: telegram.world.updates.pending() == [])
    assert receiver.texts == ["before", "after"]
    assert receiver.secrets == ["s3cret", "s3cret"]


async def test_a_delivery_is_repeated_until_it_is_taken_and_keeps_its_chat_in_order(
    bot: Bot, telegram: Standin, reader: Person, receiver: Receiver
) -> None:
    receiver.answers = [500, 404]
    await bot.set_webhook(receiver.url)
    reader.says("one")
    reader.says("two")
    await telegram.until(lambda: telegram.world.updates.pending() == [])
    assert receiver.texts == ["one", "one", "one", "two"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 404 Not Found"


async def test_chats_do_not_wait_for_one_another(
    bot: Bot, telegram: Standin, reader: Person, receiver: Receiver
) -> None:
    receiver.answers = [500]
    telegram.world.webhook.first_pause = 30
    await bot.set_webhook(receiver.url)
    reader.says("refused at first")
    await telegram.until(lambda: len(receiver.taken) == 1)
    telegram.person(1002).says("another chat")
    await telegram.until(lambda: len(receiver.taken) == 2)
    assert len(telegram.world.updates.pending()) == 1


async def test_polling_is_refused_while_a_webhook_is_set(
    bot: Bot, telegram: Standin, reader: Person, receiver: Receiver
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: bool(telegram.journal.of("getUpdates")))
    receiver.gate.clear()
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    reader.says("kept")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook()
    assert [u.message.text for u in await bot.get_updates() if u.message] == ["kept"]


async def test_pending_updates_can_be_dropped(bot: Bot, reader: Person) -> None:
    reader.says("old")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
