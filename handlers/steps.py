"""A moderator's press or typed line, applied to a draft of any kind. Pure.

Each verb of a button is one row of a table: the acts that all drafts know are here, those of one
kind in that kind's own file. What cannot be understood raises `NotUnderstoodError`, whose rule
names the sentence that says what to do instead; the draft then stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exchange.claim_draft import ClaimDraft
from exchange.draft import Draft
from exchange.ledger import Ledger
from exchange.stage_draft import StageDraft
from exchange.total_draft import TotalDraft
from handlers import claim_steps, stage_steps, total_steps
from handlers.shared_steps import (
    NotUnderstoodError,
    Press,
    Typed,
    back,
    day,
    entered,
    give_reason,
    open_field,
    turn,
)

__all__ = ["TYPED_LENGTH", "NotUnderstoodError", "press", "typed"]

TYPED_LENGTH = 500
"""Longer lines are refused unread: nothing that a moderator types needs more."""

_PRESSES: Mapping[str, Press[Any]] = {
    "open": open_field,
    "back": back,
    "reason": give_reason,
    "day": day,
    "turn": turn,
}
"""What the buttons of every draft do."""

_OWN: Mapping[type[Draft], tuple[Mapping[str, Press[Any]], Typed[Any]]] = {
    StageDraft: (stage_steps.PRESSES, stage_steps.typed),
    ClaimDraft: (claim_steps.PRESSES, claim_steps.typed),
    TotalDraft: (total_steps.PRESSES, total_steps.typed),
}
"""What the buttons of one kind of draft do, and how it takes a typed line."""


def press(draft: Draft, act: str, ledger: Ledger, now: datetime) -> Draft:
    """The draft after a button; `act` is "verb" or "verb:argument"."""
    verb, _, argument = act.partition(":")
    own, _typed = _OWN[type(draft)]
    step = own.get(verb) or _PRESSES.get(verb)
    if step is None:
        raise NotUnderstoodError("stale-button")
    try:
        return entered(step(draft, argument, ledger, now), ledger, now)
    except (ValueError, KeyError, IndexError) as error:
        raise NotUnderstoodError("stale-button") from error


def typed(draft: Draft, text: str, ledger: Ledger, now: datetime) -> Draft:
    """The draft after a typed line: whatever its screen asked for."""
    if len(text) > TYPED_LENGTH:
        raise NotUnderstoodError("text-too-long")
    _presses, own = _OWN[type(draft)]
    return entered(own(draft, text, ledger, now), ledger, now)
