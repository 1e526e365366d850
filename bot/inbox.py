"""Which updates are in hand, up to where all are handled, and whose they are."""

from __future__ import annotations

import asyncio
import math
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

_NUMBERS_END = 2**53
"""No number of Telegram's is as high: all that read JSON take it for the same one still."""
REMEMBERED = 10_000
"""Numbers of handled updates: many times what Telegram may still give again."""
ARRIVED_AT: ContextVar[float] = ContextVar("arrived_at")
"""When the update that is being handled was taken in, on the clock of the intake."""


@dataclass
class Inbox:
    """Updates by number, each with the task that handles it."""

    handling: dict[int, asyncio.Task[bool]] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    """Those that Telegram is to give again."""
    handled: dict[int, None] = field(default_factory=dict)
    """In the order in which they came to their end."""
    doubted: dict[int, None] = field(default_factory=dict)
    """Numbers that cannot be Telegram's, as it seems; in time they may be believed."""
    highest: int | None = None

    def confirmed_up_to(self) -> int | None:
        """The lowest update that is not handled, to ask from; None before the first."""
        if self.highest is None:
            return None
        return min(self.handling.keys() | self.left, default=self.highest + 1)

    def is_new(self, update_id: int) -> bool:
        return update_id not in self.handling and update_id not in self.handled

    def take(self, update_id: int, task: asyncio.Task[bool]) -> None:
        lowest = self.confirmed_up_to()
        if self.highest is None or lowest is None or update_id < lowest:
            # After a week without updates Telegram begins anew at any number, also a lower one.
            self.highest = update_id
        self.highest = max(self.highest, update_id)
        self.handling[update_id] = task
        self.left.discard(update_id)
        task.add_done_callback(lambda task: self._ended(update_id, task))

    def _ended(self, update_id: int, task: asyncio.Task[bool]) -> None:
        del self.handling[update_id]
        if not is_done(task):
            self.left.add(update_id)
            return
        _remember(self.handled, update_id)

    def given(self, numbers: set[int]) -> None:
        """Telegram has these, and none in between; without any it has none at all."""
        last = max(numbers, default=math.inf)
        self.left = {number for number in self.left if number in numbers or number > last}

    def is_doubted_anew(self, update_id: int) -> bool:
        """Whether a number is doubted for the first time."""
        is_new = update_id not in self.doubted
        _remember(self.doubted, update_id)
        return is_new


def _remember(numbers: dict[int, None], update_id: int) -> None:
    numbers[update_id] = None
    if len(numbers) > REMEMBERED:
        del numbers[next(iter(numbers))]


def is_done(task: asyncio.Task[bool]) -> bool:
    """Whether an update whose task has ended is done with; else Telegram is to give it again."""
    return not task.cancelled() and (task.exception() is not None or task.result())


def number_of(raw: Any) -> int | None:
    """The number of an update; None for what is no update."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return number if 0 <= number < _NUMBERS_END else None


def chat_of(raw: dict[str, Any]) -> int | None:
    """The chat that an update belongs to, or else its person; None where neither can be read."""
    for content in raw.values():
        if not isinstance(content, dict):
            continue
        message = content.get("message")
        for holder in (content, message if isinstance(message, dict) else {}):
            for place in ("chat", "from", "user"):
                owner = holder.get(place)
                if isinstance(owner, dict) and isinstance(owner.get("id"), int):
                    found: int = owner["id"]
                    return found
    return None
