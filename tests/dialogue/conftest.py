"""A house that runs, with the Istanbul ledger loaded or with an empty one."""

from __future__ import annotations

import asyncio
import io
import logging
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest
import structlog

from bot import logs
from sandbox.standin import Standin
from tests.dialogue.house import House, a_store_with_istanbul


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the Istanbul ledger, to copy."""
    folder = tmp_path_factory.mktemp("istanbul")
    asyncio.run(a_store_with_istanbul(folder))
    return folder / "homeward.db"


@pytest.fixture
async def telegram() -> AsyncIterator[Standin]:
    async with Standin.serve() as standin:
        yield standin


@pytest.fixture
async def house(tmp_path: Path, loaded: Path, telegram: Standin) -> AsyncIterator[House]:
    """The bot with the Istanbul ledger, loaded the evening before."""
    shutil.copy(loaded, tmp_path)
    opened = House(telegram, tmp_path)
    await opened.start()
    yield opened
    await opened.stop()


@pytest.fixture
async def empty_house(tmp_path: Path, telegram: Standin) -> AsyncIterator[House]:
    """The bot on its first day: nothing is recorded."""
    opened = House(telegram, tmp_path)
    await opened.start()
    yield opened
    await opened.stop()


@pytest.fixture
def log() -> Iterator[Callable[[], io.StringIO]]:
    """Write the log, at DEBUG and as the process does, into a text; then as it was before."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    configured = structlog.get_config()
    written = io.StringIO()

    def configure() -> io.StringIO:
        with redirect_stderr(written):
            logs.configure("DEBUG", "json", [])
        return written

    yield configure
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook = hook
    structlog.configure(**configured)
