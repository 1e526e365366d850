"""The real bot as a process of its own, for the tests of starting, stopping and dying."""

from __future__ import annotations

import base64
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bot import __main__ as command_line
from sandbox.standin import Standin
from storage.store import Store
from tests.bot.house import KEY
from tests.lives import Life, living, settle_in

OWNER = 2001
_numbers = count(1)


@dataclass
class Bot:
    """One process."""

    life: Life
    said: Path

    @property
    def output(self) -> str:
        """All that it has said so far."""
        return self.said.read_text("utf-8", "replace") if self.said.exists() else ""

    def told(self, sign: signal.Signals) -> None:
        self.life.told(sign)

    async def ended(self, seconds: float = 30) -> int:
        return await self.life.ended(seconds)


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
async def homeward(*words: str, folder: Path, settings: Mapping[str, str]) -> AsyncIterator[Bot]:
    """`homeward` with these words; whatever happens, it is gone at the end."""
    said = folder / f"output-{next(_numbers)}"
    async with living(_homeward, words, folder, settings, said) as life:
        yield Bot(life, said)


def _homeward(
    words: tuple[str, ...], folder: Path, settings: Mapping[str, str], said: Path
) -> None:
    settle_in(folder, {**settings, "XDG_CONFIG_HOME": str(folder / "config")}, said)
    sys.exit(command_line.main(words))


@asynccontextmanager
async def store_in(folder: Path) -> AsyncIterator[Store]:
    """The process's own store, opened beside it."""
    store = await Store.open(f"sqlite+aiosqlite:///{folder / 'homeward.db'}", KEY, create=True)
    try:
        yield store
    finally:
        await store.close()
