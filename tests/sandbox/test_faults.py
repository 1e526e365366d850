"""Each ordered fault comes out of the real library as the error that the real Telegram causes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from sandbox import faults
from sandbox.faults import FAULTS, Fault
from sandbox.people import Person
from sandbox.standin import Standin

Case = tuple[Fault, type[TelegramError], str, bool]
CASES: list[Case] = [
    (faults.too_many_requests(7), RetryAfter, "Retry in", False),
    (faults.too_many_requests(None), NetworkError, "Too Many Requests", False),
    (faults.forbidden(), Forbidden, "bot was blocked by the user", False),
    (faults.bad_request("chat not found"), BadRequest, "Chat not found", False),
    (faults.unauthorized(), InvalidToken, "Unauthorized", False),
    (faults.conflict(), Conflict, "terminated by other getUpdates", False),
    (faults.migrated(-1001), ChatMigrated, "-1001", False),
    (faults.server_error(502), NetworkError, "Bad Gateway", False),
    (faults.server_error(500, accepted=True), NetworkError, "Internal Server", True),
    (faults.dropped(), NetworkError, "RemoteProtocolError|ReadError", False),
    (faults.dropped(accepted=True), NetworkError, "RemoteProtocolError|ReadError", True),
    (faults.slow(9), TimedOut, "Timed out", True),
    (faults.slow(9, accepted_late=True), TimedOut, "Timed out", False),
    (faults.cut_json(), TelegramError, "Invalid server response", True),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0].name}-{case[3]}")
async def test_a_fault_is_the_error_that_telegram_causes(
    bot: Bot, telegram: Standin, reader: Person, case: Case
) -> None:
    fault, error, words, accepted = case
    telegram.order(fault, chat=reader)
    with pytest.raises(error, match=words) as raised:
        await bot.send_message(1001, "once", read_timeout=0.3)
    assert type(raised.value) is error
    assert [call.accepted for call in telegram.journal.of("sendMessage")] == [accepted]
    assert len(reader.received) == int(accepted)
    await bot.send_message(1001, "twice")
    assert reader.received[-1].text == "twice"


@pytest.mark.usefixtures("reader")
async def test_a_fault_meets_only_its_chat_and_its_method(bot: Bot, telegram: Standin) -> None:
    other = telegram.person(1002, started=True)
    telegram.order(faults.forbidden(), chat=other, method="sendMessage")
    await bot.send_message(1001, "another chat")
    await bot.send_chat_action(1002, "typing")
    with pytest.raises(Forbidden):
        await bot.send_message(1002, "this one")


@pytest.mark.usefixtures("reader")
async def test_an_order_can_skip_calls_repeat_and_be_cancelled(bot: Bot, telegram: Standin) -> None:
    order = telegram.order(faults.bad_request("chat not found"), times=None, skip=2)
    outcomes = []
    for _ in range(5):
        try:
            await bot.send_message(1001, "again")
        except BadRequest:
            outcomes.append("refused")
        else:
            outcomes.append("sent")
    assert outcomes == ["sent", "sent", "refused", "refused", "refused"]
    telegram.cancel(order)
    await bot.send_message(1001, "at last")
    assert order.used == 3


async def test_a_chance_hits_some_calls_and_not_others(
    bot: Bot, telegram: Standin, reader: Person
) -> None:
    order = telegram.order(faults.forbidden(), times=None, chance=0.5)
    for _ in range(40):
        with suppress(Forbidden):
            await bot.send_message(1001, "perhaps")
    assert 5 < order.used < 35
    assert len(reader.received) == 40 - order.used


async def test_cut_json_is_a_whole_http_answer_with_half_of_the_text(
    telegram: Standin, reader: Person
) -> None:
    telegram.order(faults.cut_json())
    async with aiohttp.ClientSession() as session:
        url = f"{telegram.url}/bot{telegram.token}/sendMessage"
        async with session.post(url, data={"chat_id": 1001, "text": "hello"}) as answer:
            body = await answer.text()
            assert answer.status == 200
    assert body.startswith('{"ok":true,"result":{"message_id"')
    assert not body.endswith("}")
    assert [message.text for message in reader.received] == ["hello"]


@pytest.mark.usefixtures("reader")
async def test_the_journal_tells_what_was_asked_accepted_and_answered(
    bot: Bot, telegram: Standin
) -> None:
    sent = await bot.send_message(1001, "[one]")
    telegram.order(faults.dropped(accepted=True))
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "[2]")
    with pytest.raises(BadRequest):
        await bot.send_message(77, "three")
    first, second, third = telegram.journal.of("sendMessage")
    assert first.parameters["text"] == "[one]"
    assert second.parameters["text"] == "[2]"
    assert (first.chat_id, first.accepted, first.status) == (1001, True, 200)
    assert first.message_id == sent.message_id
    assert (second.accepted, second.status, second.fault) == (True, 0, "dropped")
    assert (third.accepted, third.description) == (False, "Bad Request: chat not found")
    assert first.at <= second.at <= third.at
    assert telegram.journal.of(chat=1001, accepted=True) == [first, second]


@pytest.mark.usefixtures("reader")
async def test_the_journal_knows_how_many_calls_were_open_at_once(
    bot: Bot, telegram: Standin
) -> None:
    telegram.order(faults.slow(0.1), times=3)
    await asyncio.gather(*(bot.send_message(1001, str(n)) for n in range(3)))
    await bot.send_message(1001, "alone")
    assert telegram.journal.most_at_once("sendMessage") == 3


async def test_a_revoked_token_is_unauthorized(bot: Bot, telegram: Standin) -> None:
    telegram.revoke_token("1:another")
    with pytest.raises(InvalidToken):
        await bot.get_me()


def test_every_fault_can_be_ordered_by_name() -> None:
    needed: dict[str, dict[str, int]] = {"migrated": {"to": -1001}}
    made: list[Callable[..., Fault]] = list(FAULTS.values())
    assert [make(**needed.get(make.__name__, {})).name for make in made] == list(FAULTS)
