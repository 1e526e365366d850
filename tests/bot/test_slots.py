from __future__ import annotations

from heapq import heappop, heappush

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slots import ANSWERS_BESIDE_ALERT, FREE, PAID, Pace, Share, Slots
from tests.bot.seconds import most_in_a_second

seconds = st.floats(min_value=0, max_value=3, allow_nan=False)
paces = st.sampled_from([FREE, PAID])
rates = st.sampled_from([1, 2, 3, 7, 29, 30, 59, 60, 61, 1000])


class Course:
    """Messages that take their slots as they come free, and leave when they are ready to."""

    def __init__(self, rate: int, pace: Pace = FREE) -> None:
        self.slots = Slots(rate, pace)
        self.lead = pace.lead
        self.now = 0.0
        self.took: list[float] = []
        self.left: list[float] = []
        self._leaving: list[float] = []

    def send(self, *, late: float = 0, woken_late: float = 0, behind: bool = False) -> None:
        """A message leaves so long after its slot; for a slot we may wake up late."""
        while (free := self.slots.free_at(self.now, self.lead)) > self.now:
            self.goes_on_to(free + woken_late)
        self.slots.take(self.now, behind=behind)
        self.took.append(self.now)
        heappush(self._leaving, self.now + late)
        self.goes_on_to(self.now)

    def goes_on_to(self, moment: float) -> None:
        while self._leaving and self._leaving[0] <= moment:
            at = heappop(self._leaving)
            self.slots.left(at)
            self.left.append(at)
        self.now = moment


@given(
    rate=rates,
    pace=paces,
    messages=st.lists(st.tuples(seconds, seconds, seconds), min_size=1, max_size=150),
    behind=st.booleans(),
)
def test_no_second_ever_holds_more_than_the_rate(
    rate: int, pace: Pace, messages: list[tuple[float, float, float]], behind: bool
) -> None:
    """Whatever the pauses, however late we wake up, however long each waits for a connection."""
    course = Course(rate, pace)
    for pause, late, woken_late in messages:
        course.goes_on_to(course.now + pause)
        course.send(late=late, woken_late=woken_late, behind=behind)
    course.goes_on_to(course.now + 3)
    assert len(course.left) == len(messages)
    assert most_in_a_second(course.left) <= rate


@given(
    rate=rates, pace=paces, lateness=st.lists(st.floats(min_value=0, max_value=0.05), min_size=90)
)
def test_a_crowd_after_any_lateness_gets_no_burst(
    rate: int, pace: Pace, lateness: list[float]
) -> None:
    course = Course(rate, pace)
    for late in lateness:
        course.send(woken_late=late, behind=True)
    assert most_in_a_second(course.left) <= rate


def test_a_crowd_is_served_at_all_but_the_full_rate() -> None:
    course = Course(30)
    for _ in range(600):
        course.send()
    assert 599 / course.now >= 29.5 - 1e-9


def test_a_crowd_at_a_paid_rate_makes_up_for_a_late_clock() -> None:
    """A thousand a second, woken a millisecond late each time."""
    course = Course(1000, PAID)
    for _ in range(3000):
        course.send(woken_late=0.001, behind=True)
    assert 2999 / course.now >= 999


@given(rate=rates, pauses=st.lists(seconds, min_size=1, max_size=60))
def test_answers_beside_an_alert_keep_to_their_share(rate: int, pauses: list[float]) -> None:
    share, now, starts = Share(rate), 0.0, []
    for pause in pauses:
        now = max(now + pause, share.free_at())
        share.started(now)
        starts.append(now)
    assert most_in_a_second(starts) <= min(ANSWERS_BESIDE_ALERT, max(1, rate // 2))


@given(rate=rates)
def test_answers_leave_an_alert_half_of_the_rate_however_low_it_is(rate: int) -> None:
    share, now = Share(rate), 0.0
    for _ in range(200):
        now = max(now, share.free_at())
        share.started(now)
    assert 200 / now <= rate / 2 * 1.03


def test_what_leaves_late_counts_as_late() -> None:
    """Thirty that have waited leave at once: the next one waits for a second after that."""
    course = Course(30)
    for number in range(30):
        course.send(late=2.0 - number / 29.5)
    course.goes_on_to(2.001)
    course.send()

    assert course.took[-1] == pytest.approx(2.0 + 30 / 29.5)


def test_one_that_hangs_takes_one_of_the_slots_and_no_more() -> None:
    course = Course(30)
    course.send(late=1000)
    for _ in range(290):
        course.send()
    assert course.now == pytest.approx(10.0, abs=0.4)


def test_there_is_no_burst_at_the_start_nor_after_a_pause() -> None:
    course = Course(30)
    for moment in (0.0, 0.0, 100.0, 0.0):
        course.goes_on_to(max(course.now, moment))
        course.send()
    assert course.took == pytest.approx([0.0, 1 / 29.5, 100.0, 100 + 1 / 29.5])
