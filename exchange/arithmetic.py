"""What the published figures add up to, and nothing more.

Three rules, from figures to totals:

1. A figure is an interval: "more than 1,000" says [1001, no end). "About" and "not published" say
   nothing that can be added, so they set no bound. Given in parts that are everybody, "152 and 5
   wounded", it is their sum.
2. The figures of several speakers for one transfer give their hull: the lowest of the lower ends,
   the highest of the upper ends. Nobody is averaged, nobody is picked.
3. Completed stages add end by end. A stage without a number adds 0 to the lower end, takes the
   upper end away, and is counted as a gap: unknown never becomes 0.

Bounds are for comparing. In a text a quantity is printed as it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

from exchange.quantity import Qualifier, Quantity
from exchange.records import Figure, Stage, Transfer, Unit


@dataclass(frozen=True)
class Interval:
    """All whole numbers from `lo` to `hi`, both included; no upper end where `hi` is None."""

    lo: int
    hi: int | None

    def __add__(self, other: Interval) -> Interval:
        hi = None if self.hi is None or other.hi is None else self.hi + other.hi
        return Interval(self.lo + other.lo, hi)

    def __or__(self, other: Interval) -> Interval:
        """The hull of both."""
        hi = None if self.hi is None or other.hi is None else max(self.hi, other.hi)
        return Interval(min(self.lo, other.lo), hi)

    def __and__(self, other: Interval) -> Interval | None:
        """What both allow; None where they do not fit together."""
        ends = [end for end in (self.hi, other.hi) if end is not None]
        lo, hi = max(self.lo, other.lo), min(ends, default=None)
        return None if hi is not None and hi < lo else Interval(lo, hi)


ANY = Interval(0, None)
NONE = Interval(0, 0)


def bounds(quantity: Quantity) -> Interval | None:
    """What a quantity says of the true number; None where it sets no bound."""
    value = quantity.value or 0
    match quantity.qualifier:
        case Qualifier.EXACT:
            return Interval(value, value)
        case Qualifier.AT_LEAST:
            return Interval(value, None)
        case Qualifier.MORE_THAN:
            return Interval(value + 1, None)
        case Qualifier.AT_MOST:
            return Interval(0, value)
        case Qualifier.RANGE:
            return Interval(value, quantity.value_hi)
        case Qualifier.ABOUT | Qualifier.UNKNOWN:
            return None


def counted_by(figure: Figure) -> Interval | None:
    """What a figure says of all together; None where it sets no bound.

    Parts that are everybody add up to the whole ("152 and 5 wounded"); other parts are no more than
    a lower end for it (I9).
    """
    whole, parts = bounds(figure.quantity), in_parts(figure)
    if whole and parts:
        return whole & parts or whole
    return whole or parts


def in_parts(figure: Figure) -> Interval | None:
    """What a figure's parts alone say of all together; None where they set no bound."""
    if not figure.parts:
        return None
    known = sum((bounds(part.quantity) or ANY for part in figure.parts), start=NONE)
    found = known if figure.whole else Interval(known.lo, None)
    return None if found == ANY else found


def transferred(transfer: Transfer) -> Interval | None:
    """The hull of a transfer's figures; None where nobody published a number that bounds it.

    The same words of the same speaker, read in two places, are one figure: a hull does not
    change when one of its parts is named twice.
    """
    known = [found for figure in transfer.figures if (found := counted_by(figure))]
    return reduce(Interval.__or__, known) if known else None


@dataclass(frozen=True)
class Total:
    """What completed stages add up to in one direction."""

    interval: Interval
    stages: int
    """How many completed stages returned anybody in this direction."""
    gaps: int
    """How many of them without a number that bounds it."""
    spoken: Quantity | None
    """The one quantity that the total rests on, to be printed as it was said; else None."""
    approximate: tuple[Quantity, ...]
    """Quantities given with "about": shown beside, never added."""
    beyond: int
    """How many of the lower ends come from "more than", which names one less."""

    @cached_property
    def about(self) -> tuple[Quantity, ...]:
        """The quantities given with "about", each once."""
        found: list[Quantity] = []
        for one in self.approximate:
            if one not in found:
                found.append(one)
        return tuple(found)

    @property
    def published(self) -> bool:
        """Whether any number at all was published."""
        return self.gaps < self.stages or bool(self.approximate)


def total(stages: Iterable[Stage], returned_to: str, *, bodies: bool) -> Total:
    """The total of completed stages for one direction, people or bodies (I4)."""
    transfers = counted(stages, returned_to, bodies=bodies)
    return added(transfers, [transferred(one) for one in transfers])


def added(transfers: Sequence[Transfer], found: Sequence[Interval | None]) -> Total:
    """What these transfers, which all feed one total, add up to, each known to be so much."""
    figures = [figure for transfer in transfers for figure in transfer.figures]
    return Total(
        interval=sum((one or ANY for one in found), start=NONE) if found else ANY,
        stages=len(transfers),
        gaps=found.count(None),
        spoken=_the_only(figures) if len(transfers) == 1 else None,
        approximate=tuple(one for transfer in transfers for one in _approximate(transfer)),
        beyond=sum(map(_is_beyond, transfers, found)),
    )


def counted(stages: Iterable[Stage], returned_to: str, *, bodies: bool) -> list[Transfer]:
    """The transfers that feed the total of one direction, people or bodies."""
    return [
        transfer
        for stage in stages
        for transfer in stage.transfers
        if transfer.returned_to == returned_to and (transfer.unit is Unit.BODY) == bodies
    ]


def _is_beyond(transfer: Transfer, known: Interval | None) -> bool:
    return known is not None and any(
        figure.quantity.qualifier is Qualifier.MORE_THAN and figure.quantity.value == known.lo - 1
        for figure in transfer.figures
    )


def _approximate(transfer: Transfer) -> list[Quantity]:
    """What was said with "about", once for each speaker however many sources relay it."""
    said = [
        (figure.stated.speaker, figure.quantity)
        for figure in transfer.figures
        if figure.quantity.qualifier is Qualifier.ABOUT
    ]
    return [one for place, (_, one) in enumerate(said) if said[place] not in said[:place]]


def _the_only(figures: list[Figure]) -> Quantity | None:
    """The one quantity that says all that these figures say; parts may say more."""
    said = [one.quantity for one in figures if bounds(one.quantity) == counted_by(one)]
    alike = len(said) == len(figures) and all(one == said[0] for one in said)
    return said[0] if said and alike else None
