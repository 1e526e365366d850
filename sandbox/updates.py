"""The updates on their way to the bot: kept until it confirms them."""

from __future__ import annotations

import asyncio
import heapq
import math
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from sandbox.bell import Bell
from sandbox.refusals import OTHER_POLL, Refused, conflict

Json = dict[str, Any]
FIRST_ID: Final = 700_000_001
_A_MOMENT: Final = 0.5
_A_WHILE: Final = 3.0
"""Seconds."""
_UNASKED: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_WEBHOOK_IS_SET: Final = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Updates:
    """One bot's queue. Reading confirms nothing; a later offset does."""

    def __init__(self) -> None:
        self._pending: dict[int, Json] = {}
        self._next_id = FIRST_ID
        self._allowed: frozenset[str] | None = None
        self._poll: asyncio.Future[Refused | None] | None = None
        self._asked_from, self._asked_at = -1, -math.inf
        self.webhook_is_set = False
        self.arrived: Callable[[Json], None] = lambda _: None
        self.polled = Bell()

    def add(self, kind: str, body: Json) -> int | None:
        """Queue an update, unless the bot did not ask for its kind. Gives its id."""
        wanted = kind not in _UNASKED if self._allowed is None else kind in self._allowed
        return self.inject({kind: body}) if wanted else None

    def inject(self, update: Json) -> int:
        """Queue any update as it is; an `update_id` is given unless it has one."""
        update_id = update.get("update_id")
        if not isinstance(update_id, int):
            update_id = self._next_id
        self._next_id = max(self._next_id, update_id + 1)
        self._pending[update_id] = {"update_id": update_id} | update
        self.end_poll()
        self.arrived(self._pending[update_id])
        return update_id

    def pending(self) -> list[Json]:
        return [self._pending[update_id] for update_id in sorted(self._pending)]

    def confirm(self, update_ids: Iterable[int]) -> None:
        for update_id in update_ids:
            self._pending.pop(update_id, None)

    def clear(self) -> None:
        self._pending.clear()

    def allow(self, kinds: list[str] | None) -> None:
        """Which kinds the bot wants from now on; None keeps the setting, [] is the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def allowed(self) -> list[str] | None:
        return None if self._allowed is None else sorted(self._allowed)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """What getUpdates answers. A second poll ends the first with a conflict."""
        if self.webhook_is_set:
            raise conflict(_WEBHOOK_IS_SET)
        self.end_poll(conflict(OTHER_POLL))
        limit, seconds = self._asked_again(offset, limit, seconds)
        self._confirm_before(offset)
        self.polled.ring()
        if not self._pending and seconds > 0:
            await self._wait(seconds)
        return [self._pending[number] for number in heapq.nsmallest(limit, self._pending)]

    def _asked_again(self, offset: int, limit: int, seconds: float) -> tuple[int, float]:
        """Who asks from the same update on within a moment gets one, and waits for news a while.

        So does the server of the Bot API (tdlib/telegram-bot-api, `process_get_updates_query`).
        """
        now = time.monotonic()
        since = now - self._asked_at if offset == self._asked_from else math.inf
        self._asked_from, self._asked_at = offset, now
        return 1 if since < _A_MOMENT else limit, max(seconds, _A_WHILE if since < _A_WHILE else 0)

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            self.confirm(sorted(self._pending)[:offset])
        else:
            self.confirm([number for number in self._pending if number < offset])

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                refusal = await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
        if refusal is not None:
            raise refusal

    def end_poll(self, refusal: Refused | None = None) -> None:
        """End the poll that waits, if any, with this refusal (None: with what there is)."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(refusal)
