"""The whole bot in one process, as people meet it; its clock moves when a test moves it.

The store, the application, the transport and the sender are the real ones; Telegram is the stand-in
over real HTTP.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import exists, false, select
from telegram import Update

from bot.application import application_of
from bot.cards import Cards
from bot.intake import Intake, Patience
from bot.ledger_file import load_file
from bot.memos import Memos
from bot.pacer import AnswerPace, Pacer
from bot.poller import Poller, PollWaits
from bot.sender import Sender, Waits
from bot.transport import AiohttpRequest, BotApi
from handlers.context import App, Bot
from handlers.deps import Deps
from handlers.dispatch import UPDATES, apologise
from sandbox.people import Person
from sandbox.standin import Standin
from storage import freezing, moderators, tables
from storage.store import Connection, Store
from storage.tables import OPEN, WAITING
from tests.dialogue.talk import Talker

KEY = bytes(range(32))
NOW = datetime(2025, 6, 10, 15, 0, tzinfo=UTC)
FIRST, SECOND = 7_000_002_001, 7_000_002_002
"""The two moderators: owners by the settings."""
UNDO = timedelta(seconds=20)
RATE = 1000

_ISTANBUL = Path(__file__).resolve().parents[2] / "ledgers" / "istanbul-2025.yaml"
_PATIENCE = Patience(tries=(0, 0, 0))
_POLLS = PollWaits(look_again=0.1, back_off=0.05)
_WAITS = Waits(poll=1, flush=0.005, store=0.05, back_off=0.05, finish=2)
_SECONDS = 20
_MOMENT = 0.005
_BETWEEN_ROUNDS = 0.5
_NEVER_THE_SAME = {
    "drafts": {"key", "version", "updated_at", "message_id"},
    "screen_keys": {"key", "version", "draft_id"},
    "updates": {"update_id", "handled_at"},
    "sender": {"epoch"},
    "questions": {"key"},
}
"""What moves with every act, without anything of a person or the ledger in it."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(repr=False)
class House:
    """One bot with its store and its Telegram; `restart` is a new process on the old store."""

    telegram: Standin
    folder: Path
    owners: Sequence[int] = (FIRST, SECOND)
    clock: Clock = field(default_factory=Clock)
    may_fail: bool = False
    """Whether an update that fails at every try is part of the story; else the test fails too."""
    store: Store = field(init=False)
    sender: Sender = field(init=False)
    _open: AsyncExitStack = field(init=False)
    _application: App = field(init=False)
    _latest: Update = field(init=False)
    _handled: dict[int, asyncio.Future[None]] = field(default_factory=dict)
    _error: BaseException | None = None
    _round_ended: asyncio.Condition = field(default_factory=asyncio.Condition)
    """Of cards and memos, all of them."""
    _round_wanted: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by who waits for one; else they are rare, so that many houses cost little."""

    async def start(self) -> None:
        async with AsyncExitStack() as opened:
            self.store = await Store.open(_url(self.folder), KEY, create=True, exclusive=True)
            opened.push_async_callback(self.store.close)
            await self.appoint(*self.owners)
            answers, alerts, updates = (AiohttpRequest(connections=16) for _ in range(3))
            for request in (answers, alerts, updates):
                await opened.enter_async_context(request)
            poller = self._put_together(answers, alerts, updates)
            await self._application.initialize()
            opened.push_async_callback(self._application.shutdown)
            for part in (self.sender, poller):
                running = asyncio.create_task(part.run())
                opened.push_async_callback(_stopped, part, running)
            opened.push_async_callback(_cancelled, asyncio.create_task(self._tell()))
            self._open = opened.pop_all()

    async def stop(self) -> None:
        await self._open.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def appoint(self, *owners: int) -> None:
        """Exactly these are owners from now on."""
        await self.store.write(
            lambda conn: moderators.set_owners(conn, self.store.seal, owners, self.clock())
        )

    async def load_istanbul(self) -> None:
        await load_file(self.store, _ISTANBUL, self.clock())

    def person(self, person_id: int, language: str | None = "en") -> Talker:
        return Talker(self, self.telegram.person(person_id, language=language))

    def moderator(self, language: str = "en", person_id: int = FIRST) -> Talker:
        return self.person(person_id, language)

    async def subscriber(self, person_id: int, language: str = "en") -> Talker:
        """A reader who has gone the usual way to the alerts."""
        reader = self.person(person_id, language)
        await reader.says("/subscribe")
        await reader.presses(f"start:{language}:yes")
        return reader

    async def handled(self, update_id: int) -> None:
        """Wait until an update was handled; raises what its handler raised in the end."""
        waiting = self._handled.setdefault(update_id, asyncio.get_running_loop().create_future())
        async with asyncio.timeout(_SECONDS):
            await asyncio.shield(waiting)

    async def again(self, update: Update) -> None:
        """Telegram hands over an update that was handled, as after a crash before confirming."""
        await self._handle(update)

    def last_update(self) -> int:
        """The number of the update that was just made and nobody fetched yet."""
        newest: int = self.telegram.world.updates.pending()[-1]["update_id"]
        return newest

    def last_handled(self) -> Update:
        return self._latest

    async def undo_pause_passes(self) -> None:
        """Let the pause after publishing go by, and every alert be sent that can be."""
        self.clock.forward(UNDO.total_seconds())
        await self.all_sent()

    async def all_sent(self) -> None:
        """Wait until nothing is due any more and every card says so."""
        self.sender.wake()
        async with asyncio.timeout(_SECONDS):
            while await self.store.read(self._is_due):
                self._round_wanted.set()
                await asyncio.sleep(_MOMENT)

    async def settled(self) -> None:
        """Wait as well until moderators see and are told all that is so now."""
        await self.all_sent()
        async with asyncio.timeout(_SECONDS), self._round_ended:
            for _ in range(2):  # the first may have begun before
                self._round_wanted.set()
                await self._round_ended.wait()

    async def kept(self) -> dict[str, list[dict[str, Any]]]:
        """Everything in the store but for keys and counters that move with every act."""
        return await self.store.read(_content)

    async def rows(self, table: str) -> list[dict[str, Any]]:
        return (await self.kept())[table]

    def files(self) -> bytes:
        """Every byte of the store on the disk."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("homeward.db*")))

    def sent_to(self, person: Person | Talker) -> list[str]:
        """The texts of all messages, edits not counted, that were accepted for a person."""
        calls = self.telegram.journal.of("sendMessage", chat=person.id, accepted=True)
        return [call.parameters["text"] for call in calls]

    def _put_together(
        self, for_answers: AiohttpRequest, for_alerts: AiohttpRequest, for_updates: AiohttpRequest
    ) -> Poller:
        """As the process does it, with a clock and waiting times of the test's own."""
        url, token = self.telegram.url, self.telegram.token
        pacer = Pacer(RATE, chat_seconds=0)
        self.sender = Sender(
            self.store,
            BotApi(for_alerts, url, token),
            pacer,
            rate=RATE,
            now=self.clock,
            waits=_WAITS,
        )
        bot = Bot(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=for_answers,
            get_updates_request=for_updates,
            rate_limiter=AnswerPace(pacer),
        )
        deps = Deps(self.store, self.clock, self.sender.wake, UNDO, RATE)
        self._application = application_of(bot, deps)
        api = BotApi(for_updates, url, token)
        intake = Intake(bot, self._handle, give_up=self._give_up, patience=_PATIENCE)
        return Poller(for_updates, api, intake, allowed_updates=UPDATES, waits=_POLLS)

    async def _tell(self) -> None:
        seconds = self._seconds
        cards = Cards(self._application.bot, self._application.bot_data.deps, clock=seconds)
        memos = Memos(self._application.bot, self.store, clock=seconds)
        while True:
            self._round_wanted.clear()
            await cards.round()
            await memos.round()
            async with self._round_ended:
                self._round_ended.notify_all()
            with suppress(TimeoutError):
                async with asyncio.timeout(_BETWEEN_ROUNDS):
                    await self._round_wanted.wait()

    def _seconds(self) -> float:
        return self.clock().timestamp()

    async def _handle(self, update: Update) -> None:
        self._latest, number = update, update.update_id
        waiting = self._handled.setdefault(number, asyncio.get_running_loop().create_future())
        done = asyncio.ensure_future(self._application.process_update(update))
        await asyncio.wait({done})
        self._error = done.exception()
        if self._error is None and not waiting.done():
            waiting.set_result(None)
        done.result()

    async def _give_up(self, update: Update, error: BaseException) -> None:
        await apologise(update, error, self._application.bot)
        waiting = self._handled[update.update_id]
        if self.may_fail or self._error is None:
            waiting.set_result(None)
        else:
            waiting.set_exception(self._error)

    def _is_due(self, connection: Connection) -> bool:
        """Whether something is still to be sent now, or to be shown on the card of what is sent."""
        alerts, deliveries = tables.alerts.c, tables.deliveries.c
        waits = false() if freezing.is_frozen(connection) else deliveries.state.in_(WAITING)
        due = waits & (deliveries.next_at <= self.clock()) & (alerts.state != "halted")
        under_way = (
            select(deliveries.alert_id)
            .join(tables.alerts, alerts.id == deliveries.alert_id)
            .where(due | (deliveries.state == "sending"))
        )
        open_ = exists().where(deliveries.alert_id == alerts.id, deliveries.state.in_(OPEN))
        followed = (
            select(tables.drafts.c.id)
            .join(tables.alerts, alerts.number == tables.drafts.c.alert_number)
            .where(tables.drafts.c.state == "followed", alerts.starts_at <= self.clock(), ~open_)
        )
        return any(connection.execute(query).first() for query in (under_way, followed))


async def a_store_with_istanbul(folder: Path) -> None:
    """Makes a store with the Istanbul ledger, loaded the evening before."""
    store = await Store.open(_url(folder), KEY, create=True)
    await load_file(store, _ISTANBUL, NOW - timedelta(hours=18))
    await store.close()


def _url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'homeward.db'}"


def _content(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: [
            {
                name: value
                for name, value in row._asdict().items()
                if name not in _NEVER_THE_SAME.get(table.name, ())
            }
            for row in connection.execute(select(table).order_by(*table.primary_key))
        ]
        for table in tables.metadata.sorted_tables
        if table.name not in ("screen_keys", "updates")
    }


async def _stopped(part: Sender | Poller, running: asyncio.Task[None]) -> None:
    part.stop()
    await running


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})
