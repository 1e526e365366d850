"""Row 58: a person who floods the real bot is nobody else's loss."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from sandbox.standin import Standin
from tests.bot.processes import OWNER, homeward, settings_for

FLOODER, OTHER = 987_654_321, 987_654_322


async def test_a_flooder_gets_one_answer_in_two_seconds_and_others_theirs_at_once(
    telegram: Standin, tmp_path: Path
) -> None:
    flooder, other = (telegram.person(one, language="en") for one in (FLOODER, OTHER))
    owner = telegram.person(OWNER, language="en")
    settings = settings_for(telegram, tmp_path)
    async with homeward("run", folder=tmp_path, settings=settings):
        await telegram.until(lambda: telegram.bot_is_here, timeout=20)
        began = time.monotonic()
        waits = []
        for _ in range(3):
            for _ in range(25):
                flooder.says("/status")
            asked = time.monotonic()
            other.says("/help")
            await other.hears("What you can ask")
            waits.append(time.monotonic() - asked)
            await asyncio.sleep(2.1)
        for _ in range(4):
            owner.says("/thaw")
        flooder.says("/unsubscribe")
        await flooder.hears("Nothing is kept about you")
        await telegram.until(lambda: len(telegram.journal.of("sendMessage", chat=OWNER)) == 4)
        await telegram.until(lambda: not telegram.world.updates.pending(), timeout=10)
        lasted = time.monotonic() - began
    answered = [call.at for call in telegram.journal.of("sendMessage", chat=FLOODER)]
    assert 2 <= len(answered) - 1 <= lasted / 2 + 1
    assert max(waits) < 1
