"""Moments on one clock: how many fell into any second, and how long most had to wait."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence


def most_within(moments: Iterable[float], seconds: float) -> int:
    """The most that fell into any window of so many seconds."""
    window: deque[float] = deque()
    most = 0
    for moment in sorted(moments):
        window.append(moment)
        while window[0] <= moment - seconds:
            window.popleft()
        most = max(most, len(window))
    return most


def pace(moments: Iterable[float]) -> float:
    """How many came a second, from the first to the last."""
    ordered = sorted(moments)
    return (len(ordered) - 1) / (ordered[-1] - ordered[0])


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share does not exceed; infinite where there is none."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * share) - 1] if ordered else math.inf
