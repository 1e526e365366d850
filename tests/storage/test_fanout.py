"""An alert put in bit by bit comes to the same as at once, and others write meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select

from exchange.news import Topic
from storage import fanout, ledger, outbox, subscribers, tables
from storage.errors import StaleEpoch
from storage.outbox import AlertType, OutcomeKind, Progress
from storage.sealing import Seal
from storage.store import Connection, Store
from storage.subscribers import Subscriber
from storage.tables import deliveries, fanout_passed
from tests.storage.examples import (
    STAGE,
    TEXTS,
    claim,
    correcting,
    delivered,
    outcome,
    publish,
    settle,
    start,
    subscribe,
)
from tests.stores import KEY, NOW

Act = Callable[[Connection, Seal, int], object]
BIT, READERS = 2, 5
_NEW = 99


@pytest.fixture(autouse=True)
def small_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "AT_ONCE", BIT)


async def _readers(store: Store, number: int = READERS) -> list[Subscriber]:
    """Readers in chats 1, 2, 3, ..., in the order in which they are put in."""

    def fill(conn: Connection) -> list[Subscriber]:
        return [subscribe(conn, store, chat_id) for chat_id in range(1, number + 1)]

    return sorted(await store.write(fill), key=lambda one: one.id)


async def _chat_of(store: Store, reader: Subscriber) -> int:
    query = select(tables.subscribers.c.chat_sealed).where(tables.subscribers.c.id == reader.id)
    return store.seal.unseal(await store.read(lambda conn: conn.execute(query).scalar_one()))


async def _under_way(store: Store) -> tuple[list[Subscriber], int]:
    """An alert of which the first bit is put in; its readers, and the sender's epoch."""
    readers = await _readers(store)
    epoch = await store.write(start)
    await store.write(publish)
    return readers, epoch


async def _advance(store: Store, epoch: int) -> None:
    await store.write(lambda conn: fanout.advance(conn, epoch))


async def _to_the_end(store: Store, epoch: int) -> None:
    while await store.read(fanout.is_open):
        await _advance(store, epoch)


async def _there(store: Store, alert: int = 1) -> dict[int, tuple[str, str | None]]:
    """Deliveries of an alert as they are, by reader."""
    query = select(deliveries).where(deliveries.c.alert_id == alert, deliveries.c.edits == 0)
    rows = await store.read(lambda conn: conn.execute(query).all())
    return {row.subscriber_id: (row.state, row.reason) for row in rows}


async def _passed(store: Store) -> set[int]:
    query = select(fanout_passed.c.subscriber_id)
    return await store.read(lambda conn: set(conn.scalars(query)))


async def _progress(store: Store, number: int = 1) -> Progress:
    return await store.read(partial(outbox.progress, number=number))


async def _does(store: Store, reader: Subscriber, act: Act) -> None:
    chat_id = await _chat_of(store, reader)
    await store.write(lambda conn: act(conn, store.seal, chat_id))


# How it goes on


@pytest.mark.parametrize("readers", [0, 1, BIT])
async def test_of_few_readers_all_are_put_in_by_publishing(store: Store, readers: int) -> None:
    await _readers(store, readers)

    await store.write(publish)

    assert len(await _there(store)) == readers
    assert not await store.read(fanout.is_open)


async def test_of_many_a_bit_is_put_in_after_the_other_by_their_ids(store: Store) -> None:
    readers, epoch = await _under_way(store)
    ids = [one.id for one in readers]

    assert set(await _there(store)) == set(ids[:2])
    await _advance(store, epoch)
    assert set(await _there(store)) == set(ids[:4])
    await _advance(store, epoch)
    assert set(await _there(store)) == set(ids)
    assert not await store.read(fanout.is_open)
    await _advance(store, epoch)


async def test_it_goes_through_those_who_read_other_topics_as_well(store: Store) -> None:
    """A topic of few must not make a bit long."""
    readers, epoch = await _readers(store), await store.write(start)
    await _does(store, readers[-1], partial(subscribers.choose, bodies=True))

    await store.write(lambda conn: publish(conn, topic=Topic.BODIES))

    assert await store.read(fanout.is_open)
    await _to_the_end(store, epoch)
    assert set(await _there(store)) == {readers[-1].id}


