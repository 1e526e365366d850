from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, text

from exchange.news import Topic
from storage import outbox, subscribers, waiting
from storage.errors import StaleEpoch
from storage.outbox import OutcomeKind
from storage.store import Store
from storage.tables import deliveries, sender
from tests.storage.examples import claim, delivered, publish, settle, start, subscribe
from tests.stores import KEY, NOW, Postgres

_SECOND = timedelta(seconds=1)


@pytest.fixture
async def epoch(store: Store) -> int:
    """Three readers (chats 1, 2, 3) and a sender that has begun."""

    def fill(conn: Connection) -> int:
        for chat_id in (1, 2, 3):
            subscribe(conn, store, chat_id, bodies=True)
        return start(conn)

    return await store.write(fill)


async def _next_due(store: Store, now: datetime = NOW) -> datetime | None:
    return await store.read(lambda conn: outbox.next_due(conn, now))


async def test_a_claim_says_what_to_send_to_whom(store: Store, epoch: int) -> None:
    await store.write(lambda conn: subscribe(conn, store, 4, "en"))
    await store.write(publish)

    claimed = await claim(store, epoch)

    assert {one.chat_id: (one.language, one.text) for one in claimed} == {
        1: ("uk", "uk first"),
        2: ("uk", "uk first"),
        3: ("uk", "uk first"),
        4: ("en", "en first"),
    }
    assert {(one.number, one.attempt, one.ambiguous, one.silent) for one in claimed} == {
        (1, 1, 0, False)
    }
    assert {one.buttons for one in claimed} == {"[]"}


async def test_a_language_without_words_reads_english(store: Store, epoch: int) -> None:
    await store.write(lambda conn: subscribe(conn, store, 1, "ru"))
    await store.write(publish)

    claimed = {one.chat_id: one for one in await claim(store, epoch)}

    assert (claimed[1].language, claimed[1].text) == ("en", "en first")


async def test_a_claim_takes_no_more_than_asked_and_nothing_twice(store: Store, epoch: int) -> None:
    await store.write(publish)

    taken = [await claim(store, epoch, limit=2) for _ in range(3)]

    assert [len(part) for part in taken] == [2, 1, 0]
    assert {one.chat_id for part in taken for one in part} == {1, 2, 3}


async def test_a_claim_is_in_the_store_before_anything_is_sent(store: Store, epoch: int) -> None:
    await store.write(publish)
    await claim(store, epoch, limit=1)

    query = select(deliveries).where(deliveries.c.state == "sending")
    row = await store.read(lambda conn: conn.execute(query).one())

    assert (row.attempts, row.epoch, row.started_at) == (1, epoch, NOW)


async def test_nothing_goes_before_the_alert_starts(store: Store, epoch: int) -> None:
    starts_at = NOW + 20 * _SECOND
    await store.write(lambda conn: publish(conn, starts_at=starts_at))

    assert await claim(store, epoch, now=starts_at - _SECOND) == ()
    assert await _next_due(store) == starts_at
    assert len(await claim(store, epoch, now=starts_at)) == 3


async def test_a_reader_gets_alerts_one_at_a_time_and_in_order(store: Store, epoch: int) -> None:
    await store.write(publish)
    await store.write(lambda conn: publish(conn, "S2"))

    first = await claim(store, epoch)
    assert {one.number for one in first} == {1}
    assert await claim(store, epoch) == ()

    await settle(store, delivered(first[0]))
    [second] = await claim(store, epoch)
    assert (second.number, second.chat_id) == (2, first[0].chat_id)


async def test_a_later_alert_waits_for_a_repeat_of_an_earlier_one(store: Store, epoch: int) -> None:
    await store.write(publish)
    await store.write(lambda conn: publish(conn, "S2"))
    one, *_others = await claim(store, epoch)
    await settle(store, one.came_to(OutcomeKind.UNSURE))

    assert await claim(store, epoch, now=NOW + _SECOND) == ()
    [repeat] = await claim(store, epoch, now=NOW + 30 * _SECOND)
    assert (repeat.number, repeat.ambiguous, repeat.text) == (1, 1, "uk repeat")


async def test_a_later_alert_does_not_wait_for_one_that_was_halted(
    store: Store, epoch: int
) -> None:
    await store.write(publish)
    await store.write(lambda conn: publish(conn, "S2"))
    one, *others = await claim(store, epoch)
    await settle(store, one.came_to(OutcomeKind.HALT, reason="can't parse entities"))

    [second] = await claim(store, epoch)

    assert (second.number, second.chat_id) == (2, one.chat_id)
    await settle(store, *(delivered(other) for other in others))
    assert {one.number for one in await claim(store, epoch)} == {2}


async def test_a_withdrawal_goes_before_everything_that_waits(store: Store, epoch: int) -> None:
    await store.write(publish)
    await settle(store, *(delivered(one) for one in await claim(store, epoch)))
    await store.write(lambda conn: publish(conn, "S2"))
    await store.write(lambda conn: publish(conn, "S1", 2, type_="Cancel", refers_to=1))

    first = await claim(store, epoch, limit=2)
    assert {one.number for one in first} == {3}
    second = await claim(store, epoch)
    assert {one.number for one in second} == {3}
    await settle(store, *(delivered(one) for one in (*first, *second)))
    assert {one.number for one in await claim(store, epoch)} == {2}


