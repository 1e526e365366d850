from __future__ import annotations

import asyncio
from dataclasses import replace

import structlog
from telegram import Bot, Update
from telegram.error import RetryAfter

from bot.intake import Intake, Patience
from bot.poller import Poller, PollWaits
from bot.transport import AiohttpRequest, BotApi
from sandbox.standin import Standin
from storage.errors import StoreUnreachable
from tests.bot.polling import QUICK, SOON, Handled, polling

A_HUNDRED = 100
"""So many updates Telegram gives to one question."""


async def test_what_people_say_is_handled_once_each_and_confirmed(telegram: Standin) -> None:
    people = [telegram.person(1000 + one) for one in range(20)]
    handled = Handled()
    async with polling(telegram, handled):
        for text in ("one", "two", "three"):
            for person in people:
                person.says(text)
        await telegram.until(lambda: len(handled.said) == 60)
    assert len(set(handled.ids)) == 60
    assert len(telegram.world.updates.pending()) == 0


async def test_updates_wait_unconfirmed_until_they_are_handled(telegram: Standin) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def handle(_: Update) -> None:
        begun.set()
        await gate.wait()

    async with polling(telegram, handle, patience=Patience(), waits=PollWaits(look_again=0.02)):
        telegram.person(1001).says("Good morning")
        await begun.wait()
        asked = len(telegram.journal.of("getUpdates"))
        await telegram.until(lambda: len(telegram.journal.of("getUpdates")) > asked + 2)
        assert len(telegram.world.updates.pending()) == 1
        gate.set()
        await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)


async def test_who_cannot_be_helped_is_told_so_once(telegram: Standin) -> None:
    handled = Handled(fail=lambda text, _: ValueError("broken") if text == "one" else None)
    told: list[int] = []

    async def give_up(update: Update, error: BaseException) -> None:
        assert str(error) == "broken"
        told.append(update.update_id)

    async with polling(telegram, handled, give_up=give_up):
        telegram.person(1001).says("one")
        telegram.person(1002).says("two")
        await telegram.until(lambda: bool(told) and handled.said == ["two"])
        await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)
    assert handled.tried.count("one") == len(QUICK.tries)
    assert len(told) == 1


async def test_a_crash_replays_what_was_not_handled(telegram: Standin) -> None:
    """The first poller dies in the middle of handling; the second gets it all."""
    reader = telegram.person(1001)
    begun, first = asyncio.Event(), Handled()

    async def dies(update: Update) -> None:
        if update.message and update.message.text == "three":
            begun.set()
            await asyncio.Event().wait()
        await first(update)

    request = AiohttpRequest(connections=1)
    async with request:
        api = BotApi(request, telegram.url, telegram.token)
        bot = Bot(telegram.token, request=request, get_updates_request=request)
        intake = Intake(bot, dies, patience=QUICK)
        poller = Poller(request, api, intake, allowed_updates=["message"], waits=SOON)
        for text in ("one", "two", "three", "four"):
            reader.says(text)
        running = asyncio.create_task(poller.run())
        await begun.wait()
        running.cancel()
        await asyncio.wait({running})
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            if task.get_name() in {"update", "handle"}:
                task.cancel()

    second = Handled()
    async with polling(telegram, second):
        await telegram.until(lambda: "four" in second.said)
    assert set(first.said) | set(second.said) == {"one", "two", "three", "four"}
    assert second.said[-2:] == ["three", "four"]


async def test_one_chat_is_handled_in_order_and_chats_side_by_side(telegram: Standin) -> None:
    slow, quick = telegram.person(1001), telegram.person(1002)
    gate, order = asyncio.Event(), []

    async def handle(update: Update) -> None:
        assert update.message is not None
        if update.message.text == "wait":
            await gate.wait()
        order.append(update.message.text)

    async with polling(telegram, handle, patience=Patience(), waits=PollWaits(look_again=0.02)):
        slow.says("wait")
        slow.says("after")
        quick.says("meanwhile")
        await telegram.until(lambda: "meanwhile" in order)
        quick.says("and later")
        await telegram.until(lambda: "and later" in order)
        assert order == ["meanwhile", "and later"]
        gate.set()
        await telegram.until(lambda: len(order) == 4)
    assert order[2:] == ["wait", "after"]


async def test_no_more_are_handled_at_once_than_allowed(telegram: Standin) -> None:
    at_once = most = done = 0

    async def handle(_: Update) -> None:
        nonlocal at_once, most, done
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.002)
        at_once -= 1
        done += 1

    for one in range(60):
        telegram.person(1000 + one).says("Good morning")
    async with polling(telegram, handle, at_once=8):
        await telegram.until(lambda: done == 60)
    assert most == 8


async def test_of_a_crowd_that_comes_at_once_the_first_are_first_and_few_are_in_hand(
    telegram: Standin,
) -> None:
    """The others wait at Telegram, and nothing is kept of those who were answered."""
    people, most, begun = 1000, 0, list[int]()

    async def handle(update: Update) -> None:
        nonlocal most
        assert update.effective_user
        begun.append(update.effective_user.id)
        most = max(most, len(poller._intake.in_hand))
        await asyncio.sleep(0)

    for one in range(people):
        telegram.person(1000 + one).says("/start")
    async with polling(telegram, handle, at_once=8) as poller:
        await telegram.until(lambda: telegram.world.updates.pending() == [], timeout=30)
        assert poller._intake._last_of_chat == {}
    assert begun == [1000 + one for one in range(people)]
    assert 8 <= most <= A_HUNDRED


