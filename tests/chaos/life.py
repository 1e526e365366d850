"""One life of the bot: `homeward run` as a process of its own, which may die at a named point.

The process runs the command line's own `main`. What is changed from here, and nowhere in the
product: its wall clock goes faster, its waiting times are short, and where it is told to, it kills
itself. Every commit is also asked whether it would survive a power cut.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection

from bot import __main__ as command_line
from bot import application
from bot.intake import Intake, Patience
from bot.pacer import Pacer
from bot.poller import Poller, PollWaits
from bot.sender import Sender, Waits
from bot.settings import Settings
from bot.transport import AiohttpRequest, AlertRequest, BotApi
from storage import fanout, writer
from tests.lives import settle_in

OUTPUT = "output"
"""The file in its folder that holds what all lives there have said."""
NOT_DURABLE = 97
"""The exit code of a process that would have lost a commit in a power cut."""
CONNECT_TIMEOUT = 0.3
READ_TIMEOUT = 0.5
"""Seconds; what Telegram leaves unanswered longer than both together is in doubt."""
BEGINNING = datetime(2025, 6, 10, 12, 0, tzinfo=UTC)
WAITS = Waits(poll=0.2, store=0.1, back_off=10, longest_back_off=60, finish=5)
BIT = 3
"""Readers for whom an alert is put in at once: so few that in every scene more are to come."""
PATIENCE = Patience(tries=(0, 0.05, 0.5), told=1)
POLL_WAITS = PollWaits(poll=10, look_again=0.2, back_off=0.2, conflict=1)


@dataclass(frozen=True)
class Point:
    """Where a process kills itself: at the nth commit or call whose name holds `of`."""

    moment: str
    """`before` or `after`, or `during`, for a call on its way."""
    kind: str
    """`commit`, by the name of the function that writes; or `call`, by the method."""
    of: str
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.moment} {self.kind} {self.of}"


@dataclass(frozen=True)
class Watch:
    """A wall clock that begins at `BEGINNING` and goes `faster` than the true one."""

    began: float
    faster: float
    ahead: float = 0
    """Seconds of its own time by which it has jumped."""

    def __call__(self) -> datetime:
        passed = (time.time() - self.began) * self.faster + self.ahead
        return datetime.fromtimestamp(BEGINNING.timestamp() + passed, UTC)


@dataclass(frozen=True)
class Fortune:
    """What a life is given on its way."""

    settings: Mapping[str, str]
    folder: Path
    watch: Watch
    point: Point | None = None
    pace: int | None = None
    """Messages a second on the way to Telegram; None: as the settings say."""
    read_timeout: float = READ_TIMEOUT


def live(fortune: Fortune) -> None:
    """Runs in the new process, until it ends."""
    settle_in(fortune.folder, fortune.settings, fortune.folder / OUTPUT)
    vars(fanout)["AT_ONCE"] = BIT
    _hurry(fortune)
    _watch_commits(fortune.point)
    if fortune.point and fortune.point.kind == "call":
        _watch_calls(fortune.point)
    sys.exit(command_line.main(["run"]))


def _hurry(fortune: Fortune) -> None:
    pacer: Callable[..., Pacer] = Pacer
    if pace := fortune.pace:
        pacer = lambda _, **more: Pacer(pace, chat_seconds=0, **more)  # noqa: E731 - as the class
    vars(application).update(
        _now=fortune.watch,
        Sender=partial(Sender, waits=WAITS),
        Intake=partial(Intake, patience=PATIENCE),
        Poller=partial(Poller, waits=POLL_WAITS),
        connections=partial(_connections, read_timeout=fortune.read_timeout),
        Pacer=pacer,
    )


def _connections(
    _: Settings,
    count: int,
    kind: type[AiohttpRequest] = AiohttpRequest,
    *,
    read_timeout: float,
) -> AiohttpRequest:
    """As the application's own, but giving up soon."""
    return kind(connections=count, connect_timeout=CONNECT_TIMEOUT, read_timeout=read_timeout)


def _watch_commits(point: Point | None) -> None:
    honest: Callable[..., Any] = vars(writer)["_in_transaction"]
    mine = _counted(point) if point and point.kind == "commit" else None

    def in_transaction(connection: Connection, act: Callable[[Connection], Any]) -> Any:
        name = f"{act.__module__}.{act.__qualname__}" if hasattr(act, "__qualname__") else ""
        moment = mine(name) if mine else ""

        def to_the_end(connection: Connection) -> Any:
            result = act(connection)
            _is_durable(connection)
            if moment == "before":
                _die()
            return result

        result = honest(connection, to_the_end)
        if moment == "after":
            _die()
        return result

    vars(writer)["_in_transaction"] = in_transaction


def _is_durable(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.in_transaction():
        driver = connection.connection.driver_connection
        if driver and driver.in_transaction:
            found = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
            if found < 2:
                os._exit(NOT_DURABLE)


def _watch_calls(point: Point) -> None:
    """`alert` and `mark` are the sender's; everything else goes by the method's name.

    What the handlers say is an `answer`, with the method's name.
    """
    mine = _counted(point)
    raw, request = BotApi.call, AiohttpRequest.do_request

    async def mined(name: str, call: Callable[[], Any]) -> Any:
        match mine(name):
            case "before":
                _die()
            case "during":
                task = asyncio.ensure_future(call())
                await asyncio.sleep(0.003)
                _die()
                return await task
            case "after":
                try:
                    return await call()
                finally:  # whatever the answer was
                    _die()
        return await call()

    async def call(self: BotApi, method: str, *args: Any, **more: Any) -> Any:
        name = {"sendMessage": "alert", "editMessageText": "mark"}.get(method, method)
        return await mined(name, lambda: raw(self, method, *args, **more))

    async def do_request(self: AiohttpRequest, url: str, *args: Any, **more: Any) -> Any:
        if isinstance(self, AlertRequest):
            return await request(self, url, *args, **more)
        name = "answer " + url.rsplit("/", 1)[-1]
        return await mined(name, lambda: request(self, url, *args, **more))

    patch.object(BotApi, "call", call).start()
    patch.object(AiohttpRequest, "do_request", do_request).start()


def _counted(point: Point) -> Callable[[str], str]:
    """The moment at which to die, at the point's nth time; "" at all others."""
    met = 0

    def moment(name: str) -> str:
        nonlocal met
        met += point.of in name
        return point.moment if point.of in name and met == point.nth else ""

    return moment


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
