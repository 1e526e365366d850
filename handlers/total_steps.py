"""A moderator's press or typed line, applied to the draft of a stated total. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from exchange.claim_rules import TEXT_LENGTH
from exchange.draft import Screen, speakers
from exchange.ledger import Ledger
from exchange.quantity import Qualifier
from exchange.records import BOTH_NOT_SPLIT, LANGUAGES, NOT_STATED, TotalScope, Unit
from exchange.total_draft import TotalDraft
from handlers.shared_steps import NotUnderstoodError, Press, link, quantity, words


def typed(draft: TotalDraft, text: str, ledger: Ledger, now: datetime) -> TotalDraft:
    """The number, the link of a source, or what is counted in the language asked for."""
    if draft.screen is Screen.NUMBER and draft.qualifier:
        return draft.counted(quantity(draft.qualifier, text))
    if draft.screen is Screen.SOURCE:
        following, source = draft.with_link(ledger, link(text), now.date())
        return following.with_saying(source=source)
    if draft.screen is Screen.WORDS and draft.asked_language:
        return draft.worded(words(text, TEXT_LENGTH))
    raise NotUnderstoodError("nothing-asked")


def _unit(draft: TotalDraft, argument: str, _ledger: Ledger, _now: datetime) -> TotalDraft:
    return draft.of_unit(Unit(argument))


def _direction(draft: TotalDraft, argument: str, ledger: Ledger, _now: datetime) -> TotalDraft:
    parties = ledger.agreements[draft.agreement].parties
    if argument not in (*parties, BOTH_NOT_SPLIT, NOT_STATED):
        raise NotUnderstoodError("stale-button")
    return draft.towards(argument)


def _qualifier(draft: TotalDraft, argument: str, _ledger: Ledger, _now: datetime) -> TotalDraft:
    if draft.screen is not Screen.FIGURE or argument == Qualifier.UNKNOWN:
        raise NotUnderstoodError("stale-button")
    return replace(draft, qualifier=Qualifier(argument)).at(Screen.NUMBER)


def _say(draft: TotalDraft, argument: str, _ledger: Ledger, _now: datetime) -> TotalDraft:
    """One more place where it was read, or a statement that was entered before."""
    return draft.beginning_to_say() if argument == "new" else draft.saying_again(int(argument))


def _speaker(draft: TotalDraft, argument: str, ledger: Ledger, _now: datetime) -> TotalDraft:
    parties = ledger.agreements[draft.agreement].parties
    if argument not in speakers(ledger, parties, outlets=True):
        raise NotUnderstoodError("stale-button")
    return draft.with_saying(speaker=argument)


def _read_in(draft: TotalDraft, argument: str, ledger: Ledger, _now: datetime) -> TotalDraft:
    if draft.source(argument, ledger) is None:
        raise NotUnderstoodError("stale-button")
    return draft.with_saying(source=argument)


def _counted(draft: TotalDraft, argument: str, _ledger: Ledger, _now: datetime) -> TotalDraft:
    return draft.counting(TotalScope(argument))


def _again(draft: TotalDraft, argument: str, _ledger: Ledger, _now: datetime) -> TotalDraft:
    """What is counted in one language, typed anew."""
    if draft.screen is not Screen.WORDS or argument not in LANGUAGES:
        raise NotUnderstoodError("stale-button")
    return replace(draft, language=argument)


def _done(draft: TotalDraft, argument: str, _ledger: Ledger, _now: datetime) -> TotalDraft:
    return draft.said() if argument == Screen.STATED else draft.onward()


def _drop(draft: TotalDraft, _argument: str, _ledger: Ledger, _now: datetime) -> TotalDraft:
    if draft.screen is not Screen.STATED:
        raise NotUnderstoodError("stale-button")
    return draft.not_said()


PRESSES: Mapping[str, Press[TotalDraft]] = {
    "unit": _unit,
    "direction": _direction,
    "qualifier": _qualifier,
    "say": _say,
    "speaker": _speaker,
    "from": _read_in,
    "counted": _counted,
    "again": _again,
    "done": _done,
    "drop": _drop,
}
