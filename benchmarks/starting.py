"""G8: from the start of a process to its first question for updates, and its memory then."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.crowd import now, store_in
from benchmarks.goals import Goal
from benchmarks.house import LEDGER, PATIENCE, child
from benchmarks.load import Figures
from benchmarks.nginx import Standin as Nginx
from benchmarks.rounds import LEAN, PEERS, ROOT, Bench, Spread, say, show
from bot.ledger_file import load_file
from sandbox.standin import Standin

OURS, AIOGRAM = "ours", "aiogram"
ENTRANTS: dict[str, Sequence[str]] = {
    OURS: (str(ROOT / LEAN), "-m", "bot", "run"),
    AIOGRAM: (str(ROOT / PEERS), "-m", "benchmarks.peers.aiogram_start"),
}
_SETTLING = 0.5
"""Seconds after the first question, before memory is read."""


async def measure(bench: Bench, _standin: Nginx) -> list[Goal]:
    say("From the start to the first question for updates")
    found: dict[str, list[Figures]] = {name: [] for name in ENTRANTS}
    with tempfile.TemporaryDirectory() as folder:
        async with store_in(Path(folder)) as store:
            await load_file(store, LEDGER, now())
        for _ in range(bench.of(7, 3)):
            for name, words in ENTRANTS.items():
                found[name].append(await _started(words, Path(folder)))
    spreads = {
        name: {figure: Spread([run[figure] for run in runs]) for figure in runs[0]}
        for name, runs in found.items()
    }
    show(spreads, {"ms": "ms", "mb": "MB"})
    ours, theirs = spreads[OURS], spreads[AIOGRAM]
    return [
        Goal("G8", "ready, to aiogram", ours["ms"].median / theirs["ms"].median, 0.4),
        Goal("G8", "memory, to aiogram", ours["mb"].median / theirs["mb"].median, 0.6),
    ]


async def _started(words: Sequence[str], folder: Path) -> Figures:
    async with Standin.serve() as telegram:
        begun = time.perf_counter()
        async with child(words, telegram, folder) as bot:
            await telegram.until(lambda: telegram.bot_is_here, timeout=PATIENCE)
            took = time.perf_counter() - begun
            await asyncio.sleep(_SETTLING)
            return {"ms": took * 1000, "mb": resident(bot.pid)}


def resident(pid: int) -> float:
    """Memory of a process in MB, as the system counts it."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024
