"""How far each pledge is kept: what was promised, what is documented, what is stated beside it.

Pledges of different speakers stay apart. Bodies have their own track, without any percentage, and
what became of them after their return is shown apart from it.
"""

from __future__ import annotations

from collections.abc import Sequence

from exchange.ledger import Ledger, by_number
from exchange.progress import PledgeStatus, Progress
from exchange.progress import progress as progress_of
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    Agreement,
    Identification,
    Pledge,
    Stage,
    StatedTotal,
    Unit,
)
from exchange.totals import known
from messages.figures import added_up, identification, of_unit
from messages.message import Button, Heading, Message, compose
from messages.pages import LINES, Block, Pages, cut, packed, wrapped
from messages.phrases import Phrases
from messages.pledges import mirrored, pledges_of, promise_notes, promised
from messages.status import nothing_recorded
from messages.values import Count, Day

_MOST = 2
_ROOM = LINES - 2
"""Rows of a page between its heading and its number."""


def progress(ledger: Ledger, agreement: str | None, page: int, language: str) -> Message:
    """Every pledge of an agreement, as many at a time as a phone shows."""
    phrases = Phrases(ledger, language)
    shown = ledger.agreements.get(agreement or "") or ledger.latest_agreement()
    if shown is None:
        return nothing_recorded(language)
    head = cut(Heading(phrases.title(shown)), 1)
    blocks = [*_pledges(phrases, shown), *_totals_alone(phrases, shown), *_bodies(phrases, shown)]
    blocks = blocks or [[phrases.say("status-no-pledge")]]
    pages = Pages(packed(blocks, _ROOM), page, 1)
    lines: list[str] = [head, *(line for block in pages.shown[0] for line in block)]
    lines += [pages.number(phrases.say)] if pages.count > 1 else []
    buttons = [
        pages.turn(phrases.say, f"progress:{shown.key}:", by_time=False),
        (
            Button(phrases.say("button-stages"), f"stages:{shown.key}:1"),
            Button(phrases.say("button-status"), f"status:{shown.key}"),
        ),
    ]
    return compose(lines, buttons, phrases.say("cut"))


def _pledges(phrases: Phrases, agreement: Agreement) -> list[Block]:
    blocks = []
    for bodies in (False, True):
        found = [
            progress_of(phrases.ledger, one)
            for one in pledges_of(phrases, agreement, bodies=bodies)
        ]
        while found:
            one = found.pop(0)
            other = next((later for later in found if _as_one(one, later)), None)
            if other:
                found.remove(other)
            blocks.append(_pledge(phrases, [one, other] if other else [one]))
    return blocks


def _as_one(one: Progress, other: Progress) -> bool:
    """Whether nothing but the direction differs, so that both are said in one go."""
    simple = not any(way.stated or way.beside for way in (*one.known, *other.known))
    return (
        simple
        and mirrored(one.pledge, other.pledge)
        and one.pledge.stated == other.pledge.stated
        and (one.status, one.gaps, one.stages, one.percent_at_least)
        == (other.status, other.gaps, other.stages, other.percent_at_least)
    )


def _pledge(phrases: Phrases, both: Sequence[Progress]) -> Block:
    """One pledge, or the same one in both directions; with fewer speakers where space is short."""
    lines = _lines(phrases, both, _MOST)
    return lines if wrapped(lines) <= _ROOM else _lines(phrases, both, 1)


def _lines(phrases: Phrases, both: Sequence[Progress], most: int) -> Block:
    found = both[0]
    ids = phrases.ids(sorted((one.pledge.key for one in both), key=by_number))
    what = _what(phrases, found.pledge, each_way=len(both) > 1)
    return [
        Heading(phrases.say("progress-pledge", ids=ids, what=what)),
        _promise(phrases, found.pledge, most),
        *_documented(phrases, both),
        *_stated(phrases, found),
        phrases.say(f"fulfilled-{found.status}"),
        *_share(phrases, found),
    ]


def _promise(phrases: Phrases, pledge: Pledge, most: int) -> str:
    speakers = list(dict.fromkeys(phrases.short_actor(one.speaker) for one in pledge.stated))
    named = speakers if len(speakers) <= most else speakers[:most]
    rest = [phrases.say("and-more", count=Count(len(speakers) - most))] if named != speakers else []
    notes = [*promise_notes(phrases, pledge), " ".join([", ".join(named), *rest])]
    quantity = promised(phrases, pledge)
    return phrases.say("progress-promised", quantity=quantity, notes="; ".join(notes))


def _stated(phrases: Phrases, found: Progress) -> list[str]:
    """What is stated as a sum: held against the stages where it can be, else beside them."""
    held = {one.key: one for way in found.known for one in way.stated}
    beside = {one.key: one for way in found.known for one in way.beside}
    return [
        *(_total(phrases, "total-stated", one, found.pledge) for one in held.values()),
        *([] if found.fits else [phrases.say("total-unfit")]),
        *(_total(phrases, "total-beside", one, found.pledge) for one in beside.values()),
    ]


