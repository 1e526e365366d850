"""Moderators are told at once what they must know: a freeze, a thaw, an alert that was halted.

What is to be told is read from the store, so a restart tells what a crash left untold.
"""

from __future__ import annotations

import asyncio
from functools import partial

import structlog
from telegram.error import BadRequest, TelegramError

from bot.pacer import GOES_FIRST
from bot.transport import Unsure
from exchange.records import FALLBACK_LANGUAGE
from handlers import answer
from handlers.context import Bot
from messages.freezing import memo
from storage import memos, moderators
from storage.memos import Memo
from storage.store import Connection, Store

_log = structlog.get_logger(__name__)


class Memos:
    """Sends each memo to its moderator, looking for new ones every so many seconds."""

    def __init__(self, bot: Bot, store: Store, every: float = 0.5) -> None:
        self._bot = bot
        self._store = store
        self._every = every
        self._perhaps_told: set[int] = set()

    async def run(self) -> None:
        """Until cancelled."""
        GOES_FIRST.set(True)
        while True:
            await self.round()
            await asyncio.sleep(self._every)

    async def round(self) -> None:
        """Sends what is untold; what cannot be sent now waits for the next round."""
        for one in await self._store.read(memos.untold):
            if await self._is_told(one):
                await self._store.write(partial(memos.told, memo_id=one.id))

    async def _is_told(self, one: Memo) -> bool:
        """False where it is to be tried again; what may have arrived is tried once more alone."""

        def reader(conn: Connection) -> tuple[int, str]:
            seal = self._store.seal
            language = moderators.language(conn, seal, one.moderator_id)
            return moderators.address(conn, seal, one.moderator_id), language or FALLBACK_LANGUAGE

        chat_id, language = await self._store.read(reader)
        try:
            await answer.send(self._bot, chat_id, memo(one.kind, one.about, language))
        except Unsure:
            once_before = one.id in self._perhaps_told
            self._perhaps_told.add(one.id)
            return once_before
        except BadRequest:
            _log.warning("memo.unreachable", kind=one.kind)  # who never started the bot
        except TelegramError as error:
            _log.warning("memo.not_sent", kind=one.kind, error=type(error).__name__)
            return False
        self._perhaps_told.discard(one.id)
        return True
