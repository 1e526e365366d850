from __future__ import annotations

import pytest

from exchange.lifecycle import HAS_HAPPENED, may_follow, open_to
from exchange.records import Lifecycle

ANNOUNCED, UNDER_WAY, COMPLETED, POSTPONED, CANCELLED = Lifecycle

MOVES = {
    (ANNOUNCED, UNDER_WAY),
    (ANNOUNCED, COMPLETED),
    (ANNOUNCED, POSTPONED),
    (ANNOUNCED, CANCELLED),
    (UNDER_WAY, COMPLETED),
    (UNDER_WAY, POSTPONED),
    (UNDER_WAY, CANCELLED),
    (POSTPONED, ANNOUNCED),
    (POSTPONED, UNDER_WAY),
    (POSTPONED, CANCELLED),
}
"""Every move that a stage may make; completed and cancelled are ends."""


@pytest.mark.parametrize("before", Lifecycle)
@pytest.mark.parametrize("after", Lifecycle)
def test_a_stage_makes_the_moves_of_the_table_and_no_other(
    before: Lifecycle, after: Lifecycle
) -> None:
    assert may_follow(before, after) is (before is after or (before, after) in MOVES)


@pytest.mark.parametrize("state", Lifecycle)
def test_a_first_record_may_start_anywhere(state: Lifecycle) -> None:
    assert may_follow(None, state)


@pytest.mark.parametrize("before", [None, *Lifecycle])
def test_a_moderator_is_offered_every_open_state_and_no_other(before: Lifecycle | None) -> None:
    assert open_to(before) == tuple(state for state in Lifecycle if may_follow(before, state))


def test_only_what_began_has_happened() -> None:
    assert {UNDER_WAY, COMPLETED} == HAS_HAPPENED
