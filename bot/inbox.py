"""Which updates are in hand, up to where all are handled, and whose they are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Inbox:
    """Updates by number, each with the task that handles it."""

    handling: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    handled: set[int] = field(default_factory=set)
    highest: int | None = None

    def confirmed_up_to(self) -> int | None:
        """The lowest update that is not handled, to ask from; None before the first.

        What was handled below it can no longer come, and is forgotten: here and not sooner, since
        an answer to an older question may still be on its way.
        """
        if self.highest is None:
            return None
        lowest = min(self.handling, default=self.highest + 1)
        self.handled = {one for one in self.handled if one >= lowest}
        return lowest

    def is_new(self, update_id: int) -> bool:
        return update_id not in self.handling and update_id not in self.handled

    def take(self, update_id: int, task: asyncio.Task[None]) -> None:
        self.handling[update_id] = task
        self.highest = update_id if self.highest is None else max(self.highest, update_id)
        task.add_done_callback(lambda task: self._done(update_id, task))

    def _done(self, update_id: int, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            return  # it stays in hand: Telegram is to give it again
        del self.handling[update_id]
        self.handled.add(update_id)


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
