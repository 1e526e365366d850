"""The way in: updates are fetched raw, handled, and only then confirmed to Telegram.

1. Ask for updates from the lowest that is not yet handled: whatever is below is confirmed by that.
2. Handle each new one: those of one chat in order, chats side by side.
3. What cannot be read or handled is set aside, with its number and the kind of error alone.

A crash therefore replays updates and loses none.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.inbox import Inbox, chat_of
from bot.logs import kind_and_place
from bot.outcome import asked_wait
from bot.transport import AiohttpRequest, BotApi

log = structlog.get_logger(__name__)

# What the library raises when the parts of an update are not what they should be.
_MALFORMED = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)


class Unreadable(Exception):  # noqa: N818 - says what the update is
    """An update that the library cannot read; it will not get better by waiting."""


@dataclass(frozen=True)
class Patience:
    """How long things may take, in seconds."""

    poll: float = 30
    """Telegram keeps a question for updates open this long."""
    answer: float = 10
    """More for the answer to it to arrive."""
    handle: float = 10
    """One try to handle one update."""
    tries: Sequence[float] = (0, 0.5, 2)
    """Waits before each try."""
    told: float = 30
    """At most before the next try, where Telegram told the answer to wait."""
    look_again: float = 1
    """At most between two questions while something is being handled."""
    back_off: float = 30
    """At most between two questions that fail."""
    conflict: float = 5
    """Between two questions while another process takes the updates."""
    silence: float = 90
    """Without a successful question for so long, all connections are made anew."""


class Poller:
    """Asks Telegram for updates for as long as `run` runs; `stop` ends it with all confirmed."""

    def __init__(
        self,
        request: AiohttpRequest,
        api: BotApi,
        bot: Bot,
        handle: Callable[[Update], Awaitable[None]],
        *,
        give_up: Callable[[Update], Awaitable[None]] | None = None,
        allowed_updates: Sequence[str],
        at_once: int = 64,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._request = request
        self._api = api
        self._bot = bot
        self._handle = handle
        self._give_up = give_up
        self._allowed_updates = json.dumps(list(allowed_updates))
        self._at_once = asyncio.Semaphore(at_once)
        self._patience = patience or Patience()
        self._clock = clock
        self._inbox = Inbox()
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()
        self._heard_at = clock()
        self._failures = 0

    async def run(self) -> None:
        """Until `stop` is called, or the token is rejected (`InvalidToken`)."""
        try:
            while not self._stopping.is_set():
                question = asyncio.create_task(self._ask(self._poll_seconds()), name="question")
                await self._stopped_or(question)
                if not question.done():
                    question.cancel()
                    await asyncio.wait({question})
                    break
                await self._after(question)
        finally:
            await self._finish()
        await self._confirm()

    def stop(self) -> None:
        """Fetch nothing more; `run` ends when what is in hand is handled and confirmed."""
        self._stopping.set()

    async def _finish(self) -> None:
        """Let what is in hand come to its end, for as long as one try may take."""
        tasks = set(self._inbox.handling.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self._patience.handle)
            for task in late:
                task.cancel()
            if late:
                log.warning("intake.left_for_next_start", updates=len(late))
                await asyncio.wait(late)

    async def _after(self, question: asyncio.Task[list[Any]]) -> None:
        """Take what came and wait as long as is fit before the next question."""
        error = question.exception()
        if error is not None:
            await self._stopped_or(timeout=await self._failed(error))
            return
        self._failures = 0
        self._heard_at = self._clock()
        taken = [raw for raw in question.result() if self._take(raw)]
        if self._inbox.handling:
            await asyncio.wait(
                self._inbox.handling.values(),
                timeout=self._patience.look_again / 10 if taken else self._patience.look_again,
                return_when=asyncio.ALL_COMPLETED if taken else asyncio.FIRST_COMPLETED,
            )
        elif question.result() and not taken:  # nothing of use, and it would come again at once
            await self._stopped_or(timeout=self._patience.look_again)

    def _poll_seconds(self) -> float:
        return 0 if self._inbox.handling else self._patience.poll

    async def _ask(self, seconds: float) -> list[Any]:
        question: dict[str, Any] = {
            "timeout": int(seconds),
            "allowed_updates": self._allowed_updates,
        }
        offset = self._inbox.confirmed_up_to()
        if offset is not None:
            question["offset"] = offset
        answer = await self._api.call(
            "getUpdates", question, read_timeout=seconds + self._patience.answer
        )
        if not isinstance(answer, list):
            raise TelegramError("The answer is not a list of updates.")
        return answer

    async def _failed(self, error: BaseException) -> float:
        """Say what went wrong; returns how long to wait."""
        if isinstance(error, InvalidToken) or not isinstance(error, TelegramError):
            raise error
        self._failures += 1
        if self._clock() - self._heard_at > self._patience.silence:
            log.warning("intake.connections_renewed")
            await self._request.shutdown()
            await self._request.initialize()
            self._heard_at = self._clock()
        if isinstance(error, Conflict):
            log.error(
                "intake.taken_by_another",
                said=error.message,
                advice="run one process for each token",
            )
            return self._patience.conflict
        if isinstance(error, RetryAfter):
            return asked_wait(error).total_seconds()
        log.warning("intake.no_answer", kind=type(error).__name__, failures=self._failures)
        return min(2.0 ** min(self._failures - 1, 30), self._patience.back_off)

    async def _stopped_or(
        self,
        *tasks: asyncio.Task[Any],
        timeout: float | None = None,  # noqa: ASYNC109 - as `wait`
    ) -> None:
        stopped = asyncio.create_task(self._stopping.wait(), name="stopping")
        await asyncio.wait({stopped, *tasks}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()

    def _take(self, raw: Any) -> bool:
        """Begin to handle an update, unless it is in hand already."""
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        if not isinstance(update_id, int):
            log.error("intake.no_update_id")
            return False
        if not self._inbox.is_new(update_id):
            return False
        chat = chat_of(raw)
        before = self._last_of_chat.get(chat) if chat is not None else None
        task = asyncio.create_task(self._in_turn(update_id, raw, before), name="update")
        self._inbox.take(update_id, task)
        if chat is not None:
            self._last_of_chat[chat] = task
            task.add_done_callback(lambda _: self._forget(chat, task))
        return True

    def _forget(self, chat: int, task: asyncio.Task[None]) -> None:
        if self._last_of_chat.get(chat) is task:
            del self._last_of_chat[chat]

    async def _in_turn(
        self, update_id: int, raw: dict[str, Any], before: asyncio.Task[None] | None
    ) -> None:
        if before is not None:
            await asyncio.wait({before})
        asked = 0.0
        for tried, wait in enumerate(self._patience.tries, start=1):
            await asyncio.sleep(max(wait, asked))
            async with self._at_once:
                error = await self._try(raw, self._handle)
            if error is None:
                return
            log.warning(
                "intake.not_handled", update_id=update_id, tried=tried, error=kind_and_place(error)
            )
            if isinstance(error, Unreadable):
                log.error("intake.set_aside", update_id=update_id, kind="Unreadable")
                return
            if isinstance(error, RetryAfter):
                asked = min(asked_wait(error).total_seconds(), self._patience.told)
        log.error("intake.set_aside", update_id=update_id, kind=type(error).__name__)
        if self._give_up and (untold := await self._try(raw, self._give_up)):
            log.warning("intake.not_told", update_id=update_id, kind=type(untold).__name__)

    async def _try(
        self, raw: dict[str, Any], handle: Callable[[Update], Awaitable[None]]
    ) -> BaseException | None:
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

    async def _read_and(
        self, handle: Callable[[Update], Awaitable[None]], raw: dict[str, Any]
    ) -> None:
        try:
            update = Update.de_json(raw, self._bot)
        except _MALFORMED as error:
            raise Unreadable(type(error).__name__) from None
        await handle(update)

    async def _confirm(self) -> None:
        """Tell Telegram what is handled, so that the next start does not see it again."""
        if self._inbox.highest is None:
            return
        try:
            async with asyncio.timeout(self._patience.answer):
                await self._ask(0)
        except (TelegramError, TimeoutError) as error:
            log.warning("intake.not_confirmed", kind=type(error).__name__)
