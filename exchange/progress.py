"""A pledge held against what is known to have been delivered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exchange.arithmetic import ANY, NONE, Interval, bounds, counted, transferred
from exchange.ledger import Ledger
from exchange.quantity import Qualifier, Quantity
from exchange.records import BOTH_NOT_SPLIT, NOT_STATED, Pledge, Stage, Transfer, Unit
from exchange.totals import Known, known


class PledgeStatus(StrEnum):
    """Whether a pledge is met, as far as published figures can tell."""

    MET = "met"
    NOT_MET_SO_FAR = "not_met_so_far"
    CANNOT_BE_DETERMINED = "cannot_be_determined"
    NO_STAGE_RECORDED = "no_stage_recorded"
    NO_ARITHMETIC = "no_arithmetic"


@dataclass(frozen=True)
class Progress:
    """A pledge beside what is documented."""

    pledge: Pledge
    status: PledgeStatus
    delivered: Interval
    """How many of those whom the pledge is about."""
    stages: int
    gaps: int
    known: tuple[Known, ...]
    """What is known of each direction that the pledge is about, in the order of the parties."""

    @property
    def fits(self) -> bool:
        """Whether what officials state fits what the stages add up to."""
        return all(one.fits for one in self.known)

    @property
    def percent_at_least(self) -> int | None:
        """The share of the pledge that is documented, rounded down; None without a number."""
        goal = _goal(self.pledge.quantity)
        return 100 * self.delivered.lo // goal if goal else None

    @property
    def remaining_at_most(self) -> int | None:
        """How many are missing at the most: true whatever the unpublished numbers are."""
        goal = _goal(self.pledge.quantity)
        return max(0, goal - self.delivered.lo) if goal else None


def progress(ledger: Ledger, pledge: Pledge) -> Progress:
    """A pledge held against what is known of the completed stages of its agreement."""
    directions: tuple[str, ...] = ledger.agreements[pledge.agreement].parties
    if pledge.returned_to not in (BOTH_NOT_SPLIT, NOT_STATED):
        directions = (pledge.returned_to,)
    bodies = pledge.unit is Unit.BODY
    found = tuple(known(ledger, pledge.agreement, one, bodies=bodies) for one in directions)
    if _is_about_some(pledge):
        delivered = sum((_of_those(ledger, pledge, one) for one in directions), start=NONE)
    else:
        delivered = sum((one.interval for one in found), start=NONE)
    completed = sum(one.computed.stages for one in found)
    return Progress(
        pledge=pledge,
        status=_status(pledge, delivered, any_stage=completed > 0),
        delivered=delivered,
        stages=completed,
        gaps=sum(one.computed.gaps for one in found),
        known=found,
    )


def _is_about_some(pledge: Pledge) -> bool:
    """Whether it promises people of some kind, not people or bodies whoever they are."""
    return bool(pledge.categories) or pledge.unit not in (Unit.PERSON, Unit.BODY)


def _of_those(ledger: Ledger, pledge: Pledge, returned_to: str) -> Interval:
    """How many of the kind that is pledged: whoever else returned keeps no such promise.

    A stage says of what kinds its people were, not how many of each. One whose people are all of
    the pledged kind counts whole; of any other, nobody to everybody may have been of it.
    """
    found = [
        (transferred(transfer) or ANY, _is_all_of(pledge, stage, transfer))
        for stage in ledger.completed_of(pledge.agreement)
        for transfer in counted([stage], returned_to, bodies=pledge.unit is Unit.BODY)
    ]
    return sum((Interval(one.lo if whole else 0, one.hi) for one, whole in found), start=NONE)


def _is_all_of(pledge: Pledge, stage: Stage, transfer: Transfer) -> bool:
    of_unit = pledge.unit in (Unit.PERSON, transfer.unit)
    kinds = set(stage.categories)
    return of_unit and (not pledge.categories or (bool(kinds) and kinds <= set(pledge.categories)))


def _status(pledge: Pledge, delivered: Interval, *, any_stage: bool) -> PledgeStatus:
    if pledge.quantity.qualifier is Qualifier.UNKNOWN:
        return PledgeStatus.NO_ARITHMETIC
    if not any_stage:
        return PledgeStatus.NO_STAGE_RECORDED
    goal = _goal(pledge.quantity)
    if goal is None or pledge.returned_to == NOT_STATED:
        return PledgeStatus.NO_ARITHMETIC
    if delivered.lo >= goal:
        return PledgeStatus.MET
    if delivered.hi is not None and delivered.hi < goal:
        return PledgeStatus.NOT_MET_SO_FAR
    return PledgeStatus.CANNOT_BE_DETERMINED


def _goal(quantity: Quantity) -> int | None:
    """The number from which on a pledge is met; None where "about", "at most" or words set none."""
    if quantity.qualifier is Qualifier.AT_MOST:
        return None
    found = bounds(quantity)
    return found.lo if found else None
