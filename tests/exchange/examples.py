"""A small made-up exchange between North and South, and short ways to say its records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from exchange.dates import EventDate
from exchange.ledger import Entry, Ledger
from exchange.quantity import Qualifier, Quantity, Wording
from exchange.records import (
    Actor,
    ActorKind,
    Agreement,
    Claim,
    Figure,
    Label,
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
    TermKind,
    TotalScope,
    Transfer,
    Unit,
)

NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)
NORTH, SOUTH = "north", "south"


def label(text: str) -> Label:
    return {"en": text, "uk": f"{text} (uk)", "ru": f"{text} (ru)"}


def exact(value: int) -> Quantity:
    return Quantity(Qualifier.EXACT, value)


def at_least(value: int) -> Quantity:
    return Quantity(Qualifier.AT_LEAST, value)


def more_than(value: int) -> Quantity:
    return Quantity(Qualifier.MORE_THAN, value)


def about(value: int) -> Quantity:
    return Quantity(Qualifier.ABOUT, value)


def at_most(value: int) -> Quantity:
    return Quantity(Qualifier.AT_MOST, value)


def between(value: int, value_hi: int) -> Quantity:
    return Quantity(Qualifier.RANGE, value, value_hi)


def in_words(text: str) -> Quantity:
    return Quantity(words=Wording("en", {"en": text}))


def said(quantity: Quantity, speaker: str = "north_office", source: str = "R1") -> Figure:
    return Figure(quantity, Statement(speaker, source))


def returned(party: str, *figures: Figure, unit: Unit = Unit.PERSON) -> Transfer:
    return Transfer(party, unit, figures)


def stage(
    *transfers: Transfer,
    key: str = "S1",
    day: EventDate | None = EventDate(6, 9),  # noqa: B008 (a frozen value)
    lifecycle: Lifecycle = Lifecycle.COMPLETED,
    kind: StageKind = StageKind.PERSONS,
    sources: tuple[str, ...] = ("R1",),
) -> Stage:
    return Stage(key, "talks", kind, day, lifecycle, transfers, sources)


def stages(*transfers: Transfer) -> tuple[Stage, ...]:
    """A completed stage for each transfer, day after day."""
    return tuple(
        stage(one, key=f"S{number}", day=EventDate(6, number))
        for number, one in enumerate(transfers, start=1)
    )


def pledge(quantity: Quantity, returned_to: str = NORTH, unit: Unit = Unit.PERSON) -> Pledge:
    return Pledge("P1", "talks", unit, returned_to, (Statement("paper", "R1"),), quantity)


def total(
    quantity: Quantity,
    *speakers: str,
    key: str = "T1",
    returned_to: str = NORTH,
    unit: Unit = Unit.PERSON,
    since: EventDate | None = None,
    through: EventDate | None = EventDate(6, 30),  # noqa: B008 (a frozen value)
    scope: TotalScope = TotalScope.AGREEMENT,
) -> StatedTotal:
    stated = tuple(Statement(one, "R1") for one in speakers or ("north_office",))
    words = label("all exchanges") if scope is TotalScope.OTHER else None
    return StatedTotal(
        key, "talks", unit, returned_to, quantity, stated, scope, words, since, through
    )


def stance(kind: StanceKind, speaker: str, day: EventDate | None = None) -> Stance:
    return Stance(kind, Statement(speaker, "R1", day))


def claim(*stances: Stance, key: str = "C1", text: str = "A list was given") -> Claim:
    return Claim(key, "talks", label(text), stances)


def asserts(speaker: str, day: EventDate | None = None) -> Stance:
    return stance(StanceKind.ASSERTS, speaker, day)


def confirms(speaker: str, day: EventDate | None = None) -> Stance:
    return stance(StanceKind.CONFIRMS, speaker, day)


def denies(speaker: str, day: EventDate | None = None) -> Stance:
    return stance(StanceKind.DENIES, speaker, day)


def declines(speaker: str, day: EventDate | None = None) -> Stance:
    return stance(StanceKind.DECLINES, speaker, day)


def withdraws(speaker: str, day: EventDate | None = None) -> Stance:
    return stance(StanceKind.WITHDRAWS, speaker, day)


GROUND: tuple[Record, ...] = (
    Term(NORTH, TermKind.PARTY, label("North")),
    Term(SOUTH, TermKind.PARTY, label("South")),
    Term("wounded", TermKind.CATEGORY, label("wounded")),
    Term("navy", TermKind.BRANCH, label("Navy")),
    Term("officers", TermKind.RANK, label("officers")),
    Actor("north_office", ActorKind.INSTITUTION, label("Office of North"), party=NORTH),
    Actor("north_voices", ActorKind.COLLECTIVE_UNNAMED, label("Officials"), party=NORTH),
    Actor("south_ministry", ActorKind.INSTITUTION, label("Ministry of South"), party=SOUTH),
    Actor("red_cross", ActorKind.INSTITUTION, label("A third body")),
    Actor("paper", ActorKind.OUTLET, label("The Paper")),
    Source("R1", publisher="paper", url="https://paper.example.org/1"),
    Source("R2", url="https://other.example.org/2"),
    Agreement("talks", label("The talks"), (NORTH, SOUTH), ("R1",), EventDate(6, 2)),
)


def ledger(*records: Record, ground: Iterable[Record] = GROUND) -> Ledger:
    """A ledger of these records, an hour apart, on the common ground."""
    return Ledger().with_entries(
        (
            Entry(record, rev=1, order=place, at=NOW - timedelta(days=30) + timedelta(hours=place))
            for place, record in enumerate((*ground, *records))
        ),
        revision=1,
    )
