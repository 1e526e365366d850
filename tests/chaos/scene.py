"""Where it all happens: a store, Telegram, readers, and lives of the bot between them.

A scene takes down what people were told, and in the end gives the whole history.
"""

from __future__ import annotations

import asyncio
import base64
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import func, select

from exchange.news import Topic
from sandbox.journal import Call
from sandbox.people import Person
from sandbox.standin import Standin
from storage import audit, fanout, outbox, subscribers, tables
from storage.outbox import AlertText, AlertType
from storage.store import Connection, Store
from tests.chaos.ground import KEY, integrity, prepare, url
from tests.chaos.history import History, Promise, Quiet, Said, Word
from tests.chaos.life import BIT, NOT_DURABLE, OUTPUT, READ_TIMEOUT, Fortune, Point, Watch, live
from tests.chaos.telling import history_of
from tests.lives import Life, living

OWNER, SECOND = 7_000_002_001, 7_000_002_002
FIRST_READER = 7_100_000_001
FASTER = 40
LANGUAGES = ("en", "uk", "ru")
PATIENCE = 60.0
A_CROWD = 50
"""Deliveries that wait: two alerts for everybody."""


@dataclass
class Scene:
    """One store and its Telegram, with everything that was seen from outside."""

    folder: Path
    telegram: Standin
    store: Store
    watch: Watch
    words: list[Word] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    quiets: list[Quiet] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    living: Life | None = None
    chats: dict[int, int] = field(default_factory=dict)
    """Whose deliveries are whose, noted while the store still knew."""
    desks: set[int] = field(default_factory=set)
    """Chats of moderators: they see previews, in the very words of the alert."""

    @property
    def file(self) -> Path:
        return self.folder / "homeward.db"

    def settings(self, **more: str) -> dict[str, str]:
        values = {
            "TOKEN": self.telegram.token,
            "API_URL": self.telegram.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.file}",
            "DATA_KEY": base64.b64encode(KEY).decode(),
            "OWNERS": f"{OWNER},{SECOND}",
            "LOG_LEVEL": "WARNING",
            "LOG_FORMAT": "json",
        }
        return {f"HOMEWARD_{name}": value for name, value in {**values, **more}.items()}

    @asynccontextmanager
    async def life(
        self,
        point: Point | None = None,
        ahead: float = 0,
        pace: int | None = None,
        settings: Mapping[str, str] | None = None,
        read_timeout: float = READ_TIMEOUT,
    ) -> AsyncIterator[Life]:
        """The bot, from its first question for updates on, or from its death before that."""
        watch = Watch(self.watch.began, self.watch.faster, ahead)
        values = self.settings(**(settings or {}))
        fortune = Fortune(values, self.folder, watch, point, pace, read_timeout)
        begun = ("getUpdates", "getWebhookInfo")
        asked = len(self.telegram.journal.of(*begun))
        async with living(live, fortune) as life:
            self.living = life
            await self.telegram.until(
                lambda: life.is_over or len(self.telegram.journal.of(*begun)) > asked, PATIENCE
            )
            yield life
            await self.over(life, kill=True)

    async def over(self, life: Life, *, kill: bool = False) -> int:
        """Wait for a life's end, or end it with kill -9; looks at what it leaves behind."""
        if kill and not life.is_over:
            life.told(signal.SIGKILL)
        code = await life.ended()
        if code == -signal.SIGKILL:
            self.kills.append(time.time())
        elif code == NOT_DURABLE:
            self.damage.append("a commit would not have survived a power cut")
        elif code:
            last = (self.folder / OUTPUT).read_text(errors="replace").strip().splitlines()[-1:]
            self.damage.append(f"a process ended by itself with exit code {code}: {last}")
        await self.look()
        return code

    async def look(self) -> None:
        """The store's own checks, and whose deliveries are whose."""
        found = await asyncio.to_thread(integrity, self.file)
        self.damage += [f"integrity: {one}" for one in found]
        await self.note_chats()

    async def note_chats(self) -> None:
        people = list(self.telegram.people)

        def ids(conn: Connection) -> dict[int, int]:
            seal = self.store.seal
            query = select(tables.subscribers.c.id, tables.subscribers.c.chat_sealed)
            return {row.id: seal.unseal(row.chat_sealed) for row in conn.execute(query)}

        if people:
            self.chats |= await self.store.read(ids)

    async def readers(self, count: int) -> list[Person]:
        """People who are subscribed from the start, in every language."""
        began = time.time()
        people = [
            self.telegram.person(
                FIRST_READER + one, language=LANGUAGES[one % len(LANGUAGES)], started=True
            )
            for one in range(count)
        ]

        def subscribe(conn: Connection) -> None:
            for person in people:
                subscribers.subscribe(
                    conn,
                    self.store.seal,
                    person.id,
                    language=person.account.language or "en",
                    consent_version=1,
                    at=self.watch(),
                )

        await self.store.write(subscribe)
        for person in people:
            self.words.append(Word(began, person.id, Said.ASKS_IN))
            self.says(person, Said.IS_IN)
        await self.note_chats()
        return people

    def is_heard(self, person: Person) -> bool:
        """Whether the bot is done with everything that this person said or pressed."""
        return not any(
            part.get("from", {}).get("id") == person.id
            for update in self.telegram.world.updates.pending()
            for part in update.values()
            if isinstance(part, dict)
        )

    def says(self, person: Person, said: Said) -> None:
        self.words.append(Word(time.time(), person.id, said))

    async def publish(
        self, type_: AlertType = "Alert", refers_to: int | None = None, *, announce: bool = True
    ) -> int:
        """An alert put into the outbox beside the bot, as another process may.

        What it refers to, and what that one refers to, it marks.
        """
        asked = Promise(f"beside:{len(self.promises)}", time.time())
        self.promises.append(asked)  # first of all: whoever is cancelled may have published

        def publish(conn: Connection) -> int:
            number = outbox.next_number(conn)
            marked = [one.number for one in outbox.chain(conn, refers_to)]
            return outbox.publish(
                conn,
                record_key=f"D{number}" if refers_to is None else f"D{refers_to}",
                rev=1,
                type=type_,
                refers_to=refers_to,
                topic=Topic.PEOPLE,
                by="mod-0",
                published_at=self.watch(),
                starts_at=self.watch(),
                texts=list(_words(number, marked)),
                announce=announce,
            )

        number = await self.store.write(publish)
        told = replace(asked, told_at=time.time(), number=number)
        self.promises[self.promises.index(asked)] = told
        return number

    async def settled(self, seconds: float = PATIENCE) -> bool:
        """Wait until every delivery has its end and every update is confirmed; False if not."""
        try:
            async with asyncio.timeout(seconds):
                while self.telegram.world.updates.pending() or await self.waiting():
                    if self.living is None or self.living.is_over:
                        return False
                    await asyncio.sleep(0.05)
        except TimeoutError:
            return False
        return True

    async def little_waits(self) -> None:
        """Until few deliveries are left to do: who publishes on and on sees nothing arrive."""
        while True:
            if await self.waiting() <= A_CROWD:
                return
            await asyncio.sleep(0.1)

    async def waiting(self) -> int:
        """How many deliveries have no end yet; also those of who is not put in yet."""
        states = tables.deliveries.c.state
        query = select(func.count()).where(states.in_(["queued", "sending", "unsure"]))

        def count(conn: Connection) -> int:
            to_come = fanout.left(conn, select(tables.alerts.c.id))
            others = select(func.count()).select_from(tables.subscribers).where(to_come)
            return (conn.scalar(query) or 0) + (conn.scalar(others) or 0)

        return await self.store.read(count)

    async def eventually(self, so: Callable[[], bool], seconds: float = PATIENCE) -> None:
        await self.telegram.until(so, seconds)

    def alerts_sent(self) -> list[Call]:
        """All calls so far that carried an alert published beside the bot."""
        calls = self.telegram.journal.of("sendMessage")
        return [call for call in calls if ": " in call.parameters["text"][:4]]

    async def history(self) -> History:
        problem = await self.store.read(audit.verify)
        if problem is not None:
            self.damage.append(f"audit: {problem.sentence}")
        await self.look()
        return await self.store.read(lambda conn: history_of(conn, self))


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Scene]:
    """A scene with a small ledger and nobody in it yet."""
    await prepare(folder)
    async with Standin.serve() as telegram:
        store = await Store.open(url(folder), KEY)
        try:
            with patch.object(fanout, "AT_ONCE", BIT):
                yield Scene(folder, telegram, store, Watch(time.time(), FASTER))
        finally:
            await store.close()


def _words(number: int, marked: list[int]) -> Iterator[AlertText]:
    for language in LANGUAGES:
        yield AlertText(language, "first", f"{language}: No. {number}")
        yield AlertText(language, "repeat", f"{language}: Repeat of No. {number}")
        for earlier in marked:
            words = f"{language}: No. {earlier}, see No. {number}"
            yield AlertText(language, "edit", words, edits=earlier)
