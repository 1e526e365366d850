from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update
from telegram.ext import ExtBot

from bot.fairness import A_MINUTE, BETWEEN, IN_A_MINUTE, FairHandling, Fairness, act_of_leaving
from bot.inbox import ARRIVED_AT
from bot.pacer import GOES_FIRST, Pacer
from bot.transport import AiohttpRequest
from messages import fixed
from storage import moderators
from tests.bot.house import House

PERSON, OTHER, MODERATOR = 1001, 1002, 2001
CROWD = 20
"""So many who wait are a crowd, beside an alert at 30 a second."""


def answers(requests: list[tuple[float, int]]) -> list[float]:
    """When each request of one person is answered that is answered, as the intake asks."""
    fairness, now, given_ = Fairness(), 0.0, []
    for arrived, update_id in requests:
        now = max(now, arrived)
        wait = fairness.wait(PERSON, update_id, arrived, now)
        if wait is not None:
            now += wait
            given_.append(now)
    return given_


@given(st.lists(st.floats(0, 5), min_size=1, max_size=150))
def test_nobody_gets_more_than_one_answer_in_two_seconds_and_twenty_in_a_minute(
    pauses: list[float],
) -> None:
    arrivals = [sum(pauses[: end + 1]) for end in range(len(pauses))]
    times = answers(list(zip(arrivals, range(len(arrivals)), strict=True)))
    for before, after in pairwise(times):
        assert after - before >= BETWEEN - 1e-6
    for first in times:
        assert sum(first <= one < first + A_MINUTE - 1e-6 for one in times) <= IN_A_MINUTE


def test_who_waits_for_each_answer_gets_all_a_little_later_at_most() -> None:
    assert answers([(0, 1), (1.2, 2), (3.1, 3), (4.5, 4)]) == [0, 2.0, 4.0, 6.0]


def test_of_many_requests_at_once_one_is_answered_and_one_waits() -> None:
    assert answers([(0.05 * count, count) for count in range(40)]) == [0, 2.0]


def test_who_floods_is_answered_at_the_same_pace_without_a_wait_for_others_to_share() -> None:
    """Nothing is held in hand for a flooder but the first."""
    fairness, waits = Fairness(), []
    for count in range(400):
        now = 0.05 * count
        waits.append(fairness.wait(PERSON, count, now, now))
    answered = [wait for wait in waits if wait is not None]
    assert len(answered) == 10
    assert sum(wait > 0 for wait in answered) == 1


def test_a_flooder_is_nobody_elses_loss() -> None:
    fairness = Fairness()
    for count in range(100):
        fairness.wait(PERSON, count, 0, 0)
    assert fairness.wait(OTHER, 500, 0.1, 0.1) == 0


def test_an_update_that_is_tried_again_is_let_in_again() -> None:
    fairness = Fairness()
    assert fairness.wait(PERSON, 1, 0, 0) == 0
    assert fairness.wait(PERSON, 1, 0, 0.5) == 0


def test_an_answer_that_had_to_wait_for_its_turn_counts_from_when_it_went_out() -> None:
    fairness = Fairness()
    fairness.wait(PERSON, 1, 0, 0)
    fairness.answered(PERSON, 0.7)
    assert fairness.wait(PERSON, 2, 0.5, 1) == pytest.approx(0.7 + BETWEEN - 1)


def test_who_leaves_is_always_heard_but_not_twice_for_the_same() -> None:
    fairness = Fairness()
    for count in range(50):
        fairness.wait(PERSON, count, 0, 0)
    assert fairness.leaves(PERSON, 51, "forget", 0)
    assert fairness.leaves(PERSON, 52, "forget:yes", 0.1)
    assert fairness.leaves(PERSON, 53, "unsubscribe", 0.2)
    assert not fairness.leaves(PERSON, 54, "unsubscribe", 0.3)
    assert fairness.leaves(PERSON, 53, "unsubscribe", 0.4), "tried again after a failure"
    assert fairness.leaves(PERSON, 55, "unsubscribe", 2.5)


def test_who_comes_back_and_leaves_again_at_once_is_heard() -> None:
    fairness = Fairness()
    assert fairness.leaves(PERSON, 1, "unsubscribe", 0)
    assert fairness.wait(PERSON, 2, 0.5, 0.5) == 0
    assert fairness.leaves(PERSON, 3, "unsubscribe", 1)


def test_the_silent_are_forgotten() -> None:
    fairness = Fairness()
    for person in range(1000):
        fairness.wait(person, 1, person, person)
    assert len(fairness._people) <= A_MINUTE + 2


def update_of(text: str = "", data: str = "", person: int = PERSON, number: int = 1) -> Any:
    somebody = {"id": person, "is_bot": False, "first_name": "A"}
    chat = {"id": person, "type": "private"}
    if data:
        said: dict[str, Any] = {
            "callback_query": {"id": "7", "from": somebody, "chat_instance": "1", "data": data}
        }
    else:
        said = {
            "message": {
                "message_id": 1, "date": 1, "chat": chat, "from": somebody, "text": text,
            }
        }  # fmt: skip
    return Update.de_json({"update_id": number, **said}, None)


