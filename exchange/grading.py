"""Sources and what is said in them, graded apart on the Admiralty scale, alike for both parties.

A moderator's grade stands; otherwise a rule gives it. A party knows what it handed over or got, so
its own figure is probably true, and confirmed once the other side gives the same. On anything that
is contested it is no judge: what a party alone asserts in a claim cannot be judged.
"""

from __future__ import annotations

from collections.abc import Iterable

from exchange.claims import ClaimStatus, status
from exchange.ledger import Ledger, Speaking
from exchange.records import (
    ActorKind,
    Claim,
    Credibility,
    Pledge,
    Reliability,
    Source,
    SourceType,
    Stage,
    StatedTotal,
    Statement,
)

_RELIABILITY = {
    SourceType.OFFICIAL_PARTY: Reliability.FAIRLY,
    SourceType.OFFICIAL_THIRD: Reliability.USUALLY,
    SourceType.HUMANITARIAN: Reliability.USUALLY,
    SourceType.AGENCY: Reliability.USUALLY,
    SourceType.MEDIA: Reliability.FAIRLY,
    SourceType.SOCIAL: Reliability.CANNOT_BE_JUDGED,
}

_CLAIMED = {
    ClaimStatus.CONFIRMED_BOTH: Credibility.CONFIRMED,
    ClaimStatus.CONFIRMED_ONE: Credibility.PROBABLY_TRUE,
    ClaimStatus.REFUTED: Credibility.IMPROBABLE,
}


def reliability(source: Source) -> Reliability:
    """How far a source can be relied on, whatever it says."""
    return source.reliability or _RELIABILITY[source.type]


def credibility(stated: Statement, record: Speaking, ledger: Ledger) -> Credibility:
    """How far a statement can be believed, wherever it was read."""
    if stated.credibility:
        return stated.credibility
    if isinstance(record, Claim):
        return _CLAIMED.get(status(record, ledger), Credibility.CANNOT_BE_JUDGED)
    party = _party(stated, ledger)
    if party and any(
        other not in (None, party)
        for other in (_party(one, ledger) for one in _echoes(stated, record, ledger))
    ):
        return Credibility.CONFIRMED
    actor = ledger.actors.get(stated.speaker)
    if actor and actor.kind in (ActorKind.INSTITUTION, ActorKind.PERSON_IN_OFFICE):
        return Credibility.PROBABLY_TRUE
    return Credibility.POSSIBLY_TRUE


def _echoes(
    stated: Statement, record: Pledge | Stage | StatedTotal, ledger: Ledger
) -> Iterable[Statement]:
    """Who else says the same: the same number of the same thing, or that the stage took place."""
    if isinstance(record, Stage):
        figures = [(one.returned_to, figure) for one in record.transfers for figure in one.figures]
        own = [(to, one.quantity, one.parts) for to, one in figures if one.stated == stated]
        if own:
            return [one.stated for to, one in figures if (to, one.quantity, one.parts) in own]
        return record.confirmations if stated in record.confirmations else ()
    alike = (
        [one for one in ledger.pledges_of(record.agreement) if _same_pledge(one, record)]
        if isinstance(record, Pledge)
        else [one for one in ledger.totals_of(record.agreement) if _same_total(one, record)]
    )
    return [one for other in (record, *alike) for one in other.stated]


def _same_pledge(one: Pledge, other: Pledge) -> bool:
    return (one.unit, one.returned_to, one.quantity) == (
        other.unit,
        other.returned_to,
        other.quantity,
    )


def _same_total(one: StatedTotal, other: StatedTotal) -> bool:
    return (one.unit, one.returned_to, one.quantity, one.scope, one.since, one.through) == (
        other.unit,
        other.returned_to,
        other.quantity,
        other.scope,
        other.since,
        other.through,
    )


def _party(stated: Statement, ledger: Ledger) -> str | None:
    actor = ledger.actors.get(stated.speaker)
    return actor.party if actor else None
