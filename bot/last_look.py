"""The last look at the store before a call, which may not be wanted any more.

One read serves all calls whose turns come within a moment of each other.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from bot.transport import NotSent
from storage import freezing, outbox
from storage.errors import StoreError
from storage.outbox import Claimed
from storage.store import Store

TOGETHER = 0.01
"""Seconds for which a read waits for further calls; less than a slot at 30 a second."""


class _Seen(NamedTuple):
    """What a read found."""

    frozen: bool
    held_back: set[tuple[int, int]]


class LastLook:
    """Looks only where somebody wrote something since a delivery was claimed.

    It begins to read after the turn of every call that it reads for.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._own = 0
        self._asking: list[tuple[Claimed, asyncio.Future[_Seen]]] = []
        self._looking: set[asyncio.Task[None]] = set()

    def begin(self) -> int:
        """What is claimed from now on knows all that was written before: a mark to compare."""
        return self._store.commits - self._own

    def claimed(self) -> None:
        """The sender itself has written, and nothing that holds back what it claimed before."""
        self._own += 1

    async def is_held_back(self, one: Claimed, since: int) -> bool:
        """Whether all was frozen, the alert stopped or halted, or the reader left since its claim.

        Also whether a newer alert took its place: what it says may be known to be wrong by now.

        Raises `NotSent` where the store does not say.
        """
        if since == self.begin() and not self._store.is_shared:
            return False
        answer: asyncio.Future[_Seen] = asyncio.get_running_loop().create_future()
        self._asking.append((one, answer))
        if len(self._asking) == 1:
            look = asyncio.create_task(self._look(), name="last look")
            self._looking.add(look)
            look.add_done_callback(self._looking.discard)
        try:
            seen = await answer
        except StoreError:
            raise NotSent("The store did not say whether it is still to be sent.") from None
        return seen.frozen or (one.alert_id, one.subscriber_id) in seen.held_back

    async def _look(self) -> None:
        await asyncio.sleep(TOGETHER)
        asking, self._asking = self._asking, []
        claimed = [(one.alert_id, one.subscriber_id) for one, _ in asking]
        read = self._store.read(
            lambda conn: _Seen(freezing.is_frozen(conn), outbox.held_back(conn, claimed))
        )
        reading = asyncio.create_task(read)
        await asyncio.wait({reading})
        for _, answer in asking:
            if answer.done():
                continue  # the call was given up meanwhile
            if error := reading.exception():
                answer.set_exception(error)
            else:
                answer.set_result(reading.result())
