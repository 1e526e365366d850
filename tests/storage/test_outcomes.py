from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Row, select

from storage import audit, outbox, subscribers
from storage.outbox import Claimed, OutcomeKind
from storage.store import Store
from storage.tables import deliveries
from tests.storage.examples import claim, delivered, publish, settle, start, subscribe
from tests.stores import NOW

_CHAT = 5
_SECOND = timedelta(seconds=1)


@pytest.fixture
async def epoch(store: Store) -> int:
    """One reader, and a sender that has begun."""
    await store.write(lambda conn: subscribe(conn, store, _CHAT))
    return await store.write(start)


@pytest.fixture
async def claimed(store: Store, epoch: int) -> Claimed:
    """The reader's delivery, being sent."""
    await store.write(publish)
    [one] = await claim(store, epoch)
    return one


async def _row(store: Store) -> Row[tuple[object, ...]]:
    return await store.read(lambda conn: conn.execute(select(deliveries)).one())


async def _reader(store: Store) -> subscribers.Subscriber | None:
    return await store.read(lambda conn: subscribers.find(conn, store.seal, _CHAT))


async def test_delivered_keeps_the_message_id(store: Store, claimed: Claimed) -> None:
    await settle(store, delivered(claimed, message_id=2**40))

    row = await _row(store)
    assert (row.state, row.message_id, row.ambiguous) == ("delivered", 2**40, 0)


async def test_waiting_is_no_attempt(store: Store, epoch: int, claimed: Claimed) -> None:
    until = NOW + 5 * _SECOND
    await settle(store, claimed.came_to(OutcomeKind.WAIT, until=until))

    row = await _row(store)
    assert (row.state, row.next_at, row.attempts, row.ambiguous) == ("queued", until, 0, 0)
    assert await claim(store, epoch, now=until - _SECOND) == ()
    [again] = await claim(store, epoch, now=until)
    assert (again.attempt, again.text) == (1, "uk first")


async def test_what_never_left_is_tried_again_and_is_not_ambiguous(
    store: Store, epoch: int, claimed: Claimed
) -> None:
    until = NOW + _SECOND
    await settle(store, claimed.came_to(OutcomeKind.RETRY, until=until))

    [again] = await claim(store, epoch, now=until)
    assert (again.attempt, again.ambiguous, again.text) == (2, 0, "uk first")


async def test_an_unsure_delivery_is_repeated_three_times_and_then_given_up(
    store: Store, epoch: int, claimed: Claimed
) -> None:
    now, one = NOW, claimed
    for wait in (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10)):
        await settle(store, one.came_to(OutcomeKind.UNSURE), now=now)
        assert (await _row(store)).state == "unsure"
        assert await claim(store, epoch, now=now + wait - _SECOND) == ()
        now += wait
        [one] = await claim(store, epoch, now=now)
        assert one.text == "uk repeat"

    await settle(store, one.came_to(OutcomeKind.UNSURE), now=now)

    row = await _row(store)
    assert (row.state, row.attempts, row.ambiguous) == ("unknown", 4, 4)
    assert await claim(store, epoch, now=now + timedelta(days=9)) == ()


async def test_a_repeat_stays_marked_when_it_has_to_wait(
    store: Store, epoch: int, claimed: Claimed
) -> None:
    await settle(store, claimed.came_to(OutcomeKind.UNSURE))
    later = NOW + 30 * _SECOND
    [repeat] = await claim(store, epoch, now=later)
    await settle(store, repeat.came_to(OutcomeKind.WAIT, until=later), now=later)

    [again] = await claim(store, epoch, now=later)

    assert (again.ambiguous, again.text) == (1, "uk repeat")


async def test_an_undeliverable_alert_keeps_the_reader(store: Store, claimed: Claimed) -> None:
    await settle(store, claimed.came_to(OutcomeKind.UNDELIVERABLE, reason="too big"))

    row = await _row(store)
    assert (row.state, row.reason) == ("undeliverable", "too big")
    assert await _reader(store) is not None


async def test_who_blocked_the_bot_is_erased_with_what_waits(
    store: Store, claimed: Claimed
) -> None:
    await store.write(lambda conn: publish(conn, "S2"))
    blocked = claimed.came_to(OutcomeKind.UNDELIVERABLE, reason="blocked", erase_reader=True)

    await settle(store, blocked)

    assert await _reader(store) is None
    query = select(deliveries.c.state, deliveries.c.reason).order_by(deliveries.c.alert_id)
    rows = await store.read(lambda conn: conn.execute(query).all())
    assert [tuple(row) for row in rows] == [("undeliverable", "blocked"), ("cancelled", "blocked")]


