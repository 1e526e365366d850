"""Claims, stated totals and bodies, as real exchanges brought them, and the screens of all that."""

from __future__ import annotations

from dataclasses import replace

from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.quantity import Quantity
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    BodyState,
    Claim,
    ClaimScope,
    Credibility,
    Identification,
    Label,
    Ordinal,
    Part,
    Reliability,
    Source,
    Stage,
    Stance,
    StanceKind,
    StatedDay,
    StatedTotal,
    Statement,
    TotalScope,
    Unit,
)
from messages.claims import claim, claims
from messages.progress import progress
from messages.sources import source
from messages.stages import stage
from messages.status import status
from tests.builders import (
    AGREEMENT,
    JUNE_9,
    JUNE_10,
    RU,
    UA,
    a_ledger,
    a_pledge,
    a_stage,
    about,
    an_agreement,
    at_least,
    back_to,
    bodies,
    exactly,
    istanbul,
    label,
    more_than,
    said,
)
from tests.messages.cases import Case

JULY_23 = EventDate(7, 23)


def a_stance(
    kind: StanceKind,
    speaker: str,
    source: str = "R1",
    day: EventDate | None = None,
    *,
    general: bool = False,
    hedged: bool = False,
) -> Stance:
    return Stance(kind, Statement(speaker, source, day), general, hedged)


def a_claim(key: str, text: Label, *stances: Stance, **more: object) -> Claim:
    return replace(Claim(key, AGREEMENT, text, stances), **more)  # type: ignore[arg-type] # by name


def a_total(
    key: str,
    returned_to: str,
    quantity: Quantity,
    speaker: str = "president",
    *,
    unit: Unit = Unit.PERSON,
    words: Label | None = None,
    through: EventDate | None = JULY_23,
) -> StatedTotal:
    scope = TotalScope.OTHER if words else TotalScope.AGREEMENT
    stated = (Statement(speaker, "R1"),)
    return StatedTotal(
        key, AGREEMENT, unit, returned_to, quantity, stated, scope, words, through=through
    )


ASSERTS, CONFIRMS, DENIES = StanceKind.ASSERTS, StanceKind.CONFIRMS, StanceKind.DENIES

STALLED = a_claim(
    "C1",
    label("Ukraine stalled the exchange", "Україна затягувала обмін", "Украина затягивала обмен"),
    a_stance(ASSERTS, "voice-ru"),
    a_stance(ASSERTS, "ministry-ru", "R2", JUNE_9),
    a_stance(DENIES, "headquarters"),
    a_stance(DENIES, "voice-ua", "R2", general=True),
)
NOT_COLLECTED = a_claim(
    "C2",
    label("1,212 bodies were not collected", "1 212 тіл не забрали", "1 212 тел не забрали"),
    a_stance(ASSERTS, "ministry-ru", "R2", JUNE_9),
    a_stance(ASSERTS, "ministry-ru", "R1", JUNE_9),
    a_stance(DENIES, "voice-ua", "R2", general=True),
    quantity=exactly(1212),
    see_also=("C3",),
)
NO_DATE = a_claim(
    "C3",
    label(
        "No date had been set for the bodies",
        "Дату передання тіл не було визначено",
        "Дата передачи тел не была определена",
    ),
    a_stance(ASSERTS, "headquarters"),
    see_also=("C2",),
)
LARGEST = a_claim(
    "C4",
    label("It is the largest exchange", "Це найбільший обмін", "Это самый большой обмен"),
    a_stance(ASSERTS, "outlet-1"),
    a_stance(ASSERTS, "outlet-1", hedged=True),
    about="S1",
)
BOTH_CONFIRM = a_claim(
    "C5",
    label("The lists were exchanged", "Списками обмінялися", "Списками обменялись"),
    a_stance(ASSERTS, "president"),
    a_stance(CONFIRMS, "ministry-ru", "R2", JUNE_10),
)
ONE_AND_A_THIRD = a_claim(
    "C6",
    label("The lists were checked", "Списки перевірено", "Списки проверены"),
    a_stance(ASSERTS, "headquarters"),
    a_stance(CONFIRMS, "red-cross"),
    detail=label(
        "The check took two days and named nobody in public.",
        "Перевірка тривала два дні, нікого публічно не назвали.",
        "Проверка длилась два дня, никого публично не назвали.",
    ),
)
REFUTED = a_claim(
    "C7",
    label("The exchange has ended", "Обмін закінчено", "Обмен закончен"),
    a_stance(ASSERTS, "headquarters"),
    a_stance(DENIES, "president", "R2"),
)
TAKEN_BACK = a_claim(
    "C8",
    label("The next stage is off", "Наступного етапу не буде", "Следующего этапа не будет"),
    a_stance(ASSERTS, "ministry-ru", day=JUNE_9),
    a_stance(StanceKind.WITHDRAWS, "ministry-ru", "R2", JUNE_10),
    a_stance(StanceKind.DECLINES, "president", "R2", JUNE_10),
)
CONTEXT = a_claim(
    "C9",
    label("Ground was gained in one region", "Просування в одній області", "Продвижение в области"),
    a_stance(ASSERTS, "voice-ru", "R2"),
    a_stance(DENIES, "voice-ua", "R2"),
    scope=ClaimScope.CONTEXT,
)
CLAIMED = (
    *(STALLED, NOT_COLLECTED, NO_DATE, LARGEST, BOTH_CONFIRM),
    *(ONE_AND_A_THIRD, REFUTED, TAKEN_BACK, CONTEXT),
)
WITH_CLAIMS = istanbul(*CLAIMED)

