"""A disk that says it could not keep what was written: nothing goes on as if it had."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from sandbox import faults
from sandbox.standin import Standin
from storage.store import Connection
from storage.tables import deliveries
from tests.bot.house import Clock, House
from tests.bot.processes import homeward, settings_for, store_in

SAID = "said"
COMPILER = shutil.which("cc") or ""
FAILING_SYNC = """
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int synced(void) {
    if (access(getenv("BROKEN"), F_OK) != 0) return 0;
    errno = EIO;
    return -1;
}
int fsync(int fd) { return synced(); }
int fdatasync(int fd) { return synced(); }
"""
"""Stands before the system's own; a file that appears breaks the disk."""


@pytest.mark.skipif(not COMPILER, reason="needs a C compiler")
async def test_after_a_failed_sync_the_process_ends_and_the_next_one_loses_nothing(
    telegram: Standin, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    before_it = {"LD_PRELOAD": str(_library(tmp_path)), "BROKEN": str(broken)}
    telegram.order(faults.slow(0.1), method="sendMessage", times=None)
    async with store_in(tmp_path) as store:
        house = House(store, telegram, Clock())
        readers = await house.readers(60)
        await house.publish()
        settings = settings_for(telegram, tmp_path)
        bot = await _run(tmp_path, settings | before_it)
        try:
            await telegram.until(lambda: len(house.sent()) >= 3, timeout=20)
            broken.touch()
            assert await asyncio.wait_for(bot.wait(), 30) == 1
        finally:
            if bot.returncode is None:
                bot.kill()
                await bot.wait()
        last = (tmp_path / SAID).read_text("utf-8").splitlines()[-1]
        assert last.startswith("The store could not be read or written as it should")
        assert len(house.sent()) < len(readers)

        broken.unlink()
        async with homeward("run", folder=tmp_path, settings=settings):
            await house.until_all("delivered", "unsure", seconds=40)
            await store.write(_let_the_wait_be_over)
            await house.until_all("delivered", seconds=40)
        in_doubt = {row.subscriber_id for row in await house.deliveries() if row.ambiguous}
    copies = [len(reader.received) for reader in readers]
    assert min(copies) == 1
    assert sum(copies) - len(readers) <= len(in_doubt)
    connection = sqlite3.connect(tmp_path / "homeward.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


async def _run(folder: Path, environment: dict[str, str]) -> asyncio.subprocess.Process:
    """A process from its beginning: only there can something be put before the system's own."""
    with (folder / SAID).open("wb") as said:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=folder,
            env=os.environ | environment,
            stderr=said,
        )


def _let_the_wait_be_over(conn: Connection) -> None:
    """Half a minute before each repeat."""
    waiting = update(deliveries).where(deliveries.c.state == "unsure")
    conn.execute(waiting.values(next_at=datetime.now(UTC)))


def _library(folder: Path) -> Path:
    source, library = folder / "sync.c", folder / "sync.so"
    source.write_text(FAILING_SYNC)
    subprocess.run([COMPILER, "-shared", "-fPIC", "-o", library, source], check=True)
    return library
