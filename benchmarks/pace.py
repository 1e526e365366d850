"""G1: an alert at RATE=30, by the stand-in's clock; alone, and while one person floods the bot."""

from __future__ import annotations

import asyncio

from benchmarks.goals import Goal
from benchmarks.house import ASKING, Asking, House, at_work
from benchmarks.nginx import Standin
from benchmarks.rounds import Bench, say
from benchmarks.seconds import most_within, pace, percentile

RATE = 30
FLOODS_A_SECOND = 100
OTHERS, ASK_EVERY = 20, 10.0


async def measure(bench: Bench, _standin: Standin) -> list[Goal]:
    people = bench.of(600, 150)
    say(f"An alert for {people} at RATE={RATE}; the stand-in of the tests, 50 ms answers")
    async with at_work(people) as house:
        await house.all_delivered()
        alone, most = _pace(house), _most(house)
    say(f"  alone: {alone:.2f} a second, at most {most} in any second")
    return [
        Goal("G1", f"share of {RATE} a second", alone / RATE, 0.98, at_least=True),
        Goal("G1", "most in any second", most, RATE),
        *await _flooded(people, alone),
    ]


async def _flooded(people: int, alone: float) -> list[Goal]:
    """The same with a flooder, and with other people who ask now and then."""
    flooder, *others = range(ASKING, ASKING + 1 + OTHERS)
    async with at_work(people, 1 + OTHERS) as house:
        flood, asking = Asking(house), Asking(house)
        delivered = asyncio.create_task(house.all_delivered())
        await asyncio.gather(
            delivered,
            flood.every(1 / FLOODS_A_SECOND, [flooder], delivered.done),
            asking.every(ASK_EVERY / OTHERS, others, delivered.done),
        )
        await asyncio.sleep(2)
        waits = asking.waits()
        answers = [one.at for one in house.answers(flooder)]
        pace_then, most = _pace(house), _most(house)
    p95 = percentile(waits, 0.95)
    said = len(flood.said[flooder])
    say(
        f"  one person sends {said} commands: {pace_then:.2f} alerts a second, {most} messages at "
        f"most in any second, {len(answers)} answers to the flooder, "
        f"others' p95 {p95 * 1000:.0f} ms of {len(waits)} questions"
    )
    return [
        Goal("G1", "flooded: answers to the flooder in 2 s", most_within(answers, 2.0), 1),
        Goal("G1", "flooded: alerts a second", pace_then, alone - 5, at_least=True),
        Goal("G1", "flooded: most messages in any second", most, RATE),
    ]


def _pace(house: House) -> float:
    return pace(one.at for one in house.alerts())


def _most(house: House) -> int:
    return most_within((one.at for one in house.sent()), 1.0)
