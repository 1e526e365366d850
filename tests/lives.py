"""Processes of the bot, begun and ended from outside.

A server that has loaded the program and read its words, and done nothing else, forks each of them:
they are fresh ones, without the seconds that this takes.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path

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
async def living(live: Callable[..., None], *fortune: object) -> AsyncIterator[Life]:
    """A process that does `live(*fortune)`; it is over at the end, by kill -9 if need be."""
    _server.set_forkserver_preload(["tests.loaded", live.__module__])
    process = _server.Process(target=live, args=fortune, daemon=True)
    process.start()
    life = Life(process)
    try:
        yield life
    finally:
        life.told(signal.SIGKILL)
        await life.ended()


def settle_in(folder: Path, settings: Mapping[str, str], output: Path) -> None:
    """What a new process does first: its folder, its settings alone, and where its words go."""
    os.chdir(folder)
    said = os.open(output, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    for name in [one for one in os.environ if one.startswith("HOMEWARD_")]:
        del os.environ[name]
    os.environ.update(settings)
