from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.ext import ExtBot

from bot.pacer import (
    ANSWERS_BESIDE_ALERT,
    FREE,
    PAID,
    AnswerPace,
    Pace,
    Pacer,
    Share,
    Slot,
    Slots,
)
from bot.transport import AiohttpRequest, BotApi
from sandbox.standin import Standin

seconds = st.floats(min_value=0, max_value=3, allow_nan=False)
paces = st.sampled_from([FREE, PAID])
rates = st.sampled_from([1, 2, 3, 7, 29, 30, 59, 60, 61, 1000])


def most_in_a_second(starts: list[float]) -> int:
    return max(sum(1 for one in starts if first <= one <= first + 1) for first in starts)


async def said(turn: Awaitable[Slot]) -> None:
    """An alert that leaves as soon as it is its turn."""
    with await turn:
        pass


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


async def test_who_finds_nobody_waiting_has_its_turn_at_once() -> None:
    pacer = Pacer(30)
    turn = pacer.answer(1)

    with pytest.raises(StopIteration):  # it ends without having waited for anything
        turn.__await__().send(None)


def test_there_is_no_burst_at_the_start_nor_after_a_pause() -> None:
    course = Course(30)
    for moment in (0.0, 0.0, 100.0, 0.0):
        course.goes_on_to(max(course.now, moment))
        course.send()
    assert course.took == pytest.approx([0.0, 1 / 29.5, 100.0, 100 + 1 / 29.5])


async def test_answers_go_before_alerts_and_each_kind_in_order() -> None:
    pacer, order = Pacer(10), []

    async def note(name: str, turn: Callable[[], Awaitable[None]]) -> None:
        await turn()
        order.append(name)

    await pacer.answer(None)  # takes the slot that is free: the others have to wait
    await asyncio.gather(
        note("alert 1", lambda: said(pacer.alert(1))),
        note("alert 2", lambda: said(pacer.alert(2))),
        note("answer 1", lambda: pacer.answer(3)),
        note("answer 2", lambda: pacer.answer(None)),
    )
    assert order == ["answer 1", "answer 2", "alert 1", "alert 2"]


async def test_while_an_alert_runs_a_crowd_of_questions_takes_its_share_and_no_more() -> None:
    """In a second at 30: five answers, and the alerts take all that is left."""
    pacer, given_ = Pacer(30, chat_seconds=0), Counter[str]()

    async def note(name: str, turn: Callable[[], Awaitable[None]]) -> None:
        await turn()
        given_[name] += 1

    pacer.alert_runs(True)
    asking = [
        asyncio.create_task(note(name, turn))
        for _ in range(40)
        for name, turn in (
            ("answer", lambda: pacer.answer(None)),
            ("alert", lambda: said(pacer.alert(1))),
        )
    ]
    await asyncio.sleep(0.98)
    assert given_["answer"] == 5
    assert 22 <= given_["alert"] <= 25
    pacer.alert_runs(False)
    await asyncio.sleep(0.3)
    assert given_["answer"] >= 5 + 7
    for task in asking:
        task.cancel()
    await asyncio.wait(asking)


async def test_what_goes_first_waits_for_no_share_and_no_crowd() -> None:
    pacer = Pacer(30)
    pacer.alert_runs(True)
    for _ in range(ANSWERS_BESIDE_ALERT):
        await pacer.answer(None)
    crowd = [asyncio.create_task(pacer.answer(None)) for _ in range(40)]
    await asyncio.sleep(0)
    for _ in range(7):
        await pacer.answer(None, goes_first=True)
    assert not any(one.done() for one in crowd)
    for one in crowd:
        one.cancel()


@pytest.mark.parametrize(("rate", "crowd"), [(30, 20), (4, 8), (1, 4)])
def test_while_an_alert_runs_it_is_crowded_where_an_answer_would_come_late(
    rate: int, crowd: int
) -> None:
    pacer = Pacer(rate)
    assert not pacer.is_crowded(1000)
    pacer.alert_runs(True)
    assert not pacer.is_crowded(crowd - 1)
    assert pacer.is_crowded(crowd)


async def test_no_alert_waits_for_the_answers_share() -> None:
    pacer = Pacer(30, chat_seconds=0)
    pacer.alert_runs(True)
    for _ in range(ANSWERS_BESIDE_ALERT):
        await pacer.answer(None)
    sixth = asyncio.create_task(pacer.answer(None))
    await asyncio.sleep(0.05)
    await asyncio.wait_for(said(pacer.alert(1)), 0.2)
    assert not sixth.done()
    pacer.alert_runs(False)
    await asyncio.wait_for(sixth, 0.2)


async def test_answers_that_hang_hold_up_no_alert() -> None:
    """Their connections are not those of the alerts, which may be as well as ever."""
    pacer = Pacer(10)
    pacer.alert_runs(True)
    for _ in range(10):
        await pacer.answer(None, goes_first=True)  # and none of them has left
    await asyncio.wait_for(said(pacer.alert(1)), 0.3)