async def test_all_are_counted_from_the_beginning(store: Store) -> None:
    _, epoch = await _under_way(store)

    for _ in range(3):
        seen = await _progress(store)
        assert (seen.total, seen.waiting) == (READERS, READERS)
        await _advance(store, epoch)
    assert (await _progress(store)).waiting == READERS


async def test_it_goes_on_after_a_restart(store: Store, url: str) -> None:
    readers, _ = await _under_way(store)
    await store.close()

    again = await Store.open(url, KEY)
    try:
        await _to_the_end(again, await again.write(start))
        assert set(await _there(again)) == {one.id for one in readers}
    finally:
        await again.close()


async def test_another_sender_that_has_taken_over_goes_on_alone(store: Store) -> None:
    readers, replaced = await _under_way(store)
    epoch = await store.write(start)

    with pytest.raises(StaleEpoch):
        await _advance(store, replaced)

    assert len(await _there(store)) == BIT
    await _to_the_end(store, epoch)
    assert len(await _there(store)) == len(readers)


async def test_what_is_there_is_sent_while_more_is_put_in(store: Store) -> None:
    readers, epoch = await _under_way(store)

    first = await claim(store, epoch)
    await settle(store, *(delivered(one) for one in first))
    await _advance(store, epoch)
    more = await claim(store, epoch)

    assert [{one.subscriber_id for one in some} for some in (first, more)] == [
        {one.id for one in readers[:2]},
        {one.id for one in readers[2:4]},
    ]
    seen = await _progress(store)
    assert (seen.total, seen.delivered, seen.waiting) == (5, 2, 3)


async def test_a_refusal_of_the_words_halts_also_what_is_put_in_later(store: Store) -> None:
    _, epoch = await _under_way(store)
    one, other = await claim(store, epoch)
    await settle(store, outcome(one, OutcomeKind.HALT, reason="no"), delivered(other))

    await _to_the_end(store, epoch)

    assert await claim(store, epoch) == ()
    seen = await _progress(store)
    assert (seen.state, seen.delivered, seen.waiting) == ("halted", 1, READERS - 1)


# Readers who act meanwhile


def _switches_off(conn: Connection, seal: Seal, chat_id: int) -> None:
    subscribers.choose(conn, seal, chat_id, people=False)


def _is_refused(conn: Connection, seal: Seal, chat_id: int) -> None:
    reader = subscribers.find(conn, seal, chat_id)
    for _ in range(3):
        subscribers.refused(conn, reader.id if reader else 0)


def _comes_back(conn: Connection, seal: Seal, chat_id: int) -> None:
    subscribers.unsubscribe(conn, seal, chat_id)
    _subscribes(conn, seal, chat_id)


def _subscribes(conn: Connection, seal: Seal, chat_id: int) -> None:
    subscribers.subscribe(conn, seal, chat_id, language="en", consent_version=1, at=NOW)


def _moves(conn: Connection, seal: Seal, chat_id: int) -> None:
    subscribers.move(conn, seal, chat_id, _NEW)


@pytest.mark.parametrize(
    ("act", "state", "reason"),
    [
        (subscribers.unsubscribe, "cancelled", "unsubscribed"),
        (subscribers.blocked, "cancelled", "blocked"),
        (_is_refused, "cancelled", "blocked"),
        (_switches_off, "cancelled", "switched_off"),
        (_comes_back, "cancelled", "unsubscribed"),
        (partial(subscribers.choose, bodies=True), "queued", None),
        (_subscribes, "queued", None),
        (_moves, "queued", None),
    ],
)
@pytest.mark.parametrize("place", [0, -1])
async def test_who_changes_is_treated_as_at_publishing(
    store: Store, act: Act, state: str, reason: str | None, place: int
) -> None:
    """Whether the reader is put in already or comes last."""
    readers, epoch = await _under_way(store)

    await _does(store, readers[place], act)
    assert (await _progress(store)).total == READERS
    await _to_the_end(store, epoch)

    there = await _there(store)
    assert there[readers[place].id] == (state, reason)
    assert len(there) == READERS
    assert await _passed(store) == set()


