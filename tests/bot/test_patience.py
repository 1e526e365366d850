from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.patience import Patience

ONE, OTHER = 1, 2


@pytest.fixture
def clock() -> list[float]:
    return [1000.0]


@pytest.fixture
def patience(clock: list[float]) -> Patience:
    return Patience(lambda: clock[0])


def waited(patience: Patience, clock: list[float]) -> float:
    """How long it takes until it is over, to a tenth of a second."""
    before = clock[0]
    while not patience.is_over(ONE):
        clock[0] += 0.1
    return round(clock[0] - before, 1)


def test_failures_in_a_row_wait_longer_and_longer_up_to_a_minute(
    patience: Patience, clock: list[float]
) -> None:
    waits = []
    for _ in range(9):
        patience.failed(ONE, NetworkError("too many requests"))
        waits.append(waited(patience, clock))
    assert waits == pytest.approx([1, 2, 4, 8, 16, 32, 60, 60, 60], abs=0.2)


def test_a_named_wait_is_as_long_as_it_says(patience: Patience, clock: list[float]) -> None:
    for _ in range(2):
        patience.failed(ONE, RetryAfter(timedelta(seconds=90)))
        assert waited(patience, clock) == pytest.approx(90, abs=0.3)
    patience.failed(ONE, NetworkError(""))
    assert waited(patience, clock) == pytest.approx(1, abs=0.2)


def test_nobody_waits_for_another_nor_after_a_success(
    patience: Patience, clock: list[float]
) -> None:
    for _ in range(5):
        patience.failed(ONE, NetworkError(""))
    assert patience.is_over(OTHER)
    patience.ended(ONE)
    assert patience.is_over(ONE)
    patience.failed(ONE, NetworkError(""))
    assert waited(patience, clock) == pytest.approx(1, abs=0.2)