async def test_three_refusals_in_a_row_erase_and_fewer_do_not(store: Store, epoch: int) -> None:
    for number in range(1, 6):
        await store.write(lambda conn, n=number: publish(conn, f"S{n}"))  # type: ignore[misc] # the default binds the number
        [one] = await claim(store, epoch)
        if number == 2:
            await settle(store, delivered(one))
        else:
            await settle(store, one.came_to(OutcomeKind.REFUSED, reason="?"))
        assert (await _reader(store) is None) == (number == 5)


async def test_a_refusal_that_is_written_down_again_is_no_further_one(
    store: Store, claimed: Claimed
) -> None:
    for _ in range(5):
        await settle(store, claimed.came_to(OutcomeKind.REFUSED, reason="?"))
    assert await _reader(store) is not None


@pytest.mark.parametrize("kind", ["retry", "wait", "unsure", "refused", "uneditable"])
async def test_a_sender_that_was_replaced_lets_go_nothing_that_the_next_one_sends(
    store: Store, claimed: Claimed, kind: str
) -> None:
    epoch = await store.write(start)
    [again] = await claim(store, epoch, now=NOW + timedelta(minutes=1))

    await settle(store, claimed.came_to(OutcomeKind(kind), until=NOW, reason="?"))
    await settle(store, delivered(again))

    progress = await store.read(lambda conn: outbox.progress(conn, 1))
    assert (progress.delivered, progress.waiting) == (1, 0)


async def test_a_moved_chat_gets_the_alert_at_its_new_id(
    store: Store, epoch: int, claimed: Claimed
) -> None:
    await settle(store, claimed.came_to(OutcomeKind.MOVED, new_chat_id=-1007))

    [again] = await claim(store, epoch)

    assert (again.chat_id, again.text, again.subscriber_id) == (
        -1007,
        "uk first",
        claimed.subscriber_id,
    )


async def test_a_chat_of_whose_move_was_heard_before_keeps_its_reader(
    store: Store, epoch: int, claimed: Claimed
) -> None:
    await store.write(lambda conn: subscribers.move(conn, store.seal, claimed.chat_id, -1007))
    await settle(store, claimed.came_to(OutcomeKind.MOVED, new_chat_id=-1007))

    [again] = await claim(store, epoch)

    assert (again.chat_id, again.subscriber_id) == (-1007, claimed.subscriber_id)


async def test_a_chat_that_moved_to_another_reader_is_told_once(store: Store, epoch: int) -> None:
    await store.write(lambda conn: subscribe(conn, store, -1007))
    await store.write(publish)
    one, two = sorted(await claim(store, epoch), key=lambda each: -each.chat_id)

    await settle(store, one.came_to(OutcomeKind.MOVED, new_chat_id=-1007), delivered(two))

    assert await claim(store, epoch) == ()
    progress = await store.read(lambda conn: outbox.progress(conn, 1))
    assert (progress.delivered, progress.cancelled) == (1, 1)


async def test_words_that_telegram_refuses_halt_the_alert_once(store: Store, epoch: int) -> None:
    for chat_id in (1, 2, 3):
        await store.write(lambda conn, c=chat_id: subscribe(conn, store, c))  # type: ignore[misc] # the default binds the chat
    await store.write(publish)
    claimed = await claim(store, epoch, limit=2)

    await settle(store, *(one.came_to(OutcomeKind.HALT, reason="bad words") for one in claimed))

    assert await claim(store, epoch) == ()
    progress = await store.read(lambda conn: outbox.progress(conn, 1))
    assert (progress.state, progress.waiting) == ("halted", 4)
    lines = await store.read(audit.entries)
    halts = [line for line in lines if line.act == "halt"]
    assert [(line.subject, line.content) for line in halts] == [("1", '{"reason":"bad words"}')]


async def test_a_late_word_of_delivery_counts_after_a_restart(
    store: Store, claimed: Claimed
) -> None:
    await store.write(start)

    await settle(store, delivered(claimed))

    row = await _row(store)
    assert (row.state, row.ambiguous) == ("delivered", 1)


async def test_an_outcome_is_settled_once(store: Store, claimed: Claimed) -> None:
    await settle(store, delivered(claimed))

    for kind in (OutcomeKind.UNSURE, OutcomeKind.WAIT, OutcomeKind.UNDELIVERABLE):
        await settle(store, claimed.came_to(kind))

    assert (await _row(store)).state == "delivered"