@pytest.mark.parametrize(
    ("text", "data", "act"),
    [
        ("/forget", "", "forget"),
        ("/FORGET@bot yes", "", "forget:yes"),
        ("/forget me now", "", "forget"),
        ("", "forget:yes", "forget:yes"),
        ("", "+unsubscribe", "unsubscribe"),
        ("/unsubscribe", "", "unsubscribe"),
        ("/forgetful", "", ""),
        ("forget", "", ""),
        ("/status", "", ""),
        ("", "status", ""),
    ],
)
def test_the_acts_by_which_people_leave(text: str, data: str, act: str) -> None:
    assert act_of_leaving(update_of(text, data)) == act


@pytest.fixture
def clock() -> Callable[[], float]:
    return lambda: 0.0


@pytest.fixture
async def handled(house: House, clock: Callable[[], float]) -> tuple[FairHandling, list[int]]:
    """Time stands still; the house has one moderator."""
    await house.store.write(
        lambda conn: moderators.set_owners(conn, house.store.seal, [MODERATOR], house.clock())
    )
    done: list[int] = []

    async def handle(update: Update) -> None:
        done.append(update.update_id)

    return FairHandling(handle, house.store, Pacer(30), clock=clock), done


async def test_a_flood_is_dropped_without_a_wait_and_leaving_is_not(
    handled: tuple[FairHandling, list[int]],
) -> None:
    fair, done = handled
    ARRIVED_AT.set(-1)
    for number in range(1, 30):
        await asyncio.wait_for(fair(update_of("/status", number=number)), 0.5)
    await fair(update_of("/unsubscribe", number=30))
    await fair(update_of("/forget yes", number=31))
    assert done == [1, 30, 31]


async def test_a_moderators_acts_are_never_dropped(
    handled: tuple[FairHandling, list[int]],
) -> None:
    fair, done = handled
    for number in range(1, 30):
        await asyncio.wait_for(fair(update_of("/record", person=MODERATOR, number=number)), 0.5)
    assert done == list(range(1, 30))


async def test_where_a_crowd_asks_moderators_and_who_leaves_get_by_and_presses_are_told(
    house: House, request_: AiohttpRequest
) -> None:
    await house.store.write(
        lambda conn: moderators.set_owners(conn, house.store.seal, [MODERATOR], house.clock())
    )
    pacer, inside = Pacer(30), asyncio.Event()
    handled: list[tuple[int, bool]] = []
    pacer.alert_runs(True)

    async def handle(update: Update) -> None:
        handled.append((update.update_id, GOES_FIRST.get()))
        if update.update_id <= CROWD:
            await inside.wait()

    async def have_come(count: int) -> None:
        async with asyncio.timeout(15):
            while len(handled) < count:  # noqa: ASYNC110 - handlers ring no bell
                await asyncio.sleep(0.01)

    fair = FairHandling(handle, house.store, pacer, clock=lambda: 0.0)
    crowd = [
        asyncio.create_task(fair(update_of("/status", person=9000 + number, number=number)))
        for number in range(1, CROWD + 1)
    ]
    await have_come(CROWD)
    bot: ExtBot[None] = ExtBot(
        house.telegram.token, base_url=f"{house.telegram.url}/bot", request=request_
    )
    press = house.telegram.person(OTHER, started=True, language="ru").sends_data("status")
    await fair(Update.de_json(house.telegram.world.updates.pending()[-1], bot))
    assert (await press.answer())["text"] == fixed.crowd("ru")
    await fair(update_of("/status", number=101))
    await asyncio.create_task(fair(update_of("/freeze", person=MODERATOR, number=102)))
    await fair(update_of("/forget", number=103))
    crowd.append(asyncio.create_task(fair(update_of("/status", person=9001, number=1))))
    await have_come(CROWD + 3)
    inside.set()
    await asyncio.gather(*crowd)
    await fair(update_of("/status", number=104))
    assert handled[CROWD:] == [(102, True), (103, False), (1, False), (104, False)]


async def test_a_dropped_press_is_acknowledged(
    house: House, handled: tuple[FairHandling, list[int]], request_: AiohttpRequest
) -> None:
    fair, done = handled
    person = house.telegram.person(PERSON, started=True)
    bot: ExtBot[None] = ExtBot(
        house.telegram.token, base_url=f"{house.telegram.url}/bot", request=request_
    )
    ARRIVED_AT.set(-1)
    await fair(update_of("/status", number=1))
    await fair(update_of("/status", number=2))
    press = person.sends_data("status")
    raw = house.telegram.world.updates.pending()[-1]
    await fair(Update.de_json(raw, bot))
    assert await press.answer() is not None
    assert done == [1]
