"""The real bot as a child process, for the tests of starting, stopping and dying."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.standin import Standin
from storage.store import Store
from tests.bot.house import KEY

OWNER = 2001


@dataclass
class Bot:
    """One process. `output` is all that it has said on its error output."""

    process: asyncio.subprocess.Process
    output: str = ""

    async def reads(self) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            self.output += line.decode()

    def told(self, sign: signal.Signals) -> None:
        self.process.send_signal(sign)

    async def ended(self, seconds: float = 30) -> int:
        async with asyncio.timeout(seconds):
            return await self.process.wait()


def settings_for(telegram: Standin, folder: Path, **more: str) -> dict[str, str]:
    values = {
        "TOKEN": telegram.token,
        "API_URL": telegram.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'homeward.db'}",
        "DATA_KEY": base64.b64encode(KEY).decode(),
        "OWNERS": str(OWNER),
        "UNDO_SECONDS": "0",
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": "json",
    }
    return {f"HOMEWARD_{name}": value for name, value in {**values, **more}.items() if value}


@asynccontextmanager
async def homeward(*words: str, folder: Path, settings: dict[str, str]) -> AsyncIterator[Bot]:
    """`homeward` with these words; whatever happens, it is gone at the end."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *words),
        cwd=folder,
        env={**kept, **settings, "XDG_CONFIG_HOME": str(folder / "config")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    bot = Bot(process)
    reading = asyncio.create_task(bot.reads())
    try:
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await reading


async def said(bot: Bot) -> str:
    """What a command that has ended said on its output."""
    assert bot.process.stdout is not None
    return (await bot.process.stdout.read()).decode()


@asynccontextmanager
async def store_in(folder: Path) -> AsyncIterator[Store]:
    """The process's own store, opened beside it."""
    store = await Store.open(f"sqlite+aiosqlite:///{folder / 'homeward.db'}", KEY, create=True)
    try:
        yield store
    finally:
        await store.close()
