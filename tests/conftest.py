"""What holds for every test: no network beyond this computer, no settings but the test's own."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import steady
from tests.guard.sitecustomize import stand_guard

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")  # noqa: S108 (what is made there has names and rights of its own)
LONGEST = "test_machine.py"
ROOM = 4 << 30
"""Bytes: more than the tests leave there."""


def pytest_configure() -> None:
    """The guard stands here and in every child process; children find the project anywhere."""
    settings.register_profile("patient", settings.default, deadline=None)
    settings.load_profile("patient")  # a busy machine makes no test fail
    stand_guard()
    wait_for_no_disk()
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "tests" / "guard"), str(ROOT)])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many a test waits for a browser, or for time to pass."""
    return (os.cpu_count() or 1) + 1


def wait_for_no_disk() -> None:
    """Stores and servers are kept in memory, if there is room: tests kill processes, never the
    machine, and would wait longer for the disk than for many a test.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # asked for again


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first, so that no worker is left with them when the others have ended."""
    items.sort(key=lambda item: item.path.name != LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays until the end, as in the bot's own process."""
    gc.disable()
    try:
        return (yield)
    finally:
        steady.keep()
        gc.enable()


@pytest.fixture(autouse=True)
def nothing_of_this_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither HOMEWARD_* nor a `.env` nor a key file of whoever runs the tests is seen."""
    for name in list(os.environ):
        if name.startswith("HOMEWARD_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("The browser tests need Chromium. On Debian and Ubuntu: apt-get install chromium")
