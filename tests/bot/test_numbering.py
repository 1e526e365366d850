from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.numbering import DOUBTED_FOR, FAR, Numbering


def test_a_number_far_ahead_is_none_of_telegrams() -> None:
    numbering = Numbering()
    assert numbering.goes_on_with(700, 0)
    assert numbering.goes_on_with(700 + FAR, 1)
    assert not numbering.goes_on_with(700 + 2 * FAR + 1, 2)


def test_what_is_doubted_makes_nothing_else_doubtful() -> None:
    numbering = Numbering()
    assert numbering.goes_on_with(700, 0)
    assert not numbering.goes_on_with(10**9, 1)
    assert not numbering.goes_on_with(10**9 + 1, 2)
    assert numbering.goes_on_with(701, 3)


def test_after_a_silent_week_numbers_may_begin_anywhere() -> None:
    week = 7 * 24 * 3600.0
    for beginning in (5, 10**9):
        numbering = Numbering()
        assert numbering.goes_on_with(700 + FAR, 0)
        assert numbering.goes_on_with(beginning, week)
        assert numbering.goes_on_with(beginning + 1, week + 1)


def test_a_leap_is_believed_after_an_hour_in_which_nothing_else_came() -> None:
    numbering = Numbering()
    assert numbering.goes_on_with(700, 0)
    assert not numbering.goes_on_with(10**9, DOUBTED_FOR)
    assert numbering.goes_on_with(10**9, DOUBTED_FOR + 1)


@given(
    first=st.integers(1, 2**31),
    waits=st.lists(st.sampled_from([0.0, 1.0, DOUBTED_FOR, 10 * DOUBTED_FOR]), max_size=20),
    forged=st.lists(st.integers(0, 2**31), min_size=1, max_size=5),
    data=st.data(),
)
def test_whatever_is_forged_telegrams_next_number_is_taken(
    first: int, waits: list[float], forged: list[int], data: st.DataObject
) -> None:
    numbering, now = Numbering(), 0.0
    assert numbering.goes_on_with(first, now)
    for number, wait in enumerate(waits, start=first + 1):
        now += wait
        numbering.goes_on_with(data.draw(st.sampled_from(forged)), now)
        assert numbering.goes_on_with(number, now)
