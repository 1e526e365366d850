"""Runs the subjects one after another, then says which aims were reached.

python -m benchmarks [--quick] [SUBJECT ...]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence

from benchmarks import answering, answers, commands, flood, million, pace, paid, pause, starting
from benchmarks.goals import Goal, show
from benchmarks.nginx import NoNginx, Standin, serving
from benchmarks.rounds import PEERS, ROOT, Bench, say

Subject = Callable[[Bench, Standin], Awaitable[list[Goal]]]
SUBJECTS: dict[str, Subject] = {
    "pace": pace.measure,
    "paid": paid.measure,
    "flood": flood.measure,
    "pause": pause.measure,
    "million": million.measure,
    "commands": commands.measure,
    "answering": answering.measure,
    "answers": answers.measure,
    "starting": starting.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="a short look: fewer, shorter rounds")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    wishes = parser.parse_args(arguments)
    if unknown := set(wishes.subjects) - set(SUBJECTS):
        return _complain(f"There is no subject {', '.join(sorted(unknown))}.")
    if not (ROOT / PEERS).exists():
        return _complain("What it is compared with is not set up; `make bench` does that.")
    try:
        asyncio.run(_run(wishes.subjects or list(SUBJECTS), Bench(wishes.quick)))
    except NoNginx as missing:
        return _complain(str(missing))
    return 0


async def _run(names: Sequence[str], bench: Bench) -> None:
    goals: list[Goal] = []
    async with serving() as standin:
        for name in names:
            goals += await SUBJECTS[name](bench, standin)
            say()
    show(goals)


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
