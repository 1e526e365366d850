"""Who they are: how many service members and how many civilians each speaker counts.

Speakers may agree on how many returned and differ on who they were: 84 service members to one, 33
service members and 51 civilians to another. That is no conflict of numbers, and it is shown apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from exchange.arithmetic import ANY, NONE, Interval, bounds, counted_by
from exchange.records import Figure, Transfer, Unit

KINDS = (Unit.SERVICE_MEMBER, Unit.CIVILIAN)
"""The kinds of people that a speaker may set apart."""


def makeup(figure: Figure, unit: Unit) -> Mapping[Unit, Interval]:
    """How many of each kind a figure means; `unit` is whom its transfer counts."""
    counted = figure.unit or unit
    everybody = counted_by(figure) or ANY
    if counted in KINDS:
        return {kind: everybody if kind is counted else NONE for kind in KINDS}
    told = {kind: _part(figure, kind) for kind in KINDS}
    if figure.whole and figure.parts and all(part.unit in KINDS for part in figure.parts):
        return told
    return {kind: Interval(found.lo, everybody.hi) for kind, found in told.items()}


def differ_in_kind(transfer: Transfer) -> bool:
    """Whether two speakers can mean the same number of people, but not the same people."""
    spoken = [one for one in transfer.figures if counted_by(one)]
    return any(
        _agree(counted_by(one), counted_by(other))
        and not all(map(_agree, _kinds(one, transfer), _kinds(other, transfer)))
        for one, other in combinations(spoken, 2)
    )


def _part(figure: Figure, kind: Unit) -> Interval:
    own = [bounds(part.quantity) or ANY for part in figure.parts if part.unit is kind]
    return sum(own, start=NONE)


def _kinds(figure: Figure, transfer: Transfer) -> list[Interval]:
    return list(makeup(figure, transfer.unit).values())


def _agree(one: Interval | None, other: Interval | None) -> bool:
    return bool(one and other and one & other)
