"""A draft held against the ledger that it would join: what it proposes, and what speaks against."""

from __future__ import annotations

from datetime import datetime

from exchange.cautions import cautions
from exchange.draft import Draft, Screen
from exchange.ledger import Ledger
from exchange.records import Record
from exchange.rules import Problem, is_addition, problems


def problems_of(draft: Draft, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
    """Why the draft cannot be published; an open field comes alone, as `open-field`."""
    if draft.next_screen is not Screen.OVERVIEW:
        return (Problem("open-field", draft.next_screen),)
    record = proposed(draft, ledger)
    beside = ledger.with_records(draft.new_sources, now)
    found = [one for new in draft.new_sources for one in problems(new, beside, now)]
    found += problems(record, beside, now)
    before = draft.recorded(ledger)
    if draft.base and before is None:
        found.append(Problem("unknown-reference", "base", draft.base))
    elif draft.base and draft.correcting and ledger.entries[draft.base].rev != draft.corrects:
        found.append(Problem("changed-meanwhile", "base", draft.base))
    if draft.correcting:  # a state that was wrong was never reached
        found = [one for one in found if one.rule != "lifecycle-moves-back"]
    elif before and not is_addition(before, record):
        found.append(Problem("correction-needed", ""))
    if before == record:
        found.append(Problem("nothing-changed" if draft.correcting else "nothing-added", ""))
    return tuple(found)


def cautions_of(draft: Draft, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
    """What is doubtful about a draft with no open field, and forbids nothing."""
    if draft.next_screen is not Screen.OVERVIEW:
        return ()
    beside = ledger.with_records(draft.new_sources, now)
    new = (*draft.new_sources, proposed(draft, ledger))
    return tuple(one for record in new for one in cautions(record, beside, now))


def proposed(draft: Draft, ledger: Ledger) -> Record:
    """The record as it would be; a new one has no id yet, and a preview shows none."""
    return draft.record(draft.base or f"{draft.PREFIX}0", ledger)