_SINCE_2022 = label(
    "since 2022, all ways", "з 2022 року, усіма шляхами", "с 2022 года, всеми путями"
)
_GIVEN_BACK = bodies("S2", exactly(6057), exactly(27))
_IDENTIFIED = replace(
    _GIVEN_BACK,
    transfers=(
        replace(
            _GIVEN_BACK.transfers[0],
            figures=(said(exactly(6057)), said(exactly(6060), "ministry-ru")),
            identifications=(
                Identification(BodyState.IDENTIFIED, said(about(900))),
                Identification(BodyState.UNDER_EXAMINATION, said(more_than(5000))),
                Identification(BodyState.IDENTITY_DISPUTED, said(exactly(20))),
            ),
        ),
        _GIVEN_BACK.transfers[1],
    ),
)


def _numbers(to_ua: int, to_ru: int, key: str = "S1") -> Stage:
    return a_stage(key, back_to(UA, said(exactly(to_ua))), back_to(RU, said(exactly(to_ru))))


PARTS = a_stage(
    "S2",
    back_to(
        UA,
        said(exactly(157)),
        replace(
            said(Quantity(), "president"),
            parts=(Part(exactly(152)), Part(exactly(5), category="wounded")),
        ),
    ),
    back_to(
        RU,
        replace(said(exactly(84), "ministry-ru"), unit=Unit.SERVICE_MEMBER),
        replace(
            said(exactly(84)),
            parts=(
                Part(exactly(33), unit=Unit.SERVICE_MEMBER),
                Part(exactly(51), unit=Unit.CIVILIAN),
            ),
        ),
    ),
    day=JUNE_10,
)

PROGRESSES: dict[str, Ledger] = {
    "Istanbul": istanbul(),
    "a stated total": istanbul(
        a_total("T1", UA, more_than(1000)), a_total("T2", UA, exactly(5000), words=_SINCE_2022)
    ),
    "a stated total that does not fit": istanbul(
        _numbers(300, 303), a_total("T1", UA, exactly(250)), a_total("T2", RU, at_least(200))
    ),
    "no last day": istanbul(_numbers(300, 303), a_total("T1", UA, exactly(320), through=None)),
    "met on one side": a_ledger(
        a_pledge("P1", UA, exactly(500)),
        a_pledge("P2", RU, exactly(501)),
        _numbers(500, 500),
    ),
    "not so far": a_ledger(
        a_pledge("P1", UA, exactly(500)), a_pledge("P2", RU, exactly(500)), _numbers(490, 490)
    ),
    "pledges of different speakers": a_ledger(
        a_pledge("P1", UA, at_least(1000)),
        a_pledge("P2", UA, at_least(1200), speaker="headquarters"),
        a_pledge("P3", UA, about(1200), speaker="president", in_principle=True),
        replace(a_pledge("P4", RU, at_least(200)), categories=("wounded",)),
        _numbers(1100, 1100),
    ),
    "direction not stated": a_ledger(
        a_pledge("P1", NOT_STATED, at_least(100)),
        a_pledge("P2", BOTH_NOT_SPLIT, at_least(100)),
        a_total("T2", UA, exactly(60)),
        a_pledge("P3", RU, at_least(9), unit=Unit.BODY),
        a_pledge("P4", UA, at_least(9), unit=Unit.BODY),
        a_total("T1", NOT_STATED, exactly(120)),
    ),
    "bodies": a_ledger(
        a_pledge("P1", BOTH_NOT_SPLIT, about(12000), unit=Unit.BODY, in_principle=True),
        a_pledge("P2", UA, at_least(6000), unit=Unit.BODY),
        _IDENTIFIED,
        a_total("T1", BOTH_NOT_SPLIT, exactly(6087), "ministry-ru", unit=Unit.BODY),
    ),
    "part of the time": istanbul(
        replace(a_total("T1", UA, exactly(320)), since=JUNE_9),
    ),
    "totals without a pledge": a_ledger(
        _numbers(300, 303),
        a_total("T1", UA, exactly(8), unit=Unit.CIVILIAN),
        a_total("T2", BOTH_NOT_SPLIT, exactly(600)),
        a_total("T3", NOT_STATED, exactly(600), unit=Unit.BODY),
    ),
    "nothing": a_ledger(),
}


