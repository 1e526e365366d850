"""Totals that somebody states, held against what the stages add up to.

A stated total can tighten what is known only where it counts what we count: the completed stages of
its agreement, in one direction, through a day that is named. Several speakers on the same stretch
of stages give their hull, as with one transfer. Stretches are taken in the order of events, and
what is stated of one is added to what was known before it; stages after its last day add on top.
Where a stated total does not fit what the stages add up to, the stages keep their sum and both are
shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from exchange.arithmetic import (
    ANY,
    NONE,
    Interval,
    Total,
    added,
    bounds,
    transferred,
)
from exchange.dates import EventDate, chronological
from exchange.ledger import Ledger
from exchange.quantity import Quantity
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    Stage,
    StatedTotal,
    TotalScope,
    Transfer,
    Unit,
)


@dataclass(frozen=True)
class Known:
    """What is known of one direction, people or bodies."""

    interval: Interval
    """What the stages add up to, tightened by the totals that fit."""
    computed: Total
    """What the stages add up to by themselves."""
    stated: tuple[StatedTotal, ...]
    """The totals that were held against the stages."""
    beside: tuple[StatedTotal, ...]
    """The totals that cannot be: they count something else, or nobody said through when."""
    fits: bool
    """Whether every total held against the stages leaves anything possible."""

    @property
    def spoken(self) -> Quantity | None:
        """The one quantity that `interval` rests on, to be printed as it was said; else None."""
        if self.interval == self.computed.interval:
            return self.computed.spoken
        said = [one.quantity for one in self.stated if _says(one) == self.interval]
        return said[0] if said and all(one == said[0] for one in said) else None


def known(ledger: Ledger, agreement: str, returned_to: str, *, bodies: bool) -> Known:
    """What the completed stages of an agreement and the totals stated of them tell together."""
    return ledger.once(
        ("known", agreement, returned_to, bodies),
        lambda: _known(ledger, agreement, returned_to, bodies=bodies),
        of=(Stage, StatedTotal),
    )


def _known(ledger: Ledger, agreement: str, returned_to: str, *, bodies: bool) -> Known:
    transfers = _transfers(ledger, agreement).get((returned_to, bodies), [])
    found = [transferred(one) for _, one in transfers]
    computed = added([one for _, one in transfers], found)
    steps: dict[str, Interval] = {}
    for (stage, _), one in zip(transfers, found, strict=True):
        steps[stage.key] = steps.get(stage.key, NONE) + (one or ANY)
    stages = [ledger.stages[key] for key in steps]
    stated = [
        one
        for one in ledger.totals_of(agreement)
        if (one.unit is Unit.BODY) == bodies
        and one.returned_to in (returned_to, BOTH_NOT_SPLIT, NOT_STATED)
    ]
    stretches = _stretches(stages, [one for one in stated if one.returned_to == returned_to])
    held = {one.key for totals in stretches.values() for one in totals}
    interval, fits = computed.interval, True
    if stages:
        interval, fits = _tightened(list(steps.values()), stretches)
    return Known(
        interval=interval,
        computed=computed,
        stated=tuple(one for one in stated if one.key in held),
        beside=tuple(one for one in stated if one.key not in held),
        fits=fits,
    )


def _transfers(
    ledger: Ledger, agreement: str
) -> Mapping[tuple[str, bool], Sequence[tuple[Stage, Transfer]]]:
    """What feeds each total of an agreement, in the order of events."""

    def divided() -> dict[tuple[str, bool], list[tuple[Stage, Transfer]]]:
        found: dict[tuple[str, bool], list[tuple[Stage, Transfer]]] = {}
        for stage in ledger.completed_of(agreement):
            for one in stage.transfers:
                feeds = one.returned_to, one.unit is Unit.BODY
                found.setdefault(feeds, []).append((stage, one))
        return found

    return ledger.once(("transfers", agreement), divided, of=(Stage,))


Stretch = tuple[int, int]
"""The stages from one place up to, and without, another."""


def _stretches(
    stages: Sequence[Stage], stated: Sequence[StatedTotal]
) -> Mapping[Stretch, list[StatedTotal]]:
    """The totals that bound a stretch of these stages, in the order of the stretches.

    Days between two stages make no difference: totals of the same stages are of one stretch.
    """
    days = [stage.date for stage in stages if stage.date]
    named = [day for one in stated for day in (one.since, one.through) if day]
    order = chronological([*days, *named])
    in_order = sorted(map(order, days))

    def before(day: EventDate) -> int:
        return bisect_left(in_order, order(day))

    def through(day: EventDate) -> int:
        return bisect_right(in_order, order(day))

    found: dict[Stretch, list[StatedTotal]] = {}
    for one in stated:
        if one.scope is not TotalScope.AGREEMENT or one.through is None or _says(one) is None:
            continue
        stretch = (before(one.since) if one.since else 0, through(one.through))
        if stretch[0] < stretch[1]:
            found.setdefault(stretch, []).append(one)
    return dict(sorted(found.items()))


def _tightened(
    steps: Sequence[Interval], stretches: Mapping[Stretch, Sequence[StatedTotal]]
) -> tuple[Interval, bool]:
    """The sum of the steps within what is stated of stretches, and whether all of that fits."""
    ending: dict[int, list[tuple[int, Interval]]] = {}
    for (first, last), totals in stretches.items():
        ending.setdefault(last, []).append((first, _hull(totals)))
    reached, fits = [NONE], True
    for place, step in enumerate(steps, start=1):
        here = reached[-1] + step
        for first, said in ending.get(place, ()):
            within = here & (reached[first] + said)
            here, fits = within or here, fits and within is not None
        reached.append(here)
    return reached[-1], fits


def _hull(totals: Sequence[StatedTotal]) -> Interval:
    return reduce(Interval.__or__, [_says(one) or ANY for one in totals])


def _says(stated: StatedTotal) -> Interval | None:
    """What a stated total says of all together: some kind of people alone is a lower end."""
    found = bounds(stated.quantity)
    if found is None or stated.unit in (Unit.PERSON, Unit.BODY):
        return found
    return Interval(found.lo, None)
