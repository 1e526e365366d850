"""Whether the number of an update can be Telegram's: it counts on from the last one.

A captured update that somebody posts again is known by its number; with a number that nobody has
seen yet it would be taken for a new one. Whoever does that knows the webhook's secret, and could as
well count on: so this finds the careless, and must never cost an update of Telegram's.

- Only a number far ahead is doubted. Lower ones are always taken, and change nothing: updates come
  out of order, and after a week without any Telegram begins anew at random, also further down.
- What is doubted changes nothing either. So no number makes a later one of Telegram's doubtful,
  unless it is as far ahead itself.
- There is doubt for an hour after the last number that was higher, not for ever. A new beginning
  further up follows a silent week, and nobody doubts it; should Telegram ever leap without a
  silence, the bot is deaf for that hour and no longer.
- It is not kept in the store: a new process may belong to another server of the Bot API, which has
  numbers of its own.
"""

from __future__ import annotations

import math

FAR = 1_000_000
"""More than come in an hour, even to a bot that everybody talks to."""
DOUBTED_FOR = 3600.0
"""Seconds."""


class Numbering:
    """The highest number that was taken. Pure, on any clock that never goes back."""

    def __init__(self) -> None:
        self._highest = 0
        self._since = -math.inf

    def goes_on_with(self, number: int, now: float) -> bool:
        """Whether it may be Telegram's; that makes it known."""
        if number > self._highest + FAR and now - self._since <= DOUBTED_FOR:
            return False
        if number > self._highest:
            self._highest, self._since = number, now
        return True
