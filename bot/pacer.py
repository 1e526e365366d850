"""The one pace of everything that the bot sends: answers and alerts together.

Telegram allows a bot so many messages in any second. Slots are handed out one by one on a grid, a
little slower than allowed since the network squeezes some together. A slot that nobody took is
gone, so there is no burst at the start or after a pause.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram.ext import BaseRateLimiter

MARGIN = 59 / 60
"""The share of the allowed rate that is used: 29.5 of 30 a second."""
CHAT_SECONDS = 1.0
"""An alert waits until its chat had this long of silence."""


class Slots:
    """When the next message may start; pure, on any clock that never goes back."""

    def __init__(self, rate: int) -> None:
        self._interval = 1 / (rate * MARGIN)
        self._starts: deque[float] = deque(maxlen=rate)
        self._grid = float("-inf")

    def reserve(self, now: float) -> float:
        """The earliest moment for the next message; it then counts as started at that moment."""
        due = max(now, self._grid)
        if len(self._starts) == self._starts.maxlen:
            due = max(due, self._starts[0] + len(self._starts) * self._interval)
        self._grid = due + self._interval
        self._starts.append(due)
        return due

    def started(self, at: float) -> None:
        """The message of the last reservation really started at this moment, perhaps late."""
        self._starts[-1] = max(self._starts[-1], at)


class Pacer:
    """Hands out slots in turn: answers before alerts, each kind in the order of asking."""

    def __init__(
        self,
        rate: int,
        *,
        chat_seconds: float = CHAT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._slots = Slots(rate)
        self._chat_seconds = chat_seconds
        self._clock = clock
        self._sleep = sleep
        self._answers: deque[asyncio.Future[None]] = deque()
        self._alerts: deque[asyncio.Future[None]] = deque()
        self._chats: OrderedDict[int, float] = OrderedDict()
        self._granting: asyncio.Task[None] | None = None

    async def answer(self, chat: int | None) -> None:
        """Wait for the turn of an answer: next, and never for its chat's sake."""
        await self._turn(self._answers)
        self._remember(chat)

    async def alert(self, chat: int) -> None:
        """Wait for the turn of an alert: after the answers, and a second after its chat's last."""
        while (wait := self._free_at(chat) - self._clock()) > 0:
            await self._sleep(wait)
        await self._turn(self._alerts)
        self._remember(chat)

    async def _turn(self, waiting: deque[asyncio.Future[None]]) -> None:
        turn = asyncio.get_running_loop().create_future()
        waiting.append(turn)
        if self._granting is None or self._granting.done():
            self._granting = asyncio.create_task(self._grant(), name="pacer")
        await turn

    async def _grant(self) -> None:
        while self._answers or self._alerts:
            now = self._clock()
            wait = self._slots.reserve(now) - now
            if wait > 0:
                await self._sleep(wait)
            self._slots.started(self._clock())
            for waiting in (self._answers, self._alerts):
                if turn := _first_still_waiting(waiting):
                    turn.set_result(None)
                    break

    def _free_at(self, chat: int) -> float:
        return self._chats.get(chat, float("-inf")) + self._chat_seconds

    def _remember(self, chat: int | None) -> None:
        now = self._clock()
        while self._chats and next(iter(self._chats.values())) <= now - self._chat_seconds:
            self._chats.popitem(last=False)
        if chat is not None:
            self._chats[chat] = now
            self._chats.move_to_end(chat)


def _first_still_waiting(turns: deque[asyncio.Future[None]]) -> asyncio.Future[None] | None:
    while turns:
        turn = turns.popleft()
        if not turn.done():
            return turn
    return None


class AnswerPace(BaseRateLimiter[None]):
    """The library's seam for pacing, used for the bot's own answers: nothing is tried again."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 - not used by our handlers
    ) -> Any:
        if endpoint.startswith(("send", "edit", "copy", "forward")):
            chat = data.get("chat_id")
            await self._pacer.answer(chat if isinstance(chat, int) else None)
        return await callback(*args, **kwargs)
