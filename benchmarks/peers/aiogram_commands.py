"""aiogram answering /status: python -m benchmarks.peers.aiogram_commands ADDRESS COUNT AT_ONCE."""

from __future__ import annotations

import asyncio
import json
import sys

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.load import FIRST, TOKEN, question, report, to_each
from benchmarks.peers.stages import stages, status

_BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Stages", callback_data="stages")]]
)


async def main(address: str, count: int, at_once: int) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address), limit=at_once)
    async with stages() as connection, Bot(TOKEN, session=session) as bot:

        async def answer_status(message: Message) -> None:
            words = await status(connection)
            await message.answer(words, parse_mode="HTML", reply_markup=_BUTTONS)

        router = Router()
        router.message.register(answer_status, Command("status"))
        dispatcher = Dispatcher()
        dispatcher.include_router(router)
        updates = {one: question(one) for one in range(FIRST, FIRST + count)}

        async def answer(person: int) -> None:
            await dispatcher.feed_raw_update(bot, json.loads(updates[person]))

        await answer(FIRST)
        report(await to_each(answer, count, at_once))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
