"""The one task that goes by the clock: what is not needed any more is erased.

| what | kept for | why |
|---|---|---|
| a discarded draft, with the keys of its buttons | 24 hours | it may hold what must not be kept |
| a published draft, with the keys of its buttons | 30 days | a second press is told its number |
| the numbers of updates that had their effect | 48 hours | Telegram gives none again after 24 |

Of the numbers the highest thousand stay: they may be given again before a wrong clock is put right.

A store that cannot be written now is put in order at the next round. Before that is so for want of
room, whoever runs the bot reads of it in the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from storage import drafts, updates
from storage.errors import StoreError
from storage.store import Connection, Store

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=1)
DISCARDED = timedelta(hours=24)
PUBLISHED = timedelta(days=30)
UPDATES = timedelta(hours=48)
FILLING, NEARLY_FULL = 0.8, 0.9
"""Of the store's disk: worth a warning, and worth a visit."""


class Housekeeping:
    """Puts the store in order at the start and every hour."""

    def __init__(self, store: Store, now: Callable[[], datetime], every: timedelta = EVERY) -> None:
        self._store = store
        self._now = now
        self._every = every

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                self._look_for_room()
                await self.tidy()
            except StoreError as error:
                log.warning("housekeeping.put_off", problem=str(error))
            await asyncio.sleep(self._every.total_seconds())

    async def tidy(self) -> None:
        """One round; each kind in transactions of its own, so that no other write waits long."""
        now = self._now()
        discarded = await self._all(
            lambda conn: drafts.erase(conn, "discarded", before=now - DISCARDED)
        )
        published = await self._all(
            lambda conn: drafts.erase(conn, "published", before=now - PUBLISHED)
        )
        numbers = await self._all(lambda conn: updates.forget(conn, before=now - UPDATES))
        if discarded or published or numbers:
            log.info("housekeeping.done", discarded=discarded, published=published, updates=numbers)

    def _look_for_room(self) -> None:
        filled = self._store.filled
        if filled >= FILLING:
            say = log.error if filled >= NEARLY_FULL else log.warning
            say("store.disk_fills", percent=round(100 * filled))

    async def _all(self, erase_some: Callable[[Connection], int]) -> int:
        erased = 0
        while some := await self._store.write(erase_some):
            erased += some
        return erased
