"""Polling: updates are asked for, and confirmed by asking for those after them.

Each question names the lowest update that is not yet done with; whatever is below is confirmed by
that. Telegram answers with the first hundred from there.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.intake import Intake
from bot.outcome import asked_wait
from bot.transport import AiohttpRequest, BotApi

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PollWaits:
    """How long the poller waits for what, in seconds."""

    poll: float = 30
    """Telegram keeps a question for updates open this long."""
    answer: float = 10
    """More for the answer to it to arrive."""
    look_again: float = 1
    """At most between two questions while something is being handled."""
    same_again: float = 0.5
    """At least between two questions from the same update on, while that is being handled."""
    back_off: float = 30
    """At most between two questions that fail."""
    conflict: float = 5
    """Between two questions while another process takes the updates."""
    silence: float = 90
    """Without a successful question for so long, all connections are made anew."""


_NEVER: tuple[int | None, float] = (None, -math.inf)


class Poller:
    """Asks Telegram for updates for as long as `run` runs; `stop` ends it with all confirmed."""

    def __init__(
        self,
        request: AiohttpRequest,
        api: BotApi,
        intake: Intake,
        *,
        allowed_updates: Sequence[str],
        waits: PollWaits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._request = request
        self._api = api
        self._intake = intake
        self._allowed_updates = json.dumps(list(allowed_updates))
        self._waits = waits or PollWaits()
        self._clock = clock
        self._stopping = asyncio.Event()
        self._heard_at = clock()
        self._failures = 0
        self._asked = _NEVER
        """From which update on was asked last, and when; nothing where that failed."""

    async def run(self) -> None:
        """Until `stop` is called, or the token is rejected (`InvalidToken`)."""
        try:
            while not self._stopping.is_set():
                await self._worth_asking()
                question = asyncio.create_task(self._ask(self._poll_seconds()), name="question")
                await self._stopped_or(question)
                if not question.done():
                    question.cancel()
                    await asyncio.wait({question})
                    break
                await self._after(question)
        finally:
            await self._intake.finish()
        await self._confirm()

    def stop(self) -> None:
        """Fetch nothing more; `run` ends when what is in hand is handled and confirmed."""
        self._stopping.set()

    @property
    def is_heard(self) -> bool:
        """Whether Telegram answers: no question has failed since the last answer."""
        return not self._failures

    async def _after(self, question: asyncio.Task[list[Any]]) -> None:
        """Take what came and wait as long as is fit before the next question."""
        error = question.exception()
        if error is not None:
            self._asked = _NEVER
            await self._stopped_or(timeout=await self._failed(error))
            return
        self._failures = 0
        self._heard_at = self._clock()
        self._intake.given(question.result())
        taken = [raw for raw in question.result() if self._intake.take(raw)]
        if self._intake.in_hand:
            await asyncio.wait(
                self._intake.in_hand,
                timeout=self._waits.look_again / 10 if taken else self._waits.look_again,
                return_when=asyncio.ALL_COMPLETED if taken else asyncio.FIRST_COMPLETED,
            )
        elif question.result() and not taken:  # nothing of use, and it would come again at once
            await self._stopped_or(timeout=self._waits.look_again)

    async def _worth_asking(self) -> None:
        """Asked the same again at once, Telegram gives the first update alone, and no news."""
        while self._intake.in_hand and not self._stopping.is_set():
            offset, at = self._asked
            wait = at + self._waits.same_again - self._clock()
            if wait <= 0 or offset != self._intake.confirmed_up_to():
                return
            await self._stopped_or(*self._intake.in_hand, timeout=wait)

    def _poll_seconds(self) -> float:
        return 0 if self._intake.in_hand else self._waits.poll

    async def _ask(self, seconds: float) -> list[Any]:
        question: dict[str, Any] = {
            "timeout": int(seconds),
            "allowed_updates": self._allowed_updates,
        }
        offset = self._intake.confirmed_up_to()
        if offset is not None:
            question["offset"] = offset
        self._asked = (offset, self._clock())
        answer = await self._api.call(
            "getUpdates", question, read_timeout=seconds + self._waits.answer
        )
        if not isinstance(answer, list):
            raise TelegramError("The answer is not a list of updates.")
        return answer

    async def _failed(self, error: BaseException) -> float:
        """Say what went wrong; returns how long to wait."""
        if isinstance(error, InvalidToken) or not isinstance(error, TelegramError):
            raise error
        self._failures += 1
        if self._clock() - self._heard_at > self._waits.silence:
            log.warning("intake.connections_renewed")
            await self._request.shutdown()
            await self._request.initialize()
            self._heard_at = self._clock()
        if isinstance(error, Conflict):
            log.error("intake.taken_by_another", said=error.message, advice=_advice(error))
            return self._waits.conflict
        if isinstance(error, RetryAfter):
            return asked_wait(error).total_seconds()
        log.warning("intake.no_answer", kind=type(error).__name__, failures=self._failures)
        return min(2.0 ** min(self._failures - 1, 30), self._waits.back_off)

    async def _stopped_or(
        self,
        *tasks: asyncio.Task[Any],
        timeout: float | None = None,  # noqa: ASYNC109 - as `wait`
    ) -> None:
        stopped = asyncio.create_task(self._stopping.wait(), name="stopping")
        await asyncio.wait({stopped, *tasks}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()

    async def _confirm(self) -> None:
        """Tell Telegram what is handled, so that the next start does not see it again.

        What the last question told it is not told again: it would keep us waiting for news.
        """
        if self._intake.confirmed_up_to() in (None, self._asked[0]):
            return
        try:
            async with asyncio.timeout(self._waits.answer):
                await self._ask(0)
        except (TelegramError, TimeoutError) as error:
            log.warning("intake.not_confirmed", kind=type(error).__name__)


def _advice(conflict: Conflict) -> str:
    if "webhook" in conflict.message:
        return "a webhook was set meanwhile; start the bot anew to learn where"
    return "run one process for each token"
