"""Public answers, kept for as long as the ledger stands still.

A public answer is a pure function of the ledger's revision, the language and the arguments; whoever
asks the same of the same ledger gets the same message, made once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from exchange.ledger import Ledger
from messages.message import Message

CAPACITY = 2_000
"""Messages kept; some 4 KB each. When full, all are dropped: they are cheap to make again."""


class Answers:
    """The messages made from one revision of the ledger."""

    def __init__(self) -> None:
        self._revision = -1
        self._made: dict[tuple[str, ...], Message] = {}

    def get(self, ledger: Ledger, key: tuple[str, ...], make: Callable[[], Message]) -> Message:
        """The message under this key, made now if this revision has not been asked for it."""
        made = self._of(ledger)
        if key not in made:
            made[key] = make()
        return made[key]

    async def read(
        self, ledger: Ledger, key: tuple[str, ...], make: Callable[[], Awaitable[Message]]
    ) -> Message:
        """As `get`, for a message whose making reads the store."""
        made = self._of(ledger)
        if key not in made:
            made[key] = await make()
        return made[key]

    def _of(self, ledger: Ledger) -> dict[tuple[str, ...], Message]:
        """What was made of this revision; all that was made of another is dropped."""
        if ledger.revision != self._revision or len(self._made) >= CAPACITY:
            self._revision = ledger.revision
            self._made = {}
        return self._made
