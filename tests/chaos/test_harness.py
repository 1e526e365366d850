"""A small share of the chaos; `make chaos` does it at length."""

from __future__ import annotations

import pkgutil
from pathlib import Path

import pytest

from tests.chaos import planted
from tests.chaos.__main__ import run_drill
from tests.chaos.campaign import COMMITS, campaign
from tests.chaos.cancelling import cancels
from tests.chaos.drills import DRILLS, Drill
from tests.chaos.flights import flights
from tests.chaos.mutations import mutations


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.__name__)
async def test_the_promises_are_kept_in(drill: Drill) -> None:
    assert await run_drill(drill) == ()


async def test_the_promises_are_kept_through_a_row_of_random_deaths(tmp_path: Path) -> None:
    tally = await campaign(tmp_path, kills=16, seed=20250609)
    assert tally.broken == []
    assert tally.kills >= 16
    assert tally.deliveries > 0
    assert tally.repeats <= tally.bound


async def test_no_cancelled_call_tears_an_act_or_leaves_a_transaction_open(tmp_path: Path) -> None:
    seen = await cancels(tmp_path, 300, seed=20250609)
    assert (seen.open, seen.torn) == (0, 0)
    assert seen.committed > 0, "no call was cancelled in the middle: the test is blind"


@pytest.mark.parametrize("way_in", ["polling", "webhook"])
async def test_updates_in_flight_at_a_death_are_answered_and_act_once(
    tmp_path: Path, way_in: str
) -> None:
    seen = await flights(tmp_path, 100, seed=20250609, webhook=way_in == "webhook")
    assert (seen.lost, seen.doubled) == (0, 0)


async def test_no_update_however_mutated_surprises_a_handler(tmp_path: Path) -> None:
    seen = await mutations(tmp_path, 500, seed=20250609)
    assert seen.unhandled == []
    assert seen.strangers == 0
    assert 0 < seen.unreadable < seen.updates


@pytest.mark.parametrize("name", COMMITS)
def test_a_point_at_which_a_life_may_end_is_in_the_program(name: str) -> None:
    assert callable(pkgutil.resolve_name(name))


def test_at_least_twelve_faults_are_planted() -> None:
    assert len(planted.patches()) >= 12


@pytest.mark.parametrize("patch", planted.patches(), ids=lambda patch: patch.stem)
async def test_a_planted_fault_still_applies(patch: Path) -> None:
    assert await planted.still_applies(patch) == ""


@pytest.mark.parametrize("patch", planted.patches(), ids=lambda patch: patch.stem)
def test_a_planted_fault_names_the_drill_that_finds_it(patch: Path) -> None:
    assert planted.found_by(patch) in {drill.__name__ for drill in DRILLS}
