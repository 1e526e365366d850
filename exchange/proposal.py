"""A draft held against the ledger that it would join: what it proposes, and what forbids that."""

from __future__ import annotations

from datetime import datetime

from exchange.draft import Draft, Screen
from exchange.ledger import Ledger
from exchange.records import Stage
from exchange.rules import Problem, is_addition, problems

_UNNUMBERED = "S0"
"""Stands for the id of a stage that has none yet; a preview shows no id."""


def problems_of(draft: Draft, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
    """Why the draft cannot be published; an open field comes alone, as `open-field`."""
    if draft.next_screen is not Screen.OVERVIEW:
        return (Problem("open-field", draft.next_screen),)
    stage = proposed(draft, ledger)
    beside = ledger.with_records(draft.new_sources, now)
    found = [one for new in draft.new_sources for one in problems(new, beside, now)]
    found += problems(stage, beside, now)
    before = draft.recorded(ledger)
    if draft.base and before is None:
        found.append(Problem("unknown-reference", "base", draft.base))
    if before and not is_addition(before, stage):
        found.append(Problem("correction-needed", ""))
    if before == stage:
        found.append(Problem("nothing-added", ""))
    return tuple(found)


def proposed(draft: Draft, ledger: Ledger) -> Stage:
    """The stage as it would be recorded; a new one has no id yet."""
    return draft.stage(draft.base or _UNNUMBERED, ledger)
