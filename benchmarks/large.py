"""A large ledger: the words of the Istanbul one, and as many records as nobody will ever have.

Half of it belongs to one agreement, the one recorded last. All figures are made up.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from benchmarks.crowd import now, store_in
from benchmarks.house import LEDGER
from bot.ledger_file import load_file
from exchange.corrections import Reason
from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.quantity import NOT_PUBLISHED, Qualifier, Quantity
from exchange.records import (
    Actor,
    Claim,
    ClaimScope,
    Figure,
    Lifecycle,
    Pledge,
    Record,
    Source,
    Stage,
    StageKind,
    Stance,
    StanceKind,
    StatedTotal,
    Statement,
    Term,
    Transfer,
    Unit,
)
from storage.history import Act, Made

PARTIES = ("UA", "RU")
VOICES = ("coordination-headquarters", "defence-ministry-of-russia")
OFFICIALS = ("ukrainian-officials", "russian-officials")
AGREEMENTS = ("harbour", "bridge", "meadow", "orchard")
_OWNERS = (*AGREEMENTS, *AGREEMENTS[-1:] * 2)
"""To whom one record after another belongs."""
_FIRST_DAY = date(1990, 1, 1)
_QUANTITIES = (
    NOT_PUBLISHED,
    Quantity(Qualifier.EXACT, 84),
    Quantity(Qualifier.MORE_THAN, 100),
    Quantity(Qualifier.ABOUT, 60),
    Quantity(Qualifier.RANGE, 40, 45),
    Quantity(Qualifier.AT_LEAST, 205),
)
_EVERY_OF_THE_FIRST = 10
_EVERY_TOTAL, _EVERY_SOURCE, _EVERY_BODIES, _EVERY_ANNOUNCED = 500, 50, 25, 500
"""One total in so many stages, one source for so many records, and so on."""


async def history_of(stages: int, claims: int, corrections: int = 0) -> list[Act]:
    """How a ledger with so many of each came to be, in the words of the Istanbul one."""
    with tempfile.TemporaryDirectory() as folder:
        async with store_in(Path(folder)) as store:
            await load_file(store, LEDGER, now())
            words = await store.ledger()
    return history(large(words, stages, claims), corrections, now())


def large(words: Ledger, stages: int, claims: int) -> list[Record]:
    """So many of each with all that they rest on, in the order of a ledger file."""
    known = words.entries.values()
    pattern = next(iter(words.agreements.values()))
    sources = [f"R{n}" for n in range(1, (stages + claims) // _EVERY_SOURCE + 1)]
    days = [_FIRST_DAY + timedelta(days=n) for n in range(stages)]
    return [
        *(one.record for one in known if isinstance(one.record, Term | Actor)),
        *(Source(key, url=f"https://news.example/{key}", read_on=_FIRST_DAY) for key in sources),
        *(replace(pattern, key=key, sources=("R1",)) for key in AGREEMENTS),
        *_pledges(),
        *_stages(days, sources),
        *_totals(days, sources),
        *_claims(next(iter(words.claims.values())), claims, stages, sources),
    ]


def history(records: Sequence[Record], corrections: int, at: datetime) -> list[Act]:
    """All recorded in one act a year ago; then a correction an hour, each tenth of one stage."""
    begun = at - timedelta(days=365)
    everything = Act(begun, "mod-1", "recorded", tuple(Made(one.key, one) for one in records))
    stages = [one for one in records if isinstance(one, Stage)]
    return [everything] + [
        Act(begun + timedelta(hours=number), "mod-1", Reason.NEW_FIGURE, (made,))
        for number, made in enumerate(_corrections(stages, corrections), start=1)
    ]


def counting(stage: Stage, people: int) -> Stage:
    """The stage with so many in its first direction, and nobody who says otherwise."""
    [first, *others] = stage.transfers
    figure = Figure(Quantity(Qualifier.EXACT, people), Statement(VOICES[0], stage.sources[0]))
    return replace(stage, transfers=(replace(first, figures=(figure,)), *others))


def _corrections(stages: Sequence[Stage], count: int) -> Iterator[Made]:
    for number in range(1, count + 1):
        stage = stages[number if number % _EVERY_OF_THE_FIRST else 0]
        yield Made(stage.key, counting(stage, 500 + number), correction=f"X{number}")


def _pledges() -> Iterator[Pledge]:
    kinds = [(unit, party) for unit in (Unit.PERSON, Unit.BODY) for party in PARTIES]
    pledged = ((agreement, *kind) for agreement in AGREEMENTS for kind in kinds)
    for number, (agreement, unit, party) in enumerate(pledged, start=1):
        stated = Statement(VOICES[number % 2], "R1")
        promised = Quantity(Qualifier.AT_LEAST, 6_000)
        yield Pledge(f"P{number}", agreement, unit, party, (stated,), promised)


def _stages(days: Sequence[date], sources: Sequence[str]) -> Iterator[Stage]:
    for number, (day, owner, source) in enumerate(
        zip(days, cycle(_OWNERS), cycle(sources)), start=1
    ):
        bodies = number % _EVERY_BODIES == 0
        announced = number % _EVERY_ANNOUNCED == 1
        yield Stage(
            key=f"S{number}",
            agreement=owner,
            kind=StageKind.BODIES if bodies else StageKind.PERSONS,
            date=EventDate.of(day),
            lifecycle=Lifecycle.ANNOUNCED if announced else Lifecycle.COMPLETED,
            transfers=tuple(_transfer(number, party, source, bodies=bodies) for party in PARTIES),
            sources=(source,),
            confirmations=tuple(Statement(one, source) for one in islice(VOICES, number % 3)),
        )


def _transfer(number: int, party: str, source: str, *, bodies: bool) -> Transfer:
    """Every third has two speakers, who often differ."""
    place = number + len(party) * PARTIES.index(party)
    said = [_QUANTITIES[(place + one) % len(_QUANTITIES)] for one in range(1 + (place % 3 == 0))]
    figures = [
        Figure(one, Statement(voice, source)) for one, voice in zip(said, VOICES, strict=False)
    ]
    return Transfer(party, Unit.BODY if bodies else Unit.PERSON, tuple(figures))


def _totals(days: Sequence[date], sources: Sequence[str]) -> Iterator[StatedTotal]:
    through = days[::_EVERY_TOTAL]
    for number, (day, owner, source) in enumerate(
        zip(through, cycle(_OWNERS), cycle(sources)), start=1
    ):
        yield StatedTotal(
            key=f"T{number}",
            agreement=owner,
            unit=Unit.PERSON,
            returned_to=PARTIES[number // 2 % 2],
            quantity=Quantity(Qualifier.MORE_THAN, 10 + number),
            stated=(Statement(VOICES[number % 2], source),),
            through=EventDate.of(day),
        )


def _claims(pattern: Claim, count: int, stages: int, sources: Sequence[str]) -> Iterator[Claim]:
    for number, (owner, source) in enumerate(
        islice(zip(cycle(_OWNERS), cycle(sources)), count), start=1
    ):
        about = f"S{number % stages + 1}"
        yield Claim(
            key=f"C{number}",
            agreement=owner,
            text=pattern.text,
            stances=tuple(_stances(number, source)),
            about=about if number % 2 else None,
            scope=ClaimScope.CONTEXT if number % 10 == 0 else ClaimScope.EXCHANGE,
        )


def _stances(number: int, source: str) -> Iterator[Stance]:
    """Someone of one side asserts; the other side says nothing, denies, confirms or declines."""
    side = number % 2
    yield Stance(StanceKind.ASSERTS, Statement(VOICES[side], source))
    if number % 3 == 0:
        yield Stance(StanceKind.ASSERTS, Statement(OFFICIALS[side], source))
    answers: Mapping[int, StanceKind] = dict(
        enumerate((StanceKind.DENIES, StanceKind.CONFIRMS, StanceKind.DECLINES))
    )
    if answer := answers.get(number % 7):
        yield Stance(answer, Statement(VOICES[1 - side], source))
