"""aiogram sending and storing nothing: python -m benchmarks.peers.aiogram_flood ADDRESS COUNT W."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from benchmarks.load import TOKEN, WORDS, report, to_each


async def main(address: str, count: int, at_once: int) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address), limit=at_once)
    async with Bot(TOKEN, session=session) as bot:
        report(
            await to_each(
                lambda chat: bot.send_message(chat, WORDS, parse_mode="HTML"), count, at_once
            )
        )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