PAGES = {
    "Istanbul": 2,
    "a stated total": 3,
    "a stated total that does not fit": 2,
    "no last day": 2,
    "met on one side": 2,
    "pledges of different speakers": 3,
    "direction not stated": 3,
    "part of the time": 2,
    "bodies": 4,
}
"""How many pages of a ledger are shown here."""


def _page(ledger: Ledger, page: int) -> Case:
    return lambda language: progress(ledger, None, page, language)


PROGRESS: dict[str, Case] = {
    f"{name}, page {page}": _page(ledger, page)
    for name, ledger in PROGRESSES.items()
    for page in range(1, PAGES.get(name, 1) + 1)
}


def _claims(ledger: Ledger, page: int) -> Case:
    return lambda language: claims(ledger, None, page, language)


def _claim(key: str) -> Case:
    return lambda language: claim(WITH_CLAIMS, key, language)


AMONG = replace(said(Quantity()), parts=(Part(exactly(5), category="wounded"),), whole=False)
STAGES_IN_PARTS: dict[str, Case] = {
    "bodies after their return": lambda language: stage(a_ledger(_IDENTIFIED), "S2", language),
    "named and dated otherwise": lambda language: stage(
        istanbul(
            replace(
                a_stage("S2"),
                other_days=(StatedDay(JUNE_10, Statement("headquarters", "R1")),),
                ordinals=(
                    Ordinal(
                        68,
                        label("all exchanges", "усі обміни", "все обмены"),
                        Statement("president", "R1"),
                    ),
                    Ordinal(
                        2,
                        label("this agreement", "ця домовленість", "эта договорённость"),
                        Statement("ministry-ru", "R1"),
                    ),
                ),
            )
        ),
        "S2",
        language,
    ),
    "figures in parts": lambda language: stage(istanbul(PARTS), "S2", language),
    "a part alone": lambda language: stage(
        istanbul(
            a_stage(
                "S2",
                back_to(UA, AMONG),
                back_to(RU, replace(AMONG, quantity=exactly(157), unit=Unit.SERVICE_MEMBER)),
            )
        ),
        "S2",
        language,
    ),
    "of the whole": lambda language: stage(
        istanbul(a_stage("S2", back_to(UA, replace(AMONG, quantity=exactly(5), whole=True)))),
        "S2",
        language,
    ),
}


def _source(ledger: Ledger, key: str) -> Case:
    return lambda language: source(ledger, key, language)


_GRADED = tuple(
    Source(
        f"R{number}",
        url=f"https://graded-{grade.name.lower()}.example.org/".replace("_", "-"),
        reliability=grade,
    )
    for number, grade in enumerate(Reliability, start=3)
)
_BELIEVED = tuple(
    a_claim(
        f"C{number}",
        NO_DATE.text,
        Stance(ASSERTS, Statement("headquarters", "R1", credibility=grade)),
    )
    for number, grade in enumerate(Credibility, start=1)
)

READ_IN: dict[str, Case] = {
    **{f"graded {one.reliability}": _source(istanbul(*_GRADED), one.key) for one in _GRADED},
    "every grade of what is said": lambda language: source(istanbul(*_BELIEVED), "R1", language),
    "with claims": lambda language: source(WITH_CLAIMS, "R1", language),
    "with a stated total": lambda language: source(PROGRESSES["a stated total"], "R1", language),
}
"""Sources with statements of every kind."""

WITH_MORE: dict[str, Case] = {
    "claims, none disputed": lambda language: status(istanbul(NO_DATE), None, language),
    "claims, some disputed": lambda language: status(WITH_CLAIMS, None, language),
    "a stated total": lambda language: status(PROGRESSES["a stated total"], None, language),
}

CLAIMS: dict[str, Case] = {
    **{f"all, page {page}": _claims(WITH_CLAIMS, page) for page in range(1, 6)},
    "none": _claims(istanbul(), 1),
    "nothing at all": _claims(Ledger(), 1),
    "of several agreements": _claims(
        istanbul(STALLED, an_agreement("geneva", name=label("Geneva agreement"), day=None)), 1
    ),
    **{f"one in full: {one.key}": _claim(one.key) for one in CLAIMED},
    "unknown": _claim(""),
    "withdrawn": lambda language: claim(a_ledger(STALLED, withdrawn=("C1",)), "C1", language),
}
