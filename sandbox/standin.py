"""The stand-in for Telegram, to be used from Python.

    async with Standin.serve() as telegram:
        reader = telegram.person(1001, "Reader", language="uk")
        reader.says("/status")
        answer = await reader.hears("Returned")

What people do is done at once; what they wait for is awaited. `telegram.url` and
`telegram.token` are what a bot needs; `telegram.journal` is what it did.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

from sandbox.bell import Bell
from sandbox.calls import Calls
from sandbox.control import pages
from sandbox.faults import Fault, Order
from sandbox.journal import Journal
from sandbox.people import PATIENCE, Group, Message, Person
from sandbox.server import Site, listening
from sandbox.world import Account, Post, World

Json = dict[str, Any]
USERNAME: Final = "homeward_sandbox_bot"
_GLANCE: Final = 0.05


class PortTakenError(Exception):
    """Another program listens on the wished port, or it cannot be used at all."""


class Standin:
    """One bot's Telegram, with the people in it. Make it with `Standin.serve`."""

    def __init__(self, url: str, token: str | None, clock: Callable[[], float]) -> None:
        self.url = url
        self.world = World(clock, USERNAME, token)
        self.calls = Calls(self.world)
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self._changed = Bell()
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self.world.told = self._tell
        self.calls.noted = self._changed

    @classmethod
    @asynccontextmanager
    async def serve(
        cls,
        port: int = 0,
        *,
        token: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> AsyncIterator[Standin]:
        """Listen on 127.0.0.1, on a free port unless one is given, until the block ends."""
        with _bound(port) as sock:
            telegram = cls(f"http://127.0.0.1:{sock.getsockname()[1]}", token, clock)
            async with listening(Site(telegram.calls, pages(telegram)), sock):
                try:
                    yield telegram
                finally:
                    await telegram.close()

    async def close(self) -> None:
        """End all that waits: polls, slow answers, deliveries, pages."""
        self.calls.close()
        self.world.webhook.stop()
        for listener in self._listeners:
            listener.put_nowait(None)
        await self.world.webhook.stopped()

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def journal(self) -> Journal:
        return self.calls.journal

    @property
    def bot_is_here(self) -> bool:
        """Whether a bot has asked for updates or set a webhook."""
        return self.world.bot_is_here

    def revoke_token(self, new: str) -> None:
        """From now on the bot's token is another; calls with the old one get 401."""
        self.world.token = new

    def person(
        self,
        person_id: int,
        name: str = "",
        language: str | None = "en",
        *,
        started: bool = False,
        key: str = "",
    ) -> Person:
        """The person with this id; a new one if there is none."""
        if person_id not in self.people:
            name = name or f"Person {person_id}"
            account = Account(person_id, name, language, key=key, started=started)
            self.world.add_account(account)
            self.people[person_id] = Person(self.world, account, self.until)
        return self.people[person_id]

    def group(self, chat_id: int, title: str = "Group", kind: str = "group") -> Group:
        """The group with this id; a new one, without the bot, if there is none."""
        if chat_id not in self.groups:
            self.groups[chat_id] = Group(self.world, chat_id, kind, title)
        return self.groups[chat_id]

    def inject(self, update: Json) -> int:
        """Send the bot any update at all. It gets an id unless it has one."""
        return self.world.updates.inject(update)

    def order(
        self,
        fault: Fault,
        *,
        chat: Person | Group | int | None = None,
        method: str | None = None,
        times: int | None = 1,
        chance: float = 1.0,
        skip: int = 0,
    ) -> Order:
        """Let this go wrong with the next calls that fit; `times=None`: until cancelled."""
        chat_id = chat.id if isinstance(chat, (Person, Group)) else chat
        order = self.calls.orders.place(Order(fault, chat_id, method, times, chance, skip))
        self._tell({"event": "faults"})
        return order

    def cancel(self, order: Order) -> None:
        self.calls.orders.cancel(order)
        self._tell({"event": "faults"})

    def clear(self) -> None:
        """Forget the journal and the ordered faults; people and chats stay."""
        self.journal.clear()
        self.calls.orders.clear()
        self._tell({"event": "faults"})

    async def until(
        self,
        so: Callable[[], bool],
        timeout: float | None = PATIENCE,  # noqa: ASYNC109 - a waiting test says how long
    ) -> None:
        """Wait until `so()`, or raise `TimeoutError`.

        Looked at whenever anything happens here, and now and then besides, since `so` may ask
        about things elsewhere.
        """
        async with asyncio.timeout(timeout):
            while not so():
                await self._changed.wait(_GLANCE)

    async def events(self) -> AsyncIterator[Json]:
        """Everything that people could see happen, until the stand-in ends; a `hello` first."""
        listener: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(listener)
        listener.put_nowait({"event": "hello"})
        try:
            while (event := await listener.get()) is not None:
                yield event
        finally:
            self._listeners.discard(listener)

    def _tell(self, event: Json) -> None:
        if event["event"] in {"message", "edited"} and event["chat_id"] in self.people:
            post = Post(event["message"], event["silent"])
            if post.by_bot:
                self.people[event["chat_id"]].sees(Message.of(post))
        for listener in self._listeners:
            listener.put_nowait(event)
        self._changed.ring()


@contextmanager
def _bound(port: int) -> Iterator[socket.socket]:
    """A socket on the loopback, so that a taken port is known before anything else starts."""
    # The protocol is named, or asyncio would not switch off Nagle's delay of 40 ms an answer.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise PortTakenError(str(error)) from error
        yield sock
