"""Reads: those that wait for a free connection are made together, on one moment of the store.

With a crowd at the door, the way to a connection and back costs more than what is read there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from storage.connections import Connections
from storage.errors import StoreClosed, StoreDown, sentences

T = TypeVar("T")


@dataclass(frozen=True)
class _Read:
    act: Callable[[Connection], Any]
    outcome: asyncio.Future[Any]

    def found(self, what: object) -> None:
        if not self.outcome.done():  # else its caller has left
            self.outcome.set_result(what)

    def failed(self, error: Exception) -> None:
        if not self.outcome.done():
            self.outcome.set_exception(error)


class Reader:
    """Reads on at most so many connections at once."""

    def __init__(self, connections: Connections, at_once: int) -> None:
        self._connections = connections
        self._at_once = at_once
        self._waiting: list[_Read] = []
        self._workers: list[asyncio.Task[None]] = []
        self._closing = False

    async def read(self, act: Callable[[Connection], T]) -> T:
        """Runs `act`, with what the caller's context holds, and gives back what it gave back.

        A caller who is cancelled just leaves.
        """
        if self._closing:
            raise StoreClosed
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        context = copy_context()
        self._waiting.append(_Read(lambda conn: context.run(act, conn), outcome))
        self._workers = [one for one in self._workers if not one.done()]
        if len(self._workers) < self._at_once:
            self._workers.append(asyncio.create_task(self._work(), name="store reader"))
        return await outcome

    async def close(self) -> None:
        """Ends what has begun or waits."""
        self._closing = True
        if self._workers:
            await asyncio.wait(self._workers)

    async def _work(self) -> None:
        while together := self._waiting:
            self._waiting = []
            try:
                await self._make(together)
            finally:
                for one in together:
                    one.outcome.cancel()  # if it has none: nobody waits for a worker that died

    async def _make(self, reads: Sequence[_Read]) -> None:
        """All of them, or each for itself where one of them fails by a fault of its own."""
        try:
            with sentences():
                found = await self._connections.run(lambda conn: [one.act(conn) for one in reads])
        except Exception as error:  # noqa: BLE001 - it goes to whoever reads
            if len(reads) > 1 and not isinstance(error, StoreDown):
                for one in reads:
                    await self._make([one])
                return
            for one in reads:
                one.failed(error)
        else:
            for one, what in zip(reads, found, strict=True):
                one.found(what)
