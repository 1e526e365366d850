"""The least aiogram bot that answers /status; address and token as the bot itself gets them."""

from __future__ import annotations

import asyncio
import os

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import Message


async def status(message: Message) -> None:
    await message.answer("Nothing yet.")


async def main() -> None:
    router = Router()
    router.message.register(status, Command("status"))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["HOMEWARD_API_URL"]))
    async with Bot(os.environ["HOMEWARD_TOKEN"], session=session) as bot:
        await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main())
