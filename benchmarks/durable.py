"""The sender with its store, every step of it written down: synchronous=FULL.

    python -m benchmarks.durable ADDRESS PEOPLE RATE IN_FLIGHT

RATE 0 is as fast as it goes. It ends when every outcome is in the store.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import structlog

from benchmarks.crowd import is_open, now, publish, store_in, subscribe
from benchmarks.load import TOKEN, Figures, metered, report
from benchmarks.seconds import most_within
from bot import steady
from bot.pacer import Pacer
from bot.sender import IN_FLIGHT_SECONDS, Sender
from bot.transport import AlertRequest, BotApi
from storage.store import Store

FREE_RATE = 30
UNPACED = 100_000
"""Messages a second that no machine reaches."""
_LOOK = 0.005


class Noting(BotApi):
    """Notes when each call starts, and says when so many have been answered."""

    def __init__(self, request: AlertRequest, address: str, people: int) -> None:
        super().__init__(request, address, TOKEN)
        self.starts: list[float] = []
        self.all_answered = asyncio.Event()
        self._left = people

    async def call(self, *arguments: Any, **options: Any) -> Any:
        self.starts.append(time.perf_counter())
        answer = await super().call(*arguments, **options)
        self._left -= 1
        if not self._left:
            self.all_answered.set()
        return answer


async def main(address: str, people: int, rate: int, in_flight: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        async with (
            store_in(Path(folder)) as store,
            AlertRequest(connections=in_flight) as request,
        ):
            await subscribe(store, people)
            await store.write(publish)
            steady.keep()
            report(await sent(store, Noting(request, address, people), people, rate, in_flight))


async def sent(store: Store, api: Noting, people: int, rate: int, in_flight: int) -> Figures:
    """Sends until all is delivered and written down."""
    pacer = Pacer(FREE_RATE, paid_rate=rate or UNPACED, chat_seconds=0)
    sender = Sender(
        store, api, pacer, rate=FREE_RATE, paid_rate=int(in_flight / IN_FLIGHT_SECONDS), now=now
    )
    figures: Figures = {}
    with metered(figures, people):
        running = asyncio.create_task(sender.run())
        await api.all_answered.wait()
        while await store.read(is_open):  # noqa: ASYNC110 (the store rings no bell)
            await asyncio.sleep(_LOOK)
    sender.stop()
    await running
    return figures | {"most": most_within(api.starts, 1.0)}


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], *(int(one) for one in sys.argv[2:])))
