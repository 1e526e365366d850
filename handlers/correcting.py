"""How a moderator corrects what is published: a draft of it in which everything can be changed."""

from __future__ import annotations

from exchange.claim_draft import correction_of as correction_of_claim
from exchange.draft import Draft
from exchange.ledger import Ledger
from exchange.stage_draft import correction_of as correction_of_stage
from exchange.total_draft import correction_of as correction_of_total
from handlers.arguments import public_id
from handlers.recording import open_draft
from handlers.visit import Visit
from messages import drafting


async def correct(visit: Visit) -> None:
    """After an id: "/correct S1". The draft asks for a reason, and is published as any other."""
    ledger = await visit.ledger()
    nothing = drafting.nothing_to_correct(ledger, visit.language)
    await open_draft(visit, ledger, _correction(visit.argument, ledger), otherwise=nothing)


def _correction(argument: str, ledger: Ledger) -> Draft | None:
    """A draft of the recorded thing with this id; a bare number is a stage's, as everywhere."""
    if stage := ledger.stages.get(public_id(argument, "S") or ""):
        return correction_of_stage(stage, ledger.entries[stage.key].rev)
    if claim := ledger.claims.get(public_id(argument, "C") or ""):
        return correction_of_claim(claim, ledger.entries[claim.key].rev)
    if total := ledger.totals.get(public_id(argument, "T") or ""):
        return correction_of_total(total, ledger.entries[total.key].rev)
    return None
