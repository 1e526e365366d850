"""Whole answers from a large ledger: from the update to the finished message, the network apart.

Uncached, each is read and rendered anew. After a publication, the ledger has to be brought up to
date first. Beside them: loading such a ledger from a file, and reading it when a process starts.
"""

from __future__ import annotations

import json
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import Engine, event
from telegram import Update
from telegram.request import BaseRequest

from benchmarks.crowd import now, store_in
from benchmarks.durable import UNPACED
from benchmarks.goals import Goal
from benchmarks.large import counting, history_of
from benchmarks.load import FIRST, TOKEN, question
from benchmarks.nginx import Standin
from benchmarks.rounds import Bench, say
from benchmarks.seconds import percentile
from bot.application import application_of
from bot.ledger_contents import document
from bot.ledger_file import load_file
from bot.pacer import AnswerPace, Pacer
from exchange.ledger import Ledger
from handlers.context import App, Bot
from handlers.deps import Deps
from storage import ledger as kept
from storage.store import Store

CLAIMS_TO_A_STAGE, CORRECTIONS = 5, 100
ASKED = (
    *("/status", "/progress", "/claims", "/claim C77", "/stages", "/stage S77"),
    *("/history S1", "/corrections", "/sources", "/source R7"),
)
"""And /asof, of a moment in the middle of the corrections."""
AIM_MS = 10
CHANGED = "S77"


async def measure(bench: Bench, _standin: Standin) -> list[Goal]:
    stages, times = bench.of(10_000, 2_000), bench.of(100, 30)
    say(f"Answers from {stages:,} stages and {stages * CLAIMS_TO_A_STAGE:,} claims, ms")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await _load(folder, stages)
        async with store_in(folder) as store, answering(store) as house:
            with _timed("read into memory"):
                await store.ledger()
            return await _answers(house, times)


async def _load(folder: Path, stages: int) -> None:
    """From a file with a history, as a dump is."""
    acts = await history_of(stages, stages * CLAIMS_TO_A_STAGE, CORRECTIONS)
    newest = {made.key: made.record for act in acts for made in act.made if made.record}
    file = folder / "large.json"
    written = document(Ledger().with_records(newest.values(), now()), acts)
    file.write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    async with store_in(folder) as store:
        with _timed(f"loaded from a file of {file.stat().st_size / 1e6:.0f} MB"):
            await load_file(store, file, now())


async def _answers(house: Answering, times: int) -> list[Goal]:
    say(f"  {'':<24} {'uncached':^17}   {'cached':^17}   {'after a change':^17}   statements")
    goals = []
    moment = now() - timedelta(days=365) + timedelta(hours=CORRECTIONS / 2)
    for words in (*ASKED, f"/asof {moment:%Y-%m-%d %H:%M}"):
        await house.ask(words)
        cached = [await house.ask(words) for _ in range(times)]
        anew = [await house.ask(words, forgotten=True) for _ in range(times)]
        statements = house.statements
        moved = [await house.ask_after_change(words) for _ in range(max(5, times // 10))]
        say(f"  {words:<24} {_both(anew)}   {_both(cached)}   {_both(moved)}   {statements:>6}")
        name = f"{words.split()[0]} uncached, median"
        goals.append(Goal("A", name, percentile(anew, 0.5), AIM_MS, unit=" ms"))
    return goals


def _both(waits: Sequence[float]) -> str:
    return f"{percentile(waits, 0.5):7.2f} / {percentile(waits, 0.99):7.2f}"


class Answering:
    """The bot's handlers on a store; what they say to Telegram is taken at once."""

    def __init__(self, store: Store, bot: Bot, application: App) -> None:
        self.store, self.bot, self.application = store, bot, application
        self.statements = 0
        self._changes = 0

    async def ask(self, words: str, *, forgotten: bool = False) -> float:
        """Milliseconds until a question is answered; `forgotten`: as if nobody had asked before."""
        if forgotten:
            self.application.bot_data.deps = _deps(self.store)
        update = Update.de_json(json.loads(question(FIRST, words)), self.bot)
        self.statements = 0
        begun = time.perf_counter()
        await self.application.process_update(update)
        return (time.perf_counter() - begun) * 1000

    async def ask_after_change(self, words: str) -> float:
        """As `ask`, just after a figure was corrected."""
        self._changes += 1
        ledger = await self.store.ledger()
        changed = counting(ledger.stages[CHANGED], 1000 + self._changes)
        await self.store.write(lambda conn: kept.record(conn, [changed], by="mod-1", at=now()))
        return await self.ask(words)

    def count(self, _conn: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements += not statement.startswith("BEGIN")


@asynccontextmanager
async def answering(store: Store) -> AsyncIterator[Answering]:
    bot = Bot(TOKEN, request=_Taking(), rate_limiter=AnswerPace(Pacer(UNPACED)))
    application = application_of(bot, _deps(store))
    house = Answering(store, bot, application)
    event.listen(Engine, "before_cursor_execute", house.count)
    await application.initialize()
    try:
        yield house
    finally:
        await application.shutdown()
        event.remove(Engine, "before_cursor_execute", house.count)


def _deps(store: Store) -> Deps:
    return Deps(store, now, lambda: None, timedelta(), UNPACED)


class _Taking(BaseRequest):
    """Answers every call at once, as Telegram does later."""

    read_timeout = 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, *_: object, **_more: object) -> tuple[int, bytes]:
        return 200, _ME if url.endswith("getMe") else _SENT


_ME = b'{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"Bot","username":"benchbot"}}'
_SENT = b'{"ok":true,"result":{"message_id":1}}'


@contextmanager
def _timed(what: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    say(f"  {what}: {time.perf_counter() - begun:.2f} s")
