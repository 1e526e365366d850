"""G7: how long /status takes while an alert goes out, and while nothing does."""

from __future__ import annotations

import asyncio

from benchmarks.goals import Goal
from benchmarks.house import ASKING, START, Asking, at_work
from benchmarks.nginx import Standin
from benchmarks.rounds import Bench, say
from benchmarks.seconds import percentile

RATE, ASKERS, EVERY = 30, 40, 0.25


async def measure(bench: Bench, _standin: Standin) -> list[Goal]:
    seconds = bench.of(60, 12)
    say(f"/status each {EVERY} s for {seconds} s, idle and beside an alert at RATE={RATE}")
    people = range(ASKING, ASKING + ASKERS)
    async with at_work(RATE * seconds, ASKERS, begins_in=START + seconds) as house:
        telegram = house.telegram

        def begun() -> bool:
            return telegram.world.now() > house.begins_at - 0.5

        def ended() -> bool:
            return telegram.world.now() > house.begins_at + seconds - 1

        idle = Asking(house)
        await idle.every(EVERY, people, begun)
        await asyncio.sleep(1)
        calm = idle.waits()
        before = {person: len(house.answers(person)) for person in people}
        beside = Asking(house, before=before)
        await beside.every(EVERY, people, ended)
        await asyncio.sleep(2)
        busy = beside.waits()
    for what, waits in (("idle", calm), ("beside an alert", busy)):
        say(
            f"  {what:<16} p50 {percentile(waits, 0.5) * 1000:6.0f} ms   "
            f"p99 {percentile(waits, 0.99) * 1000:6.0f} ms   of {len(waits)}"
        )
    ratio = percentile(busy, 0.99) / percentile(calm, 0.99)
    return [Goal("G7", "p99 of /status beside an alert, to p99 idle", ratio, 1.5)]
