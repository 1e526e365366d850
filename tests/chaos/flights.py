"""Updates in flight when the bot dies: each is answered in the end, and has its effect once.

Wave after wave everybody writes or presses at once, and the bot is killed in the middle. Moderators
press a button that turns a category of their draft on or off: twice would be seen. Everybody else
asks something, or turns alerts on or off.
"""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from sandbox.people import Person
from storage import tables
from tests.chaos.crowd import Moderator
from tests.chaos.scene import FIRST_READER, Scene, staged

MODERATORS = 12
ASKERS = 88
PACE = 1000
"""Messages a second: the real 30 would make waiting out of most of the time."""
_TOGGLE = "category:wounded"
_FIRST_MODERATOR = 7_500_000_001
_LONGEST = 0.25
"""Seconds from a wave's beginning to the kill, at most."""


@dataclass
class Flights:
    """What came of it."""

    kills: int = 0
    updates: int = 0
    in_flight: int = 0
    """Updates that were not confirmed when the bot died."""
    lost: int = 0
    doubled: int = 0


async def flights(folder: Path, in_flight: int, seed: int, *, webhook: bool = False) -> Flights:
    """Kill a bot until so many updates were in flight at a death."""
    dice = random.Random(seed)  # noqa: S311 - chance, no secret
    seen = Flights()
    owners = range(_FIRST_MODERATOR, _FIRST_MODERATOR + MODERATORS)
    async with staged(folder) as scene:
        settings = {"OWNERS": ",".join(map(str, owners))} | (_webhook() if webhook else {})
        moderators = [Moderator(scene, one) for one in owners]
        askers = [scene.telegram.person(FIRST_READER + one) for one in range(ASKERS)]
        async with scene.life(None, 0, PACE, settings):
            await asyncio.gather(*(one.drafts_up_to(_TOGGLE) for one in moderators))
            await scene.settled()
        before = await _versions(scene)
        while seen.in_flight < in_flight:
            heard = {one.id: len(one._said) for one in askers}
            async with scene.life(None, 0, PACE, settings):
                for moderator in moderators:
                    await moderator.presses(_TOGGLE)
                queries = list(_asks(askers, dice))
                await asyncio.sleep(dice.uniform(0, _LONGEST))
                seen.in_flight += len(scene.telegram.world.updates.pending())
            async with scene.life(None, 0, PACE, settings):
                await scene.settled()
                await asyncio.sleep(0.05)
            seen.kills += 2
            seen.updates += MODERATORS + ASKERS
            seen.lost += sum(len(one._said) <= heard[one.id] for one in queries)
            now = await _versions(scene)
            seen.doubled += sum(now[one] > before[one] + 1 for one in before)
            seen.lost += sum(now[one] < before[one] + 1 for one in before)
            before = now
        if scene.damage:
            raise RuntimeError("; ".join(scene.damage))
    return seen


def _asks(people: list[Person], dice: random.Random) -> Iterator[Person]:
    """Everybody says something that has an answer."""
    for person in people:
        person.says(dice.choice(["/help", "/status", "/stages", "/sources", "/unsubscribe", "hm"]))
        yield person


async def _versions(scene: Scene) -> dict[int, int]:
    """How many acts each draft has seen."""
    query = select(tables.drafts.c.id, tables.drafts.c.version)
    return await scene.store.read(lambda conn: {row.id: row.version for row in conn.execute(query)})


def _webhook() -> dict[str, str]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_SECRET": "made-up",
        "LISTEN": f"127.0.0.1:{port}",
    }
