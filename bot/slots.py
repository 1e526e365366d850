"""When the next message may start: pure, on any clock that never goes back.

Slots are handed out one by one on a grid, a little slower than allowed since the network squeezes
some together. A slot that nobody took is gone, so there is no burst at the start or after a pause.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple


class Pace(NamedTuple):
    """How a rate is used that Telegram allows in any second."""

    margin: float
    """The share of it that is used."""
    second: float
    """Seconds in which no more than the rate leave: what the network brings closer together."""
    catch_up: float
    """Seconds of our own lateness that a crowd of messages makes up for."""
    lead: float
    """Seconds by which a crowd leaves early, to leave together: each waking costs."""


FREE = Pace(margin=59 / 60, second=60 / 59, catch_up=0.02, lead=0)
"""29.5 of 30 a second; what is made up for is less than a slot, so that two never leave at once."""
PAID = Pace(margin=1999 / 2000, second=1.0001, catch_up=0.2, lead=0.01)
"""999.5 of 1,000 a second where broadcasts are paid for, some ten at a time (decision 0013)."""
ANSWERS_BESIDE_ALERT = 5
"""Answers a second while an alert runs; at a low rate, half of it."""


class Slots:
    """Of one rate.

    A message that has its slot may wait for a connection first. Until it has left, any second may
    turn out to be the one in which it does.
    """

    def __init__(self, rate: int, pace: Pace = FREE) -> None:
        self._rate = rate
        self._catch_up = pace.catch_up
        self._interval = 1 / (rate * pace.margin)
        self._second = pace.second
        self._leaving = 0
        self._left: deque[float] = deque()
        self._grid = float("-inf")

    def free_at(self, now: float, lead: float = 0) -> float:
        """When the next message may start, as far as it is known by now; now, if it may.

        `lead` is how many seconds before its place on the grid it may.
        """
        while self._left and self._left[0] + self._second <= now:
            self._left.popleft()
        too_many = self._leaving + len(self._left) - self._rate
        grid = self._grid if self._grid - lead > now else now
        if too_many < 0:
            return grid
        if too_many < len(self._left):
            return max(grid, self._left[too_many] + self._second)
        return now + self._interval  # all are about to leave: then it is time for another look

    def take(self, now: float, *, behind: bool = False) -> None:
        """A message has the slot that is free at this moment.

        `behind` says that messages have waited all the time since the last slot was taken: what
        our own lateness cost may then be made up for, within the rate of any second.
        """
        self._grid = max(self._grid, now - self._catch_up if behind else now) + self._interval
        self._leaving += 1

    def left(self, now: float) -> None:
        """One that had a slot leaves at this moment."""
        self._leaving -= 1
        self._left.append(now)


class Share:
    """How much of the rate answers may take while an alert runs."""

    def __init__(self, rate: int) -> None:
        most = max(1, min(ANSWERS_BESIDE_ALERT, rate // 2))
        seconds = 2 if rate == 1 else 1
        self.a_second = most / seconds
        self._interval = seconds / FREE.margin
        self._starts: deque[float] = deque(maxlen=most)

    def free_at(self) -> float:
        """When the next answer may start."""
        full = len(self._starts) == self._starts.maxlen
        return self._starts[0] + self._interval if full else float("-inf")

    def started(self, at: float) -> None:
        self._starts.append(at)
