from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.pacer import AnswerPace, Pacer, Slot
from bot.slots import ANSWERS_BESIDE_ALERT, PAID
from bot.transport import AiohttpRequest, BotApi
from sandbox.standin import Standin
from tests.bot.seconds import most_in_a_second


async def said(turn: Awaitable[Slot]) -> None:
    """An alert that leaves as soon as it is its turn."""
    with await turn:
        pass


async def test_who_finds_nobody_waiting_has_its_turn_at_once() -> None:
    pacer = Pacer(30)
    turn = pacer.answer(1)

    with pytest.raises(StopIteration):  # it ends without having waited for anything
        turn.__await__().send(None)


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


@pytest.mark.parametrize(("rate", "crowd"), [(30, 20), (4, 8), (1, 2)])
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


async def test_where_alerts_are_paid_for_edits_share_the_free_rate_with_answers() -> None:
    pacer = Pacer(30, paid_rate=1000)
    pacer.alert_runs(True)
    assert not pacer.is_crowded(1000)
    pacer.alert_runs(True, edits=True)
    assert pacer.is_crowded(1000)
    for _ in range(ANSWERS_BESIDE_ALERT):
        await pacer.answer(None)
    sixth = asyncio.create_task(pacer.answer(None))
    await asyncio.wait_for(
        asyncio.gather(*(said(pacer.alert(n, is_free=True)) for n in range(3))), 0.3
    )
    assert not sixth.done()
    sixth.cancel()


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


async def test_a_chats_silence_begins_when_its_alert_has_left() -> None:
    """Which may be long after its slot, where a connection had to be made first."""
    loop, pacer = asyncio.get_running_loop(), Pacer(1000, chat_seconds=0.2)
    with await pacer.alert(1):
        await asyncio.sleep(0.3)
    left = loop.time()
    await said(pacer.alert(1))
    assert loop.time() - left >= 0.19


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
