from __future__ import annotations

import asyncio
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.inbox import REMEMBERED, Inbox, chat_of, number_of
from bot.intake import Intake, Patience
from bot.numbering import FAR
from bot.transport import AiohttpRequest


async def nothing() -> bool:
    """Handling that succeeds at once."""
    return True


async def test_the_lowest_update_in_hand_is_asked_for_again() -> None:
    inbox, first, second = Inbox(), asyncio.Event(), asyncio.create_task(nothing())
    assert inbox.confirmed_up_to() is None
    inbox.take(7, slow := asyncio.create_task(first.wait()))
    inbox.take(8, second)
    await asyncio.wait({second})
    assert inbox.confirmed_up_to() == 7
    assert not inbox.is_new(7)
    assert not inbox.is_new(8)
    first.set()
    await asyncio.wait({slow})
    assert inbox.confirmed_up_to() == 9


async def test_an_update_handled_while_a_question_was_open_is_not_handled_again() -> None:
    """The answer to the older question still brings it."""
    inbox = Inbox()
    inbox.take(7, task := asyncio.create_task(nothing()))
    assert inbox.confirmed_up_to() == 7
    await asyncio.wait({task})
    assert not inbox.is_new(7)
    assert inbox.confirmed_up_to() == 8


async def test_an_update_that_is_left_is_asked_for_again() -> None:
    async def in_vain() -> bool:
        return False

    inbox = Inbox()
    inbox.take(7, left := asyncio.create_task(in_vain()))
    inbox.take(8, done := asyncio.create_task(nothing()))
    await asyncio.wait({left, done})
    assert inbox.confirmed_up_to() == 7
    assert inbox.is_new(7)
    assert not inbox.is_new(8)
    inbox.take(7, task := asyncio.create_task(nothing()))
    await asyncio.wait({task})
    assert inbox.confirmed_up_to() == 9


async def test_numbers_that_begin_anew_are_followed() -> None:
    """As they may after a week without updates; else the old number would confirm all of them."""
    inbox = Inbox()
    for number in (900_000, 500):
        inbox.take(number, task := asyncio.create_task(nothing()))
        await asyncio.wait({task})
        assert inbox.confirmed_up_to() == number + 1


async def test_only_so_many_handled_numbers_are_remembered() -> None:
    inbox = Inbox()
    for number in range(REMEMBERED + 5):
        inbox.take(number, task := asyncio.create_task(nothing()))
        await task
    await asyncio.sleep(0)
    assert len(inbox.handled) == REMEMBERED
    assert inbox.is_new(0)
    assert not inbox.is_new(5)


def test_an_update_belongs_to_its_chat_whatever_kind_it_is() -> None:
    chat = {"id": 7}
    assert chat_of({"update_id": 1, "message": {"chat": chat, "from": {"id": 8}}}) == 7
    assert chat_of({"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {}}}) == 7
    assert chat_of({"update_id": 1, "callback_query": {"message": {"chat": chat}}}) == 7
    assert chat_of({"update_id": 1, "my_chat_member": {"chat": chat}}) == 7
    assert chat_of({"update_id": 1, "poll": {"id": "x"}}) is None


@pytest.mark.parametrize(
    ("numbers", "left"),
    [
        ({5, 7, 8}, {5, 8}),  # 6 is gone
        ({5}, {5, 6, 8}),  # of what comes after the last nothing is said
        ({9}, set()),
        (set(), set()),
    ],
)
async def test_what_was_left_is_gone_where_telegram_passes_over_it(
    numbers: set[int], left: set[int]
) -> None:
    inbox = Inbox(left={5, 6, 8})
    inbox.given(numbers)
    assert inbox.left == left


@pytest.mark.parametrize("number", [None, "7", 7.0, True, -1, 2**53, 10**4000])
def test_what_can_be_no_number_of_an_update_is_none(number: object) -> None:
    assert number_of({"update_id": number}) is None


async def test_a_number_far_ahead_is_believed_in_the_end_and_logged_once() -> None:
    """With polling Telegram gives it again and again."""
    now = [0.0]

    async def handle(_: Update) -> None:
        """Whatever it is."""

    intake = Intake(Bot("1:x"), handle, clock=lambda: now[0])
    assert intake.take({"update_id": 1})
    with structlog.testing.capture_logs() as logs:
        assert not any(intake.take({"update_id": 2 * FAR}) for _ in range(3))
    assert [one["event"] for one in logs] == ["intake.set_aside"]
    now[0] += 3601
    assert intake.take({"update_id": 2 * FAR})
    await intake.finish()


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
fields = st.sampled_from(["chat", "from", "message", "user", "message_id", "date", "id", "text"])


@settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    kind=st.sampled_from(["message", "callback_query", "my_chat_member", "poll"]),
    content=json_values
    | st.dictionaries(fields, json_values | st.dictionaries(fields, json_values)),
)
async def test_nothing_that_comes_in_breaks_the_intake(kind: str, content: Any) -> None:
    """Whatever an update looks like, it is handled or set aside, and never raises."""

    async def handle(_: Update) -> None:
        """Whatever it is."""

    request = AiohttpRequest(connections=1)
    bot = Bot("1:x", request=request, get_updates_request=request)
    intake = Intake(bot, handle, patience=Patience(tries=(0,)))
    assert intake.take({"update_id": 1, kind: content})
    await asyncio.wait(intake.in_hand)
    assert not intake.in_hand
    assert intake.confirmed_up_to() == 2
