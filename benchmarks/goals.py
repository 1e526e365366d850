"""A figure with its aim; printed as it is, reached or not."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One measured figure and what it is to be."""

    key: str
    what: str
    figure: float
    aim: float
    at_least: bool = False
    """Whether the aim is a lower bound; else it is an upper one."""
    unit: str = ""

    @property
    def reached(self) -> bool:
        return self.figure >= self.aim if self.at_least else self.figure <= self.aim

    def __str__(self) -> str:
        aim = f"{'>=' if self.at_least else '<='} {self.aim:g}{self.unit}"
        verdict = "reached" if self.reached else "FALLS SHORT"
        figure = (
            f"{self.figure:.3f}{self.unit}"
            if abs(self.figure) < 100
            else (f"{self.figure:.0f}{self.unit}")
        )
        return f"{self.key:<4} {self.what:<66} {figure:>10}   aim {aim:<9} {verdict}"


def show(goals: Iterable[Goal]) -> None:
    for goal in goals:
        sys.stdout.write(f"{goal}\n")
    sys.stdout.flush()
