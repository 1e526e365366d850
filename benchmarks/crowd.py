"""A stand-in for Telegram in a process of its own, with as many people as its argument says.

It prints its address and its token, and leaves when its standard input is closed.
"""

from __future__ import annotations

import asyncio
import sys

from sandbox.standin import Standin

FIRST = 100_001
"""The first person's id."""


async def main(people: int) -> None:
    async with Standin.serve() as telegram:
        for person_id in range(FIRST, FIRST + people):
            telegram.person(person_id, started=True)
        sys.stdout.write(f"{telegram.url} {telegram.token}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