async def test_a_poison_update_is_set_aside_and_the_others_are_handled(telegram: Standin) -> None:
    reader, handled = telegram.person(1001), Handled()
    reader.says("before")
    telegram.inject({"message": {"message_id": "not a number", "chat": 7, "date": []}})
    telegram.inject({"callback_query": "nonsense"})
    reader.says("after")
    with structlog.testing.capture_logs() as logs:
        async with polling(telegram, handled):
            await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)
    assert [text for text in handled.said if text] == ["before", "after"]
    aside = [one for one in logs if one["event"] == "intake.set_aside"]
    assert all(set(one) == {"event", "log_level", "update_id", "kind"} for one in aside)
    assert len(aside) == 2


async def test_an_update_that_fails_is_tried_three_times_then_set_aside(
    telegram: Standin,
) -> None:
    broken, other = telegram.person(1001), telegram.person(1002)
    handled = Handled(lambda text, _: RuntimeError(text) if text == "bad" else None)
    with structlog.testing.capture_logs() as logs:
        async with polling(telegram, handled):
            broken.says("bad")
            broken.says("good")
            other.says("good")
            await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)
    assert handled.tried.count("bad") == 3
    assert handled.said == ["good", "good"]
    aside = [one for one in logs if one["event"] == "intake.set_aside"]
    assert [one["kind"] for one in aside] == ["RuntimeError"]


async def test_an_update_that_fails_once_is_handled_at_the_second_try(telegram: Standin) -> None:
    handled = Handled(lambda _, tried: OSError() if tried == 1 else None)
    async with polling(telegram, handled):
        telegram.person(1001).says("again")
        await telegram.until(lambda: handled.said == ["again"])
    assert handled.tried == ["again", "again"]


async def test_an_answer_that_was_told_to_wait_is_given_after_the_wait(
    telegram: Standin,
) -> None:
    times: list[float] = []

    def fail(_: str, tried: int) -> BaseException | None:
        times.append(asyncio.get_running_loop().time())
        return RetryAfter(1) if tried == 1 else None

    handled = Handled(fail)
    async with polling(telegram, handled, patience=replace(QUICK, told=0.2)):
        telegram.person(1001).says("again")
        await telegram.until(lambda: handled.said == ["again"])
    assert times[1] - times[0] >= 0.2


async def test_an_update_that_hangs_is_given_up(telegram: Standin) -> None:
    patience = Patience(handle=0.05, tries=(0, 0))
    tried, other = 0, Handled()

    async def handle(update: Update) -> None:
        nonlocal tried
        if update.message and update.message.text == "hang":
            tried += 1
            await asyncio.Event().wait()
        await other(update)

    async with polling(telegram, handle, patience=patience):
        telegram.person(1001).says("hang")
        telegram.person(1002).says("go on")
        await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)
    assert tried == 2
    assert other.said == ["go on"]


async def test_while_the_store_is_down_updates_are_left_and_given_again_in_order(
    telegram: Standin,
) -> None:
    down = True
    handled = Handled(lambda text, _: StoreUnreachable() if down and text != "read" else None)
    async with polling(telegram, handled):
        telegram.person(1001).says("one")
        telegram.person(1001).says("two")
        telegram.person(1002).says("read")
        await telegram.until(lambda: handled.tried.count("one") > 2 * len(QUICK.tries))
        assert len(telegram.world.updates.pending()) == 3
        assert handled.said == ["read"]
        down = False
        await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)
    assert handled.said == ["read", "one", "two"]


async def test_what_hangs_while_the_store_fails_others_is_left_as_well(telegram: Standin) -> None:
    """It waits behind them for the same store, longer than it is given."""
    down, handled = True, Handled()

    async def handle(update: Update) -> None:
        assert update.message is not None
        if down and update.message.text == "first":
            raise StoreUnreachable
        if down:
            await asyncio.Event().wait()
        await handled(update)

    patience = Patience(handle=0.05, tries=(0, 0, 0))
    with structlog.testing.capture_logs() as logs:
        async with polling(telegram, handle, patience=patience):
            telegram.person(1001).says("second")
            telegram.person(1002).says("first")
            await telegram.until(
                lambda: (
                    {"StoreUnreachable", "TimeoutError"}
                    <= {one["kind"] for one in logs if one["event"] == "intake.left"}
                )
            )
            down = False
            await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)
    assert sorted(handled.said) == ["first", "second"]


async def test_what_was_left_and_is_gone_holds_back_nothing(telegram: Standin) -> None:
    """As when the store was down for a day: Telegram has dropped it."""
    handled = Handled(lambda text, _: StoreUnreachable() if text == "old" else None)
    async with polling(telegram, handled):
        telegram.person(1001).says("old")
        await telegram.until(lambda: handled.tried.count("old") >= len(QUICK.tries))
        telegram.world.updates.clear()
        telegram.person(1002).says("new")
        await telegram.until(lambda: handled.said == ["new"])
        await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)


async def test_stopping_lets_an_update_in_hand_come_to_its_end(telegram: Standin) -> None:
    begun, handled = asyncio.Event(), Handled()

    async def handle(update: Update) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        await handled(update)

    async with polling(telegram, handle):
        telegram.person(1001).says("almost")
        await begun.wait()
    assert handled.said == ["almost"]
    assert len(telegram.world.updates.pending()) == 0


async def test_what_does_not_end_in_time_is_left_for_the_next_start(telegram: Standin) -> None:
    begun = asyncio.Event()

    async def handle(_: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    patience = Patience(handle=0.1, tries=(0, 0, 0, 0, 0))
    async with polling(telegram, handle, patience=patience):
        telegram.person(1001).says("never")
        await begun.wait()
    assert len(telegram.world.updates.pending()) == 1
