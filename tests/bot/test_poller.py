"""Asking for updates, while all is well and while it is not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
import structlog
from telegram import Bot
from telegram.error import InvalidToken, NetworkError

from bot.intake import Intake
from bot.numbering import FAR
from bot.poller import Poller, PollWaits
from bot.transport import AiohttpRequest, BotApi
from sandbox import faults
from sandbox.standin import Standin
from tests.bot.polling import SOON, Handled, polling


@pytest.mark.parametrize(
    "fault",
    [
        faults.server_error(502),
        faults.dropped(),
        faults.cut_json(),
        faults.too_many_requests(None),
        faults.conflict(),
    ],
    ids=lambda fault: fault.name,
)
async def test_questions_that_fail_lose_no_update(telegram: Standin, fault: faults.Fault) -> None:
    handled = Handled()
    telegram.order(fault, method="getUpdates", times=4)
    telegram.person(1001).says("still here")
    async with polling(telegram, handled):
        await telegram.until(lambda: handled.said == ["still here"])
    assert len(telegram.world.updates.pending()) == 0


async def test_a_second_bot_is_told_in_a_clear_sentence(telegram: Standin) -> None:
    telegram.order(faults.conflict(), method="getUpdates")
    with structlog.testing.capture_logs() as logs:
        async with polling(telegram, Handled()):
            await telegram.until(lambda: len(telegram.journal.of("getUpdates")) == 2)
    said = [one for one in logs if one["event"] == "intake.taken_by_another"]
    assert said[0]["advice"] == "run one process for each token"
    assert "make sure that only one bot instance is running" in said[0]["said"]


async def test_of_two_bots_the_second_stands_by_and_takes_over(telegram: Standin) -> None:
    first, second = Handled(), Handled()
    patient = replace(SOON, conflict=0.2)
    async with polling(telegram, second, waits=patient):
        async with polling(telegram, first, waits=patient):
            for one in range(30):
                telegram.person(1001).says(str(one))
                await asyncio.sleep(0.01)
            await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)
        asked = len(telegram.journal.of("getUpdates"))
        telegram.person(1001).says("to the other")
        await telegram.until(lambda: "to the other" in second.said)
    assert asked < 90  # one for each update of each bot and some more: no hot loop
    assert {*first.said, *second.said} >= {str(one) for one in range(30)}


async def test_a_webhook_that_is_set_meanwhile_is_told_in_a_clear_sentence(
    telegram: Standin,
) -> None:
    with structlog.testing.capture_logs() as logs:
        async with polling(telegram, Handled()):
            await telegram.until(lambda: bool(telegram.journal.of("getUpdates")))
            telegram.world.updates.webhook_is_set = True
            telegram.person(1001).says("x")
            await telegram.until(
                lambda: any(one["event"] == "intake.taken_by_another" for one in logs)
            )
    said = next(one for one in logs if one["event"] == "intake.taken_by_another")
    assert said["advice"].startswith("a webhook was set meanwhile")


async def test_failing_questions_make_no_hot_loop(telegram: Standin) -> None:
    telegram.order(faults.server_error(502), method="getUpdates", times=None)
    async with polling(telegram, Handled(), waits=PollWaits(back_off=0.2)):
        await asyncio.sleep(0.5)
    assert len(telegram.journal.of("getUpdates")) <= 4


async def test_an_outage_of_any_length_is_waited_out(telegram: Standin) -> None:
    request = AiohttpRequest(connections=1)
    api = BotApi(request, telegram.url, telegram.token)
    bot = Bot(telegram.token, request=request, get_updates_request=request)
    poller = Poller(request, api, Intake(bot, Handled()), allowed_updates=[])
    waits = [await poller._failed(NetworkError("")) for _ in range(3000)]
    assert waits[:6] == [1, 2, 4, 8, 16, 30]
    assert set(waits[6:]) == {30}


async def test_a_rejected_token_ends_the_intake(telegram: Standin) -> None:
    telegram.order(faults.unauthorized(), method="getUpdates")
    async with AiohttpRequest(connections=1) as request:
        api = BotApi(request, telegram.url, telegram.token)
        bot = Bot(telegram.token, request=request, get_updates_request=request)
        poller = Poller(request, api, Intake(bot, Handled()), allowed_updates=[])
        with pytest.raises(InvalidToken):
            await poller.run()


async def test_after_long_silence_the_connections_are_made_anew(telegram: Standin) -> None:
    order = telegram.order(faults.dropped(), method="getUpdates", times=None)
    handled = Handled()
    with structlog.testing.capture_logs() as logs:
        async with polling(telegram, handled):
            await telegram.until(
                lambda: any(one["event"] == "intake.connections_renewed" for one in logs)
            )
            telegram.cancel(order)
            telegram.person(1001).says("back again")
            await telegram.until(lambda: handled.said == ["back again"])


async def test_an_update_far_ahead_makes_the_poller_skip_none_of_the_others(
    telegram: Standin,
) -> None:
    """The offset stays behind it: what comes in the meantime has lower numbers."""
    handled = Handled()
    async with polling(telegram, handled):
        first = telegram.inject(message("first"))
        await telegram.until(lambda: handled.said == ["first"])
        telegram.inject(message("forged") | {"update_id": first + 2 * FAR})
        asked = len(telegram.journal.of("getUpdates"))
        await telegram.until(lambda: len(telegram.journal.of("getUpdates")) > asked + 2)
        for number, text in ((1, "second"), (2, "third")):
            telegram.inject(message(text) | {"update_id": first + number})
        await telegram.until(lambda: handled.said == ["first", "second", "third"])
        asked = len(telegram.journal.of("getUpdates"))
        await asyncio.sleep(5 * SOON.look_again)
        assert len(telegram.journal.of("getUpdates")) <= asked + 6  # asked anew, but in no hot loop
    assert [one["update_id"] for one in telegram.world.updates.pending()] == [first + 2 * FAR]


def message(text: str) -> dict[str, Any]:
    person = {"id": 1001, "is_bot": False, "first_name": "P"}
    chat = {"id": 1001, "type": "private"}
    return {"message": {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": text}}
