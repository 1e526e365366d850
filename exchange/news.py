"""What of a publication is told to subscribers, and what stands in the ledger alone.

Told are a new stage, a move of its lifecycle, and the first number in a direction; a new claim, who
newly denies it, and a move of its status. An added source, a further confirmation or a second
speaker's figure is to be found by who looks for it, and so is what went on around the exchange.
"""

from __future__ import annotations

from enum import StrEnum

from exchange.claims import status
from exchange.ledger import Ledger
from exchange.records import Claim, ClaimScope, Stage, StageKind, StanceKind, Transfer


class News(StrEnum):
    """Why an alert goes out."""

    NEW_STAGE = "new"
    LIFECYCLE = "lifecycle"
    FIRST_FIGURE = "figure"
    NEW_CLAIM = "claim"
    REBUTTAL = "rebuttal"
    """Somebody denies a claim who did not deny it before."""
    CLAIM_STATUS = "status"


class Topic(StrEnum):
    """What readers subscribe to; news of bodies and claims is sought, never pushed unasked."""

    PEOPLE = "people"
    BODIES = "bodies"
    CLAIMS = "claims"


def news(before: Stage | None, after: Stage) -> News | None:
    """Why `after` is told, or None where it is not; `before` is what was recorded until now."""
    if before is None:
        return News.NEW_STAGE
    if before.lifecycle is not after.lifecycle:
        return News.LIFECYCLE
    silent = {one.returned_to for one in before.transfers if not _has_number(one)}
    spoken = {one.returned_to for one in after.transfers if _has_number(one)}
    return News.FIRST_FIGURE if silent & spoken else None


def claim_news(before: Claim | None, after: Claim, ledger: Ledger) -> News | None:
    """Why a claim is told, or None where it is not; the ledger knows who speaks for whom."""
    if after.scope is ClaimScope.CONTEXT:
        return None
    if before is None:
        return News.NEW_CLAIM
    if _deniers(after) - _deniers(before):
        return News.REBUTTAL
    return News.CLAIM_STATUS if status(before, ledger) is not status(after, ledger) else None


def topic(record: Stage | Claim) -> Topic:
    if isinstance(record, Claim):
        return Topic.CLAIMS
    return Topic.BODIES if record.kind is StageKind.BODIES else Topic.PEOPLE


def _deniers(claim: Claim) -> set[str]:
    return {one.stated.speaker for one in claim.stances if one.kind is StanceKind.DENIES}


def _has_number(transfer: Transfer) -> bool:
    return any(figure.quantity.value is not None for figure in transfer.figures)
