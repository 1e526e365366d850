"""How numbers are said: those of one stage as they were spoken, and what stages add up to.

A bound is never printed where a speaker gave another word: "more than 1,000" stays that, also in a
total, although its lower end is 1,001.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exchange.arithmetic import Total, counted, transferred
from exchange.arithmetic import total as total_of
from exchange.quantity import Qualifier, Quantity
from exchange.records import Figure, Stage, Transfer
from messages.phrases import Phrases
from messages.values import Count


def said(phrases: Phrases, transfer: Transfer) -> str:
    """The number of one direction; where speakers differ, each number with its speakers."""
    numbers = _numbers(transfer)
    if not numbers:
        return phrases.say("not-published")
    if len(numbers) == 1:
        return phrases.quantity(numbers[0])
    parts = [
        phrases.say(
            "figure-of",
            quantity=phrases.quantity(number),
            speaker=_speakers(phrases, transfer, number),
        )
        for number in numbers
    ]
    return phrases.say("figures-differ", figures=phrases.several(parts, 4))


def whose(transfers: Sequence[Transfer]) -> list[str]:
    """Who said the numbers of these directions, where `said` does not name them already."""
    return [
        figure.stated.speaker
        for transfer in transfers
        if len(_numbers(transfer)) == 1
        for figure in transfer.figures
        if _tells(figure)
    ]


def total(
    phrases: Phrases, stages: Sequence[Stage], party: str, *, bodies: bool, words: bool = True
) -> str:
    """What the completed stages add up to for one party; `words`: with words as printed."""
    found = total_of(stages, party, bodies=bodies)
    if not found.stages:
        return phrases.say("no-return-recorded")
    if found.spoken:
        return phrases.quantity(found.spoken if words else replace(found.spoken, words=None))
    if not found.published:
        return phrases.say("not-published")
    quantity = _as_quantity(found, _beyond(stages, party, bodies=bodies))
    return phrases.quantity(quantity) if quantity else _in_part(phrases, found)


def _in_part(phrases: Phrases, found: Total) -> str:
    """Nothing bounds the total, but some stages may have a number given with "about"."""
    if not found.approximate:
        return phrases.say("total-not-known")
    numbers = [phrases.quantity(replace(one, words=None)) for one in found.approximate]
    return phrases.say(
        "approximate-in-part",
        quantity=phrases.several(list(dict.fromkeys(numbers)), 2, ", "),
        count=Count(len(found.approximate)),
        stages=Count(found.stages),
    )


def _as_quantity(found: Total, beyond: int) -> Quantity | None:
    """The total as somebody would say it; None where it has neither a lower nor an upper end."""
    low, high = found.interval.lo, found.interval.hi
    if high is None:
        if low == 0:
            return None
        if beyond:
            return Quantity(Qualifier.MORE_THAN, low - beyond)
        return Quantity(Qualifier.AT_LEAST, low)
    if low == high:
        return Quantity(Qualifier.EXACT, low)
    if low == 0:
        return Quantity(Qualifier.AT_MOST, high)
    return Quantity(Qualifier.RANGE, low, high)


def _beyond(stages: Sequence[Stage], party: str, *, bodies: bool) -> int:
    """In how many directions the lower end comes from "more than", which names one less."""
    return sum(
        any(
            figure.quantity.qualifier is Qualifier.MORE_THAN
            and figure.quantity.value == interval.lo - 1
            for figure in transfer.figures
        )
        for transfer in counted(stages, party, bodies=bodies)
        if (interval := transferred(transfer))
    )


def _numbers(transfer: Transfer) -> list[Quantity]:
    """The different quantities of a direction that tell anything."""
    numbers: list[Quantity] = []
    for figure in transfer.figures:
        if _tells(figure) and figure.quantity not in numbers:
            numbers.append(figure.quantity)
    return numbers


def _tells(figure: Figure) -> bool:
    return figure.quantity.value is not None or figure.quantity.words is not None


def _speakers(phrases: Phrases, transfer: Transfer, number: Quantity) -> str:
    return phrases.actors(
        figure.stated.speaker for figure in transfer.figures if figure.quantity == number
    )
