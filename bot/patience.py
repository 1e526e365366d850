"""When something may be tried again in a moderator's chat, by a clock that nobody sets."""

from __future__ import annotations

import time
from collections.abc import Callable

from telegram.error import RetryAfter

from bot.outcome import asked_wait

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds: after the first failure in a row, twice as long after each further one, at most."""


class Patience:
    """Of one task that calls for moderators; each moderator's chat waits for itself."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[int, float] = {}
        self._next: dict[int, float] = {}

    def is_over(self, moderator: int) -> bool:
        """Whether something may be tried now."""
        return self._clock() >= self._until.get(moderator, float("-inf"))

    def failed(self, moderator: int, error: Exception) -> None:
        """As long as Telegram asks, or longer with each failure where it does not say."""
        if isinstance(error, RetryAfter):
            self.wait(moderator, asked_wait(error).total_seconds())
            return
        seconds = self._next.get(moderator, FIRST_WAIT)
        self._next[moderator] = min(2 * seconds, LONGEST_WAIT)
        self.wait(moderator, seconds)

    def wait(self, moderator: int, seconds: float) -> None:
        self._until[moderator] = self._clock() + seconds

    def ended(self, moderator: int) -> None:
        """It was done: the next begins anew."""
        self._until.pop(moderator, None)
        self._next.pop(moderator, None)
