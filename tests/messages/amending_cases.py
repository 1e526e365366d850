"""Alerts about claims, corrections and withdrawals, and the marks they leave on old messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from exchange.corrections import Reason
from exchange.news import News
from exchange.quantity import Quantity
from exchange.records import (
    BOTH_NOT_SPLIT,
    BodyState,
    Claim,
    ClaimScope,
    Composition,
    Identification,
    Lifecycle,
    Ordinal,
    Part,
    Record,
    Source,
    SourceType,
    Stage,
    StageKind,
    StatedDay,
    Statement,
    Unit,
)
from messages.alert import alert, claim_alert
from messages.amending import corrected, correction_alert, reworded, withdrawal_alert, withdrawn
from messages.message import Message
from tests.builders import (
    BOTH,
    JUNE_9,
    JUNE_10,
    RU,
    UA,
    a_ledger,
    a_pledge,
    a_stage,
    about,
    at_least,
    back_to,
    bodies,
    confirmed_by,
    exactly,
    istanbul,
    label,
    said,
    words,
)
from tests.messages.cases import SECOND_STAGE, Case
from tests.messages.ledger_cases import (
    ASSERTS,
    DENIES,
    NOT_COLLECTED,
    STALLED,
    TAKEN_BACK,
    a_claim,
    a_stance,
    a_total,
)

CODE = "7K2M9QXA"
ON_JUNE_11 = datetime(2026, 6, 11, 10, tzinfo=UTC)

WAS_157 = a_stage("S2", back_to(UA, said(exactly(157))), back_to(RU), day=JUNE_10)
NOW_IN_PARTS = replace(
    WAS_157,
    transfers=(
        back_to(
            UA,
            replace(
                said(exactly(157)),
                parts=(Part(exactly(152)), Part(exactly(5), category="wounded")),
            ),
        ),
        back_to(RU),
    ),
)

_BODIES = bodies("S2", exactly(6057), exactly(27))


def _identified(number: int) -> Stage:
    first, second = _BODIES.transfers
    found = (Identification(BodyState.IDENTIFIED, said(about(number))),)
    return replace(_BODIES, transfers=(replace(first, identifications=found), second))


AMENDED: dict[str, tuple[Record, Record, Reason]] = {
    "a number": (WAS_157, NOW_IN_PARTS, Reason.NEW_FIGURE),
    "a day": (WAS_157, replace(WAS_157, date=JUNE_9), Reason.WRONG_DATE),
    "whose words": (
        WAS_157,
        replace(WAS_157, confirmations=confirmed_by("president", "red-cross")),
        Reason.WRONG_ATTRIBUTION,
    ),
    "much at once": (
        WAS_157,
        replace(
            WAS_157,
            date=JUNE_9,
            lifecycle=Lifecycle.POSTPONED,
            kind=StageKind.URGENT_MEDICAL,
            categories=("wounded",),
            transfers=(back_to(UA, said(exactly(150))),),
            sources=("R2",),
        ),
        Reason.SOURCE_CORRECTED,
    ),
    "what was said beside": (
        a_stage("S2"),
        replace(
            a_stage("S2"),
            words=words("dozens"),
            other_days=(StatedDay(JUNE_10, Statement("headquarters", "R1")),),
            ordinals=(Ordinal(68, label("all exchanges", "усі обміни", "все обмены"), BOTH[0]),),
            further_stages=said(Quantity(words=words("several", "кілька", "несколько"))),
        ),
        Reason.SOURCE_CORRECTED,
    ),
    "who was among them": (
        a_stage("S2", replace(back_to(UA), compositions=(Composition(BOTH[0], ("navy",)),))),
        a_stage("S2", replace(back_to(UA), compositions=(Composition(BOTH[0], ("ground",)),))),
        Reason.TYPO,
    ),
    "a direction": (
        a_pledge("P1", UA, at_least(1200)),
        a_pledge("P1", BOTH_NOT_SPLIT, at_least(1200), unit=Unit.BODY),
        Reason.RETRACTED_BY_SOURCE,
    ),
    "who counted": (
        a_stage("S2", back_to(UA, said(exactly(8)))),
        a_stage("S2", back_to(UA, said(exactly(8)), unit=Unit.CIVILIAN)),
        Reason.DUPLICATE,
    ),
    "a claim": (
        NOT_COLLECTED,
        replace(
            NOT_COLLECTED,
            text=label("Bodies were not collected", "Тіл не забрали", "Тел не забрали"),
            quantity=None,
            scope=ClaimScope.CONTEXT,
            stances=(a_stance(ASSERTS, "voice-ru"), NOT_COLLECTED.stances[2]),
        ),
        Reason.TRANSLATION,
    ),
    "a stated total": (
        a_total("T1", UA, about(1000)),
        replace(a_total("T1", UA, exactly(1000)), through=JUNE_10, since=JUNE_9),
        Reason.PERSONAL_DATA_REDACTED,
    ),
    "the stages that are counted": (
        a_total("T1", UA, exactly(1000)),
        a_total("T1", UA, exactly(1000), words=label("all ways", "усі шляхи", "все пути")),
        Reason.TYPO,
    ),
    "what became of bodies": (_BODIES, _identified(900), Reason.NEW_FIGURE),
    "what became of bodies, again": (_identified(800), _identified(900), Reason.NEW_FIGURE),
    "of whom a pledge speaks": (
        replace(a_pledge("P1", UA, at_least(9)), unit=Unit.SERVICE_MEMBER),
        replace(a_pledge("P1", UA, at_least(9)), unit=Unit.CIVILIAN, categories=("wounded",)),
        Reason.TYPO,
    ),
    "a claim's place": (
        replace(STALLED, scope=ClaimScope.CONTEXT),
        replace(STALLED, about="S1"),
        Reason.TYPO,
    ),
    "where it was read": (
        WAS_157,
        a_stage("S2", back_to(UA, said(exactly(157), source="R2")), back_to(RU), day=JUNE_10),
        Reason.SOURCE_CORRECTED,
    ),
    "a source": (
        Source("R2", SourceType.MEDIA, url="https://news.example.org/a"),
        Source("R2", SourceType.AGENCY, url="https://news.example.org/b", language="uk"),
        Reason.SOURCE_CORRECTED,
    ),
}


def _correction(name: str, refers_to: int | None = 3) -> Case:
    before, after, reason = AMENDED[name]
    return lambda language: correction_alert(
        istanbul(after), before, after, reason, 7, refers_to, language, code=CODE
    )


def _claim(claim: Claim, told: News, refers_to: int | None = None) -> Case:
    return lambda language: claim_alert(
        istanbul(claim), claim, 9, refers_to, told, language, code=CODE
    )


def _withdrawal(record: Record, reason: Reason, refers_to: int | None = 3) -> Case:
    ledger = a_ledger(a_stage("S1"), record, withdrawn=(record.key,))
    return lambda language: withdrawal_alert(
        ledger, record, reason, 8, refers_to, language, code=CODE
    )


def _sent(language: str) -> Message:
    return alert(istanbul(WAS_157), WAS_157, 3, None, News.NEW_STAGE, language, code=CODE)


UNDENIED = a_claim("C2", NOT_COLLECTED.text, a_stance(ASSERTS, "ministry-ru", "R2", JUNE_9))

AMENDING: dict[str, Case] = {
    "with its check code": _sent,
    "a repeat with its check code": lambda language: alert(
        istanbul(), SECOND_STAGE, 3, None, News.NEW_STAGE, language, repeat=True, code=CODE
    ),
    "a new claim": _claim(UNDENIED, News.NEW_CLAIM),
    "a rebuttal": _claim(
        replace(UNDENIED, stances=(*UNDENIED.stances, a_stance(DENIES, "voice-ua"))),
        News.REBUTTAL,
        9,
    ),
    "a rebuttal of what nobody was told": _claim(STALLED, News.REBUTTAL),
    "a claim taken back": _claim(TAKEN_BACK, News.CLAIM_STATUS, 9),
    "a claim moved that nobody was told": _claim(TAKEN_BACK, News.CLAIM_STATUS),
    **{f"a correction: {name}": _correction(name) for name in AMENDED},
    "a correction of what nobody was told": _correction("a number", None),
    "a stage withdrawn": _withdrawal(WAS_157, Reason.RETRACTED_BY_SOURCE),
    "bodies withdrawn": _withdrawal(bodies("S2", exactly(6057), exactly(27)), Reason.DUPLICATE),
    "a claim withdrawn": _withdrawal(STALLED, Reason.WRONG_ATTRIBUTION),
    "a pledge withdrawn that nobody was told": _withdrawal(
        a_pledge("P1", UA, at_least(1200)), Reason.SOURCE_CORRECTED, None
    ),
    "an old message, corrected": lambda language: corrected(
        _sent(language).text, istanbul(NOW_IN_PARTS), WAS_157, NOW_IN_PARTS, 7, language
    ),
    "an old message, withdrawn": lambda language: withdrawn(
        _sent(language).text, "S2", 8, language
    ),
    "a slip mended": lambda language: reworded(_sent(language), ON_JUNE_11, language),
}
