"""Screens by which an alert is checked and a record is cited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from exchange.ledger import Ledger
from exchange.news import News
from exchange.records import Claim, Source, Stance, StanceKind, Statement
from messages.alert import alert
from messages.asof import as_of, how_to_ask
from messages.cite import cite
from messages.export import Form
from messages.export_screens import caption, menu
from messages.verify import Checked, how_to_verify, not_ours, verified
from tests.builders import (
    AGREEMENT,
    AT,
    JUNE_10,
    UA,
    a_ledger,
    a_stage,
    back_to,
    exactly,
    istanbul,
    label,
    said,
)
from tests.messages.cases import Case

BOT = "homeward_sandbox_bot"
CLAIM = Claim(
    "C1",
    AGREEMENT,
    label("Two lists were handed over", "Передано два списки", "Переданы два списка"),
    (Stance(StanceKind.ASSERTS, Statement("president", "R1")),),
)
LEDGER = istanbul().with_records([CLAIM], AT)


CORRECTED = (
    a_stage("S1", back_to(UA, said(exactly(157)))),
    a_stage("S1", back_to(UA, said(exactly(152)))),
)


def _checked(language: str) -> Checked:
    sent = alert(LEDGER, LEDGER.stages["S1"], 3, None, News.NEW_STAGE, language)
    return Checked(3, "7K2M9QXA", sent.text, AT, "S1", stopped=False)


def _verified(**changes: Any) -> Case:
    return lambda language: verified(
        replace(_checked(language), **changes), LEDGER, "bot", language
    )


VERIFY: dict[str, Case] = {
    "an alert that stands": _verified(),
    "updated twice": _verified(updated_by=(5, 7)),
    "updated, then withdrawn": _verified(updated_by=(5,), withdrawn_by=8),
    "corrected": _verified(updated_by=(5,), corrected_by=(7,), correction=CORRECTED),
    "stopped": _verified(stopped=True),
    "its words were erased": _verified(words=""),
    "not ours": not_ours,
    "no code": how_to_verify,
}


def _read_in_many_places() -> Ledger:
    places = [
        Source(f"R{number}", url=f"https://a-rather-long-name-{letter}.example.org/")
        for number, letter in enumerate("abcdef", 10)
    ]
    stage = replace(a_stage("S2", day=JUNE_10), sources=tuple(one.key for one in places))
    return a_ledger(stage).with_records(places, AT)


CITE: dict[str, Case] = {
    "a stage": lambda language: cite(LEDGER, "S1", BOT, language),
    "a claim": lambda language: cite(LEDGER, "C1", BOT, language),
    "a pledge": lambda language: cite(LEDGER, "P1", BOT, language),
    "a source": lambda language: cite(LEDGER, "R1", BOT, language),
    "read in many places": lambda language: cite(_read_in_many_places(), "S2", BOT, language),
    "nothing of that number": lambda language: cite(LEDGER, "S99", BOT, language),
    "withdrawn": lambda language: cite(_withdrawn(), "S1", BOT, language),
}


def _withdrawn() -> Ledger:
    entry = replace(LEDGER.entries["S1"], rev=2, withdrawn=True)
    return LEDGER.with_entries([entry], 2)


AS_OF: dict[str, Case] = {
    "a moment when something was known": lambda language: as_of(LEDGER, AT, language),
    "before the first record": lambda language: as_of(Ledger(), AT, language),
    "words that are no moment": how_to_ask,
}


def _caption(form: Form) -> Case:
    return lambda language: caption(LEDGER, form, language)


EXPORT: dict[str, Case] = {
    "which files there are": lambda language: menu(LEDGER, language),
    "of an empty ledger": lambda language: menu(Ledger(), language),
    **{f"under the file of {form}": _caption(form) for form in Form},
}
