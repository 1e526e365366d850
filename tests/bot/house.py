"""A store, readers at the stand-in, and a sender between them, for the tests of sending."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select, update

from bot.pacer import Pacer
from bot.sender import Sender, Waits
from bot.transport import AlertRequest, BotApi
from exchange.news import Topic
from sandbox.journal import Call
from sandbox.people import Person
from sandbox.standin import Standin
from storage import outbox, subscribers, tables
from storage.outbox import AlertText, AlertType
from storage.store import Connection, Store
from tests.stores import readers_of

KEY = bytes(range(32))
QUICK = Waits(poll=0.3, flush=0.005, store=0.05, back_off=0.05, finish=2)
READ_TIMEOUT = 0.3
"""Seconds; what the stand-in leaves unanswered longer is lost to the sender."""


async def eventually(so: Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    """Wait for what rings no bell."""
    async with asyncio.timeout(seconds):
        while not await so():  # noqa: ASYNC110 - the store rings no bell
            await asyncio.sleep(0.01)


class Clock:
    """The true time, moved forward as a test likes."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def forward(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)


@dataclass
class House:
    """One bot's store and Telegram."""

    store: Store
    telegram: Standin
    clock: Clock
    rate: int = 1000
    paid_rate: int = 0
    chat_seconds: float = 0
    waits: Waits = QUICK
    read_timeout: float = READ_TIMEOUT

    async def readers(self, count: int, first: int = 1001) -> list[Person]:
        """People who have started the bot and subscribed."""
        people = [self.telegram.person(first + one, started=True) for one in range(count)]

        def subscribe(conn: Connection) -> None:
            for person in people:
                subscribers.subscribe(
                    conn,
                    self.store.seal,
                    person.id,
                    language="en",
                    consent_version=1,
                    at=self.clock(),
                )

        await self.store.write(subscribe)
        return people

    async def publish(
        self,
        key: str = "S1",
        type_: AlertType = "Alert",
        refers_to: int | None = None,
        *,
        edits: Sequence[int] = (),
        announce: bool = True,
    ) -> int:
        number = await self.store.read(outbox.next_number)
        texts = [
            AlertText("en", "first", f"No. {number}"),
            AlertText("en", "repeat", f"Repeat of No. {number}"),
        ]
        for one in edits:
            mark = f"Corrected by No. {number}: No. {one}"
            texts.append(AlertText("en", "edit", mark, edits=one))
        return await self.store.write(
            lambda conn: outbox.publish(
                conn,
                record_key=key,
                rev=number,
                type=type_,
                refers_to=refers_to,
                topic=Topic.PEOPLE,
                by="mod-1",
                published_at=self.clock(),
                starts_at=self.clock(),
                texts=texts,
                announce=announce,
            )
        )

    @asynccontextmanager
    async def sender(self) -> AsyncIterator[Sender]:
        async with AlertRequest(
            connections=64, connect_timeout=0.5, read_timeout=self.read_timeout
        ) as request:
            yield Sender(
                self.store,
                BotApi(request, self.telegram.url, self.telegram.token),
                Pacer(self.rate, paid_rate=self.paid_rate, chat_seconds=self.chat_seconds),
                rate=self.rate,
                paid_rate=self.paid_rate,
                now=self.clock,
                waits=self.waits,
            )

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[Sender]:
        """A sender at work; at the end it is stopped and has written everything down."""
        async with self.sender() as sender:
            running = asyncio.create_task(sender.run())
            try:
                yield sender
            finally:
                sender.stop()
                await running

    async def deliveries(self) -> list[Row[Any]]:
        query = select(tables.deliveries).order_by(tables.deliveries.c.alert_id)
        return await self.store.read(lambda conn: list(conn.execute(query).all()))

    async def states(self) -> list[str]:
        return [row.state for row in await self.deliveries()]

    async def until(self, so: Callable[[list[Row[Any]]], bool], seconds: float = 15) -> None:
        """Wait until the deliveries are so."""

        async def are_so() -> bool:
            return so(await self.deliveries())

        await eventually(are_so, seconds)

    async def until_all(self, *states: str, seconds: float = 15) -> None:
        await self.until(lambda rows: all(row.state in states for row in rows), seconds)

    async def halted(self, number: int) -> bool:
        progress = await self.store.read(lambda conn: outbox.progress(conn, number))
        return progress.state == "halted"

    async def count_readers(self) -> int:
        return await self.store.read(lambda conn: readers_of(conn, Topic.PEOPLE))

    async def leave_in_sending(self) -> None:
        """As a process leaves it that is killed between claiming and the answer."""
        await self.store.write(
            lambda conn: conn.execute(
                update(tables.deliveries).values(
                    state="sending", attempts=1, epoch=1, started_at=self.clock()
                )
            )
        )

    def sent(self, person: Person | None = None) -> list[Call]:
        return self.telegram.journal.of("sendMessage", chat=person.id if person else None)

    def slower(self, **changes: Any) -> House:
        """The same house with other habits."""
        return replace(self, **changes)


@asynccontextmanager
async def a_house(folder: Path, telegram: Standin) -> AsyncIterator[House]:
    url = f"sqlite+aiosqlite:///{folder / 'homeward.db'}"
    store = await Store.open(url, KEY, create=True)
    try:
        yield House(store, telegram, Clock())
    finally:
        await store.close()
