"""A ledger to draft against, and drafts as presses and typed lines make them."""

from __future__ import annotations

from datetime import UTC, datetime

from exchange.ledger import Ledger
from exchange.stage_draft import StageDraft
from handlers.steps import press, typed
from tests.builders import (
    AGREEMENT,
    JUNE_10,
    RU,
    UA,
    a_stage,
    an_agreement,
    at_least,
    back_to,
    istanbul,
    label,
    said,
)

NOW = datetime(2026, 6, 10, 15, tzinfo=UTC)
LINK = "https://office.example.org/exchange"
KNOWN_LINK = "https://news.example.org/returned"
LEDGER = istanbul(an_agreement("geneva", name=label("Geneva agreement"), day=None))
COUNTED = istanbul(
    a_stage("S2", back_to(UA, said(at_least(5), "president")), back_to(RU), day=JUNE_10)
)
USUAL = (
    "kind:persons",
    "state:completed",
    "day:10",
    "category:wounded",
    "done:categories",
    "direction:both",
    LINK,
    "confirm:both",
)


def after(
    *steps: str, draft: StageDraft | None = None, ledger: Ledger = LEDGER, now: datetime = NOW
) -> StageDraft:
    """The draft after these presses and typed lines; lines are the steps without a verb of ours."""
    draft = draft or StageDraft(AGREEMENT)
    for step in steps:
        is_line = step.strip().startswith("http") or step[:1].isdigit()
        stepped = (typed if is_line else press)(draft, step, ledger, now)
        assert isinstance(stepped, StageDraft)
        draft = stepped
    return draft


FULL = after(*USUAL)
ADDING = after("add:S1")
