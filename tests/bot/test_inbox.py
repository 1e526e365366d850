from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.inbox import Inbox, chat_of
from bot.intake import Patience, Poller
from bot.transport import AiohttpRequest, BotApi


async def nothing() -> None:
    """Handling that succeeds at once."""


async def test_the_lowest_update_in_hand_is_asked_for_again() -> None:
    inbox, first, second = Inbox(), asyncio.Event(), asyncio.create_task(nothing())
    assert inbox.confirmed_up_to() is None
    inbox.take(7, slow := asyncio.create_task(first.wait()))  # type: ignore[arg-type] # any task
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
    assert inbox.handled == set()


def test_an_update_belongs_to_its_chat_whatever_kind_it_is() -> None:
    chat = {"id": 7}
    assert chat_of({"update_id": 1, "message": {"chat": chat, "from": {"id": 8}}}) == 7
    assert chat_of({"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {}}}) == 7
    assert chat_of({"update_id": 1, "callback_query": {"message": {"chat": chat}}}) == 7
    assert chat_of({"update_id": 1, "my_chat_member": {"chat": chat}}) == 7
    assert chat_of({"update_id": 1, "poll": {"id": "x"}}) is None


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
    patience = Patience(tries=(0,))
    poller = Poller(
        request,
        BotApi(request, "http://127.0.0.1:9", "1:x"),
        Bot("1:x", request=request, get_updates_request=request),
        handle,
        allowed_updates=[],
        patience=patience,
    )
    assert poller._take({"update_id": 1, kind: content})
    await asyncio.wait(poller._inbox.handling.values())
    assert not poller._inbox.handling
    assert poller._inbox.confirmed_up_to() == 2
