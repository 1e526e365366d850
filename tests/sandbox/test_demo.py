"""`python -m sandbox` as a process of its own, with a scripted bot in the place of the real one."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

import aiohttp
import pytest

BOT = """
import json, os, pathlib, signal, sys, time, urllib.request

def call(method):
    url = f"{os.environ['HOMEWARD_API_URL']}/bot{os.environ['HOMEWARD_TOKEN']}/{method}"
    return json.load(urllib.request.urlopen(url))

def stop(*_):
    pathlib.Path("ended.json").write_text(json.dumps(call("getMe")))
    sys.exit(0)

signal.signal(signal.SIGTERM, stop)
command = sys.argv[1]
settings = {name: value for name, value in os.environ.items() if name.startswith("HOMEWARD_")}
told = {"arguments": sys.argv[1:], "settings": settings}
pathlib.Path(command + ".json").write_text(json.dumps(told))
if command == "load":
    sys.exit(3 if sys.argv[2].endswith("wrong.yaml") else 0)
call("getMe")
updates = call("getUpdates?timeout=0")
if "dies" in os.environ.get("SCRIPT", ""):
    sys.exit(7)
while True:
    time.sleep(0.05)
"""


@pytest.fixture
def scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the data; the scripted bot is found before the real one."""
    code = tmp_path / "code" / "bot"
    code.mkdir(parents=True)
    (code / "__main__.py").write_text(BOT)
    (code / "__init__.py").write_text("")
    path = os.pathsep.join([str(code.parent), os.environ["PYTHONPATH"]])
    monkeypatch.setenv("PYTHONPATH", path)
    monkeypatch.setenv("HOMEWARD_TOKEN", "1:the-user's-real-token")
    monkeypatch.setenv("HOMEWARD_PROXY", "http://proxy.example")
    return tmp_path / "data"


async def start(*arguments: str) -> Process:
    command = (sys.executable, "-m", "sandbox", "--port", "0", *arguments)
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)


async def line_of(process: Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()


async def ended(process: Process) -> tuple[int, str]:
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode is not None
    return process.returncode, errors.decode()


def told(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text())


async def test_the_bot_is_loaded_run_and_ended_while_the_stand_in_still_answers(
    scripted: Path,
) -> None:
    demo = await start("--data", str(scripted))
    ready = await line_of(demo)
    assert ready.startswith("Homeward is ready: open http://127.0.0.1:")
    demo.send_signal(signal.SIGTERM)
    assert await ended(demo) == (0, "")
    command, ledger = told(scripted, "load")["arguments"]
    assert (command, Path(ledger).name) == ("load", "istanbul-2025.yaml")
    assert told(scripted, "ended")["ok"]


async def test_the_bot_sees_nothing_of_the_users_own_settings(scripted: Path) -> None:
    demo = await start("--data", str(scripted))
    await line_of(demo)
    demo.send_signal(signal.SIGINT)
    await ended(demo)
    settings = told(scripted, "run")["settings"]
    assert set(settings) == {
        "HOMEWARD_API_URL",
        "HOMEWARD_DATABASE_URL",
        "HOMEWARD_DATA_KEY",
        "HOMEWARD_OWNERS",
        "HOMEWARD_TOKEN",
    }
    assert settings["HOMEWARD_TOKEN"] != "1:the-user's-real-token"
    assert settings["HOMEWARD_DATABASE_URL"] == f"sqlite+aiosqlite:///{scripted}/homeward.db"
    assert settings["HOMEWARD_DATA_KEY"] == (scripted / "data.key").read_text()


async def test_a_bot_that_ends_by_itself_ends_the_demonstration(
    scripted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPT", "dies")
    code, errors = await ended(await start("--data", str(scripted)))
    assert (code, errors) == (1, "The bot stopped by itself, exit code 7.\n")


async def test_a_ledger_that_cannot_be_loaded_starts_no_bot(scripted: Path) -> None:
    demo = await start("--data", str(scripted), "--ledger", "wrong.yaml")
    code, errors = await ended(demo)
    assert (code, errors) == (1, "The ledger could not be loaded; the reason is above.\n")
    assert not (scripted / "run.json").exists()


async def test_a_taken_port_is_one_clear_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, errors = await ended(await start("--port", str(port)))
    assert code == 1
    assert errors.startswith(f"Port {port} of 127.0.0.1 is taken by another program.")
    assert errors.count("\n") == 1


async def test_the_stand_in_alone_tells_its_address_and_token() -> None:
    alone = await start("--standin-only", "--token", "1:mine")
    address = (await line_of(alone)).removeprefix("address ")
    assert await line_of(alone) == "token 1:mine"
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{address}/bot1:mine/getMe") as answer:
            assert (await answer.json())["ok"]
        async with session.get(f"{address}/sandbox/state") as answer:
            people = (await answer.json())["people"]
    keys = [(person["id"], person["key"], person["language"]) for person in people]
    assert keys[:3] == [
        (1001, "reader-uk", "uk"),
        (1002, "reader-ru", "ru"),
        (1003, "reader-en", "en"),
    ]
    assert [key for _, key, _ in keys[3:]] == ["moderator-1", "moderator-2"]
    alone.send_signal(signal.SIGTERM)
    assert await ended(alone) == (0, "")
