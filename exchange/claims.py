"""What becomes of a claim, told from the stances alone and never typed by anybody.

A status says how far the two sides differ, not who is right. An outlet may assert, but it stands
for no party; nobody's words are taken for those of a body that they were not attributed to (I15).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from exchange.dates import chronological
from exchange.ledger import Ledger, by_number
from exchange.records import Actor, ActorKind, Agreement, Claim, ClaimScope, Stance, StanceKind


class ClaimStatus(StrEnum):
    """The first of these that fits."""

    WITHDRAWN = "withdrawn"
    """Everybody who asserted it took it back."""
    REFUTED = "refuted"
    """Everybody who asserts it is denied by his own side."""
    DISPUTED = "disputed"
    """A party denies it."""
    CONFIRMED_BOTH = "confirmed_both"
    """Somebody of each party says so."""
    CONFIRMED_ONE = "confirmed_one"
    """Somebody of one party says so, and an independent body too."""
    REPORTED = "reported"
    """Asserted, and nothing more."""


_Statuses = dict[str, tuple[Claim, ClaimStatus]]


def status(claim: Claim, ledger: Ledger) -> ClaimStatus:
    """What the stances of a claim come to."""
    return _known(claim, ledger, _statuses(ledger))


def _statuses(ledger: Ledger) -> _Statuses:
    """What was found so far; it holds for as long as a claim is the same."""
    return ledger.once("statuses of claims", dict, of=(Actor, Agreement))


def _known(claim: Claim, ledger: Ledger, statuses: _Statuses) -> ClaimStatus:
    found = statuses.get(claim.key)
    if found is None or found[0] is not claim:
        found = statuses[claim.key] = claim, _status(claim, ledger)
    return found[1]


def _status(claim: Claim, ledger: Ledger) -> ClaimStatus:
    standing = _standing(claim.stances)
    said_by = {_side(one, ledger) for one in standing if one.kind is StanceKind.ASSERTS}
    if not said_by:
        return ClaimStatus.WITHDRAWN
    denied_by = {_side(one, ledger) for one in standing if one.kind is StanceKind.DENIES}
    if said_by <= denied_by:
        return ClaimStatus.REFUTED
    if denied_by & _parties(claim, ledger):
        return ClaimStatus.DISPUTED
    return _confirmed(claim, ledger)


def listed(ledger: Ledger, agreement: str) -> tuple[Claim, ...]:
    """All claims of an agreement: what is contested first, then what is open, context last."""

    def in_place() -> tuple[Claim, ...]:
        return in_order(ledger.claims_of(agreement), ledger)

    return ledger.once(("listed claims", agreement), in_place, of=_SPOKEN)


def contested(ledger: Ledger, agreement: str) -> int:
    """How many claims about the exchange itself are disputed."""

    def count() -> int:
        statuses = _statuses(ledger)
        return sum(
            claim.scope is ClaimScope.EXCHANGE
            and _known(claim, ledger, statuses) is ClaimStatus.DISPUTED
            for claim in ledger.claims_of(agreement)
        )

    return ledger.once(("contested claims", agreement), count, of=_SPOKEN)


def confirmed_by(claim: Claim, ledger: Ledger) -> tuple[str, ...]:
    """Whose words, together, confirm a claim: speakers of a party or independent bodies.

    Outlets and unnamed people without a party confirm nothing, and neither does what is said as a
    mere possibility.
    """
    speakers = [
        one.stated.speaker
        for one in _standing(claim.stances)
        if one.kind in _SAYING and not one.hedged
    ]
    counted = [one for one in speakers if _counts(one, claim, ledger)]
    return tuple(dict.fromkeys(counted))


def in_order(claims: Iterable[Claim], ledger: Ledger) -> tuple[Claim, ...]:
    """What is contested first, then what is open; what is no part of the exchange comes last."""
    statuses = _statuses(ledger)

    def place(claim: Claim) -> tuple[bool, int, tuple[int, str]]:
        apart = claim.scope is ClaimScope.CONTEXT
        return apart, _PLACE[_known(claim, ledger, statuses)], by_number(claim.key)

    return tuple(sorted(claims, key=place))


_ORDER = (
    ClaimStatus.DISPUTED,
    ClaimStatus.REPORTED,
    ClaimStatus.CONFIRMED_ONE,
    ClaimStatus.CONFIRMED_BOTH,
    ClaimStatus.REFUTED,
    ClaimStatus.WITHDRAWN,
)

_PLACE = {status: place for place, status in enumerate(_ORDER)}

_SPOKEN = (Actor, Agreement, Claim)
"""What the status of a claim follows from."""

_SAYING = (StanceKind.ASSERTS, StanceKind.CONFIRMS)


def _confirmed(claim: Claim, ledger: Ledger) -> ClaimStatus:
    parties = _parties(claim, ledger)
    behind = {_side_of(one, ledger) for one in confirmed_by(claim, ledger)}
    if parties and parties <= behind:
        return ClaimStatus.CONFIRMED_BOTH
    if behind & parties and behind - parties:
        return ClaimStatus.CONFIRMED_ONE
    return ClaimStatus.REPORTED


def _counts(speaker: str, claim: Claim, ledger: Ledger) -> bool:
    actor = ledger.actors.get(speaker)
    if actor is None or actor.kind is ActorKind.OUTLET:
        return False
    return actor.party in _parties(claim, ledger) or actor.kind is not ActorKind.COLLECTIVE_UNNAMED


def _parties(claim: Claim, ledger: Ledger) -> frozenset[str]:
    agreement = ledger.agreements.get(claim.agreement)
    return frozenset(agreement.parties if agreement else ())


def _side(stance: Stance, ledger: Ledger) -> str:
    return _side_of(stance.stated.speaker, ledger)


def _side_of(speaker: str, ledger: Ledger) -> str:
    """The party that a speaker speaks for; whoever speaks for none is a side of his own."""
    actor = ledger.actors.get(speaker)
    return actor.party if actor and actor.party else speaker


def _standing(stances: Sequence[Stance]) -> tuple[Stance, ...]:
    """The stances without what its own speaker withdrew and did not say again on a later day."""
    withdrawals = [one for one in stances if one.kind is StanceKind.WITHDRAWS]
    return tuple(
        stance
        for stance in stances
        if stance.kind not in _SAYING
        or not any(
            one.stated.speaker == stance.stated.speaker and not _is_later(stance, one)
            for one in withdrawals
        )
    )


def _is_later(one: Stance, other: Stance) -> bool:
    days = [day for day in (one.stated.said_on, other.stated.said_on) if day]
    order = chronological(days)
    return len(days) > 1 and order(days[0]) > order(days[1])
