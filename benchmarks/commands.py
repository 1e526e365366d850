"""G6: from the update's JSON to the answered /status, with a large store, 64 at once.

The goal is counted with a stand-in that answers at once, since 64 at once and 50 ms allow no more
than 1,280 a second to anybody; what the same entrants do against 50 ms is printed beside it. Each
store has 10,000 stages and 50,000 claims.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.crowd import now, store_in
from benchmarks.goals import Goal
from benchmarks.large import history_of
from benchmarks.nginx import Standin
from benchmarks.rounds import Bench, Entrant, interleaved, say, show
from storage.history import restore

STAGES, CLAIMS, AT_ONCE = 10_000, 50_000, "64"
OURS, AIOGRAM, USUAL = "ours", "aiogram with aiosqlite", "the library as it comes, with aiosqlite"


async def measure(bench: Bench, standin: Standin) -> list[Goal]:
    say(f"/status with {STAGES:,} stages and {CLAIMS:,} claims, {AT_ONCE} at once")
    count, few = str(bench.of(6_000, 2_000)), str(bench.of(1_000, 500))
    with tempfile.TemporaryDirectory() as folder:
        await _ledger_in(Path(folder))

        def entrants(address: str) -> list[Entrant]:
            peers, work = "benchmarks.peers", (address, count, AT_ONCE)
            slowly = (address, few, AT_ONCE)
            return [
                Entrant(OURS, ("benchmarks.commands_ours", *work, folder)),
                Entrant(AIOGRAM, (f"{peers}.aiogram_commands", *work), peer=True),
                Entrant(USUAL, (f"{peers}.usual_commands", *slowly), peer=True),
            ]

        at_once = await interleaved(entrants(standin.fast), bench.of(5, 2))
        waiting = await interleaved(entrants(standin.slow), bench.of(3, 1))
    units = {"rate": "commands a second", "cpu_us": "us of processor each", "made_ms": "ms anew"}
    show(at_once, units)
    say("  the same against 50 ms answers")
    show(waiting, units)
    rate = {name: spreads["rate"].median for name, spreads in at_once.items()}
    return [
        Goal("G6", "/status a second, to aiogram", rate[OURS] / rate[AIOGRAM], 1.4, at_least=True),
        Goal("G6", "/status a second, to the default", rate[OURS] / rate[USUAL], 5, at_least=True),
    ]


async def _ledger_in(folder: Path) -> None:
    acts = await history_of(STAGES, CLAIMS)
    async with store_in(folder) as store:
        await store.write(lambda conn: restore(conn, acts, by="mod-1", at=now()))
