"""How pledges are said, and whether they are met. Pledges of different speakers stay apart."""

from __future__ import annotations

from collections.abc import Sequence

from exchange.progress import PledgeStatus, progress
from exchange.records import BOTH_NOT_SPLIT, NOT_STATED, Agreement, Pledge, Principle, Unit
from messages.phrases import Phrases

_MOST = 3


def pledges_of(phrases: Phrases, agreement: Agreement, *, bodies: bool) -> tuple[Pledge, ...]:
    """The agreement's pledges of people or of bodies, by party, as the reader's language sorts."""
    own = [
        one for one in phrases.ledger.pledges_of(agreement.key) if (one.unit is Unit.BODY) == bodies
    ]
    return tuple(phrases.by_direction(agreement, own))


def pledged(
    phrases: Phrases, pledges: Sequence[Pledge], *, notes: bool = True, most: int = _MOST
) -> str:
    """These pledges in one line; the same for both parties is said once, for each way."""
    parts: list[str] = []
    for number, pledge in enumerate(pledges):
        if any(mirrored(pledge, earlier) for earlier in pledges[:number]):
            continue
        each_way = any(mirrored(pledge, later) for later in pledges[number + 1 :])
        parts.append(_one(phrases, pledge, each_way=each_way, notes=notes))
    return phrases.several(list(dict.fromkeys(parts)), most)


def promised(phrases: Phrases, pledge: Pledge) -> str:
    """How much a pledge promises, as it was said."""
    if pledge.principle is Principle.ALL_FOR_ALL_IN_CATEGORY and pledge.quantity.value is None:
        return phrases.say("all-for-all")
    if pledge.quantity.value is None and pledge.quantity.words:
        return phrases.words(pledge.quantity.words)
    return phrases.quantity(pledge.quantity)


def promise_notes(phrases: Phrases, pledge: Pledge) -> list[str]:
    """Of whom, and how firmly."""
    categories = [phrases.term(key) for key in pledge.categories]
    return [
        *([phrases.several(categories, 4, ", ")] if categories else []),
        *([phrases.say("note-in-principle")] if pledge.in_principle else []),
    ]


def met(phrases: Phrases, pledges: Sequence[Pledge], *, most: int = _MOST) -> str:
    """Whether these pledges are met, as far as published figures tell."""
    groups: dict[PledgeStatus, list[Pledge]] = {}
    for pledge in pledges:
        groups.setdefault(progress(phrases.ledger, pledge).status, []).append(pledge)
    if len(groups) == 1:
        return phrases.say(f"met-{next(iter(groups))}")
    by_party = len({one.returned_to for one in pledges}) == len(pledges)
    parts = [
        phrases.say(
            "met-of",
            met=phrases.say(f"met-{status}"),
            pledge=_towards(phrases, group) if by_party else pledged(phrases, group, notes=False),
        )
        for status, group in groups.items()
    ]
    return phrases.several(parts, most)


def can_be_told(phrases: Phrases, pledges: Sequence[Pledge]) -> bool:
    """Whether the question of being met makes sense for any of these pledges yet."""
    senseless = (PledgeStatus.NO_STAGE_RECORDED, PledgeStatus.NO_ARITHMETIC)
    return any(progress(phrases.ledger, one).status not in senseless for one in pledges)


def mirrored(one: Pledge, other: Pledge) -> bool:
    """Whether two pledges promise the same to two different parties."""
    directed = {one.returned_to, other.returned_to}.isdisjoint({BOTH_NOT_SPLIT, NOT_STATED})
    same = (one.quantity, one.principle, one.in_principle, one.categories, one.unit) == (
        other.quantity,
        other.principle,
        other.in_principle,
        other.categories,
        other.unit,
    )
    return directed and same and one.returned_to != other.returned_to


def _one(phrases: Phrases, pledge: Pledge, *, each_way: bool, notes: bool) -> str:
    text = promised(phrases, pledge)
    if each_way:
        text = phrases.say("pledge-each-way", quantity=text)
    elif pledge.returned_to not in (BOTH_NOT_SPLIT, NOT_STATED):
        text = phrases.say("pledge-to", party=phrases.term(pledge.returned_to), quantity=text)
    noted = [
        *(["note-together"] if pledge.returned_to == BOTH_NOT_SPLIT else []),
        *(["note-in-principle"] if pledge.in_principle else []),
    ]
    if not notes or not noted:
        return text
    return phrases.say("pledge-noted", pledge=text, notes=", ".join(map(phrases.say, noted)))


def _towards(phrases: Phrases, pledges: Sequence[Pledge]) -> str:
    """The parties of pledges that differ by their parties alone."""
    return ", ".join(
        phrases.say("towards", party=phrases.term(one.returned_to))
        if one.returned_to not in (BOTH_NOT_SPLIT, NOT_STATED)
        else _one(phrases, one, each_way=False, notes=False)
        for one in pledges
    )
