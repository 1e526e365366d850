"""A campaign: one store, a crowd, a faulty Telegram, and the bot killed again and again.

Chance decides what each life meets: a kill at a named point, in the middle of calls or at any time,
an order to end, a standstill, a full disk, a lock held by another process, a clock that jumps.
Between two lives the store is examined; at the end everything is let come to rest, and the checker
reads the history.
"""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.sender import most_in_flight
from bot.steady import keep
from sandbox import faults
from sandbox.people import Person
from tests.chaos.checker import Broken, check
from tests.chaos.crowd import Moderator, Reader
from tests.chaos.dangers import full_disk, lock_held, stopped
from tests.chaos.history import Fate, History
from tests.chaos.life import Point
from tests.chaos.scene import (
    FIRST_READER,
    LANGUAGES,
    OWNER,
    Scene,
    staged,
)
from tests.lives import Life

STEADY, RESTLESS = 24, 8
"""Readers who stay, and readers who come and go."""
MODERATORS = range(OWNER, OWNER + 6)
_SETTINGS = {"OWNERS": ",".join(map(str, MODERATORS))}
COMMITS = (
    "storage.store.Store._check",
    "bot.application._begin",
    "bot.sender.Sender._begin",
    "bot.sender.Sender._settling",
    "bot.sender.Sender._put_in_more",
    "bot.housekeeping.Housekeeping.tidy",
    "bot.presence.Presence._note",
    "handlers.recording.open_draft",
    "handlers.recording.press_button",
    "handlers.recording.type_line",
    "handlers.acting.carry",
    "handlers.publishing._publish",
    "handlers.following.undo",
    "handlers.following.stop",
    "handlers.subscribing._write",
    "handlers.dispatch._forget",
)
"""Everything that writes, by the function that it is in."""
POINTS = (
    *(Point(moment, "commit", act) for moment in ("before", "after") for act in COMMITS),
    *(
        Point(moment, "call", method)
        for moment in ("before", "during", "after")
        for method in (
            "alert",
            "mark",
            "answer sendMessage",
            "answer editMessageText",
            "getUpdates",
        )
    ),
)
_WAITS_FOR_POINT = 4
"""Seconds for a life to come to its point; then it is killed where it is."""


@dataclass
class Tally:
    """What a campaign did, and what came of it."""

    kills: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    """Deaths at each point."""
    alerts: int = 0
    deliveries: int = 0
    promised: int = 0
    marks: int = 0
    """Earlier messages that were to be edited."""
    marked: int = 0
    accepted: int = 0
    repeats: int = 0
    """Accepted copies beyond each reader's first."""
    doubtful: int = 0
    """Calls that were accepted, and whose answer did not come back."""
    most_copies: int = 0
    unknown: int = 0
    """Given up after four attempts in doubt."""
    unknown_arrived: int = 0
    broken: list[Broken] = field(default_factory=list)
    seconds: float = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            **{
                name: max(mine, getattr(other, name))
                if name in ("most_copies", "seconds")
                else mine + getattr(other, name)
                for name, mine in vars(self).items()
            }
        )

    @property
    def bound(self) -> int:
        """How many repeats there may be: what was in flight at deaths, and lost answers."""
        return self.kills * most_in_flight(30) + self.doubtful


async def campaign(folder: Path, kills: int, seed: int) -> Tally:
    """Kill a bot so often; whatever happens, the promises hold."""
    dice = random.Random(seed)  # noqa: S311 - chance, no secret
    began = time.monotonic()
    tally = Tally()
    async with staged(folder) as scene:
        steady = await scene.readers(STEADY)
        async with _going_on(scene, steady, dice):
            while len(scene.kills) < kills:
                await _one_life(scene, dice, tally)
                keep()  # or Telegram stands still for garbage, and then sees a crowd at once
        scene.telegram.calls.orders.clear()
        async with scene.life(settings=_SETTINGS) as life:
            rest = await scene.settled(90)
            life.told(signal.SIGTERM)
            await life.ended()
        if not rest:
            scene.damage.append("it did not come to rest within 90 s")
        history = await scene.history()
    await asyncio.to_thread(_count, tally, history)  # others beside this one may still go on
    tally.broken += await asyncio.to_thread(check, history)
    tally.seconds = time.monotonic() - began
    return tally


