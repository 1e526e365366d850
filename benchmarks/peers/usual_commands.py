"""The library as it comes: python -m benchmarks.peers.usual_commands ADDRESS COUNT AT_ONCE."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CommandHandler

from benchmarks.load import FIRST, TOKEN, question, report, to_each
from benchmarks.peers.stages import stages, status

_BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Stages", callback_data="stages")]])


async def main(address: str, count: int, at_once: int) -> None:
    async with stages() as connection:

        async def answer_status(update: Update, _context: Any) -> None:
            if update.message:
                words = await status(connection)
                await update.message.reply_text(words, parse_mode="HTML", reply_markup=_BUTTONS)

        application = (
            ApplicationBuilder()
            .token(TOKEN)
            .base_url(f"{address}/bot")
            .connection_pool_size(at_once)
            .pool_timeout(60)
            .read_timeout(60)
            .updater(None)
            .job_queue(None)
            .build()
        )
        application.add_handler(CommandHandler("status", answer_status))
        updates = {one: question(one) for one in range(FIRST, FIRST + count)}

        async def answer(person: int) -> None:
            update = Update.de_json(json.loads(updates[person]), application.bot)
            await application.process_update(update)

        async with application:
            await answer(FIRST)
            report(await to_each(answer, count, at_once))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
