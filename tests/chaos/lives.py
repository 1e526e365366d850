"""Lives of the bot, begun and ended from outside.

A server that has imported the program and done nothing else forks each process, which saves the
second that importing takes: importing a module does nothing, so such a process is a fresh one.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from multiprocessing.context import ForkServerProcess

from tests.chaos.life import Fortune, live

_server = multiprocessing.get_context("forkserver")


class Life:
    """One process."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        self._over = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(process.sentinel, self._ended)

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    def told(self, sign: signal.Signals) -> None:
        if not self.is_over:
            with suppress(ProcessLookupError):  # over, and not yet heard of
                os.kill(self.pid, sign)

    async def ended(self, seconds: float | None = 30) -> int:
        """Its exit code, negative for the signal that killed it."""
        async with asyncio.timeout(seconds):
            await self._over.wait()
        assert self._process.exitcode is not None
        return self._process.exitcode

    def _ended(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._process.join()
        self._over.set()


@asynccontextmanager
async def living(fortune: Fortune) -> AsyncIterator[Life]:
    """A life that is over at the end, by kill -9 if by nothing else."""
    _server.set_forkserver_preload(["tests.chaos.life"])
    process = _server.Process(target=live, args=(fortune,), daemon=True)
    process.start()
    life = Life(process)
    try:
        yield life
    finally:
        life.told(signal.SIGKILL)
        await life.ended()