@asynccontextmanager
async def _going_on(scene: Scene, steady: list[Person], dice: random.Random) -> AsyncIterator[None]:
    """The crowd and Telegram's faults, for as long as it lasts."""
    _order_faults(scene, steady)
    restless = [
        scene.telegram.person(FIRST_READER + STEADY + one, language=LANGUAGES[one % 3])
        for one in range(RESTLESS)
    ]
    people = [Reader(scene, one, random.Random(dice.random())) for one in restless]  # noqa: S311
    moderators = [
        Moderator(scene, one, random.Random(dice.random()))  # noqa: S311
        for one in MODERATORS
    ]
    tasks = [asyncio.create_task(one.lives()) for one in people]
    tasks += [asyncio.create_task(one.lives()) for one in moderators]
    tasks.append(asyncio.create_task(_publishes_beside(scene, dice)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled() and (error := task.exception()):
            raise error


def _order_faults(scene: Scene, steady: list[Person]) -> None:
    for fault, chance in (
        (faults.dropped(accepted=True), 0.01),
        (faults.server_error(502, accepted=True), 0.005),
        (faults.cut_json(), 0.005),
        (faults.slow(1.2), 0.005),
        (faults.slow(0.2), 0.05),
        (faults.dropped(), 0.005),
        (faults.server_error(500), 0.005),
    ):
        scene.telegram.order(fault, method="sendMessage", times=None, chance=chance)
    for person in steady:
        for fault, method, chance in (
            (faults.too_many_requests(20), "sendMessage", 0.01),
            (faults.dropped(accepted=True), "editMessageText", 0.02),
            (faults.bad_request("message to edit not found"), "editMessageText", 0.02),
        ):
            scene.telegram.order(fault, chat=person, method=method, times=None, chance=chance)
    for fault in (faults.dropped(), faults.cut_json(), faults.server_error(502)):
        scene.telegram.order(fault, method="getUpdates", times=None, chance=0.01)


async def _publishes_beside(scene: Scene, dice: random.Random) -> None:
    """Now and then an alert from elsewhere, and what takes one back or its place."""
    numbers: list[int] = []
    while True:
        await asyncio.sleep(dice.uniform(2, 6))
        await scene.little_waits()
        kind = dice.choice(["Alert", "Alert", "Update", "Cancel"])
        if kind == "Alert" or not numbers:
            numbers.append(await scene.publish())
        elif kind == "Update":
            numbers[-1] = await scene.publish("Update", numbers[-1], announce=dice.random() < 0.7)
        else:
            await scene.publish("Cancel", numbers.pop())


async def _one_life(scene: Scene, dice: random.Random, tally: Tally) -> None:
    fate = dice.choices(
        ["point", "busy", "any time", "asked to end", "stands still", "full disk", "lock held"],
        [40, 25, 15, 5, 5, 5, 5],
    )[0]
    tally.fates[fate] += 1
    point = dice.choice(POINTS) if fate == "point" else None
    if point and point.of in (
        "bot.sender.Sender._settling",
        "bot.sender.Sender._put_in_more",
        "alert",
        "getUpdates",
        "answer sendMessage",
    ):
        point = Point(point.moment, point.kind, point.of, dice.randrange(1, 6))
    ahead = dice.choice([-100, 100]) if dice.random() < 0.03 else 0
    async with scene.life(point, ahead=ahead, settings=_SETTINGS) as life:
        if point:
            try:
                await life.ended(_WAITS_FOR_POINT)
                tally.points[str(point)] += 1
            except TimeoutError:
                life.told(signal.SIGKILL)
        elif fate == "busy":
            calls = len(scene.telegram.journal) + dice.randrange(2, 30)
            with suppress(TimeoutError):
                await scene.eventually(
                    lambda: life.is_over or len(scene.telegram.journal) >= calls, _WAITS_FOR_POINT
                )
        else:
            await asyncio.sleep(dice.uniform(0, 0.9))
            await _meets(scene, life, fate, dice)


async def _meets(scene: Scene, life: Life, fate: str, dice: random.Random) -> None:
    seconds = dice.uniform(0.1, 1.5)
    match fate:
        case "asked to end":
            life.told(signal.SIGTERM)
            await life.ended()
        case "stands still":
            with stopped(life):
                await asyncio.sleep(seconds)
            await asyncio.sleep(dice.uniform(0, 0.3))
        case "full disk":
            with full_disk(life):
                await asyncio.sleep(seconds)
            await asyncio.sleep(dice.uniform(0, 0.5))
        case "lock held":
            async with lock_held(scene.file):
                await asyncio.sleep(seconds)
            await asyncio.sleep(dice.uniform(0, 0.3))


def _count(tally: Tally, history: History) -> None:
    accepted = [one for one in history.copies if one.accepted and not one.edits]
    copies = Counter((one.chat, one.alert) for one in accepted)
    tally.kills = len(history.kills)
    tally.alerts = len(history.alerts)
    own = [one for one in history.deliveries if not one.edits]
    tally.deliveries = len(own) + sum(one.erased for one in history.alerts)
    tally.marks = len(history.deliveries) - len(own)
    tally.marked = sum(one.state == "delivered" for one in history.deliveries if one.edits)
    tally.promised = sum(one.number is not None for one in history.promises)
    tally.accepted = len(accepted)
    tally.repeats = len(accepted) - len(copies)
    tally.doubtful = sum(one.fate is Fate.DOUBTFUL for one in accepted)
    tally.most_copies = max(copies.values(), default=0)
    unknown = [one for one in own if one.state == "unknown"]
    tally.unknown = len(unknown)
    tally.unknown_arrived = sum((one.chat, one.alert) in copies for one in unknown)
