"""A ledger like the real one, in three languages, and short ways to say more of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from exchange.dates import EventDate
from exchange.ledger import Entry, Ledger
from exchange.quantity import NOT_PUBLISHED, Qualifier, Quantity, Wording
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    Actor,
    ActorKind,
    Agreement,
    Composition,
    Figure,
    Label,
    Lifecycle,
    Pledge,
    Record,
    Source,
    SourceType,
    Stage,
    StageKind,
    Statement,
    Term,
    TermKind,
    Transfer,
    Unit,
)

AT = datetime(2026, 6, 9, 21, 10, tzinfo=UTC)
"""When everything was recorded."""
UA, RU = "UA", "RU"
AGREEMENT = "istanbul"
JUNE_9, JUNE_10 = EventDate(6, 9), EventDate(6, 10)


def label(en: str, uk: str = "", ru: str = "") -> Label:
    return {"en": en, "uk": uk or en, "ru": ru or en}


def a_term(key: str, kind: TermKind, *names: str) -> Term:
    return Term(key, kind, label(*names))


def an_actor(
    key: str,
    *names: str,
    party: str | None = None,
    kind: ActorKind = ActorKind.INSTITUTION,
    short: Label | None = None,
) -> Actor:
    return Actor(key, kind, label(*names), short, party)


def an_agreement(
    key: str = AGREEMENT,
    *,
    name: Label | None = None,
    day: EventDate | None = EventDate(6, 2),  # noqa: B008 (a frozen value)
) -> Agreement:
    name = name or label(
        "Istanbul agreement", "Стамбульська домовленість", "Стамбульская договорённость"
    )
    return Agreement(key, name, (UA, RU), ("R1", "R2"), day)


def said(quantity: Quantity, speaker: str = "headquarters", source: str = "R1") -> Figure:
    return Figure(quantity, Statement(speaker, source))


def exactly(value: int) -> Quantity:
    return Quantity(Qualifier.EXACT, value)


def at_least(value: int) -> Quantity:
    return Quantity(Qualifier.AT_LEAST, value)


def more_than(value: int) -> Quantity:
    return Quantity(Qualifier.MORE_THAN, value)


def about(value: int) -> Quantity:
    return Quantity(Qualifier.ABOUT, value)


def at_most(value: int) -> Quantity:
    return Quantity(Qualifier.AT_MOST, value)


def between(value: int, high: int) -> Quantity:
    return Quantity(Qualifier.RANGE, value, high)


def words(en: str, uk: str = "", ru: str = "") -> Wording:
    """Words printed in English; without the others nobody translated them."""
    texts = {"en": en, "uk": uk, "ru": ru}
    return Wording("en", {code: text for code, text in texts.items() if text})


def back_to(party: str, *figures: Figure, unit: Unit = Unit.PERSON) -> Transfer:
    return Transfer(party, unit, figures)


def confirmed_by(*speakers: str) -> tuple[Statement, ...]:
    return tuple(Statement(speaker, "R1") for speaker in speakers)


BOTH = confirmed_by("president", "ministry-ru")


def a_stage(
    key: str = "S1",
    *transfers: Transfer,
    agreement: str = AGREEMENT,
    kind: StageKind = StageKind.PERSONS,
    day: EventDate | None = JUNE_9,
    state: Lifecycle = Lifecycle.COMPLETED,
    categories: tuple[str, ...] = (),
    confirmations: tuple[Statement, ...] = BOTH,
    sources: tuple[str, ...] = ("R1", "R2"),
    said_words: Wording | None = None,
    further: Figure | None = None,
) -> Stage:
    return Stage(
        key=key,
        agreement=agreement,
        kind=kind,
        date=day,
        lifecycle=state,
        transfers=transfers or (back_to(UA), back_to(RU)),
        sources=sources,
        categories=categories,
        confirmations=confirmations,
        words=said_words,
        further_stages=further,
    )


def bodies(key: str, to_ua: Quantity, to_ru: Quantity) -> Stage:
    return a_stage(
        key,
        back_to(UA, said(to_ua), unit=Unit.BODY),
        back_to(RU, said(to_ru, "ministry-ru"), unit=Unit.BODY),
        kind=StageKind.BODIES,
    )


def a_pledge(
    key: str,
    returned_to: str,
    quantity: Quantity = NOT_PUBLISHED,
    *,
    unit: Unit = Unit.PERSON,
    speaker: str = "outlet-1",
    in_principle: bool = False,
    agreement: str = AGREEMENT,
) -> Pledge:
    return Pledge(
        key,
        agreement,
        unit,
        returned_to,
        (Statement(speaker, "R1"),),
        quantity,
        in_principle=in_principle,
    )


VOCABULARY: tuple[Record, ...] = (
    a_term(UA, TermKind.PARTY, "Ukraine", "Україна", "Украина"),
    a_term(RU, TermKind.PARTY, "Russia", "Росія", "Россия"),
    a_term("under_25", TermKind.CATEGORY, "under 25", "віком до 25 років", "в возрасте до 25 лет"),
    a_term("wounded", TermKind.CATEGORY, "seriously wounded", "тяжкопоранені", "тяжелораненые"),
    a_term("navy", TermKind.BRANCH, "Navy", "Військово-Морські Сили", "Военно-морские силы"),
    a_term("ground", TermKind.BRANCH, "Ground Forces", "Сухопутні війська", "Сухопутные войска"),
    a_term("privates", TermKind.RANK, "privates", "рядовий склад", "рядовой состав"),
    an_actor(
        "voice-ua",
        "Ukraine (who exactly is not stated)",
        "Україна (хто саме, не вказано)",
        "Украина (кто именно, не указано)",
        party=UA,
        kind=ActorKind.COLLECTIVE_UNNAMED,
        short=label("Ukraine", "Україна", "Украина"),
    ),
    an_actor(
        "voice-ru",
        "Russia (who exactly is not stated)",
        "Росія (хто саме, не вказано)",
        "Россия (кто именно, не указано)",
        party=RU,
        kind=ActorKind.COLLECTIVE_UNNAMED,
        short=label("Russia", "Росія", "Россия"),
    ),
    an_actor(
        "president",
        "President of Ukraine",
        "Президент України",
        "Президент Украины",
        party=UA,
        kind=ActorKind.PERSON_IN_OFFICE,
    ),
    an_actor(
        "headquarters",
        "Coordination Headquarters, Ukraine",
        "Координаційний штаб, Україна",
        "Координационный штаб, Украина",
        party=UA,
    ),
    an_actor(
        "ministry-ru",
        "Ministry of Defence of Russia",
        "Міністерство оборони Росії",
        "Министерство обороны России",
        party=RU,
    ),
    an_actor(
        "red-cross",
        "International Committee of the Red Cross",
        "Міжнародний Комітет Червоного Хреста",
        "Международный Комитет Красного Креста",
    ),
    an_actor(
        "outlet-1",
        "Outlet of the first article",
        "Видання першої статті",
        "Издание первой статьи",
        kind=ActorKind.OUTLET,
    ),
    Source("R1", publisher="outlet-1", language="en"),
    Source(
        "R2",
        SourceType.OFFICIAL_PARTY,
        url="https://news.example.org/returned",
        language="uk",
        published=JUNE_9,
        read_on=date(2026, 6, 9),
        archived_url="https://archive.example.org/returned",
    ),
)

PLEDGES: tuple[Record, ...] = (
    a_pledge("P1", UA, at_least(1200)),
    a_pledge("P2", RU, at_least(1200)),
    a_pledge(
        "P3",
        BOTH_NOT_SPLIT,
        about(12000),
        unit=Unit.BODY,
        speaker="headquarters",
        in_principle=True,
    ),
    a_pledge(
        "P4",
        NOT_STATED,
        Quantity(words=words("thousands", "тисячі", "тысячи")),
        unit=Unit.BODY,
    ),
)

FIRST_STAGE = a_stage(
    "S1",
    Transfer(
        UA,
        compositions=(
            Composition(Statement("headquarters", "R1"), ("navy", "ground"), ("privates",)),
        ),
    ),
    Transfer(RU),
    categories=("under_25",),
    said_words=words("several busloads", "кілька автобусів", "несколько автобусов"),
    further=said(Quantity(words=words("several", "кілька", "несколько")), "president"),
)


def a_ledger(*records: Record, at: datetime = AT, withdrawn: Sequence[str] = ()) -> Ledger:
    """The vocabulary, the agreement and these records; the last one of a key counts."""
    return of([*VOCABULARY, an_agreement(), *records], at=at, withdrawn=withdrawn)


def of(records: Iterable[Record], *, at: datetime = AT, withdrawn: Sequence[str] = ()) -> Ledger:
    """Exactly these records, recorded one after another at one moment."""
    latest = {record.key: record for record in records}
    entries = [
        Entry(record, 1, order, at, withdrawn=record.key in withdrawn)
        for order, record in enumerate(latest.values())
    ]
    return Ledger().with_entries(entries, 1)


def istanbul(*more: Record) -> Ledger:
    """What two articles tell of the first day: one stage, no number, four pledges."""
    return a_ledger(*PLEDGES, FIRST_STAGE, *more)
