"""What every entrant does, ours and others': the same words to as many people, measured alike.

Standard library only, since it also runs where other libraries live.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

FIRST = 100_001
"""The first person's id; the others follow."""
TOKEN = "42:benchmark"  # noqa: S105 (a stand-in's)
WORDS = (
    "No. 1 · New stage: 10 June\n<b>Prisoners of war, seriously wounded</b>\n"
    "To Ukraine: how many was not published. To Russia: how many was not published.\n"
    "Said by: Coordination Headquarters, Ukraine; Ministry of Defence of Russia."
)
Figures = dict[str, float]


@contextmanager
def metered(figures: Figures, count: int) -> Iterator[None]:
    """Adds what the block cost: how many a second, and the processor's time for each."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    figures |= {"rate": count / wall, "cpu_us": cpu / count * 1e6, "cores": cpu / wall}


async def to_each(do: Callable[[int], Awaitable[object]], count: int, at_once: int) -> Figures:
    """Does it for each of so many people, always so many at once."""
    left = iter(range(FIRST, FIRST + count))

    async def worker() -> None:
        for person in left:
            await do(person)

    figures: Figures = {}
    with metered(figures, count):
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(worker())
    return figures


def question(person: int, words: str = "/status") -> bytes:
    """A person's command, as it comes from Telegram."""
    who = {"id": person, "is_bot": False, "first_name": "Reader", "language_code": "uk"}
    command = {"type": "bot_command", "offset": 0, "length": len(words.partition(" ")[0])}
    message = {
        "message_id": 5,
        "from": who,
        "chat": {"id": person, "first_name": "Reader", "type": "private"},
        "date": 1_750_000_000,
        "text": words,
        "entities": [command],
    }
    return json.dumps({"update_id": person, "message": message}).encode()


def report(figures: Figures) -> None:
    """What a child hands to whoever started it: its last line."""
    sys.stdout.write(f"{json.dumps(figures)}\n")
    sys.stdout.flush()
