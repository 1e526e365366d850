"""How many of some moments fell into one second."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.journal import Call


def most_in_a_second(starts: list[float]) -> int:
    return max(sum(1 for one in starts if first <= one <= first + 1) for first in starts)


def most_together(calls: Sequence[Call]) -> int:
    """The most calls in any second, as they arrived; a busy machine brings some closer together."""
    times = sorted(call.at for call in calls)
    return max(sum(1 for one in times if first <= one < first + 0.9) for first in times)
