"""pyTelegramBotAPI, storing nothing: python -m benchmarks.peers.telebot_flood ADDRESS COUNT W."""

from __future__ import annotations

import asyncio
import sys

from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot

from benchmarks.load import TOKEN, WORDS, report, to_each


async def main(address: str, count: int, at_once: int) -> None:
    asyncio_helper.API_URL = address + "/bot{0}/{1}"
    asyncio_helper.REQUEST_LIMIT = at_once
    bot = AsyncTeleBot(TOKEN)
    try:
        report(
            await to_each(
                lambda chat: bot.send_message(chat, WORDS, parse_mode="HTML"), count, at_once
            )
        )
    finally:
        await bot.close_session()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
