"""The promise to readers, held against random acts of readers, moderators, Telegram and crashes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from storage import audit, outbox, subscribers
from storage.outbox import AlertType, Claimed, Outcome, OutcomeKind
from storage.store import Connection, Store
from storage.tables import alerts, deliveries
from storage.tables import subscribers as readers
from tests.storage.examples import claim, publish, settle, start, subscribe
from tests.stores import NOW

_STEPS = 150
_ENDS_WITHOUT_ARRIVAL = (OutcomeKind.UNDELIVERABLE, OutcomeKind.REFUSED)


class World:
    """Eight people, a moderator, a sender that may die, and what Telegram really accepted."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)  # noqa: S311 (chance, no secret)
        self.now = NOW
        self.epoch = 0
        self.sending: list[Claimed] = []
        self.accepted: Counter[tuple[int, int]] = Counter()
        self.totals: dict[int, int] = {}

    async def step(self) -> None:
        self.now += timedelta(seconds=self.chance.choice([0, 1, 40, 700]))
        acts: list[Callable[[], Awaitable[None]]] = [
            self.subscribe,
            self.leave,
            self.publish,
            self.crash,
            self.claim,
            self.claim,
            self.settle,
            self.settle,
        ]
        await self.chance.choice(acts)()

    async def subscribe(self) -> None:
        await self.store.write(partial(subscribe, store=self.store, chat_id=self._somebody()))

    async def leave(self) -> None:
        leave = self.chance.choice(
            [subscribers.unsubscribe, subscribers.forget, subscribers.blocked]
        )
        await self.store.write(partial(leave, seal=self.store.seal, chat_id=self._somebody()))

    async def publish(self) -> None:
        kinds: list[AlertType] = ["Alert", "Update", "Cancel"]
        kind = self.chance.choice(kinds) if self.totals else "Alert"
        earlier = None if kind == "Alert" else self.chance.choice(list(self.totals))
        key = f"S{len(self.totals) + 1}"

        def act(conn: Connection) -> outbox.Progress:
            return outbox.progress(conn, publish(conn, key, type_=kind, refers_to=earlier))

        made = await self.store.write(act)
        self.totals[made.number] = made.total

    async def crash(self) -> None:
        """What was being sent may have been accepted; a new sender begins."""
        for one in self.sending:
            self._perhaps_accepted(one)
        self.sending = []
        self.epoch = await self.store.write(partial(start, now=self.now))

    async def claim(self) -> None:
        if self.epoch:
            limit = self.chance.randrange(1, 6)
            self.sending += await claim(self.store, self.epoch, limit=limit, now=self.now)

    async def settle(self) -> None:
        self.chance.shuffle(self.sending)
        answered, self.sending = self.sending[:3], self.sending[3:]
        await settle(self.store, *(self._answer(one) for one in answered), now=self.now)

    def _somebody(self) -> int:
        return self.chance.randrange(1, 9)

    def _answer(self, one: Claimed) -> Outcome:
        kinds = [kind for kind in OutcomeKind if kind is not OutcomeKind.MOVED]
        kind = self.chance.choice([*kinds, OutcomeKind.UNSURE, OutcomeKind.DELIVERED])
        if kind is OutcomeKind.DELIVERED:
            self.accepted[one.alert_id, one.subscriber_id] += 1
            return one.came_to(kind, message_id=1)
        if kind is OutcomeKind.UNSURE:
            self._perhaps_accepted(one)
        return one.came_to(kind, until=self.now)

    def _perhaps_accepted(self, one: Claimed) -> None:
        self.accepted[one.alert_id, one.subscriber_id] += self.chance.randrange(2)


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_the_promise_is_kept(store: Store, seed: int) -> None:
    world = World(store, seed)
    for _ in range(_STEPS):
        await world.step()
        await store.read(partial(_check, world=world))

    assert await store.read(audit.verify) is None
    assert sum(world.accepted.values()) > 0


def _check(conn: Connection, world: World) -> None:
    rows = conn.execute(
        select(deliveries, alerts.c.state.label("alert_state"), readers.c.subscribed)
        .join(alerts, alerts.c.id == deliveries.c.alert_id)
        .outerjoin(readers, readers.c.id == deliveries.c.subscriber_id)
    ).all()
    sending = [row.subscriber_id for row in rows if row.state == "sending"]
    assert len(sending) == len(set(sending)), "a reader gets one alert at a time"
    for row in rows:
        accepted = world.accepted[row.alert_id, row.subscriber_id]
        assert accepted <= 1 + row.ambiguous <= 5, "copies are bounded by what is recorded"
        if row.state == "delivered":
            assert accepted > 0, "delivered means that it arrived"
        if row.state == "unknown":
            assert row.ambiguous == 4, "it is given up after four attempts of unknown fate"
        if accepted and row.state in ("queued", "unsure", "sending"):
            assert row.ambiguous > 0, "what may have arrived is marked when it comes again"
        if row.state in ("queued", "unsure"):
            assert row.subscribed, "nothing waits for who has left"
            assert row.alert_state in ("live", "halted"), "nothing waits of what was called off"
    for number, total in world.totals.items():
        found = outbox.progress(conn, number)
        ends = found.delivered + found.undeliverable + found.cancelled + found.unknown
        assert ends + found.waiting + found.erased == found.total == total, "nothing vanishes"
