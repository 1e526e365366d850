"""Entrants that take turns, each run in a process of its own, and what came of them."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.load import Figures

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(".venv", "peers", "bin", "python")
"""The Python that has other people's libraries; `make bench` makes it."""
LEAN = Path(".venv", "lean", "bin", "python")
"""The Python that has what the bot needs and nothing else; `make bench` makes it as well."""
PATIENCE = 600
"""Seconds for one entrant's turn; whoever hangs ends the run."""


@dataclass(frozen=True)
class Bench:
    """How thorough this run is."""

    quick: bool

    def of(self, whole: int, quick: int) -> int:
        return quick if self.quick else whole


@dataclass(frozen=True)
class Entrant:
    """One of those that are compared: a module and its arguments."""

    name: str
    words: Sequence[str]
    peer: bool = False

    async def run(self) -> Figures:
        python = str(ROOT / PEERS) if self.peer else sys.executable
        child = await asyncio.create_subprocess_exec(
            python, "-m", *self.words, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        try:
            said, _ = await asyncio.wait_for(child.communicate(), PATIENCE)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode:
            raise RuntimeError(f"{self.name} ended with {child.returncode}; the reason is above.")
        figures: Figures = json.loads(said.splitlines()[-1])
        return figures


@dataclass(frozen=True)
class Spread:
    """A figure over all rounds."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.values)

    def __str__(self) -> str:
        low, high = min(self.values), max(self.values)
        return f"{self.median:9.1f} [{low:.1f}..{high:.1f}]"


async def interleaved(entrants: Sequence[Entrant], rounds: int) -> Mapping[str, dict[str, Spread]]:
    """Everybody's figures by name, after so many rounds in which all took their turn."""
    found: dict[str, list[Figures]] = {entrant.name: [] for entrant in entrants}
    for _ in range(rounds):
        for entrant in entrants:
            found[entrant.name].append(await entrant.run())
    return {
        name: {figure: Spread([run[figure] for run in runs]) for figure in runs[0]}
        for name, runs in found.items()
    }


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def show(found: Mapping[str, Mapping[str, Spread]], figures: Mapping[str, str]) -> None:
    """A line for each entrant, with these of its figures and their units; median [min..max]."""
    for name, spreads in found.items():
        parts = [f"{spreads[one]!s:<30} {unit}" for one, unit in figures.items() if one in spreads]
        say(f"  {name:<44} {'   '.join(parts)}")
