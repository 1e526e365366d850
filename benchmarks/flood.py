"""G3: what a message costs the processor, everything stored, beside senders that store nothing.

64 in flight for all, the same stand-in with 50 ms answers.
"""

from __future__ import annotations

from benchmarks.goals import Goal
from benchmarks.nginx import Standin
from benchmarks.rounds import Bench, Entrant, interleaved, say, show

AT_ONCE = "64"
OURS, BARE = "ours, everything stored", "our transport alone"
AIOGRAM, TELEBOT, USUAL = "aiogram", "pyTelegramBotAPI", "the library's usual transport"


async def measure(bench: Bench, standin: Standin) -> list[Goal]:
    count, few = str(bench.of(4_000, 1_500)), str(bench.of(600, 300))
    where = standin.slow
    entrants = [
        Entrant(OURS, ("benchmarks.durable", where, count, "0", AT_ONCE)),
        Entrant(BARE, ("benchmarks.bare", where, count, AT_ONCE)),
        Entrant(AIOGRAM, ("benchmarks.peers.aiogram_flood", where, count, AT_ONCE), peer=True),
        Entrant(TELEBOT, ("benchmarks.peers.telebot_flood", where, count, AT_ONCE), peer=True),
        Entrant(USUAL, ("benchmarks.peers.usual_flood", where, few, AT_ONCE), peer=True),
        Entrant("the stand-in itself, as many in flight", _ceiling(where, bench, "1")),
        Entrant("the stand-in itself, answering at once", _ceiling(standin.fast, bench, "50")),
    ]
    say(f"A flood, {AT_ONCE} in flight, 50 ms answers")
    found = await interleaved(entrants, bench.of(5, 2))
    show(found, {"rate": "messages a second", "cpu_us": "us of processor each"})
    ours = found[OURS]["cpu_us"].median
    return [
        Goal("G3", f"{what}, processor's time a message", ours / found[name]["cpu_us"].median, aim)
        for what, name, aim in (
            ("against aiogram", AIOGRAM, 0.75),
            ("against pyTelegramBotAPI", TELEBOT, 1.0),
            ("against the usual transport", USUAL, 0.1),
        )
    ]


def _ceiling(address: str, bench: Bench, bunch: str) -> tuple[str, ...]:
    count = bench.of(64_000, 32_000) if bunch != "1" else bench.of(4_096, 2_048)
    return ("benchmarks.ceiling", address, str(count), AT_ONCE, bunch)
