"""The bot's own way from an update to its answer, pacing apart.

python -m benchmarks.commands_ours ADDRESS COUNT AT_ONCE FOLDER
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from datetime import timedelta
from pathlib import Path

import structlog
from telegram import Update

from benchmarks.crowd import now, store_in
from benchmarks.durable import UNPACED
from benchmarks.load import FIRST, TOKEN, question, report, to_each
from bot import steady
from bot.application import application_of
from bot.pacer import AnswerPace, Pacer
from bot.transport import AiohttpRequest
from handlers.context import Bot
from handlers.deps import Deps
from messages.status import status


async def main(address: str, count: int, at_once: int, folder: Path) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    async with store_in(folder) as store, AiohttpRequest(connections=at_once) as request:
        bot = Bot(
            TOKEN,
            base_url=f"{address}/bot",
            request=request,
            rate_limiter=AnswerPace(Pacer(UNPACED)),
        )
        deps = Deps(store, now, lambda: None, timedelta(), UNPACED)
        application = application_of(bot, deps)
        await application.initialize()
        updates = {one: question(one) for one in range(FIRST, FIRST + count)}

        async def answer(person: int) -> None:
            await application.process_update(Update.de_json(json.loads(updates[person]), bot))

        await answer(FIRST)  # the ledger is read at the first question after a start
        steady.keep()
        figures = await to_each(answer, count, at_once)
        begun = time.perf_counter()
        status(await store.ledger(), None, "uk")
        figures["made_ms"] = (time.perf_counter() - begun) * 1000
        await application.shutdown()
    report(figures)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])))
