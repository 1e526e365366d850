"""Whatever happens meanwhile, bit by bit comes to the same as at once."""

from __future__ import annotations

import random
from functools import partial

import pytest
from sqlalchemy import select

from storage import fanout, outbox, subscribers, tables
from storage.outbox import AlertType
from storage.sealing import Seal
from storage.store import Connection, Store
from storage.tables import deliveries
from tests.storage.examples import publish, start
from tests.storage.fanning import Act, is_refused, subscribes, switches_off
from tests.stores import NOW

_ACTS: tuple[Act, ...] = (
    subscribes,
    subscribes,
    switches_off,
    partial(subscribers.choose, people=True),
    subscribers.unsubscribe,
    subscribers.forget,
    subscribers.blocked,
    is_refused,
)
_CHATS, _STEPS = range(1, 9), 30


class _Told:
    """What happens to eight people and a moderator, by chance; the same with any size of bits."""

    def __init__(self, conn: Connection, seal: Seal, seed: int, pace: random.Random) -> None:
        self._conn, self._seal, self._pace = conn, seal, pace
        self._chance = random.Random(seed)  # noqa: S311 (chance, no secret)
        self._epoch = start(conn)
        self._chats: dict[int, int] = {}
        self.seen: list[object] = []

    def happens(self) -> list[object]:
        for _ in range(_STEPS):
            if self._pace.random() < 0.5:
                fanout.advance(self._conn, self._epoch)
            self._chance.choice([self._reader_acts, self._reader_acts, self._publishes])()
            self.seen += [outbox.progress(self._conn, one) for one in self._numbers()]
        fanout.finish(self._conn)
        query = select(tables.alerts.c.number, deliveries).join_from(tables.alerts, deliveries)
        rows = self._conn.execute(query).all()
        self.seen += sorted(
            (row.number, self._chats[row.subscriber_id], row.state, row.reason or "")
            for row in rows
        )
        return self.seen

    def _reader_acts(self) -> None:
        chat_id, other = self._chance.sample(_CHATS, 2)
        if self._chance.random() < 0.2:
            subscribers.move(self._conn, self._seal, chat_id, other)
        else:
            self._chance.choice(_ACTS)(self._conn, self._seal, chat_id)
        for one in _CHATS:
            if reader := subscribers.find(self._conn, self._seal, one):
                self._chats.setdefault(reader.id, one)

    def _publishes(self) -> None:
        numbers = self._numbers()
        key = f"S{len(numbers) + 1}"
        kind = self._chance.choice(["Alert", "Alert", "Update", "Cancel", "stop", "undo"])
        if kind == "Alert" or not numbers:
            publish(self._conn, key)
        elif kind == "stop":
            outbox.stop(self._conn, numbers[-1], "mod-1", NOW)
        elif kind == "undo":
            outbox.call_back(self._conn, numbers[-1], "mod-1", NOW)
        else:
            type_: AlertType = "Update" if kind == "Update" else "Cancel"
            publish(self._conn, key, type_=type_, refers_to=self._chance.choice(numbers))

    def _numbers(self) -> range:
        return range(1, outbox.next_number(self._conn))


@pytest.mark.parametrize("seed", range(6))
async def test_bit_by_bit_comes_to_the_same_as_at_once(
    store: Store, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what a moderator sees meanwhile is the same."""

    def told(conn: Connection) -> list[object]:
        with conn.begin_nested() as rolled_back:
            pace = random.Random(seed)  # noqa: S311 (chance, no secret)
            seen = _Told(conn, store.seal, seed, pace).happens()
            rolled_back.rollback()
        return seen

    monkeypatch.setattr(fanout, "AT_ONCE", 1000)
    at_once = await store.write(told)
    for size in (1, 2, 3):
        monkeypatch.setattr(fanout, "AT_ONCE", size)
        assert await store.write(told) == at_once
