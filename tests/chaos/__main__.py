"""`python -m tests.chaos`: what is done to the bot, and what came of it, in numbers.

    drills      single dangers, one after the other
    kills       a crowd, a faulty Telegram and kill -9
    cancels     callers of the store that go away at any moment
    flights     updates in flight at a death, polling and webhook
    mutations   updates that no Telegram would send
    planted     the drills against faults planted on purpose: each must turn them red

Exits with 1 when a promise was broken.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.chaos import planted
from tests.chaos.campaign import POINTS, Tally, campaign
from tests.chaos.cancelling import cancels
from tests.chaos.checker import Broken, check
from tests.chaos.drills import DRILLS, Drill, as_broken
from tests.chaos.flights import flights
from tests.chaos.ground import prepare
from tests.chaos.mutations import mutations
from tests.chaos.scene import staged

_MORE_MEMORY = 1.05
"""What the second half may leave behind, over the first."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def run_drill(drill: Drill) -> tuple[Broken, ...]:
    """A drill on a scene of its own; what went wrong in it."""
    with tempfile.TemporaryDirectory(prefix="homeward-drill-") as folder:
        async with staged(Path(folder)) as scene:
            try:
                said = await drill(scene)
            except TimeoutError:
                said = ["it came to no end"]
            return (*as_broken(drill, said), *check(await scene.history()))


async def drills(names: list[str]) -> bool:
    say("Drills")
    whole = True
    for drill in [one for one in DRILLS if one.__name__ in names or not names]:
        began = time.monotonic()
        broken = await run_drill(drill)
        whole = whole and not broken
        seconds = time.monotonic() - began
        say(f"  {drill.__name__:<32}{seconds:5.1f} s  {'RED' if broken else 'kept'}{_list(broken)}")
    return whole


async def kills(count: int, side_by_side: int, seed: int) -> bool:
    """The campaigns run side by side, each with a store, a Telegram and a bot of its own."""
    say(f"{count} kills in {side_by_side} campaigns side by side, from seed {seed}")
    each = -(-count // side_by_side)
    with tempfile.TemporaryDirectory(prefix="homeward-chaos-") as folder:
        places = [Path(folder) / str(one) for one in range(side_by_side)]
        for place in places:
            await prepare(place)
        done = await asyncio.gather(
            *(campaign(place, each, seed + one) for one, place in enumerate(places))
        )
    total = sum(done, Tally())
    report(total)
    return not total.broken


def report(total: Tally) -> None:
    lost = sum("LOST" in one.what for one in total.broken)
    per_kill = total.repeats / max(total.kills, 1)
    lines = (
        ("kills", total.kills),
        ("lives by what they met", dict(total.fates)),
        ("deaths at named points", f"{sum(total.points.values())}, at {len(total.points)} points"),
        ("points never reached", [str(one) for one in POINTS if str(one) not in total.points]),
        ("alerts, of them promised in words", f"{total.alerts}, {total.promised}"),
        ("deliveries", total.deliveries),
        ("earlier messages to mark, of them marked", f"{total.marks}, {total.marked}"),
        ("lost", lost),
        ("published alerts missing", _of(total, "every_published_is_there_once")),
        ("deliveries over their bound of copies", _of(total, "copies_are_bounded")),
        ("integrity and other damage", _of(total, "the_store_is_whole")),
        ("repeats", f"{total.repeats} of at most {total.bound}; {per_kill:.2f} for each kill"),
        ("most copies of one alert for one reader", total.most_copies),
        (
            "given up after four attempts in doubt",
            f"{total.unknown}, of which {total.unknown_arrived} had arrived",
        ),
        ("broken promises of any kind", len(total.broken)),
        ("seconds", round(total.seconds)),
    )
    _table(*lines)
    say(_list(tuple(total.broken)))


async def cancel(count: int, seed: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="homeward-cancels-") as folder:
        seen = await cancels(Path(folder), count, seed)
    say(f"Calls of the store cancelled at random, from seed {seed}")
    _table(
        ("calls cancelled", seen.cancelled),
        ("of which were written all the same", seen.committed),
        ("transactions left open", seen.open),
        ("acts torn in two", seen.torn),
    )
    return not seen.open and not seen.torn


async def fly(count: int, seed: int) -> bool:
    kept = True
    for way in ("polling", "webhook"):
        with tempfile.TemporaryDirectory(prefix="homeward-flights-") as folder:
            seen = await flights(Path(folder), count, seed, webhook=way == "webhook")
        say(f"Updates in flight at a death, by {way}, from seed {seed}")
        _table(
            ("kills", seen.kills),
            ("updates", seen.updates),
            ("in flight at a kill", seen.in_flight),
            ("lost", seen.lost),
            ("effects doubled", seen.doubled),
        )
        kept = kept and not seen.lost and not seen.doubled
    return kept


async def mutate(count: int, seed: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="homeward-mutations-") as folder:
        seen = await mutations(Path(folder), count, seed)
    say(f"Mutated updates, from seed {seed}")
    start, half, end = (*seen.memory, 0, 0)[:3]
    _table(
        ("updates", seen.updates),
        ("of which no handler could read", seen.unreadable),
        ("messages sent", seen.answers),
        ("messages to a chat in no update", seen.strangers),
        ("exceptions that no handler expected", len(seen.unhandled)),
        (
            "memory: start, first half, second half",
            f"{start}, {half}, {end} KB ({end / max(half, 1):.3f})",
        ),
    )
    for kind, times in Counter(seen.unhandled).most_common(20):
        say(f"      {times}x {kind}")
    return not seen.strangers and not seen.unhandled and end <= half * _MORE_MEMORY


async def plant() -> bool:
    say("Planted faults")
    all_red = True
    async for one in planted.verdicts():
        all_red = all_red and one.found
        say(f"  {'found ' if one.found else 'MISSED'}  {one.fault}: {one.title}")
        say(f"          by {one.drill}: {one.said}")
    return all_red


def _table(*lines: tuple[str, object]) -> None:
    for name, value in lines:
        say(f"  {name:<42}{value}")


def _of(total: Tally, rule: str) -> int:
    return sum(one.rule == rule for one in total.broken)


def _list(broken: tuple[Broken, ...]) -> str:
    return "".join(f"\n      {one.rule}: {one.what}" for one in broken[:20])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parts = parser.add_subparsers(dest="part", required=True)
    names = [one.__name__ for one in DRILLS]
    parts.add_parser("drills").add_argument(
        "names", nargs="*", choices=[*names, []], metavar="NAME"
    )
    parts.add_parser("planted")
    for name, count in (
        ("kills", 1000),
        ("cancels", 10_000),
        ("flights", 10_000),
        ("mutations", 50_000),
    ):
        one = parts.add_parser(name)
        one.add_argument("--count", type=int, default=count)
        one.add_argument("--seed", type=int, default=int(time.time()))
        if name == "kills":
            one.add_argument("--side-by-side", type=int, default=4)
    given = parser.parse_args()
    began = time.monotonic()
    match given.part:
        case "drills":
            part = drills(given.names)
        case "planted":
            part = plant()
        case "kills":
            part = kills(given.count, given.side_by_side, given.seed)
        case "cancels":
            part = cancel(given.count, given.seed)
        case "flights":
            part = fly(given.count, given.seed)
        case _:
            part = mutate(given.count, given.seed)
    kept = asyncio.run(part)
    say(f"  {'kept' if kept else 'BROKEN'} after {time.monotonic() - began:.0f} s\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
