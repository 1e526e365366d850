"""How numbers are said: those of one stage as they were spoken, and what stages add up to.

A bound is never printed where a speaker gave another word: "more than 1,000" stays that, also in a
total, although its lower end is 1,001.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exchange.arithmetic import Interval, Total, counted_by
from exchange.makeup import differ_in_kind
from exchange.quantity import Qualifier, Quantity
from exchange.records import Agreement, Figure, Identification, Part, Transfer, Unit
from exchange.totals import Known, known
from messages.phrases import Phrases
from messages.values import Count


def said(phrases: Phrases, transfer: Transfer) -> str:
    """The number of one direction; where speakers differ, each number with its speakers."""
    numbers = _numbers(transfer)
    if not numbers:
        return phrases.say("not-published")
    if len(numbers) == 1:
        return figure_words(phrases, numbers[0])
    parts = [
        phrases.say(
            "figure-of",
            quantity=figure_words(phrases, number),
            speaker=_speakers(phrases, transfer, number),
        )
        for number in numbers
    ]
    listed = phrases.several(parts, 4)
    if len({counted_by(number) for number in numbers}) > 1:
        return phrases.say("figures-differ", figures=listed)
    return phrases.say("who-differs", figures=listed) if differ_in_kind(transfer) else listed


def figure_words(phrases: Phrases, figure: Figure) -> str:
    """A figure as it was said, whole or in parts; says whom its speaker counts."""
    quantity = phrases.quantity(figure.quantity)
    if figure.parts:
        parts = " + ".join(_part(phrases, part) for part in figure.parts)
        if not figure.whole:
            quantity = phrases.say("figure-among", quantity=quantity, parts=parts)
        elif figure.quantity.value is None:
            quantity = parts
        else:
            quantity = phrases.say("figure-in-parts", quantity=quantity, parts=parts)
    return of_unit(phrases, figure.unit, quantity)


def of_unit(phrases: Phrases, unit: Unit | None, quantity: str) -> str:
    """The quantity, with whom its speaker counts where that is not plain people."""
    if unit in (Unit.SERVICE_MEMBER, Unit.CIVILIAN):
        return phrases.say("quantity-of", who=phrases.say(f"unit-{unit}"), quantity=quantity)
    return quantity


def identification(phrases: Phrases, one: Identification) -> str:
    """How many bodies are in which state, and who says so."""
    number = figure_words(phrases, one.figure)
    words = phrases.say("quantity-of", who=phrases.say(f"body-{one.state}"), quantity=number)
    speaker = phrases.short_actor(one.figure.stated.speaker)
    return phrases.say("figure-of", quantity=words, speaker=speaker)


def whose(transfers: Sequence[Transfer]) -> list[str]:
    """Who said the numbers of these directions, where `said` does not name them already."""
    return [
        figure.stated.speaker
        for transfer in transfers
        if len(_numbers(transfer)) == 1
        for figure in transfer.figures
        if _tells(figure)
    ]


def returned(
    phrases: Phrases, agreement: Agreement, party: str, *, bodies: bool, words: bool = True
) -> str:
    """What is known to have been returned to one party, by the stages and what is stated of them.

    `words`: with words as printed.
    """
    found = known(phrases.ledger, agreement.key, party, bodies=bodies)
    if found.interval == found.computed.interval:
        return added_up(phrases, agreement, party, bodies=bodies, words=words)
    quantity = found.spoken or _as_quantity(found.interval, _beyond_stated(found))
    stated = phrases.quantity(replace(quantity, words=None)) if quantity else ""
    return phrases.say("from-stated-total", quantity=stated)


def added_up(
    phrases: Phrases, agreement: Agreement, party: str, *, bodies: bool, words: bool = True
) -> str:
    """What the completed stages add up to for one party; `words`: with words as printed."""
    found = known(phrases.ledger, agreement.key, party, bodies=bodies).computed
    if not found.stages:
        return phrases.say("no-return-recorded")
    if found.spoken:
        return phrases.quantity(found.spoken if words else replace(found.spoken, words=None))
    if not found.published:
        return phrases.say("not-published")
    quantity = _as_quantity(found.interval, found.beyond)
    return phrases.quantity(quantity) if quantity else _in_part(phrases, found)


def _in_part(phrases: Phrases, found: Total) -> str:
    """Nothing bounds the total, but some stages may have a number given with "about"."""
    if not found.approximate:
        return phrases.say("total-not-known")
    numbers = [phrases.quantity(replace(one, words=None)) for one in found.about]
    return phrases.say(
        "approximate-in-part",
        quantity=phrases.several(list(dict.fromkeys(numbers)), 2, ", "),
        count=Count(len(found.approximate)),
        stages=Count(found.stages),
    )


def _as_quantity(found: Interval, beyond: int) -> Quantity | None:
    """The total as somebody would say it; None where it has neither a lower nor an upper end."""
    low, high = found.lo, found.hi
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


def _beyond_stated(found: Known) -> int:
    """Whether a lower end comes from a stated "more than", which names one less."""
    return int(any(one.quantity.qualifier is Qualifier.MORE_THAN for one in found.stated))


def _part(phrases: Phrases, part: Part) -> str:
    quantity = of_unit(phrases, part.unit, phrases.quantity(part.quantity))
    if part.category is None:
        return quantity
    return phrases.say("quantity-of", who=phrases.term(part.category), quantity=quantity)


def _numbers(transfer: Transfer) -> list[Figure]:
    """The different figures of a direction that tell anything, each once."""
    numbers: list[Figure] = []
    for figure in transfer.figures:
        if _tells(figure) and not any(_alike(figure, one) for one in numbers):
            numbers.append(figure)
    return numbers


def _tells(figure: Figure) -> bool:
    quantity = figure.quantity
    return quantity.value is not None or quantity.words is not None or bool(figure.parts)


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same, whoever says it."""
    return replace(one, stated=other.stated) == other


def _speakers(phrases: Phrases, transfer: Transfer, number: Figure) -> str:
    return phrases.actors(
        figure.stated.speaker for figure in transfer.figures if _alike(figure, number)
    )
