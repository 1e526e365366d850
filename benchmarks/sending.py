"""What storing every step of an alert costs, and that the pace is kept.

1. As fast as it goes: the sender with its store, synchronous=FULL, against the bare transport with
   as many calls in flight and nothing stored, and against the library's usual transport. They take
   turns in one run against one stand-in in a process of its own.
2. At RATE=30: what part of the rate is reached, and the most messages in any second.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import Any

import structlog
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.crowd import FIRST
from bot.pacer import Pacer
from bot.sender import Sender
from bot.transport import AiohttpRequest, BotApi
from exchange.news import Topic
from storage import outbox, subscribers
from storage.outbox import AlertText
from storage.store import Connection, Store

PEOPLE, ROUNDS = 600, 5
UNPACED = 100_000
"""Messages a second that no machine reaches."""
IN_FLIGHT = 300
"""What the sender has on its way at a thousand messages a second."""
PACED, RATE = 150, 30
WORDS = "No. 1 · New stage: 10 June\nPrisoners of war, seriously wounded."


async def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    async with (
        _crowd(PEOPLE) as (url, token),
        AiohttpRequest(connections=IN_FLIGHT) as request,
        HTTPXRequest(connection_pool_size=IN_FLIGHT) as usual,
    ):
        api = Counted(request, url, token)
        kinds: dict[str, Callable[[], Awaitable[float]]] = {
            "transport alone": lambda: _bare(api),
            "sender with its store": lambda: _stored(api, PEOPLE, UNPACED),
            "the library's usual transport": lambda: _bare(BotApi(usual, url, token)),
        }
        rounds = [{what: await measure() for what, measure in kinds.items()} for _ in range(ROUNDS)]
        seconds = {what: median(one[what] for one in rounds) for what in kinds}
        api.starts.clear()
        rate = PACED / await _stored(api, PACED, RATE)
    for what, took in seconds.items():
        share = seconds["transport alone"] / took
        sys.stdout.write(
            f"{what:<40} {PEOPLE / took:9.0f} messages a second   {share:6.2f} of the first\n"
        )
    sys.stdout.write(
        f"{f'sender at RATE={RATE}':<40} {rate:9.1f} messages a second   {rate / RATE:6.2f} of the "
        f"rate, {most_in_a_second(api.starts)} at most in any second\n"
    )


@dataclass
class Counted(BotApi):
    """The transport, noting when each call starts."""

    request: BaseRequest
    url: str
    token: str
    starts: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.request, self.url, self.token)

    async def call(self, *arguments: Any, **options: Any) -> Any:
        self.starts.append(time.perf_counter())
        return await super().call(*arguments, **options)


def most_in_a_second(starts: list[float]) -> int:
    window: deque[float] = deque()
    most = 0
    for start in sorted(starts):
        window.append(start)
        while window[0] <= start - 1:
            window.popleft()
        most = max(most, len(window))
    return most


async def _bare(api: BotApi) -> float:
    """Seconds for one message to each person, `IN_FLIGHT` at once, nothing stored."""
    left = iter(range(FIRST, FIRST + PEOPLE))

    async def worker() -> None:
        for chat in left:
            await api.call(
                "sendMessage",
                {
                    "chat_id": chat,
                    "text": WORDS,
                    "parse_mode": "HTML",
                    "link_preview_options": {"is_disabled": True},
                },
            )

    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(IN_FLIGHT):
            group.create_task(worker())
    return time.perf_counter() - begun


async def _stored(api: BotApi, people: int, rate: int) -> float:
    """Seconds from the sender's start until every delivery is written down as delivered."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/homeward.db"
        store = await Store.open(url, bytes(32), create=True)
        try:
            await store.write(lambda conn: _publish(conn, store, people))
            in_flight_rate = int(IN_FLIGHT / 0.3) if rate == UNPACED else rate
            sender = Sender(store, api, Pacer(rate), rate=in_flight_rate, now=_now)
            begun = time.perf_counter()
            running = asyncio.create_task(sender.run())
            while await store.read(_delivered) < people:  # noqa: ASYNC110 (the store rings no bell)
                await asyncio.sleep(0.02)
            took = time.perf_counter() - begun
            sender.stop()
            await running
        finally:
            await store.close()
    return took


def _publish(conn: Connection, store: Store, people: int) -> None:
    for chat in range(FIRST, FIRST + people):
        subscribers.subscribe(conn, store.seal, chat, language="en", consent_version=1, at=_now())
    outbox.publish(
        conn,
        record_key="S1",
        rev=1,
        type="Alert",
        refers_to=None,
        topic=Topic.PEOPLE,
        by="mod-1",
        published_at=_now(),
        starts_at=_now(),
        texts=[AlertText("en", "first", WORDS), AlertText("en", "repeat", WORDS)],
    )


def _delivered(conn: Connection) -> int:
    return outbox.progress(conn, 1).delivered


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def _crowd(people: int) -> AsyncIterator[tuple[str, str]]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.crowd", str(people),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the stand-in has no pipes")
    url, token = (await child.stdout.readline()).decode().split()
    try:
        yield url, token
    finally:
        child.stdin.close()
        await child.wait()


if __name__ == "__main__":
    asyncio.run(main())
