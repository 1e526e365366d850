"""Our transport alone, storing nothing: python -m benchmarks.bare ADDRESS COUNT IN_FLIGHT."""

from __future__ import annotations

import asyncio
import sys

from benchmarks.load import TOKEN, WORDS, report, to_each
from bot.transport import AlertRequest, BotApi


async def main(address: str, count: int, at_once: int) -> None:
    async with AlertRequest(connections=at_once) as request:
        api = BotApi(request, address, TOKEN)

        async def send(chat: int) -> None:
            parameters = {"chat_id": chat, "text": WORDS, "parse_mode": "HTML"}
            await api.call("sendMessage", parameters)

        report(await to_each(send, count, at_once))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
