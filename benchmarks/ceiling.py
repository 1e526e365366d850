"""What the stand-in itself can do: requests made once, written in bunches, answers only counted.

python -m benchmarks.ceiling ADDRESS COUNT CONNECTIONS BUNCH
"""

from __future__ import annotations

import asyncio
import sys
from urllib.parse import quote, urlsplit

from benchmarks.load import FIRST, TOKEN, WORDS, Figures, metered, report

_END = b'"}}'
"""How every answer ends, and nothing else in it does."""


async def main(address: str, count: int, connections: int, bunch: int) -> None:
    figures: Figures = {}
    with metered(figures, count):
        async with asyncio.TaskGroup() as group:
            for _ in range(connections):
                group.create_task(_one(address, count // connections // bunch, bunch))
    report(figures)


async def _one(address: str, rounds: int, bunch: int) -> None:
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    body = f"chat_id={FIRST}&text={quote(WORDS)}&parse_mode=HTML"
    request = (
        f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: {where.netloc}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        f"{body}"
    ).encode()
    for _ in range(rounds):
        writer.write(request * bunch)
        for _ in range(bunch):
            await reader.readuntil(_END)
    writer.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], *(int(one) for one in sys.argv[2:])))