@pytest.mark.parametrize("place", [0, -1])
async def test_who_is_forgotten_is_counted_and_leaves_no_trace(store: Store, place: int) -> None:
    readers, epoch = await _under_way(store)
    gone = readers[place]

    await _does(store, gone, subscribers.unsubscribe)
    await _does(store, gone, subscribers.forget)

    assert gone.id not in await _passed(store)
    await _to_the_end(store, epoch)
    assert gone.id not in await _there(store)
    seen = await _progress(store)
    assert (seen.total, seen.erased, seen.waiting) == (READERS, 1, READERS - 1)


@pytest.mark.parametrize("many", [1, 20])
async def test_who_comes_after_publishing_gets_nothing(store: Store, many: int) -> None:
    """Wherever their random ids fall."""
    readers, epoch = await _under_way(store)

    for chat_id in range(_NEW, _NEW + many):
        await store.write(partial(subscribe, store=store, chat_id=chat_id))
    assert (await _progress(store)).total == READERS
    await _to_the_end(store, epoch)

    assert set(await _there(store)) == {one.id for one in readers}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_switches_off, partial(subscribers.choose, people=True)),
        (subscribers.unsubscribe, _subscribes),
    ],
)
async def test_who_reads_it_only_after_publishing_gets_nothing(
    store: Store, before: Act, after: Act
) -> None:
    readers, epoch = await _readers(store), await store.write(start)
    await _does(store, readers[-1], before)
    await store.write(publish)

    await _does(store, readers[-1], after)
    await _to_the_end(store, epoch)

    assert set(await _there(store)) == {one.id for one in readers[:-1]}


@pytest.mark.parametrize(("old", "new"), [(0, -1), (-1, 0), (-1, -2)])
async def test_two_chats_that_become_one_get_one_message(store: Store, old: int, new: int) -> None:
    readers, epoch = await _under_way(store)
    into = await _chat_of(store, readers[new])

    await _does(
        store, readers[old], lambda conn, seal, chat: subscribers.move(conn, seal, chat, into)
    )
    await _to_the_end(store, epoch)

    there = await _there(store)
    assert there.pop(readers[old].id) == ("cancelled", "moved")
    assert set(there) == {one.id for one in readers} - {readers[old].id}
    assert set(there.values()) == {("queued", None)}


async def test_acts_of_another_process_come_between_the_bits(store: Store, url: str) -> None:
    """None is lost or refused, and each is before or after a bit as a whole."""
    readers, epoch = await _readers(store, 60), await store.write(start)
    chats = [await _chat_of(store, one) for one in readers]
    other = await Store.open(url, KEY)
    await store.write(publish)

    async def goes_on() -> None:
        while await store.read(fanout.is_open):
            await _advance(store, epoch)
            await asyncio.sleep(0.02)

    try:
        going = asyncio.create_task(goes_on())
        for leaving, coming in zip(chats[::2], range(_NEW, _NEW + 30), strict=True):
            await other.write(partial(subscribers.unsubscribe, seal=store.seal, chat_id=leaving))
            await other.write(partial(subscribe, store=store, chat_id=coming))
        await going
    finally:
        await other.close()

    there = await _there(store)
    left = {one.id for one in readers[::2]}
    assert {who for who, what in there.items() if what == ("cancelled", "unsubscribed")} == left
    assert set(there) == {one.id for one in readers}


# Moderators who act meanwhile


async def test_stopping_cancels_it_for_all_whom_it_has_not_reached(store: Store) -> None:
    _, epoch = await _under_way(store)
    first, *_ = await claim(store, epoch, limit=1)
    await settle(store, delivered(first))

    stopped = await store.write(lambda conn: outbox.stop(conn, 1, "mod-1", NOW))

    assert (stopped.total, stopped.delivered, stopped.cancelled) == (READERS, 1, READERS - 1)
    assert not await store.read(fanout.is_open)


