"""What the machine knows: people by small numbers, a sender's hands, and what really arrived."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Select, select

from exchange.news import Topic
from storage import drafts, fanout, moderators, outbox, subscribers, tables
from storage.outbox import AlertText, AlertType, Claimed, OutcomeKind
from storage.sealing import Seal
from tests.chaos.books import Books
from tests.chaos.history import Alert, Copy, Delivery, Fate, History, Promise, Said, Word

T = TypeVar("T")
MODERATORS = (901, 902)
START = datetime(2025, 6, 10, 12, 0, tzinfo=UTC)
UNDO = timedelta(seconds=20)
WHILE = timedelta(seconds=2)
"""What every step takes."""
_FATES = {
    OutcomeKind.DELIVERED: Fate.ANSWERED,
    OutcomeKind.WAIT: Fate.WAIT,
    OutcomeKind.UNSURE: Fate.DOUBTFUL,
    OutcomeKind.UNDELIVERABLE: Fate.GONE,
    OutcomeKind.REFUSED: Fate.REFUSED,
    OutcomeKind.UNEDITABLE: Fate.UNEDITABLE,
}


class World:
    """One store with its people, and what was seen of it; a step is a moment."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.seal = Seal(bytes(range(32)))
        self.now = START
        self.step = 0.0
        self.epoch = 0
        self.fresh = itertools.count(1000)
        self.chats = {one: one for one in range(1, 7)}
        self.owners = set(MODERATORS)
        self.readers: dict[int, int] = {}
        self.known: set[int] = set()
        self.on_its_way: list[tuple[float, int, Claimed]] = []
        self.copies: list[Copy] = []
        self.words: list[Word] = []
        self.kills: list[float] = []
        self.promises: list[Promise] = []
        self.withdrawals: set[int] = set()
        self.refers_to: dict[int, int | None] = {}
        self.numbers = {0: 0}
        """Of alerts, by their ids."""
        self.message_ids = itertools.count(1)
        self.appoint()
        self.start()

    def run(self, act: Callable[[Connection], T]) -> T:
        self.step += 1
        self.now += WHILE
        return self.books.run(act)

    def appoint(self) -> None:
        owners = sorted(self.owners)
        self.run(lambda conn: moderators.set_owners(conn, self.seal, owners, self.now))

    def start(self) -> None:
        self.epoch = self.run(lambda conn: outbox.start(conn, self.now))

    def says(self, person: int, said: Said) -> None:
        self.step += 0.1
        self.words.append(Word(self.step, person, said))

    def find(self, person: int) -> subscribers.Subscriber | None:
        chat = self.chats[person]
        found = self.books.run(lambda conn: subscribers.find(conn, self.seal, chat))
        if found:
            self.readers[found.id] = person
        return found

    def leaves(self, person: int, how: Callable[[Connection, Seal, int], object]) -> None:
        self.says(person, Said.ASKS_OUT)
        self.run(lambda conn: how(conn, self.seal, self.chats[person]))
        self.says(person, Said.IS_OUT)

    def a_number(self, back: int) -> int:
        numbers = [one.number for one in self.promises if one.number]
        return numbers[-1 - back % len(numbers)]

    def nothing_refers_to(self) -> list[int]:
        """The numbers of the latest alerts, each about its record."""
        alerts = tables.alerts.c

        def found(conn: Connection) -> list[int]:
            rows = conn.execute(select(alerts.number, alerts.refers_to, alerts.state)).all()
            replaced = {row.refers_to for row in rows if row.state != "stopped"}
            return [row.number for row in rows if row.number not in replaced]

        return self.books.run(found)

    def marked_by(self, number: int) -> tuple[int, ...]:
        """An alert that refers to others marks all of them."""
        earlier = self.refers_to[number]
        return () if earlier is None else (*self.marked_by(earlier), earlier)

    def publish(
        self, moderator: int, type_: AlertType, refers_to: int | None, *, announce: bool = True
    ) -> None:
        asked_at = self.step = self.step + 1
        key = self.run(lambda conn: self.drafted(conn, moderator))
        published = self.run(
            lambda conn: (
                self.by_key(conn, moderator, key, type_, refers_to, announce=announce)
                if key
                else None
            )
        )
        allowed = moderator in self.owners
        assert (published is not None) == allowed, "rights are read where it is written"
        if published is not None:
            self.promises.append(Promise(key or "", asked_at, self.step, published))
            if type_ == "Cancel":
                self.withdrawals.add(published)

    def drafted(self, conn: Connection, person: int) -> str | None:
        moderator = moderators.role_of(conn, self.seal, person)
        if moderator is None:
            return None
        row = drafts.of(conn, moderator.id) or drafts.open_draft(
            conn, moderator.id, "{}", at=self.now
        )
        return row.key

    def by_key(
        self,
        conn: Connection,
        person: int,
        key: str,
        type_: AlertType = "Alert",
        refers_to: int | None = None,
        *,
        announce: bool = True,
    ) -> int | None:
        """What a press on Publish is to the store."""
        moderator = moderators.role_of(conn, self.seal, person)
        row = drafts.by_key(conn, key)
        if moderator is None or row is None or row.state != "open" or row.key != key:
            return None
        number = outbox.next_number(conn)
        self.refers_to[number] = refers_to
        words = [
            AlertText("en", "first", f"No. {number}"),
            AlertText("en", "repeat", f"Repeat of No. {number}"),
            *(
                AlertText("en", "edit", f"No. {earlier}, see No. {number}", edits=earlier)
                for earlier in self.marked_by(number)
            ),
        ]
        made = outbox.publish(
            conn,
            record_key=f"S{number}",
            rev=1,
            type=type_,
            refers_to=refers_to,
            topic=Topic.PEOPLE,
            by=moderator.pseudonym,
            published_at=self.now,
            starts_at=self.now if type_ == "Cancel" else self.now + UNDO,
            texts=words,
            announce=announce,
        )
        assert made == number
        made_id = select(tables.alerts.c.id).where(tables.alerts.c.number == number)
        self.numbers[conn.execute(made_id).scalar_one()] = number
        drafts.published(conn, row.id, made, f"S{number}", language="en", at=self.now)
        return made

    def settle(
        self,
        at: float,
        person: int,
        one: Claimed,
        kind: OutcomeKind,
        *,
        arrived: bool = True,
        wait: timedelta = timedelta(),
    ) -> None:
        if kind is OutcomeKind.UNEDITABLE and not one.edits:
            kind = OutcomeKind.REFUSED
        reader = self.find(person)
        more: dict[str, Any] = {}
        accepted = kind is OutcomeKind.DELIVERED or (kind is OutcomeKind.UNSURE and arrived)
        message_id = one.message_id or (next(self.message_ids) if accepted else None)
        if kind is OutcomeKind.DELIVERED:
            more["message_id"] = message_id
        elif kind in (OutcomeKind.WAIT, OutcomeKind.RETRY):
            more["until"] = self.now + wait
        elif kind is OutcomeKind.UNDELIVERABLE:
            more |= {"reason": "blocked", "erase_reader": True}
        elif kind is OutcomeKind.MOVED:
            more["new_chat_id"] = next(self.fresh)
            if reader and reader.id == one.subscriber_id:  # for who came back it is heard anew
                self.chats[person] = more["new_chat_id"]
        if kind in _FATES:
            self.copy(at, person, one, _FATES[kind], accepted=accepted, message_id=message_id)
        outcome = one.came_to(kind, **more)
        self.run(lambda conn: outbox.settle(conn, self.seal, [outcome], self.now))
        if reader and not self.find(person):
            self.says(person, Said.ASKS_OUT)

    def copy(
        self,
        at: float,
        person: int,
        one: Claimed,
        fate: Fate,
        *,
        accepted: bool,
        message_id: int | None = None,
    ) -> None:
        self.copies.append(
            Copy(
                *(person, one.number, one.ambiguous > 0, at, accepted, fate),
                message_id or one.message_id or next(self.message_ids),
                self.numbers[one.edits],
            )
        )

    def history(self, conn: Connection) -> History:
        rows = conn.execute(_everything()).all()
        return History(
            alerts=tuple(self._alert(row) for row in {row.number: row for row in rows}.values()),
            deliveries=(
                *(self._to_come(conn) if rows and rows[0].is_open else ()),
                *(
                    Delivery(
                        row.number,
                        row.subscriber_id,
                        self.readers.get(row.subscriber_id),
                        row.state,
                        row.ambiguous,
                        row.message_id,
                        row.reason,
                        self.numbers[row.edits],
                    )
                    for row in rows
                    if row.subscriber_id is not None
                ),
            ),
            copies=tuple(self.copies),
            words=tuple(self.words),
            promises=tuple(self.promises),
            kills=tuple(self.kills),
        )

    def _to_come(self, conn: Connection) -> Iterator[Delivery]:
        """What is not put in yet waits like the rest."""
        who = fanout.left(conn, select(tables.alerts.c.id))
        latest = max(self.refers_to, default=0)
        for reader in conn.scalars(select(tables.subscribers.c.id).where(who)):
            yield Delivery(latest, reader, self.readers.get(reader), "queued")

    def _alert(self, row: Any) -> Alert:
        promise = next(one for one in self.promises if one.number == row.number)
        told_at = cast("float", promise.told_at)
        return Alert(
            *(row.number, row.type, row.refers_to, row.alert_state, row.erased),
            self.marked_by(row.number),
            *(promise.asked_at, told_at),
        )


@cache
def _everything() -> Select[Any]:
    """Each delivery with its alert, alerts that have none, and whether one is still put in.

    Made once, and asked after each step.
    """
    alerts, deliveries = tables.alerts.c, tables.deliveries.c
    return (
        select(
            *(alerts.id, alerts.number, alerts.type, alerts.refers_to, alerts.erased),
            alerts.state.label("alert_state"),
            *(deliveries.subscriber_id, deliveries.state, deliveries.ambiguous),
            *(deliveries.message_id, deliveries.reason, deliveries.edits),
            select(tables.fanouts).exists().label("is_open"),
        )
        .join_from(tables.alerts, tables.deliveries, isouter=True)
        .order_by(alerts.id)
    )
