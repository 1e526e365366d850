from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.ext import ExtBot

from bot.pacer import ANSWERS_BESIDE_ALERT, AnswerPace, Pacer, Share, Slots
from bot.transport import AiohttpRequest
from sandbox.standin import Standin

seconds = st.floats(min_value=0, max_value=3, allow_nan=False)
rates = st.sampled_from([1, 2, 3, 7, 29, 30, 59, 60, 61, 1000])


def most_in_a_second(starts: list[float]) -> int:
    return max(sum(1 for one in starts if first <= one <= first + 1) for first in starts)


@given(rate=rates, steps=st.lists(st.tuples(seconds, seconds), min_size=1, max_size=150))
def test_no_second_ever_holds_more_than_the_rate(
    rate: int, steps: list[tuple[float, float]]
) -> None:
    """Whatever the pauses before each request, and however late each really starts."""
    slots, now, starts = Slots(rate), 0.0, []
    for pause, late in steps:
        slot = slots.reserve(now + pause)
        now = max(slot.at, now + pause) + late
        slot.starts(now)
        starts.append(now)
    assert most_in_a_second(starts) <= rate


@given(rate=rates, lateness=st.lists(st.floats(min_value=0, max_value=0.05), min_size=90))
def test_a_crowd_after_any_lateness_gets_no_burst(rate: int, lateness: list[float]) -> None:
    slots, now, starts = Slots(rate), 0.0, []
    for late in lateness:
        slot = slots.reserve(now, behind=True)
        now = max(now, slot.at) + late
        slot.starts(now)
        starts.append(now)
    assert most_in_a_second(starts) <= rate


def test_a_crowd_is_served_at_all_but_the_full_rate() -> None:
    slots, now = Slots(30), 0.0
    for _ in range(600):
        now = slots.reserve(now).at
    assert 600 / now >= 29.5


def test_a_crowd_at_a_paid_rate_makes_up_for_a_late_clock() -> None:
    """A thousand a second, woken a millisecond late each time."""
    slots, now = Slots(1000), 0.0
    for count in range(3000):
        slot = slots.reserve(now, behind=count > 0)
        now = slot.at + 0.001 if slot.at > now else now
        slot.starts(now)
    assert 2999 / now >= 980


@given(rate=rates, pauses=st.lists(seconds, min_size=1, max_size=60))
def test_answers_beside_an_alert_keep_to_their_share(rate: int, pauses: list[float]) -> None:
    share, now, starts = Share(rate), 0.0, []
    for pause in pauses:
        now = max(now + pause, share.free_at())
        share.started(now)
        starts.append(now)
    assert most_in_a_second(starts) <= min(ANSWERS_BESIDE_ALERT, max(1, rate // 2))


@given(rate=rates, pauses=st.lists(seconds, min_size=1, max_size=60))
def test_a_slot_is_free_just_when_the_next_message_would_not_wait(
    rate: int, pauses: list[float]
) -> None:
    slots, now = Slots(rate), 0.0
    for pause in pauses:
        now += pause
        was_free = slots.is_free(now)

        assert was_free == (slots.reserve(now).at == now)


def test_what_leaves_late_counts_as_late() -> None:
    """Thirty start a second late, all at once: the next one waits for a second after that."""
    slots = Slots(30)
    for slot in [slots.reserve(0.0) for _ in range(30)]:
        slot.starts(2.0)

    assert slots.reserve(2.0).at == pytest.approx(2.0 + 30 / 29.5)


async def test_who_finds_nobody_waiting_has_its_turn_at_once() -> None:
    pacer = Pacer(30)
    turn = pacer.answer(1)

    with pytest.raises(StopIteration):  # it ends without having waited for anything
        turn.__await__().send(None)


def test_there_is_no_burst_at_the_start_nor_after_a_pause() -> None:
    slots = Slots(30)
    first, second = slots.reserve(0.0).at, slots.reserve(0.0).at
    assert [first, second] == pytest.approx([0.0, 1 / 29.5])
    third, fourth = slots.reserve(100.0).at, slots.reserve(100.0).at
    assert [third, fourth] == pytest.approx([100.0, 100 + 1 / 29.5])


async def test_answers_go_before_alerts_and_each_kind_in_order() -> None:
    pacer, order = Pacer(10), []

    async def note(name: str, turn: Callable[[], object]) -> None:
        await turn()  # type: ignore[misc] # both kinds of turn are awaited alike
        order.append(name)

    await pacer.answer(None)  # takes the slot that is free: the others have to wait
    await asyncio.gather(
        note("alert 1", lambda: pacer.alert(1)),
        note("alert 2", lambda: pacer.alert(2)),
        note("answer 1", lambda: pacer.answer(3)),
        note("answer 2", lambda: pacer.answer(None)),
    )
    assert order == ["answer 1", "answer 2", "alert 1", "alert 2"]


async def test_while_an_alert_runs_a_crowd_of_questions_takes_its_share_and_no_more() -> None:
    """In a second at 30: five answers, and the alerts take all that is left."""
    pacer, given_ = Pacer(30, chat_seconds=0), Counter[str]()

    async def note(name: str, turn: Callable[[], Awaitable[object]]) -> None:
        await turn()
        given_[name] += 1

    pacer.alert_runs(True)
    asking = [
        asyncio.create_task(note(name, turn))
        for _ in range(40)
        for name, turn in (
            ("answer", lambda: pacer.answer(None)),
            ("alert", lambda: pacer.alert(1)),
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
    await asyncio.wait_for(pacer.alert(1), 0.2)
    assert not sixth.done()
    pacer.alert_runs(False)
    await asyncio.wait_for(sixth, 0.2)


async def test_where_no_alert_runs_answers_may_use_the_whole_rate() -> None:
    pacer = Pacer(30)
    await asyncio.wait_for(asyncio.gather(*(pacer.answer(None) for _ in range(12))), 0.6)


async def test_paid_alerts_have_a_rate_of_their_own() -> None:
    pacer = Pacer(2, paid_rate=500)
    pacer.alert_runs(True)
    loop = asyncio.get_running_loop()
    began = loop.time()
    answers = asyncio.gather(*(pacer.answer(None) for _ in range(2)))
    await asyncio.gather(*(pacer.alert(chat) for chat in range(100)))
    assert loop.time() - began < 0.45
    await answers
    assert loop.time() - began >= 0.45


async def test_an_alert_waits_for_its_chats_silence_and_an_answer_does_not() -> None:
    loop, pacer = asyncio.get_running_loop(), Pacer(1000, chat_seconds=0.2)
    began = loop.time()
    await pacer.alert(1)
    await pacer.answer(1)
    await pacer.alert(2)
    assert loop.time() - began < 0.15
    await pacer.alert(1)
    assert loop.time() - began >= 0.2


async def test_who_gives_up_waiting_leaves_the_turn_to_the_next() -> None:
    pacer = Pacer(20)
    await pacer.alert(0)
    gone = asyncio.create_task(pacer.alert(1))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait_for(pacer.alert(2), 0.5)


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
