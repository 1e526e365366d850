"""Whether the bot was away for longer than Telegram keeps updates: off, or without a network."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from storage import presence
from storage.store import Store

log = structlog.get_logger(__name__)

EVERY = timedelta(minutes=10)
_ALSO_ASLEEP = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The clock that goes on while the machine sleeps; Linux alone has it."""


def _elapsed() -> float:
    """Seconds by a clock that nobody sets."""
    return time.clock_gettime(_ALSO_ASLEEP)


class Presence:
    """Notes every so often that Telegram is heard, for the next who wonders since when it was."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        is_heard: Callable[[], bool],
        every: timedelta = EVERY,
        elapsed: Callable[[], float] = _elapsed,
    ) -> None:
        self._store = store
        self._now = now
        self._is_heard = is_heard
        self._every = every
        self._elapsed = elapsed
        self._noted_at: float | None = None

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            if self._is_heard():
                await self._note()
            await asyncio.sleep(self._every.total_seconds())

    async def _note(self) -> None:
        now, elapsed = self._now(), self._elapsed()
        known = self._noted_at
        since = None if known is None else timedelta(seconds=elapsed - known)
        if await self._store.write(lambda conn: presence.heard(conn, now, since)):
            log.warning("presence.updates_lost", kept_hours=presence.KEPT // timedelta(hours=1))
        self._noted_at = elapsed
