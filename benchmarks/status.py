"""What `/status` costs: made anew, taken from what was kept, and with the look into the store.

The three take turns in one run on one machine; what is printed are medians and their ratios.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bot.ledger_file import load_file
from exchange.ledger import Ledger
from handlers.answers import Answers
from messages.message import Message
from messages.status import status
from storage.store import Store

LEDGER = Path(__file__).parent.parent / "ledgers" / "istanbul-2025.yaml"
ROUNDS, CALLS = 15, 40
LANGUAGE = "uk"


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/homeward.db"
        store = await Store.open(url, bytes(32), create=True)
        try:
            await load_file(store, LEDGER, datetime.now(UTC))
            anew, kept, asked = await _measure(store)
        finally:
            await store.close()
    rows = [("made anew", anew), ("kept", kept), ("kept, after a look for news", asked)]
    for what, cost in rows:
        sys.stdout.write(f"/status {what:<32} {cost:9.1f} us   {anew / cost:6.1f} x as fast\n")


async def _measure(store: Store) -> tuple[float, float, float]:
    ledger, answers = await store.ledger(), Answers()

    def make() -> Message:
        return status(ledger, None, LANGUAGE)

    async def anew() -> None:
        make()

    async def kept() -> None:
        _from(answers, ledger, make)

    async def asked() -> None:
        _from(answers, await store.ledger(), make)

    found: list[list[float]] = [[], [], []]
    for _ in range(ROUNDS):
        for seconds, call in zip(found, (anew, kept, asked), strict=True):
            seconds.append(await _timed(call))
    anew_us, kept_us, asked_us = (median(seconds) * 1e6 for seconds in found)
    return anew_us, kept_us, asked_us


def _from(answers: Answers, ledger: Ledger, make: Callable[[], Message]) -> Message:
    return answers.get(ledger, ("status", "", LANGUAGE), make)


async def _timed(call: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    for _ in range(CALLS):
        await call()
    return (time.perf_counter() - begun) / CALLS


if __name__ == "__main__":
    asyncio.run(main())
