"""The card that shows a moderator how far an alert has come, kept true until the alert's end.

What is to be shown is read from the store, so a restart goes on where it was.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from telegram.error import TelegramError

from bot.pacer import GOES_FIRST
from bot.patience import Patience
from exchange.records import FALLBACK_LANGUAGE
from handlers import answer
from handlers.acting import keyed
from handlers.context import Bot
from handlers.deps import Deps
from handlers.following import sending_view
from messages.message import Message
from messages.sending import progress_card
from storage import drafts, moderators, outbox
from storage.drafts import DraftRow
from storage.outbox import Progress

_log = structlog.get_logger(__name__)


class Cards:
    """Edits the cards of all alerts on their way, each at most once in `every` seconds."""

    def __init__(
        self, bot: Bot, deps: Deps, every: float = 3, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bot = bot
        self._deps = deps
        self._every = every
        self._patience = Patience(clock)
        self._shown: dict[int, Message] = {}

    async def run(self) -> None:
        """Until cancelled."""
        GOES_FIRST.set(True)  # a moderator's own acts wait until a card is shown
        while True:
            await self.round()
            await asyncio.sleep(self._every)

    async def round(self) -> None:
        """Shows each card as it is; what cannot be shown now is shown later."""
        for row in await self._deps.store.read(drafts.followed):
            if not self._patience.is_over(row.moderator_id):
                continue
            try:
                async with self._deps.showing:
                    await self._follow(row)
            except TelegramError as error:
                _log.warning("card.not_shown", error=type(error).__name__)
                self._patience.failed(row.moderator_id, error)

    async def _follow(self, row: DraftRow) -> None:
        store, number = self._deps.store, row.alert_number or 0
        progress = await store.read(
            lambda conn: outbox.progress(conn, number) if drafts.is_followed(conn, row) else None
        )
        if progress is None:
            return  # taken back since the round began, or published anew
        now = self._deps.now()
        view = sending_view(progress, now, self._deps.rate)
        card = keyed(progress_card(view, row.language or FALLBACK_LANGUAGE), row.key)
        if row.message_id and self._shown.get(row.id) != card:
            chat_id = await store.read(
                lambda conn: moderators.address(conn, store.seal, row.moderator_id)
            )
            await answer.edit(self._bot, chat_id, row.message_id, card, or_send=False)
            self._patience.ended(row.moderator_id)
            self._shown[row.id] = card
        if _is_over(progress, now):
            await store.write(lambda conn: drafts.not_followed(conn, row))
            self._shown.pop(row.id, None)


def _is_over(progress: Progress, now: datetime) -> bool:
    """An alert for nobody waits for its start as well: until then it can be called back."""
    if progress.state == "live" and progress.starts_at > now:
        return False
    return progress.waiting + progress.edits_waiting == 0 and progress.state != "halted"
