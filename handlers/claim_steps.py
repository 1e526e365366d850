"""A moderator's press or typed line, applied to the draft of a claim. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from exchange.claim_draft import ClaimDraft
from exchange.claim_rules import DETAIL_LENGTH, TEXT_LENGTH
from exchange.draft import Screen, speakers
from exchange.ledger import Ledger
from exchange.quantity import Qualifier
from exchange.records import LANGUAGES, ClaimScope, StanceKind
from handlers.shared_steps import NotUnderstoodError, Press, link, words


def typed(draft: ClaimDraft, text: str, ledger: Ledger, now: datetime) -> ClaimDraft:
    """The claim's words in the language that was asked for, or the link of a source."""
    if draft.screen is Screen.SOURCE:
        following, source = draft.with_link(ledger, link(text), now.date())
        return following.with_taking(source=source)
    if draft.screen in (Screen.TEXT, Screen.DETAIL) and draft.asked_language:
        longest = TEXT_LENGTH if draft.screen is Screen.TEXT else DETAIL_LENGTH
        return draft.worded(words(text, longest))
    raise NotUnderstoodError("nothing-asked")


def _about(draft: ClaimDraft, argument: str, ledger: Ledger, _now: datetime) -> ClaimDraft:
    """A stage or a pledge, the exchange as a whole, or what went on around it."""
    if draft.only_adds:
        raise NotUnderstoodError("stale-button")
    if argument in list(ClaimScope):
        return draft.about_what(None, ClaimScope(argument))
    known = {one.key for one in ledger.stages_of(draft.agreement)}
    known |= {one.key for one in ledger.pledges_of(draft.agreement)}
    if argument not in known:
        raise NotUnderstoodError("stale-button")
    return draft.about_what(argument)


def _again(draft: ClaimDraft, argument: str, _ledger: Ledger, _now: datetime) -> ClaimDraft:
    """The text or the detail in one language, typed anew."""
    if draft.screen not in (Screen.TEXT, Screen.DETAIL) or argument not in LANGUAGES:
        raise NotUnderstoodError("stale-button")
    return replace(draft, language=argument)


def _no_detail(draft: ClaimDraft, _argument: str, _ledger: Ledger, _now: datetime) -> ClaimDraft:
    if draft.screen is not Screen.DETAIL:
        raise NotUnderstoodError("stale-button")
    return draft.without_detail()


def _qualifier(draft: ClaimDraft, argument: str, _ledger: Ledger, _now: datetime) -> ClaimDraft:
    if draft.screen is not Screen.QUALIFIER:
        raise NotUnderstoodError("stale-button")
    return draft.qualified(Qualifier(argument))


def _take(draft: ClaimDraft, argument: str, _ledger: Ledger, _now: datetime) -> ClaimDraft:
    """One more stance, or one that was entered before."""
    return draft.beginning_to_take() if argument == "new" else draft.taking_again(int(argument))


def _stance_kind(draft: ClaimDraft, argument: str, ledger: Ledger, _now: datetime) -> ClaimDraft:
    """The speaker is asked for again where he cannot do that."""
    kind = StanceKind(argument)
    speaker = draft.taking.speaker if draft.taking else None
    able = speaker if speaker in _able(draft, kind, ledger) else None
    return draft.with_taking(kind=kind, speaker=able)


def _speaker(draft: ClaimDraft, argument: str, ledger: Ledger, _now: datetime) -> ClaimDraft:
    if argument not in _able(draft, draft.taking.kind if draft.taking else None, ledger):
        raise NotUnderstoodError("stale-button")
    return draft.with_taking(speaker=argument)


def _able(draft: ClaimDraft, kind: StanceKind | None, ledger: Ledger) -> tuple[str, ...]:
    """An outlet can say something itself; to what others say it takes no stance."""
    parties = ledger.agreements[draft.agreement].parties
    return speakers(ledger, parties, outlets=kind is StanceKind.ASSERTS)


def _read_in(draft: ClaimDraft, argument: str, ledger: Ledger, _now: datetime) -> ClaimDraft:
    if draft.source(argument, ledger) is None:
        raise NotUnderstoodError("stale-button")
    return draft.with_taking(source=argument)


def _manner(draft: ClaimDraft, argument: str, _ledger: Ledger, _now: datetime) -> ClaimDraft:
    """Said of several accusations at once; said as a possibility. Each on or off."""
    if draft.taking is None or argument not in ("general", "hedged"):
        raise NotUnderstoodError("stale-button")
    return draft.with_taking(**{argument: not getattr(draft.taking, argument)})


def _beside(draft: ClaimDraft, argument: str, ledger: Ledger, _now: datetime) -> ClaimDraft:
    if argument not in ledger.claims or argument == draft.base:
        raise NotUnderstoodError("stale-button")
    return draft.beside(argument)


def _done(draft: ClaimDraft, argument: str, _ledger: Ledger, _now: datetime) -> ClaimDraft:
    return draft.taken() if argument == Screen.STANCE else draft.onward()


def _drop(draft: ClaimDraft, _argument: str, _ledger: Ledger, _now: datetime) -> ClaimDraft:
    if draft.screen is not Screen.STANCE:
        raise NotUnderstoodError("stale-button")
    return draft.not_taken()


PRESSES: Mapping[str, Press[ClaimDraft]] = {
    "about": _about,
    "again": _again,
    "nodetail": _no_detail,
    "qualifier": _qualifier,
    "take": _take,
    "stance": _stance_kind,
    "speaker": _speaker,
    "from": _read_in,
    "manner": _manner,
    "beside": _beside,
    "done": _done,
    "drop": _drop,
}
