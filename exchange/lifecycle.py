"""How a stage may move. A first record may start anywhere: many exchanges are told when done.

A completed stage moves nowhere: what was wrong is corrected, what never happened is withdrawn.
"""

from __future__ import annotations

from exchange.records import Lifecycle

_MAY_FOLLOW: dict[Lifecycle, frozenset[Lifecycle]] = {
    Lifecycle.ANNOUNCED: frozenset(
        {Lifecycle.UNDER_WAY, Lifecycle.COMPLETED, Lifecycle.POSTPONED, Lifecycle.CANCELLED}
    ),
    Lifecycle.UNDER_WAY: frozenset({Lifecycle.COMPLETED, Lifecycle.POSTPONED, Lifecycle.CANCELLED}),
    Lifecycle.POSTPONED: frozenset({Lifecycle.ANNOUNCED, Lifecycle.UNDER_WAY, Lifecycle.CANCELLED}),
    Lifecycle.COMPLETED: frozenset(),
    Lifecycle.CANCELLED: frozenset(),
}

HAS_HAPPENED = frozenset({Lifecycle.UNDER_WAY, Lifecycle.COMPLETED})
"""The states that need a day, and one that has begun."""


def may_follow(before: Lifecycle | None, after: Lifecycle) -> bool:
    """Whether a stage may go from `before` to `after`; None is a stage not yet recorded."""
    return before is None or before is after or after in _MAY_FOLLOW[before]


def open_to(before: Lifecycle | None) -> tuple[Lifecycle, ...]:
    """Every state a moderator may choose, the present one included, in the order of a course."""
    return tuple(state for state in Lifecycle if may_follow(before, state))