async def test_undoing_leaves_nothing_to_be_put_in(store: Store) -> None:
    readers, epoch = await _under_way(store)

    await store.write(lambda conn: outbox.call_back(conn, 1, "mod-1", NOW))

    assert not await store.read(fanout.is_open)
    assert await claim(store, epoch) == ()
    assert await _there(store) == {one.id: ("cancelled", "stopped") for one in readers}


async def test_a_withdrawal_goes_to_whom_it_may_have_reached_and_the_rest_gets_nothing(
    store: Store,
) -> None:
    _, epoch = await _under_way(store)
    reached, _ = await claim(store, epoch)
    await settle(store, delivered(reached))

    await store.write(lambda conn: publish(conn, rev=2, type_="Cancel", refers_to=1))

    seen = await _progress(store)
    assert (seen.total, seen.cancelled, seen.state) == (READERS, READERS - 2, "superseded")
    assert (await _progress(store, 2)).total == 2
    assert not await store.read(fanout.is_open)


@pytest.mark.parametrize("announce", [True, False])
async def test_an_update_takes_its_place_for_all_whom_it_has_not_reached(
    store: Store, announce: bool
) -> None:
    readers, epoch = await _under_way(store)
    reached, *_ = await claim(store, epoch, limit=1)
    await settle(store, delivered(reached))

    await store.write(
        lambda conn: publish(
            conn, rev=2, type_="Update", refers_to=1, announce=announce, texts=correcting(1)
        )
    )

    assert (await _progress(store, 2)).edits_waiting == 1
    told = {one.id for one in readers} - (set() if announce else {reached.subscriber_id})
    assert set(await _there(store, 2)) == told
    assert (await _progress(store)).cancelled == READERS - 1


async def test_a_preview_of_a_correction_counts_those_who_are_to_come(store: Store) -> None:
    readers, epoch = await _under_way(store)
    await _does(store, readers[-1], subscribers.unsubscribe)
    await store.write(partial(subscribe, store=store, chat_id=_NEW))

    def count(conn: Connection) -> int:
        found = outbox.readers(conn, Topic.PEOPLE, "S1", to_new_readers=False)
        return sum(found.values())

    assert await store.read(count) == READERS - 1
    await _to_the_end(store, epoch)
    assert await store.read(count) == READERS - 1


async def test_a_second_alert_comes_after_the_first_for_everybody(store: Store) -> None:
    readers, epoch = await _under_way(store)

    await store.write(lambda conn: publish(conn, "S2"))
    assert len(await _there(store, 1)) == READERS
    await _to_the_end(store, epoch)

    assert set(await _there(store, 2)) == {one.id for one in readers}
    for number in (1, 2):
        taken = await claim(store, epoch)
        assert [one.number for one in taken] == [number] * READERS
        await settle(store, *(delivered(one) for one in taken))


async def test_redacting_holds_back_also_what_is_not_put_in_yet(store: Store) -> None:
    readers, epoch = await _readers(store), await store.write(start)

    def fill(conn: Connection) -> None:
        ledger.record(conn, [STAGE], by="mod-1", at=NOW)
        publish(conn, texts=TEXTS)

    await store.write(fill)
    await settle(store, *(delivered(one) for one in await claim(store, epoch)))

    await store.write(lambda conn: ledger.redact(conn, STAGE, by="mod-2", at=NOW))
    await _to_the_end(store, epoch)

    assert (await _progress(store)).state == "halted"
    assert await claim(store, epoch) == ()
    assert len(await _there(store)) == len(readers)


# Whatever happens meanwhile


_ACTS: tuple[Act, ...] = (
    _subscribes,
    _subscribes,
    _switches_off,
    partial(subscribers.choose, people=True),
    subscribers.unsubscribe,
    subscribers.forget,
    subscribers.blocked,
    _is_refused,
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