async def test_where_no_alert_runs_answers_may_use_the_whole_rate() -> None:
    pacer = Pacer(30)
    await asyncio.wait_for(asyncio.gather(*(pacer.answer(None) for _ in range(12))), 0.6)


async def test_paid_alerts_have_a_rate_of_their_own() -> None:
    pacer = Pacer(2, paid_rate=500)
    pacer.alert_runs(True)
    loop = asyncio.get_running_loop()
    began = loop.time()
    answers = asyncio.gather(*(pacer.answer(None) for _ in range(2)))
    await asyncio.gather(*(said(pacer.alert(chat)) for chat in range(100)))
    assert loop.time() - began < 0.45
    await answers
    assert loop.time() - began >= 0.45


async def test_paid_alerts_leave_some_at_a_time_and_none_later_for_it() -> None:
    """Each waking costs the processor's time; a thousand of them a second cost a tenth of it."""
    now, wakings = 0.0, 0

    async def sleep(seconds: float) -> None:
        nonlocal now, wakings
        await asyncio.sleep(0)  # who has a turn uses it first
        now, wakings = now + seconds + 0.0005, wakings + 1

    pacer = Pacer(30, paid_rate=1000, clock=lambda: now, sleep=sleep)
    left = []

    async def note(chat: int) -> None:
        await said(pacer.alert(chat))
        left.append(now)

    await asyncio.gather(*(note(chat) for chat in range(3000)))
    assert wakings < 500
    assert most_in_a_second(left) <= 1000
    assert -PAID.lead <= left[-1] - 2999 / 999.5 <= 0.003


async def test_an_alert_waits_for_its_chats_silence_and_an_answer_does_not() -> None:
    loop, pacer = asyncio.get_running_loop(), Pacer(1000, chat_seconds=0.2)
    began = loop.time()
    await said(pacer.alert(1))
    await pacer.answer(1)
    await said(pacer.alert(2))
    assert loop.time() - began < 0.15
    await said(pacer.alert(1))
    assert loop.time() - began >= 0.2


async def test_who_gives_up_waiting_leaves_the_turn_to_the_next() -> None:
    pacer = Pacer(20)
    await said(pacer.alert(0))
    gone = asyncio.create_task(said(pacer.alert(1)))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait_for(said(pacer.alert(2)), 0.5)


@pytest.mark.parametrize("steps", range(1, 7))
async def test_who_gives_up_at_any_moment_takes_no_slot_along(steps: int) -> None:
    """At a rate of one a second a single slot that never comes back would be the last."""
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        await asyncio.sleep(0)

    pacer = Pacer(1, clock=lambda: now, sleep=sleep)
    await pacer.answer(None)
    gone = asyncio.create_task(pacer.answer(None))
    for _ in range(steps):
        await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait_for(pacer.answer(None), 1)


async def test_chats_of_long_ago_are_forgotten() -> None:
    now = 0.0
    pacer = Pacer(1000, clock=lambda: now)
    for chat in range(200):
        now += 0.1
        await pacer.answer(chat)
    assert len(pacer._chats) <= 10


async def test_the_bots_own_answers_take_turns_and_its_other_calls_do_not(
    telegram: Standin, request_: AiohttpRequest
) -> None:
    telegram.person(1001, started=True)
    bot: ExtBot[None] = ExtBot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        request=request_,
        rate_limiter=AnswerPace(Pacer(20)),
    )
    slow: ExtBot[None] = ExtBot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        request=request_,
        rate_limiter=AnswerPace(Pacer(1)),
    )
    async with asyncio.timeout(5):  # in turn they would take nine seconds
        await asyncio.gather(*(slow.get_my_commands() for _ in range(10)))

    await asyncio.gather(*(bot.send_message(1001, "Good morning") for _ in range(5)))
    times = sorted(call.at for call in telegram.journal.of("sendMessage"))
    assert times[-1] - times[0] >= 4 / 20 * 0.9


async def test_what_waits_for_a_connection_counts_when_it_leaves(
    telegram: Standin, request_: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At first the name server takes long: what waited for it leaves at once, and others wait."""
    loop, rate, chats = asyncio.get_running_loop(), 20, range(1001, 1027)
    ask = loop.getaddrinfo

    async def slow_name_server(*words: Any, **more: Any) -> Any:
        await asyncio.sleep(0.4)
        return await ask(*words, **more)

    monkeypatch.setattr(loop, "getaddrinfo", slow_name_server)
    for chat in chats:
        telegram.person(chat, started=True)
    api = BotApi(request_, telegram.url.replace("127.0.0.1", "localhost"), telegram.token)
    pacer = Pacer(rate)

    async def send(chat: int) -> None:
        with await pacer.alert(chat):
            await api.call("sendMessage", {"chat_id": chat, "text": "Good morning"})

    async with asyncio.timeout(5):
        await asyncio.gather(*(send(chat) for chat in chats))

    arrived = [call.at for call in telegram.journal.of("sendMessage")]
    assert len(arrived) == len(chats)
    assert most_in_a_second(arrived) <= rate
