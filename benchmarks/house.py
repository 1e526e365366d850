"""The real bot as a child, and Telegram here: its people can be counted and its clock read."""

from __future__ import annotations

import asyncio
import base64
import itertools
import math
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.crowd import KEY, database_url, now, publish, store_in, subscribe
from benchmarks.load import FIRST
from benchmarks.nginx import ANSWER_SECONDS
from benchmarks.rounds import ROOT
from bot.ledger_file import load_file
from bot.steady import keep
from sandbox.faults import slow
from sandbox.journal import Call
from sandbox.standin import Standin

LEDGER = ROOT / "ledgers" / "istanbul-2025.yaml"
ASKING = 900_001
"""The first person who asks; those who ask get no alerts, so that nobody's order delays them."""
PATIENCE = 60
START = 4.0
"""Seconds from publishing to the first send: the bot starts meanwhile."""


@dataclass(frozen=True)
class House:
    """The bot at work."""

    telegram: Standin
    readers: range
    begins_at: float
    """When the first alert may leave, on the stand-in's clock."""

    def slow(self) -> None:
        """Every message is answered after 50 ms."""
        self.telegram.order(slow(ANSWER_SECONDS), method="sendMessage", times=None)

    def sent(self) -> list[Call]:
        return self.telegram.journal.of("sendMessage")

    def alerts(self) -> list[Call]:
        """Calls for the readers, as they reached Telegram."""
        return [one for one in self.sent() if one.chat_id in self.readers]

    def answers(self, person: int) -> list[Call]:
        return self.telegram.journal.of("sendMessage", chat=person)

    async def all_delivered(self) -> None:
        """Wait until every reader's alert has been accepted, or for as long as is fit."""
        wanted = len(self.readers)
        with suppress(TimeoutError):
            async with asyncio.timeout(START + wanted / 10 + PATIENCE):
                while sum(one.accepted for one in self.alerts()) < wanted:  # noqa: ASYNC110 (rare)
                    await asyncio.sleep(0.2)


@asynccontextmanager
async def at_work(readers: int, askers: int = 0, begins_in: float = START) -> AsyncIterator[House]:
    """A store with an alert for so many, and the bot running on it."""
    keep()  # or the clock that everything is read from stands still for garbage of earlier parts
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Standin.serve() as telegram:
            for person in (*range(FIRST, FIRST + readers), *range(ASKING, ASKING + askers)):
                telegram.person(person, started=True, language="uk")
            async with store_in(folder) as store:
                await load_file(store, LEDGER, now())
                await subscribe(store, readers)
                await store.write(lambda conn: publish(conn, undo=begins_in))
                begins_at = telegram.world.now() + begins_in
            async with child((sys.executable, "-m", "bot", "run"), telegram, folder):
                await telegram.until(lambda: telegram.bot_is_here, timeout=PATIENCE)
                house = House(telegram, range(FIRST, FIRST + readers), begins_at)
                house.slow()
                yield house


@asynccontextmanager
async def child(
    words: Sequence[str], telegram: Standin, folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that knows Telegram's address and token; gone at the end."""
    values = {
        "TOKEN": telegram.token,
        "API_URL": telegram.url,
        "DATABASE_URL": database_url(folder),
        "DATA_KEY": base64.b64encode(KEY).decode(),
        "LOG_LEVEL": "ERROR",
    }
    kept = {one: os.environ[one] for one in ("PATH", "HOME") if one in os.environ}
    process = await asyncio.create_subprocess_exec(
        *words,
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)} | {f"HOMEWARD_{k}": v for k, v in values.items()},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


@dataclass
class Asking:
    """People who send /status at set times; when each was answered is looked up afterwards."""

    house: House
    said: dict[int, list[float]] = field(default_factory=dict)
    before: Mapping[int, int] = field(default_factory=dict)
    """How many answers each person had before the first question."""

    async def every(self, seconds: float, people: Sequence[int], end: Callable[[], bool]) -> None:
        """One question each so many seconds, by these people in turn, until the end."""
        turns = itertools.cycle(people)
        due = time.monotonic()
        while not end():
            person = next(turns)
            self.said.setdefault(person, []).append(self.house.telegram.world.now())
            self.house.telegram.people[person].says("/status")
            due += seconds
            await asyncio.sleep(max(0, due - time.monotonic()))

    def waits(self) -> list[float]:
        """Seconds from each question to its answer; infinite for what was never answered."""
        found = []
        for person, said in self.said.items():
            answers = self.house.answers(person)[self.before.get(person, 0) :]
            heard = [one.answered_at for one in answers if one.accepted]
            heard += [None] * (len(said) - len(heard))
            found += [
                (at - asked) if at else math.inf for asked, at in zip(said, heard, strict=False)
            ]
        return found
