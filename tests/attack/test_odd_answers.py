"""What a broken or hostile server in Telegram's place says must not make the bot run hot or die."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.intake import Intake
from bot.poller import Poller, PollWaits
from bot.transport import AiohttpRequest


class Odd:
    """Answers every question for updates with the same oddity, at once."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked = 0

    async def call(self, *_: Any, **__: Any) -> Any:
        self.asked += 1
        return self.answer


@pytest.mark.parametrize(
    "answer",
    [
        [None],
        [[]],
        ["x"],
        [{}],
        [{"update_id": "1"}],
        [{"update_id": 1.5}],
        {"x": 1},
        None,
        5,
    ],
)
async def test_an_odd_answer_is_not_asked_for_in_a_tight_loop(answer: Any) -> None:
    odd = Odd(answer)

    async def handle(_update: object) -> None:
        """Nothing to do."""

    request: Any = AiohttpRequest(connections=1)
    intake = Intake(None, handle)  # type: ignore[arg-type] # no update is read
    poller = Poller(
        request,
        odd,  # type: ignore[arg-type] # answers like one
        intake,
        allowed_updates=["message"],
        waits=PollWaits(look_again=0.1, back_off=0.1),
    )
    running = asyncio.create_task(poller.run())
    await asyncio.sleep(0.35)
    poller.stop()
    await running
    assert odd.asked <= 8
