"""When nothing may leave: after calls in vain, and when Telegram asks the whole bot to wait."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

A_JUMP = timedelta(seconds=30)
"""By so much no clock goes back that is not put back."""
SEVERAL = 3
"""So many calls in a row without a word are taken for calls in vain."""


@dataclass
class Quiet:
    """Pure; every moment is an argument.

    A clock that is put back takes along what is waited for: else nothing left for as long as that.
    """

    until: datetime
    first: timedelta
    """After one call in vain; twice as long after each further one in a row."""
    longest: timedelta
    crowd: timedelta
    """Two chats told to wait within this time mean the whole bot; one means that chat alone."""
    pause: datetime | None = None
    """The pause that Telegram asked for, to be stored: it outlives the process."""
    failures: int = 0
    doubts: int = 0
    """Calls in a row of which no word came back."""
    _told: deque[tuple[datetime, int, datetime]] = field(default_factory=deque)
    _stored: datetime | None = None
    _latest: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._latest = self.until

    def is_on(self, now: datetime) -> bool:
        if now < self._latest - A_JUMP:
            self.until -= self._latest - now
            self._told.clear()
            self._latest = now
        self._latest = max(self._latest, now)
        return now < self.until

    def answered(self) -> None:
        """Telegram was reached."""
        self.failures = self.doubts = 0

    def in_vain(self, now: datetime) -> bool:
        """Telegram was not reached, or had no time. True when this begins a new wait.

        Calls that were on their way together count once.
        """
        if self.is_on(now):
            return False
        self.until = now + min(self.first * 2 ** min(self.failures, 30), self.longest)
        self.failures += 1
        return True

    def in_doubt(self, now: datetime) -> bool:
        """No word came back: one call may have met with that alone, several in a row are in vain.

        True when this begins a new wait.
        """
        self.doubts += 1
        return self.doubts >= SEVERAL and self.in_vain(now)

    def told_to_wait(self, reader: int, until: datetime, now: datetime) -> bool:
        """Telegram told this reader's chat to wait. True when that now holds for all."""
        self._told.append((now, reader, until))
        while self._told[0][0] < now - self.crowd:
            self._told.popleft()
        if len({one for _, one, _ in self._told}) < 2:  # noqa: PLR2004 - a crowd is two
            return False
        self.pause = max(end for _, _, end in self._told)
        self.until = max(self.until, self.pause)
        return True

    def paused(self, until: datetime | None) -> None:
        """A pause that the store knows of; it is heeded when it is new."""
        if until is not None and until != self._stored:
            self.until = max(self.until, until)
        self._stored = until
