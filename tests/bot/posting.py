"""A webhook that listens, for the tests of what is posted to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from telegram import Bot

from bot.intake import Handle, Intake, Patience
from bot.transport import AiohttpRequest
from bot.web.server import listening
from bot.web.site import site
from bot.web.webhook import SECRET_HEADER, Webhook
from sandbox.standin import Standin
from sandbox.webhook import WebhookSettings

SECRET = "the-right-secret_42"
HAVING = {SECRET_HEADER: SECRET}
PATIENCE = Patience(handle=0.3, tries=(0, 0.01, 0.01))


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


async def nothing() -> None:
    """Telegram is told by the test itself."""


@dataclass
class Posted:
    """The webhook and where it listens."""

    webhook: Webhook
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/telegram"

    async def post(
        self, update: Any = None, *, data: Any = None, headers: dict[str, str] | None = None
    ) -> int:
        """The status of the answer."""
        given = HAVING if headers is None else headers
        body = {"data": data} if data is not None else {"json": update}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, headers=given, **body) as answer,
        ):
            return answer.status

    async def health(self) -> int:
        address = f"http://127.0.0.1:{self.port}/health"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return answer.status


@asynccontextmanager
async def listens(handle: Handle, *, patience: Patience = PATIENCE) -> AsyncIterator[Posted]:
    """A webhook that listens but does not run yet."""
    request = AiohttpRequest(connections=1)
    bot = Bot("42:x", request=request, get_updates_request=request)
    webhook = Webhook(Intake(bot, handle, patience=patience), nothing, SECRET)
    posted = Posted(webhook, free_port())
    pages = site(posted.url, webhook.receive, lambda: webhook.is_open)
    async with listening(pages, f"127.0.0.1:{posted.port}"):
        yield posted


@asynccontextmanager
async def taking(
    handle: Handle, telegram: Standin | None = None, *, patience: Patience = PATIENCE
) -> AsyncIterator[Posted]:
    """A webhook at work, to which this Telegram posts; at the end it is stopped."""
    async with listens(handle, patience=patience) as posted:
        running = asyncio.create_task(posted.webhook.run())
        await asyncio.sleep(0)
        if telegram:
            telegram.world.webhook.set(WebhookSettings(posted.url, SECRET))
        try:
            yield posted
        finally:
            posted.webhook.stop()
            await running
