"""A poller at work, for the tests of what it brings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from telegram import Bot, Update

from bot.intake import GiveUp, Handle, Intake, Patience
from bot.poller import Poller, PollWaits
from bot.transport import AiohttpRequest, BotApi
from sandbox.standin import Standin

QUICK = Patience(handle=0.3, tries=(0, 0.01, 0.01))
SOON = PollWaits(poll=2, answer=2, look_again=0.05, back_off=0.05, conflict=0.05, silence=0.2)


@asynccontextmanager
async def polling(
    telegram: Standin,
    handle: Handle,
    *,
    give_up: GiveUp | None = None,
    patience: Patience = QUICK,
    waits: PollWaits = SOON,
    at_once: int = 64,
) -> AsyncIterator[Poller]:
    """A poller at work; at the end it is stopped and has confirmed what was handled."""
    request = AiohttpRequest(connections=1, connect_timeout=0.5)
    bot = Bot(telegram.token, request=request, get_updates_request=request)
    async with request:
        api = BotApi(request, telegram.url, telegram.token)
        intake = Intake(bot, handle, give_up=give_up, at_once=at_once, patience=patience)
        kinds = ["message", "callback_query", "my_chat_member"]
        poller = Poller(request, api, intake, allowed_updates=kinds, waits=waits)
        running = asyncio.create_task(poller.run())
        try:
            yield poller
        finally:
            poller.stop()
            await running


class Handled:
    """What was handled, by update id and by what was said."""

    def __init__(self, fail: Callable[[str, int], BaseException | None] | None = None) -> None:
        self.ids: list[int] = []
        self.said: list[str] = []
        self.tried: list[str] = []
        self._fail = fail

    async def __call__(self, update: Update) -> None:
        text = (update.message and update.message.text) or ""
        self.tried.append(text)
        if self._fail and (error := self._fail(text, self.tried.count(text))):
            raise error
        self.ids.append(update.update_id)
        self.said.append(text)
