"""The one pace of everything that the bot sends: answers and alerts together.

Telegram allows a bot so many messages in any second; when the next may start is in `bot.slots`.
Answers go first, but while an alert runs they get a share of the slots and no more, so that no
crowd of questions holds an alert up; what is said to moderators goes before everything, so that no
crowd keeps one from ending a false alert.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import Any

from telegram.ext import BaseRateLimiter

from bot.slots import FREE, PAID, Pace, Share, Slots
from bot.transport import LEAVES

CHAT_SECONDS = 1.0
"""An alert waits until its chat had this long of silence."""
SOON = 4.0
"""Seconds for an answer's turn: beside an alert, who comes when it would take longer is better not
kept waiting. Those who wait are then few enough that others get by them."""
GOES_FIRST: ContextVar[bool] = ContextVar("goes_first", default=False)
"""Whether what is said from here on goes before everything: it is said to a moderator."""


class Slot:
    """Leave to send one alert, within `with`.

    It counts in the second in which the transport says that it leaves. If that says nothing, it
    counts at the end, sent or not: a slot lost is better than a message too many.
    """

    __slots__ = ("_has_left", "_note", "_token")

    def __init__(self, note: Callable[[], None]) -> None:
        self._note = note
        self._has_left = False

    def __enter__(self) -> None:
        self._token = LEAVES.set(self.leaves)

    def __exit__(self, *_how: object) -> None:
        LEAVES.reset(self._token)
        self.leaves()

    def leaves(self) -> None:
        if not self._has_left:
            self._has_left = True
            self._note()


_Waiting = deque[asyncio.Future[Slot]]


class Gate:
    """Hands out the slots of one rate in turn: answers before alerts, each in order of asking.

    While an alert runs, answers keep to their share and alerts take what answers do not use.
    What goes ahead of both has no share and no bounds; it is for few people.
    """

    def __init__(
        self,
        rate: int,
        pace: Pace,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._alert_runs = False
        self._slots = Slots(rate, pace)
        self._lead = pace.lead
        self._share = Share(rate)
        self._clock = clock
        self._sleep = sleep
        self._ahead: _Waiting = deque()
        self._answers: _Waiting = deque()
        self._alerts: _Waiting = deque()
        self._asked = asyncio.Event()
        self._granting: asyncio.Task[None] | None = None

    def alert_runs(self, does: bool) -> None:
        self._alert_runs = does
        self._asked.set()

    @property
    def is_busy(self) -> bool:
        """Whether an answer may have to wait."""
        return self._alert_runs or self._is_granting

    def is_crowded(self, asking: int) -> bool:
        """Whether an alert runs and, behind so many others, an answer would come late."""
        return self._alert_runs and asking >= SOON * self._share.a_second

    async def ahead(self) -> Slot:
        return await self._turn(self._ahead)

    async def answer(self) -> Slot:
        return await self._turn(self._answers)

    async def alert(self) -> Slot:
        return await self._turn(self._alerts)

    async def _turn(self, waiting: _Waiting) -> Slot:
        if slot := self._free_slot(for_answer=waiting is self._answers):
            return slot
        turn: asyncio.Future[Slot] = asyncio.get_running_loop().create_future()
        waiting.append(turn)
        self._asked.set()
        if not self._is_granting:
            self._granting = asyncio.create_task(self._grant(), name="pacer")
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                turn.result().leaves()  # who gives up just as the turn comes has used it
            raise

    def _free_slot(self, *, for_answer: bool) -> Slot | None:
        """The slot of this moment where nobody waits for it: most answers do not wait."""
        if self._is_granting or (for_answer and self._answers_wait() > 0):
            return None
        now = self._clock()
        if self._slots.free_at(now) > now:
            return None
        if for_answer:
            self._share.started(now)
        return self._take(now)

    @property
    def _is_granting(self) -> bool:
        return self._granting is not None and not self._granting.done()

    async def _grant(self) -> None:
        behind = False
        while self._ahead or self._answers or self._alerts:
            now = self._clock()
            if not self._ahead and not self._alerts and (wait := self._answers_wait()) > 0:
                self._asked.clear()
                await wait_up_to(wait, self._asked)
                behind = False
            elif (wait := self._slots.free_at(now, self._lead) - now) > 0:
                await self._sleep(wait)
                behind = True
            elif turn := self._first(now):
                turn.set_result(self._take(now, behind=behind))
                behind = True

    def _first(self, now: float) -> asyncio.Future[Slot] | None:
        """Whose turn it is; nobody's, if all have given up."""
        if turn := _first_still_waiting(self._ahead):
            return turn
        if self._answers_wait() <= 0 and (turn := _first_still_waiting(self._answers)):
            self._share.started(now)
            return turn
        return _first_still_waiting(self._alerts)

    def _take(self, now: float, *, behind: bool = False) -> Slot:
        self._slots.take(now, behind=behind)
        return Slot(self._left)

    def _left(self) -> None:
        self._slots.left(self._clock())

    def _answers_wait(self) -> float:
        return self._share.free_at() - self._clock() if self._alert_runs else 0


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
        self._for_answers = self._for_alerts = Gate(rate, FREE, clock, sleep)
        if paid_rate:
            self._for_alerts = Gate(paid_rate, PAID, clock, sleep)
        self._chat_seconds = chat_seconds
        self._clock = clock
        self._sleep = sleep
        self._chats: OrderedDict[int, float] = OrderedDict()

    def alert_runs(self, does: bool, *, edits: bool = False) -> None:
        """Whether deliveries are due or in flight, and whether edits are among them."""
        self._for_answers.alert_runs(edits)
        self._for_alerts.alert_runs(does)

    @property
    def is_busy(self) -> bool:
        """Whether an answer may have to wait."""
        return self._for_answers.is_busy

    def is_crowded(self, asking: int) -> bool:
        """Whether an alert runs and, behind so many others, an answer would come late."""
        return self._for_answers.is_crowded(asking)

    async def answer(self, chat: int | None, *, goes_first: bool = False) -> None:
        """Wait for the turn of an answer: never for its chat's sake.

        It counts from here: answers whose connections hang would else leave no room for alerts.
        """
        slot = await (self._for_answers.ahead() if goes_first else self._for_answers.answer())
        slot.leaves()
        self._remember(chat)

    async def alert(self, chat: int, *, is_free: bool = False) -> Slot:
        """Wait for the turn of an alert: a second after its chat's last message.

        What cannot be paid for, such as an edit, keeps to the free rate.
        """
        while (wait := self._free_at(chat) - self._clock()) > 0:
            await self._sleep(wait)
        slot = await (self._for_answers if is_free else self._for_alerts).alert()
        self._remember(chat)
        return Slot(partial(self._left, slot, chat))

    def _left(self, slot: Slot, chat: int) -> None:
        slot.leaves()
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


async def wait_up_to(seconds: float, event: asyncio.Event) -> None:
    """Wait until the event is set, and for no longer than this."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _first_still_waiting(turns: _Waiting) -> asyncio.Future[Slot] | None:
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
            known = chat if isinstance(chat, int) else None
            await self._pacer.answer(known, goes_first=GOES_FIRST.get())
        return await callback(*args, **kwargs)
