"""A process that sends, for the test that kills it: the real sender with a faster wall clock.

The waits that the store plans (30 s after an attempt of unknown fate) pass a hundred times as fast;
the pace on the way to Telegram is the true one.
"""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta

from bot.pacer import Pacer
from bot.sender import Sender, Waits, most_in_flight
from bot.transport import AiohttpRequest, BotApi
from storage.store import Store
from tests.bot.house import KEY

FASTER = 100
RATE = 30


async def send(url: str, token: str, database: str, began: float) -> None:
    def now() -> datetime:
        passed = time.time() - began
        return datetime.fromtimestamp(began, UTC) + timedelta(seconds=passed * FASTER)

    store = await Store.open(database, KEY, exclusive=True)
    async with AiohttpRequest(connections=most_in_flight(RATE), read_timeout=0.5) as request:
        sender = Sender(
            store,
            BotApi(request, url, token),
            Pacer(RATE, chat_seconds=0),
            rate=RATE,
            now=now,
            waits=Waits(poll=0.2),
        )
        await sender.run()


if __name__ == "__main__":
    asyncio.run(send(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))
