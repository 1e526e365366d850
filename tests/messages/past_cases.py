"""The history of records and the log of corrections."""

from __future__ import annotations

from datetime import timedelta

from exchange.corrections import Reason
from exchange.history import Past
from exchange.records import Record
from messages.corrections import corrections
from messages.history import history
from tests.builders import (
    AT,
    JUNE_9,
    UA,
    a_pledge,
    a_stage,
    at_least,
    back_to,
    exactly,
    istanbul,
    said,
)
from tests.messages.amending_cases import NOW_IN_PARTS, WAS_157
from tests.messages.cases import Case

_DATED_9 = a_stage("S2", *WAS_157.transfers, day=JUNE_9)


def a_past(
    rev: int,
    record: Record | None,
    reason: str = "recorded",
    correction: str | None = None,
    *,
    key: str = "S2",
    withdrawn: bool = False,
) -> Past:
    at = AT + timedelta(days=rev)
    return Past(key, rev, record, withdrawn, reason, "mod-1", at, correction)


RECORDED = a_past(1, WAS_157)
ADDED = a_past(2, a_stage("S2", *WAS_157.transfers, day=WAS_157.date, sources=("R1", "R2", "R3")))
CORRECTED = a_past(3, NOW_IN_PARTS, Reason.NEW_FIGURE, "X1")
MOVED = a_past(4, _DATED_9, Reason.WRONG_DATE, "X2")
TAKEN_AWAY = a_past(5, _DATED_9, Reason.RETRACTED_BY_SOURCE, "X3", withdrawn=True)
BACK_AGAIN = a_past(6, _DATED_9)
ERASED = a_past(1, None, "recorded")
CLEAN = a_past(2, WAS_157, Reason.PERSONAL_DATA_REDACTED, "X1")
PLEDGED = a_past(2, a_pledge("P1", UA, at_least(1000)), Reason.SOURCE_CORRECTED, "X4", key="P1")
PLEDGED_BEFORE = a_past(1, a_pledge("P1", UA, at_least(1200)), key="P1")
MUCH = a_past(
    2,
    a_stage("S2", back_to(UA, said(exactly(150))), day=JUNE_9, sources=("R2",)),
    Reason.SOURCE_CORRECTED,
    "X1",
)

LIVED = (RECORDED, ADDED, CORRECTED, MOVED, TAKEN_AWAY, BACK_AGAIN)


def _history(key: str, *past: Past, page: int = 1) -> Case:
    return lambda language: history(istanbul(), key, past, page, language)


def _corrections(*shown: tuple[Past | None, Past], page: int = 1, pages: int = 1) -> Case:
    return lambda language: corrections(istanbul(), shown, page, pages, language)


HISTORY: dict[str, Case] = {
    "never changed": _history("S2", RECORDED),
    **{f"a long life, page {page}": _history("S2", *LIVED, page=page) for page in (1, 2, 3)},
    "withdrawn": _history("S2", RECORDED, a_past(2, WAS_157, "taken back", withdrawn=True)),
    "erased in part": _history("S2", ERASED, CLEAN),
    "of a pledge": _history("P1", PLEDGED_BEFORE, PLEDGED),
    "much at once": _history("S2", RECORDED, MUCH),
    "unknown": _history(""),
}

CORRECTIONS: dict[str, Case] = {
    "the newest": _corrections((ADDED, CORRECTED), (CORRECTED, MOVED), page=1, pages=3),
    "the oldest": _corrections((PLEDGED_BEFORE, PLEDGED), (ERASED, CLEAN), page=3, pages=3),
    "much at once": _corrections((RECORDED, MUCH), (MOVED, TAKEN_AWAY)),
    "of what was not there before": _corrections((None, CLEAN)),
    "none": _corrections(),
}