async def test_a_withdrawal_is_not_sent_while_the_reader_is_getting_something(
    store: Store, epoch: int
) -> None:
    await store.write(publish)
    await settle(store, *(delivered(one) for one in await claim(store, epoch)))
    await store.write(lambda conn: publish(conn, "S2"))
    [going] = await claim(store, epoch, limit=1)
    await store.write(lambda conn: publish(conn, "S1", 2, type_="Cancel", refers_to=1))

    claimed = await claim(store, epoch)

    assert {(one.number, one.chat_id == going.chat_id) for one in claimed} == {(3, False)}


@pytest.mark.parametrize("silent", [True, False])
async def test_bodies_come_silently_unless_the_reader_wants_sound(
    store: Store, epoch: int, silent: bool
) -> None:
    await store.write(lambda conn: subscribers.choose(conn, store.seal, 1, bodies_silent=silent))
    await store.write(lambda conn: publish(conn, topic=Topic.BODIES))

    claimed = {one.chat_id: one.silent for one in await claim(store, epoch)}

    assert claimed == {1: silent, 2: True, 3: True}


async def test_people_never_come_silently(store: Store, epoch: int) -> None:
    await store.write(publish)

    assert {one.silent for one in await claim(store, epoch)} == {False}


async def test_a_pause_holds_everything_and_lives_through_a_restart(
    store: Store, url: str, epoch: int
) -> None:
    await store.write(publish)
    until = NOW + 60 * _SECOND
    await store.write(lambda conn: outbox.pause(conn, until))
    await store.write(lambda conn: outbox.pause(conn, NOW + _SECOND))

    assert await claim(store, epoch, now=until - _SECOND) == ()
    assert await _next_due(store) == until
    await store.close()
    again = await Store.open(url, KEY)
    assert await again.read(outbox.pause_until) == until
    new = await again.write(start)
    assert len(await claim(again, new, now=until)) == 3
    await again.close()


async def test_a_sender_that_was_replaced_claims_nothing(store: Store, epoch: int) -> None:
    await store.write(publish)
    newer = await store.write(start)

    with pytest.raises(StaleEpoch):
        await claim(store, epoch)

    assert newer == epoch + 1
    assert len(await claim(store, newer)) == 3


async def test_what_a_dead_process_was_sending_is_repeated_once_and_marked(
    store: Store, epoch: int
) -> None:
    await store.write(publish)
    sent, _unsettled, _unsettled_too = await claim(store, epoch)
    await settle(store, delivered(sent))

    newer = await store.write(start)

    assert await claim(store, newer) == ()
    assert await _next_due(store) == NOW + 30 * _SECOND
    repeats = await claim(store, newer, now=NOW + 30 * _SECOND)
    assert {(one.attempt, one.ambiguous, one.text) for one in repeats} == {(2, 1, "uk repeat")}
    assert sent.chat_id not in {one.chat_id for one in repeats}


async def test_nothing_is_due_when_nothing_waits_for_its_time_alone(
    store: Store, epoch: int
) -> None:
    assert await _next_due(store) is None
    await store.write(publish)
    await store.write(lambda conn: publish(conn, "S2"))
    assert await _next_due(store, NOW + _SECOND) == NOW + _SECOND

    claimed = await claim(store, epoch)

    assert await _next_due(store) is None  # the second alert waits for the first to be settled
    until = NOW + 5 * _SECOND
    await settle(store, *(one.came_to(OutcomeKind.WAIT, until=until) for one in claimed))
    assert await _next_due(store) == until


async def test_one_who_must_wait_does_not_hold_the_others(store: Store, epoch: int) -> None:
    await store.write(publish)
    [one] = await claim(store, epoch, limit=1)
    await settle(store, one.came_to(OutcomeKind.WAIT, until=NOW + 60 * _SECOND))

    assert {other.chat_id for other in await claim(store, epoch)} == {1, 2, 3} - {one.chat_id}


async def test_two_senders_never_take_the_same_delivery(server: Postgres) -> None:
    """Two processes of one epoch, as if the fence between them had failed."""
    async with server.url() as url:
        store, other = await Store.open(url, KEY), await Store.open(url, KEY)

        def fill(conn: Connection) -> int:
            for chat_id in range(60):
                subscribe(conn, store, chat_id)
            publish(conn)
            return start(conn)

        epoch = await store.write(fill)
        parts = await asyncio.gather(
            *(claim(one, epoch, limit=5) for one in (store, other) for _ in range(6))
        )
        await store.close()
        await other.close()

        taken = [one.chat_id for part in parts for one in part]
        assert sorted(taken) == list(range(60))


@pytest.mark.parametrize("edits", [0, 7])
async def test_claiming_reads_the_index_of_what_waits(store: Store, epoch: int, edits: int) -> None:
    """With most deliveries ended, neither a claim nor a look ahead reads them all."""

    def plan(conn: Connection) -> str:
        query = waiting.first_of(False, bool(edits)).params(of_alert=9, of_edited=edits)
        sql = str(query.compile(conn, compile_kwargs={"literal_binds": True}))
        if conn.dialect.name == "postgresql":
            conn.execute(text("SET LOCAL enable_seqscan = off"))
        word = "EXPLAIN QUERY PLAN" if conn.dialect.name == "sqlite" else "EXPLAIN"
        return "\n".join(str(one) for one in conn.execute(text(f"{word} {sql}")))

    found = await store.read(plan)

    assert "deliveries_waiting" in found
    assert "deliveries_open" in found
    assert (await store.read(lambda conn: conn.scalar(select(sender.c.epoch)))) == epoch
