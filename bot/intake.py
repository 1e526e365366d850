"""The way in: whatever brings an update, it is handled here, once and in its turn.

1. Those of one chat are handled in order, chats side by side.
2. An update is tried a few times; what cannot be read or handled is set aside, with its number and
   the kind of error alone, and its person is told. Then it is done with. So is one whose number
   cannot be Telegram's, but nobody is told of that.
3. While the store is down nothing is set aside: the update is left, for Telegram to give again.

Updates are brought by the poller or by the webhook. Either tells Telegram that it has one only when
that is done with; so a crash replays updates and loses none.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import RetryAfter

from bot.inbox import ARRIVED_AT, Inbox, chat_of, is_done, number_of
from bot.logs import kind_and_place
from bot.numbering import Numbering
from bot.outcome import asked_wait
from bot.reading import Unreadable, read
from storage.errors import StoreDown

log = structlog.get_logger(__name__)

Handle = Callable[[Update], Awaitable[None]]
GiveUp = Callable[[Update, BaseException], Awaitable[None]]
"""What to do about an update that was set aside for an error."""


@dataclass(frozen=True)
class Patience:
    """How long handling may take, in seconds."""

    handle: float = 10
    """One try to handle one update."""
    tries: Sequence[float] = (0, 0.5, 2)
    """Waits before each try."""
    told: float = 30
    """At most before the next try, where Telegram told the answer to wait."""


class Intake:
    """Handles updates, no more of them at once than `at_once`."""

    def __init__(
        self,
        bot: Bot,
        handle: Handle,
        *,
        give_up: GiveUp | None = None,
        at_once: int = 64,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._give_up = give_up
        self._at_once = asyncio.Semaphore(at_once)
        self._patience = patience or Patience()
        self._clock = clock
        self._store_failed_at = -math.inf
        self._inbox = Inbox()
        self._numbering = Numbering()
        self._last_of_chat: dict[int, asyncio.Task[bool]] = {}

    def take(self, raw: Any) -> bool:
        """Begin to handle an update; False if it is in hand, or was handled, or is none."""
        update_id = number_of(raw)
        if update_id is None:
            log.error("intake.no_update_id")
            return False
        if not self._inbox.is_new(update_id):
            return False
        if not self._numbering.goes_on_with(update_id, self._clock()):
            if self._inbox.is_doubted_anew(update_id):
                log.error("intake.set_aside", update_id=update_id, kind="FarAhead")
            return False
        chat = chat_of(raw)
        before = self._last_of_chat.get(chat) if chat is not None else None
        ARRIVED_AT.set(self._clock())  # the task below takes it along
        task = asyncio.create_task(self._in_turn(update_id, raw, before), name="update")
        self._inbox.take(update_id, task)
        if chat is not None:
            self._last_of_chat[chat] = task
            task.add_done_callback(lambda _: self._forget(chat, task))
        return True

    async def done_with(self, raw: Any) -> bool:
        """Handle an update, or wait for its handling; False if it must be given again."""
        self.take(raw)
        task = self._inbox.handling.get(number_of(raw) or 0)
        if task is None:
            return True
        await asyncio.wait({task})
        return is_done(task)

    @property
    def in_hand(self) -> Collection[asyncio.Task[bool]]:
        """The tasks that handle updates at this moment."""
        return self._inbox.handling.values()

    def confirmed_up_to(self) -> int | None:
        """The lowest update that is not done with; None before the first came."""
        return self._inbox.confirmed_up_to()

    def given(self, updates: Sequence[Any]) -> None:
        """What Telegram has, up to the last of these: what was left and is not there is gone.

        Of what comes after the last it says nothing: asked twice within a moment, it gives one.
        """
        self._inbox.given({number for one in updates if (number := number_of(one)) is not None})

    async def finish(self) -> None:
        """Let what is in hand come to its end, for as long as one try may take."""
        tasks = set(self.in_hand)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self._patience.handle)
            for task in late:
                task.cancel()
            if late:
                log.warning("intake.left_for_next_start", updates=len(late))
                await asyncio.wait(late)

    def _forget(self, chat: int, task: asyncio.Task[bool]) -> None:
        if self._last_of_chat.get(chat) is task:
            del self._last_of_chat[chat]

    async def _in_turn(
        self, update_id: int, raw: dict[str, Any], before: asyncio.Task[bool] | None
    ) -> bool:
        """Whether the update is done with, after those of its chat that came before."""
        if before is not None:
            await asyncio.wait({before})
            if not is_done(before):
                return False
        began = self._clock()
        error = await self._tried(update_id, raw)
        if error is None:
            return True
        # What waits behind others for a store that is down may hang as well, and is not to blame.
        in_vain = isinstance(error, TimeoutError) and self._store_failed_at >= began
        if in_vain or isinstance(error, StoreDown):
            log.error("intake.left", update_id=update_id, kind=type(error).__name__)
            return False
        log.error("intake.set_aside", update_id=update_id, kind=type(error).__name__)
        if not isinstance(error, Unreadable) and self._give_up:
            give_up = self._give_up
            untold = await self._try(raw, lambda update: give_up(update, error))
            if untold:
                log.warning("intake.not_told", update_id=update_id, kind=type(untold).__name__)
        return True

    async def _tried(self, update_id: int, raw: dict[str, Any]) -> BaseException | None:
        """Try to handle it, as often as is fit; what went wrong at last."""
        error: BaseException | None = None
        asked = 0.0
        for tried, wait in enumerate(self._patience.tries, start=1):
            await asyncio.sleep(max(wait, asked))
            async with self._at_once:
                error = await self._try(raw, self._handle)
            if error is None:
                return None
            log.warning(
                "intake.not_handled", update_id=update_id, tried=tried, error=kind_and_place(error)
            )
            if isinstance(error, Unreadable):
                break
            if isinstance(error, StoreDown):
                self._store_failed_at = self._clock()
            if isinstance(error, RetryAfter):
                asked = min(asked_wait(error).total_seconds(), self._patience.told)
        return error

    async def _try(self, raw: dict[str, Any], handle: Handle) -> BaseException | None:
        """Handle it once, as a task: so whatever it raises is a value to us, and so is a hang."""
        task = asyncio.create_task(self._read_and(handle, raw), name="handle")
        try:
            await asyncio.wait({task}, timeout=self._patience.handle)
        finally:
            late = not task.done() and task.cancel()
        await asyncio.wait({task})
        if late or task.cancelled():
            return TimeoutError()
        return task.exception()

    async def _read_and(self, handle: Handle, raw: dict[str, Any]) -> None:
        await handle(read(raw, self._bot))
