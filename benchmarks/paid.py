"""G2: a thousand messages a second, every outcome stored: what is reached, and at what cost."""

from __future__ import annotations

from benchmarks.goals import Goal
from benchmarks.nginx import Standin
from benchmarks.rounds import Bench, Entrant, interleaved, say, show

RATE = 1000
IN_FLIGHT = "300"
"""What the sender has on its way at this rate."""
SOME, MANY = 5_000, 50_000


async def measure(bench: Bench, standin: Standin) -> list[Goal]:
    few = str(bench.of(1_000, 300))
    ours = Entrant(f"ours, {SOME:,} readers", _durable(standin, SOME))
    usual = ("benchmarks.peers.usual_flood", standin.slow, few, IN_FLIGHT)
    entrants = [ours, Entrant(f"the usual transport, {few} readers", usual, peer=True)]
    say(f"Paid: {RATE} a second asked for, {IN_FLIGHT} in flight, 50 ms answers")
    found = dict(await interleaved(entrants, bench.of(3, 1)))
    goals = _goals(found[ours.name]["rate"].median, found[ours.name]["cores"].median, SOME, 0.98)
    if not bench.quick:
        longer = Entrant(f"ours, {MANY:,} readers", _durable(standin, MANY))
        found |= await interleaved([longer], 1)
        many = found[longer.name]
        goals += _goals(many["rate"].median, many["cores"].median, MANY, 0.995)
    units = {"rate": "messages a second", "cores": "cores", "most": "at most in a second"}
    show(found, units)
    return goals


def _goals(rate: float, cores: float, people: int, aim: float) -> list[Goal]:
    return [
        Goal(
            "G2", f"share of {RATE} a second, {people:,} readers", rate / RATE, aim, at_least=True
        ),
        Goal("G2", f"processor, {people:,} readers", cores, 0.6, unit=" cores"),
    ]


def _durable(standin: Standin, people: int) -> tuple[str, ...]:
    return ("benchmarks.durable", standin.slow, str(people), str(RATE), IN_FLIGHT)
