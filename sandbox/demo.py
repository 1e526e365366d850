"""The demonstration: a stand-in with five people, and the real bot beside it as a child process.

The bot is started as anybody would start it, by its command and settings; it cannot tell that
this is not Telegram. It sees neither the settings nor the `.env` of whoever runs this.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from sandbox.standin import PortTakenError, Standin

LEDGER: Final = "istanbul-2025.yaml"
PEOPLE: Final = (
    (1001, "reader-uk", "Reader, Ukrainian", "uk"),
    (1002, "reader-ru", "Reader, Russian", "ru"),
    (1003, "reader-en", "Reader, English", "en"),
    (2001, "moderator-1", "Moderator 1", "en"),
    (2002, "moderator-2", "Moderator 2", "uk"),
)
OWNERS: Final = "2001,2002"
_PREFIX: Final = "HOMEWARD_"
_PATIENCE: Final = 30.0


class CannotGoOnError(Exception):
    """Why the demonstration ends, in one sentence."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    port: int
    standin_only: bool
    data: Path | None
    ledger: Path | None
    token: str | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until Ctrl+C or SIGTERM. Gives the exit code."""
    wishes = _wishes(arguments)
    try:
        asyncio.run(_run(wishes))
    except PortTakenError:
        another = wishes.port % 60_000 + 1
        return _complain(
            f"Port {wishes.port} of 127.0.0.1 is taken by another program. "
            f"Choose another one, for example: --port {another}"
        )
    except CannotGoOnError as reason:
        return _complain(str(reason))
    return 0


def _wishes(arguments: Sequence[str] | None) -> Wishes:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="Try Homeward in the browser, without Telegram and without an account.",
    )
    parser.add_argument("--port", type=int, default=8080, help="on 127.0.0.1; 0 is a free one")
    parser.add_argument("--data", type=Path, help="folder in which the bot's data are kept")
    parser.add_argument("--ledger", type=Path, help="ledger file to load instead of Istanbul 2025")
    parser.add_argument("--standin-only", action="store_true", help="start no bot")
    parser.add_argument("--token", help="the bot's token instead of a random one")
    said = parser.parse_args(arguments)
    return Wishes(said.port, said.standin_only, said.data, said.ledger, said.token)


async def _run(wishes: Wishes) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with Standin.serve(wishes.port, token=wishes.token) as telegram:
        for person_id, key, name, language in PEOPLE:
            telegram.person(person_id, name, language, key=key)
        if wishes.standin_only:
            _say(f"address {telegram.url}\ntoken {telegram.token}")
            await stop.wait()
        else:
            await _run_bot(telegram, wishes, stop)


async def _run_bot(telegram: Standin, wishes: Wishes, stop: asyncio.Event) -> None:
    """Load the ledger, start the bot, and stay until it ends or is asked to."""
    with _data_folder(wishes.data) as folder, _ledger(wishes.ledger) as ledger:
        settings = bot_settings(os.environ, telegram, folder)
        async with _child(["load", str(ledger)], settings, folder) as loading:
            await _first(loading.wait(), stop.wait())
            if loading.returncode:
                raise CannotGoOnError("The ledger could not be loaded; the reason is above.")
        if stop.is_set():
            return
        async with _child(["run"], settings, folder) as bot:
            ready = telegram.until(lambda: telegram.bot_is_here, timeout=None)
            await _first(bot.wait(), stop.wait(), ready)
            if telegram.bot_is_here and bot.returncode is None:
                _say(f"Homeward is ready: open {telegram.url} (Ctrl+C ends it)")
            await _first(bot.wait(), stop.wait())
            if not stop.is_set():
                raise CannotGoOnError(f"The bot stopped by itself, exit code {bot.returncode}.")


def bot_settings(environment: Mapping[str, str], telegram: Standin, folder: Path) -> dict[str, str]:
    """The environment of the bot: nothing of the user's own settings for a real bot."""
    kept = {name: value for name, value in environment.items() if not name.startswith(_PREFIX)}
    here = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(part for part in (kept.get("PYTHONPATH"), here) if part)
    return kept | {
        "PYTHONPATH": path,
        f"{_PREFIX}API_URL": telegram.url,
        f"{_PREFIX}TOKEN": telegram.token,
        f"{_PREFIX}OWNERS": OWNERS,
        f"{_PREFIX}DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'homeward.db'}",
        f"{_PREFIX}DATA_KEY": _data_key(folder),
    }


def _data_key(folder: Path) -> str:
    """The key that seals the made-up people of this folder, made once."""
    kept = folder / "data.key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(base64.b64encode(secrets.token_bytes(32)).decode(), encoding="ascii")
    return kept.read_text(encoding="ascii")


@contextmanager
def _data_folder(wished: Path | None) -> Iterator[Path]:
    if wished is None:
        with tempfile.TemporaryDirectory(prefix="homeward-") as folder:
            yield Path(folder)
    else:
        wished.mkdir(parents=True, exist_ok=True)
        yield wished.resolve()


@contextmanager
def _ledger(wished: Path | None) -> Iterator[Path]:
    if wished is None:
        with as_file(files("ledgers").joinpath(LEDGER)) as path:
            yield path.resolve()
    else:
        yield wished.resolve()


@asynccontextmanager
async def _child(
    command: Sequence[str], settings: Mapping[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot's command as a child that is gone when the block ends.

    A session of its own keeps the terminal's Ctrl+C from it: it is asked to end once, by us,
    while the stand-in still answers.
    """
    arguments = (sys.executable, "-m", "bot", *command)
    child = await asyncio.create_subprocess_exec(
        *arguments,
        env=settings,
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.terminate()
            try:
                await asyncio.wait_for(child.wait(), _PATIENCE)
            except TimeoutError:
                child.kill()
                await child.wait()


async def _first(*work: Coroutine[object, object, object]) -> None:
    """Wait until one of these ends; the others are dropped."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
