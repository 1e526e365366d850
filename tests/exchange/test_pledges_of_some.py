"""Pledges of people of some kind: whoever else returned neither keeps nor breaks them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.arithmetic import Interval
from exchange.progress import PledgeStatus, progress
from exchange.records import Pledge, Stage, Unit
from tests.exchange.examples import NORTH, at_least, exact, ledger, pledge, returned, said, stage

WOUNDED = replace(pledge(at_least(100)), categories=("wounded",))
CIVILIANS = pledge(at_least(100), unit=Unit.CIVILIAN)


def of(*categories: str, unit: Unit = Unit.PERSON, number: int = 150) -> Stage:
    return replace(stage(returned(NORTH, said(exact(number)), unit=unit)), categories=categories)


@pytest.mark.parametrize(
    ("promised", "came", "delivered", "status"),
    [
        pytest.param(
            WOUNDED,
            of("young"),
            Interval(0, 150),
            PledgeStatus.CANNOT_BE_DETERMINED,
            id="others, of whom some may be wounded",
        ),
        pytest.param(
            WOUNDED, of(), Interval(0, 150), PledgeStatus.CANNOT_BE_DETERMINED, id="nobody said who"
        ),
        pytest.param(
            WOUNDED,
            of("wounded", "young"),
            Interval(0, 150),
            PledgeStatus.CANNOT_BE_DETERMINED,
            id="wounded among others",
        ),
        pytest.param(
            WOUNDED, of("wounded"), Interval(150, 150), PledgeStatus.MET, id="wounded alone"
        ),
        pytest.param(
            WOUNDED,
            of("young", number=99),
            Interval(0, 99),
            PledgeStatus.NOT_MET_SO_FAR,
            id="too few whoever they are",
        ),
        pytest.param(
            CIVILIANS,
            of(),
            Interval(0, 150),
            PledgeStatus.CANNOT_BE_DETERMINED,
            id="people, of whom some may be civilians",
        ),
        pytest.param(
            CIVILIANS,
            of(unit=Unit.CIVILIAN),
            Interval(150, 150),
            PledgeStatus.MET,
            id="civilians alone",
        ),
        pytest.param(
            pledge(at_least(100)),
            of("young"),
            Interval(150, 150),
            PledgeStatus.MET,
            id="whoever they are",
        ),
    ],
)
def test_only_people_of_the_pledged_kind_keep_a_pledge(
    promised: Pledge, came: Stage, delivered: Interval, status: PledgeStatus
) -> None:
    found = progress(ledger(promised, came), promised)

    assert (found.delivered, found.status) == (delivered, status)
