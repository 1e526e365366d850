"""G5: publishing to a million readers beside a thousand; and what a delivery weighs."""

from __future__ import annotations

from benchmarks.goals import Goal
from benchmarks.nginx import Standin
from benchmarks.rounds import Bench, Entrant, interleaved, say, show

FEW, MANY, QUICKLY = 1_000, 1_000_000, 100_000


async def measure(bench: Bench, standin: Standin) -> list[Goal]:
    many = bench.of(MANY, QUICKLY)
    names = {people: f"{people:,} readers" for people in (FEW, many)}
    say("Publishing: the first message after the undo pause, other writers, memory, bytes")
    found = await interleaved(
        [
            Entrant(name, ("benchmarks.publishing", standin.slow, str(people)))
            for people, name in names.items()
        ],
        1,
    )
    show(found, {"publish_ms": "ms to publish", "first_ms": "ms to the first message"})
    show(found, {"put_in": "readers put in when the undo pause ends"})
    show(found, {"before_ms": "ms at most for other writers until then"})
    show(found, {"others_ms": "ms with 5 s of sending", "round_ms": "ms a claim of 9"})
    show(found, {"rate": "messages a second, 300 in flight, asked for 1000"})
    show(found, {"bytes": "bytes a delivery queued"})
    show(found, {"mb": "MB of memory before publishing", "more_mb": "MB more at most after it"})
    largest = {figure: spread.median for figure, spread in found[names[many]].items()}
    return [
        Goal("G5", f"{many:,} readers: first message", largest["first_ms"] / 1000, 1, unit=" s"),
        Goal(
            "G5", f"{many:,} readers: others wait before it", largest["before_ms"], 100, unit=" ms"
        ),
        Goal("G5", f"{many:,} readers: others wait in all", largest["others_ms"], 100, unit=" ms"),
    ]
