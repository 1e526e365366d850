"""A moderator's press or typed line, applied to the draft of a stage. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from exchange.claim_draft import ClaimDraft, stance_to
from exchange.draft import Screen, speakers
from exchange.ledger import Ledger
from exchange.lifecycle import open_to
from exchange.quantity import NOT_PUBLISHED, Qualifier
from exchange.records import Lifecycle, StageKind, TermKind
from exchange.stage_draft import Asked, StageDraft, adding_to
from exchange.total_draft import TotalDraft
from handlers.shared_steps import NotUnderstoodError, Press, link, open_field, quantity


def typed(draft: StageDraft, text: str, ledger: Ledger, now: datetime) -> StageDraft:
    """A source's link, or the number that was asked for."""
    if draft.screen is Screen.SOURCES:
        return draft.read_in(ledger, link(text), now.date())
    if draft.screen is Screen.NUMBER and draft.asked and draft.asked.qualifier:
        said = quantity(draft.asked.qualifier, text)
        return replace(draft, asked=replace(draft.asked, quantity=said)).at(Screen.SPEAKER)
    raise NotUnderstoodError("nothing-asked")


def _begin(draft: StageDraft, argument: str, _ledger: Ledger, _now: datetime) -> StageDraft:
    """A new stage of a kind; when a kind was chosen before, only the kind changes."""
    return draft.of_kind(StageKind(argument))


def _add_to(_draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> StageDraft:
    return adding_to(ledger.stages[argument])


def _new_claim(draft: StageDraft, _argument: str, _ledger: Ledger, _now: datetime) -> ClaimDraft:
    """Not a stage after all."""
    return ClaimDraft(_beginning(draft).agreement).onward()


def _new_total(draft: StageDraft, _argument: str, _ledger: Ledger, _now: datetime) -> TotalDraft:
    return TotalDraft(_beginning(draft).agreement).onward()


def _claims(draft: StageDraft, _argument: str, _ledger: Ledger, _now: datetime) -> StageDraft:
    """To choose the claim that somebody takes a stance to."""
    return _beginning(draft).at(Screen.CLAIMS)


def _stance_to(draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> ClaimDraft:
    _beginning(draft)
    return stance_to(ledger.claims[argument])


def _beginning(draft: StageDraft) -> StageDraft:
    """A draft of which nothing is decided yet."""
    if not draft.is_untouched:
        raise NotUnderstoodError("stale-button")
    return draft


def _agreement(draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> StageDraft:
    if argument == draft.agreement:
        return draft
    # Directions and speakers belong to the parties of the agreement that was left.
    other = ledger.agreements[argument].key
    return replace(draft, agreement=other, transfers=(), confirmations=None, month=None)


def _open(draft: StageDraft, argument: str, ledger: Ledger, now: datetime) -> StageDraft:
    """A field of the overview; a confirmation needs a source that it was read in."""
    if argument == Screen.CONFIRMATIONS and not draft.sources:
        return draft.at(Screen.SOURCES)
    return open_field(draft, argument, ledger, now)


def _onward(draft: StageDraft, argument: str, _ledger: Ledger, _now: datetime) -> StageDraft:
    """Done with a list of which any number may be chosen, none included."""
    field = Screen(argument)
    if field is Screen.CATEGORIES and draft.categories is None:
        draft = replace(draft, categories=())
    if field is Screen.CONFIRMATIONS and draft.confirmations is None:
        draft = replace(draft, confirmations=())
    return draft.onward()


def _state(draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> StageDraft:
    state = Lifecycle(argument)
    before = draft.recorded(ledger)
    if state not in open_to(before.lifecycle if before and draft.only_adds else None):
        raise NotUnderstoodError("lifecycle-moves-back")
    return draft.in_state(state)


def _category(draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> StageDraft:
    if ledger.terms[argument].kind is not TermKind.CATEGORY:
        raise NotUnderstoodError("stale-button")
    return draft.with_category(argument)


def _direction(draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> StageDraft:
    parties = ledger.agreements[draft.agreement].parties
    chosen = parties if argument == "both" else (argument,)
    if not set(chosen) <= set(parties):
        raise NotUnderstoodError("stale-button")
    return draft.towards(*chosen)


def _drop_source(draft: StageDraft, argument: str, _ledger: Ledger, _now: datetime) -> StageDraft:
    own = draft.sources if draft.correcting else [one.key for one in draft.new_sources]
    if argument not in own:
        raise NotUnderstoodError("source-recorded")
    return draft.without_source(argument)


def _confirm(draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> StageDraft:
    """A speaker, in or out; or "both": each party, without naming who spoke for it."""
    parties = ledger.agreements[draft.agreement].parties
    if argument != "both":
        if argument not in speakers(ledger, parties) or argument in _recorded(draft, ledger):
            raise NotUnderstoodError("stale-button")
        return draft.confirmed_by(argument)
    present = {one.speaker for one in draft.confirmations or ()}
    for party in parties:
        voice = ledger.voice_of(party)
        if voice and voice.key not in present:
            draft = draft.confirmed_by(voice.key)
    return draft.onward()


def _figure(draft: StageDraft, argument: str, _ledger: Ledger, _now: datetime) -> StageDraft:
    """Start to enter a figure for a direction; without a source there is nowhere it was read."""
    if not draft.sources:
        return draft.at(Screen.SOURCES)
    if argument not in {one.returned_to for one in draft.transfers}:
        raise NotUnderstoodError("no-direction")
    return replace(draft, asked=Asked(argument)).at(Screen.FIGURE)


def _qualifier(draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> StageDraft:
    if draft.asked is None:
        raise NotUnderstoodError("stale-button")
    qualifier = Qualifier(argument)
    if qualifier is NOT_PUBLISHED.qualifier:
        return draft.without_figures(draft.asked.returned_to, draft.spoken(ledger))
    return replace(draft, asked=replace(draft.asked, qualifier=qualifier)).at(Screen.NUMBER)


def _speaker(draft: StageDraft, argument: str, ledger: Ledger, _now: datetime) -> StageDraft:
    parties = ledger.agreements[draft.agreement].parties
    if argument not in speakers(ledger, parties):
        raise NotUnderstoodError("stale-button")
    if argument in {one.stated.speaker for one in draft.spoken(ledger)}:
        raise NotUnderstoodError("figure-recorded")
    return draft.with_figure(argument)


def _recorded(draft: StageDraft, ledger: Ledger) -> frozenset[str]:
    """Whose confirmation is on record already and cannot be taken back here."""
    base = draft.recorded(ledger) if draft.only_adds else None
    return frozenset(one.speaker for one in base.confirmations) if base else frozenset()


PRESSES: Mapping[str, Press[StageDraft]] = {
    "agreement": _agreement,
    "kind": _begin,
    "add": _add_to,
    "claim": _new_claim,
    "claims": _claims,
    "stance": _stance_to,
    "total": _new_total,
    "open": _open,
    "done": _onward,
    "state": _state,
    "category": _category,
    "direction": _direction,
    "drop": _drop_source,
    "confirm": _confirm,
    "figure": _figure,
    "qualifier": _qualifier,
    "speaker": _speaker,
}