def _what(phrases: Phrases, held: Pledge | StatedTotal, *, each_way: bool = False) -> str:
    """Whom or what a pledge or a total is about, and which way."""
    kind = "bodies" if held.unit is Unit.BODY else "people"
    if each_way:
        return phrases.say(f"pledged-{kind}-each-way")
    if held.returned_to == BOTH_NOT_SPLIT:
        return phrases.say(f"pledged-{kind}-unsplit")
    if held.returned_to == NOT_STATED:
        return phrases.say(f"pledged-{kind}-unstated")
    return phrases.say(f"pledged-{kind}", party=phrases.term(held.returned_to))


def _documented(phrases: Phrases, both: Sequence[Progress]) -> list[str]:
    """What the stages add up to by themselves, for each direction that is pledged."""
    found = both[0]
    if not found.stages:
        return []
    say, bodies = phrases.say, found.pledge.unit is Unit.BODY
    agreement = phrases.ledger.agreements[found.pledge.agreement]
    if len(both) == 1 and len(found.known) == 1:
        number = added_up(phrases, agreement, found.pledge.returned_to, bodies=bodies)
        lines = [say("progress-documented", number=number)]
    else:
        lines = [
            say(
                "progress-documented-to",
                party=phrases.term(party),
                number=added_up(phrases, agreement, party, bodies=bodies),
            )
            for party in phrases.parties(agreement)
        ]
    return [*lines, *_silent(phrases, found)]


def _silent(phrases: Phrases, found: Progress) -> list[str]:
    """Where it matters: how many stages have no number."""
    if not found.gaps or found.status is PledgeStatus.MET:
        return []
    return [phrases.say("progress-silent", count=Count(found.gaps), stages=Count(found.stages))]


def _total(phrases: Phrases, key: str, stated: StatedTotal, beside: Pledge | None = None) -> str:
    """A sum that somebody states: as it was said, by whom, of what, and through when.

    Its direction is named where it stands beside a pledge of another one.
    """
    say = phrases.say
    aside = beside is not None and beside.returned_to != stated.returned_to
    speakers = [phrases.short_actor(one.speaker) for one in stated.stated]
    notes = [
        phrases.several(list(dict.fromkeys(speakers)), _MOST, ", "),
        *([_direction(phrases, stated.returned_to)] if aside else []),
        *([phrases.label(stated.words)] if stated.words else []),
        *([say("total-since", day=Day(stated.since))] if stated.since else []),
        say("total-through", day=Day(stated.through)) if stated.through else say("total-no-end"),
    ]
    quantity = of_unit(phrases, stated.unit, phrases.quantity(stated.quantity))
    return say(key, quantity=quantity, notes="; ".join(notes))


def _direction(phrases: Phrases, returned_to: str) -> str:
    undirected = {BOTH_NOT_SPLIT: "note-together", NOT_STATED: "note-direction-not-stated"}
    if returned_to in undirected:
        return phrases.say(undirected[returned_to])
    return phrases.say("towards", party=phrases.term(returned_to))


def _share(phrases: Phrases, found: Progress) -> list[str]:
    """What part of a pledge of people is documented at least; of bodies no such thing is said."""
    percent, missing = found.percent_at_least, found.remaining_at_most
    told = (PledgeStatus.NOT_MET_SO_FAR, PledgeStatus.CANNOT_BE_DETERMINED)
    if found.pledge.unit is Unit.BODY or found.status not in told or not percent:
        return []
    lines = [phrases.say("progress-share", percent=Count(percent))]
    if missing is not None:
        lines.append(phrases.say("progress-remaining", count=Count(missing)))
    return lines


def _totals_alone(phrases: Phrases, agreement: Agreement) -> list[Block]:
    """Stated totals of a direction for which no pledge is recorded."""
    ledger = phrases.ledger
    beside_pledge = {
        one.key
        for pledge in ledger.pledges_of(agreement.key)
        for way in progress_of(ledger, pledge).known
        for one in (*way.stated, *way.beside)
    }
    return [
        [
            Heading(
                phrases.say("progress-pledge", ids=phrases.ids([one.key]), what=_what(phrases, one))
            ),
            _total(phrases, "total-stated", one),
        ]
        for one in ledger.totals_of(agreement.key)
        if one.key not in beside_pledge
    ]


def _bodies(phrases: Phrases, agreement: Agreement) -> list[Block]:
    """What became of bodies after their return, in each direction that has any."""
    blocks: list[Block] = []
    for party in phrases.parties(agreement):
        if known(phrases.ledger, agreement.key, party, bodies=True).computed.stages:
            found = [
                phrases.say(
                    "identification-of",
                    stage=phrases.record(stage.key),
                    words=identification(phrases, one),
                )
                for stage, one in _identified(phrases.ledger, agreement.key, party)[-3:]
            ]
            blocks.append(
                [
                    Heading(phrases.say("progress-bodies", party=phrases.term(party))),
                    *(found or [phrases.say("identification-none")]),
                    phrases.say("returned-not-identified"),
                ]
            )
    return blocks


def _identified(
    ledger: Ledger, agreement: str, party: str
) -> Sequence[tuple[Stage, Identification]]:
    """What is said of bodies after their return to a party, with the stage they returned in."""

    def found() -> list[tuple[Stage, Identification]]:
        return [
            (stage, one)
            for stage in ledger.completed_of(agreement)
            for transfer in stage.transfers
            for one in transfer.identifications
            if transfer.returned_to == party and transfer.unit is Unit.BODY
        ]

    return ledger.once(("identified", agreement, party), found, of=(Stage,))
