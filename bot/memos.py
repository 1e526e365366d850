"""Moderators are told at once what they must know: a freeze, a thaw, an alert that was halted.

What is to be told is read from the store, so a restart tells what a crash left untold. What may
have arrived is repeated as an alert is, and then taken for told.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import structlog
from telegram.error import BadRequest, TelegramError

from bot.outcome import is_not_taken
from bot.pacer import GOES_FIRST
from bot.patience import Patience
from exchange.records import FALLBACK_LANGUAGE
from handlers import answer
from handlers.context import Bot
from messages.freezing import memo
from storage import memos, moderators
from storage.memos import Memo
from storage.outcomes import REPEAT_AFTER
from storage.store import Connection, Store

_log = structlog.get_logger(__name__)

FINISH = 20
"""Seconds for a memo under way when the bot ends: given up, it would be told again."""


class Memos:
    """Sends each memo to its moderator, looking for new ones every so many seconds."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        every: float = 0.5,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._store = store
        self._every = every
        self._patience = Patience(clock)
        self._perhaps_told: Counter[int] = Counter()

    async def run(self) -> None:
        """Until cancelled; a memo under way is then told to its end, if that comes soon."""
        GOES_FIRST.set(True)
        while True:
            await self.round()
            await asyncio.sleep(self._every)

    async def round(self) -> None:
        """Sends what is untold; what cannot be sent now holds up what comes after it."""
        held_up: set[int] = set()
        for one in await self._store.read(memos.untold):
            whose = one.moderator_id
            if whose in held_up:
                continue
            if not (self._patience.is_over(whose) and await _to_its_end(self._tell(one))):
                held_up.add(whose)

    async def _tell(self, one: Memo) -> bool:
        """Tells it and notes that; False where it is to be tried again."""
        if not await self._is_told(one):
            return False
        await self._store.write(partial(memos.told, memo_id=one.id))
        self._patience.ended(one.moderator_id)
        self._perhaps_told.pop(one.id, None)
        return True

    async def _is_told(self, one: Memo) -> bool:
        """False where it is to be tried again."""

        def reader(conn: Connection) -> tuple[int, str]:
            seal = self._store.seal
            language = moderators.language(conn, seal, one.moderator_id)
            return moderators.address(conn, seal, one.moderator_id), language or FALLBACK_LANGUAGE

        chat_id, language = await self._store.read(reader)
        try:
            await answer.send(self._bot, chat_id, memo(one.kind, one.about, language))
        except BadRequest:
            _log.warning("memo.unreachable", kind=one.kind)
        except TelegramError as error:
            _log.warning("memo.not_sent", kind=one.kind, error=type(error).__name__)
            return self._is_given_up(one, error)
        return True

    def _is_given_up(self, one: Memo, error: TelegramError) -> bool:
        """Whether it may have arrived so often that it is taken for told."""
        if is_not_taken(error):
            self._patience.failed(one.moderator_id, error)
            return False
        repeats = self._perhaps_told[one.id]
        if repeats == len(REPEAT_AFTER):
            _log.error("memo.given_up", kind=one.kind)
            return True
        self._perhaps_told[one.id] += 1
        self._patience.wait(one.moderator_id, REPEAT_AFTER[repeats].total_seconds())
        return False


async def _to_its_end(telling: Coroutine[Any, Any, bool]) -> bool:
    """Whoever awaits this may be cancelled: that is heeded a little later."""
    task = asyncio.create_task(telling, name="memo")
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=FINISH)
        task.cancel()
        await asyncio.wait({task})
        raise
