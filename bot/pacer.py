"""The one pace of everything that the bot sends: answers and alerts together.

Telegram allows a bot so many messages in any second. Slots are handed out one by one on a grid, a
little slower than allowed since the network squeezes some together. A slot that nobody took is
gone, so there is no burst at the start or after a pause. Answers go first, but while an alert runs
they get a share of the slots and no more, so that no crowd of questions holds an alert up.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from telegram.ext import BaseRateLimiter

MARGIN = 59 / 60
"""The share of the allowed rate that is used: 29.5 of 30 a second."""
CHAT_SECONDS = 1.0
"""An alert waits until its chat had this long of silence."""
ANSWERS_BESIDE_ALERT = 5
"""Answers a second while an alert runs; at a low rate, half of it."""
CATCH_UP = 0.02
"""Seconds of our own lateness that a crowd of messages makes up for: less than a slot at 30."""


class Slots:
    """When the next message may start; pure, on any clock that never goes back."""

    def __init__(self, rate: int) -> None:
        self._interval = 1 / (rate * MARGIN)
        self._starts: deque[float] = deque(maxlen=rate)
        self._grid = float("-inf")

    def reserve(self, now: float, *, behind: bool = False) -> float:
        """The earliest moment for the next message; it then counts as started at that moment.

        `behind` says that messages have waited all the time since the last reservation: what our
        own lateness cost may then be made up for, within the rate of any second.
        """
        grid = max(self._grid, now - CATCH_UP) if behind else max(self._grid, now)
        due = max(now, grid)
        if len(self._starts) == self._starts.maxlen:
            due = max(due, self._starts[0] + len(self._starts) * self._interval)
        self._grid = max(grid, due - CATCH_UP) + self._interval
        self._starts.append(due)
        return due

    def started(self, at: float) -> None:
        """The message of the last reservation really started at this moment, perhaps late."""
        self._starts[-1] = max(self._starts[-1], at)


class Share:
    """How much of the rate answers may take while an alert runs; pure, as `Slots`."""

    def __init__(self, rate: int) -> None:
        self._starts: deque[float] = deque(maxlen=max(1, min(ANSWERS_BESIDE_ALERT, rate // 2)))

    def free_at(self) -> float:
        """When the next answer may start."""
        full = len(self._starts) == self._starts.maxlen
        return self._starts[0] + 1 / MARGIN if full else float("-inf")

    def started(self, at: float) -> None:
        self._starts.append(at)


class Gate:
    """Hands out the slots of one rate in turn: answers before alerts, each in order of asking.

    While an alert runs, answers keep to their share and alerts take what answers do not use.
    """

    def __init__(
        self, rate: int, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._alert_runs = False
        self._slots = Slots(rate)
        self._share = Share(rate)
        self._clock = clock
        self._sleep = sleep
        self._answers: deque[asyncio.Future[None]] = deque()
        self._alerts: deque[asyncio.Future[None]] = deque()
        self._asked = asyncio.Event()
        self._granting: asyncio.Task[None] | None = None

    def alert_runs(self, does: bool) -> None:
        self._alert_runs = does
        self._asked.set()

    async def answer(self) -> None:
        await self._turn(self._answers)

    async def alert(self) -> None:
        await self._turn(self._alerts)

    async def _turn(self, waiting: deque[asyncio.Future[None]]) -> None:
        turn = asyncio.get_running_loop().create_future()
        waiting.append(turn)
        self._asked.set()
        if self._granting is None or self._granting.done():
            self._granting = asyncio.create_task(self._grant(), name="pacer")
        await turn

    async def _grant(self) -> None:
        behind = False
        while self._answers or self._alerts:
            if not self._alerts and (wait := self._answers_wait()) > 0:
                await self._asked_within(wait)
                behind = False
                continue
            now = self._clock()
            wait = self._slots.reserve(now, behind=behind) - now
            if wait > 0:
                await self._sleep(wait)
            self._slots.started(self._clock())
            self._next()
            behind = True

    def _next(self) -> None:
        """Give the slot to whoever is first; it is gone if all have given up."""
        if self._answers_wait() <= 0 and (turn := _first_still_waiting(self._answers)):
            self._share.started(self._clock())
        else:
            turn = _first_still_waiting(self._alerts)
        if turn:
            turn.set_result(None)

    def _answers_wait(self) -> float:
        return self._share.free_at() - self._clock() if self._alert_runs else 0

    async def _asked_within(self, seconds: float) -> None:
        self._asked.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._asked.wait()


class Pacer:
    """The pace of answers and alerts. Paid alerts have a rate of their own, free ones share it."""

    def __init__(
        self,
        rate: int,
        *,
        paid_rate: int = 0,
        chat_seconds: float = CHAT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._for_answers = Gate(rate, clock, sleep)
        self._for_alerts = Gate(paid_rate, clock, sleep) if paid_rate else self._for_answers
        self._chat_seconds = chat_seconds
        self._clock = clock
        self._sleep = sleep
        self._chats: OrderedDict[int, float] = OrderedDict()

    def alert_runs(self, does: bool) -> None:
        """Whether deliveries are due or in flight."""
        self._for_alerts.alert_runs(does)

    async def answer(self, chat: int | None) -> None:
        """Wait for the turn of an answer: never for its chat's sake."""
        await self._for_answers.answer()
        self._remember(chat)

    async def alert(self, chat: int, *, is_free: bool = False) -> None:
        """Wait for the turn of an alert: a second after its chat's last message.

        What cannot be paid for, such as an edit, keeps to the free rate.
        """
        while (wait := self._free_at(chat) - self._clock()) > 0:
            await self._sleep(wait)
        await (self._for_answers if is_free else self._for_alerts).alert()
        self._remember(chat)

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
