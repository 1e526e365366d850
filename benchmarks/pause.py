"""G4: Telegram asks for three seconds of silence in the middle of an alert."""

from __future__ import annotations

import asyncio

from benchmarks.goals import Goal
from benchmarks.house import at_work
from benchmarks.nginx import Standin
from benchmarks.rounds import Bench, say
from benchmarks.seconds import most_within
from bot.sender import most_in_flight
from sandbox.faults import too_many_requests

RATE, BEFORE, SECONDS = 30, 100, 3


async def measure(bench: Bench, _standin: Standin) -> list[Goal]:
    people = bench.of(300, 180)
    say(f"429 for {SECONDS} s after {BEFORE} of {people} messages at RATE={RATE}")
    async with at_work(people) as house:
        house.telegram.calls.orders.clear()
        penalty = house.telegram.order(
            too_many_requests(SECONDS), method="sendMessage", times=None, skip=BEFORE
        )
        house.slow()
        await house.telegram.until(lambda: penalty.used > 0, timeout=60)
        await asyncio.sleep(SECONDS)
        house.telegram.cancel(penalty)
        await house.all_delivered()
        calls = house.alerts()
    refused = [one for one in calls if one.status == 429]
    reached = [one.chat_id for one in calls if one.accepted]
    ended = max(one.at for one in refused)
    after = most_within((one.at for one in calls if one.at > ended), 1.0)
    lost = people - len(set(reached))
    say(f"  {len(refused)} sent into it, {lost} lost, {after} at most in a second after it")
    return [
        Goal("G4", "lost", lost, 0),
        Goal("G4", "more than one copy", len(reached) - len(set(reached)), 0),
        Goal("G4", "sent into the pause", len(refused), most_in_flight(RATE)),
        Goal("G4", "most in any second after it", after, RATE),
    ]
