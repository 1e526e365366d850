"""python-telegram-bot as it comes: python -m benchmarks.peers.usual_flood ADDRESS COUNT W."""

from __future__ import annotations

import asyncio
import sys

from telegram import Bot
from telegram.request import HTTPXRequest

from benchmarks.load import TOKEN, WORDS, report, to_each


async def main(address: str, count: int, at_once: int) -> None:
    request = HTTPXRequest(connection_pool_size=at_once, pool_timeout=60, read_timeout=60)
    async with Bot(TOKEN, base_url=f"{address}/bot", request=request) as bot:
        report(
            await to_each(
                lambda chat: bot.send_message(chat, WORDS, parse_mode="HTML"), count, at_once
            )
        )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
