from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from exchange.news import Topic
from storage import audit, ledger, outbox
from storage.errors import StoreError
from storage.outbox import AlertText, OutcomeKind, Progress
from storage.store import Connection, Store
from storage.subscribers import choose, unsubscribe
from storage.tables import alert_texts
from tests.storage.examples import (
    STAGE,
    TEXTS,
    claim,
    delivered,
    publish,
    settle,
    start,
    subscribe,
)
from tests.stores import NOW


async def _readers(store: Store, number: int) -> None:
    """Readers in chats 1, 2, 3, ...: every second one also for news of bodies."""

    def fill(conn: Connection) -> None:
        for chat_id in range(1, number + 1):
            subscribe(conn, store, chat_id, bodies=chat_id % 2 == 0)

    await store.write(fill)


async def _progress(store: Store, number: int) -> Progress:
    return await store.read(partial(outbox.progress, number=number))


async def _chats(store: Store, epoch: int, limit: int = 100) -> list[tuple[int, int]]:
    """Claims and delivers, and says which alert went to which chat."""
    claimed = await claim(store, epoch, limit)
    await settle(store, *(delivered(one) for one in claimed))
    return sorted((one.number, one.chat_id) for one in claimed)


async def test_publishing_makes_one_delivery_for_every_reader_of_the_topic(store: Store) -> None:
    await _readers(store, 4)
    await store.write(lambda conn: unsubscribe(conn, store.seal, 4))

    people = await store.write(publish)
    bodies = await store.write(lambda conn: publish(conn, "S2", topic=Topic.BODIES))

    assert (people, bodies) == (1, 2)
    assert (await _progress(store, people)).waiting == 3
    assert (await _progress(store, bodies)).waiting == 1


async def test_texts_are_kept_as_they_were_made(store: Store) -> None:
    await store.write(publish)

    rows = await store.read(lambda conn: conn.execute(select(alert_texts)).all())

    kept = {(row.language, row.variant, row.text, row.buttons) for row in rows}
    assert kept == {(one.language, one.variant, one.text, one.buttons) for one in TEXTS}


@pytest.mark.parametrize("texts", [(), TEXTS[2:], TEXTS[:1]])
async def test_an_alert_without_english_words_is_refused(
    store: Store, texts: tuple[AlertText, ...]
) -> None:
    with pytest.raises(ValueError, match="English"):
        await store.write(lambda conn: publish(conn, texts=texts))


async def test_alerts_are_numbered_without_gaps(store: Store) -> None:
    def fail(conn: Connection) -> None:
        publish(conn)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(fail)

    assert await store.read(outbox.next_number) == 1
    assert await store.write(publish) == 1
    assert await store.read(outbox.next_number) == 2


async def test_one_publication_is_one_alert(store: Store) -> None:
    await store.write(publish)

    with pytest.raises(IntegrityError):
        await store.write(publish)

    assert await store.read(outbox.next_number) == 2


async def test_publishing_and_recording_are_one_act_with_lines_in_the_log(store: Store) -> None:
    def act(conn: Connection) -> None:
        ledger.record(conn, [STAGE], by="mod-1", at=NOW)
        publish(conn)

    await store.write(act)

    lines = await store.read(audit.entries)
    assert [(line.act, line.subject) for line in lines] == [("alert", "1"), ("record", "S1.1")]
    assert await store.read(audit.verify) is None


async def test_a_preview_counts_those_who_will_get_the_alert(store: Store) -> None:
    await _readers(store, 3)
    await store.write(lambda conn: subscribe(conn, store, 9, "en"))

    def count(conn: Connection) -> tuple[dict[str, int], dict[str, int]]:
        return (
            outbox.readers(conn, Topic.PEOPLE, None),
            outbox.readers(conn, Topic.BODIES, "S1"),
        )

    assert await store.read(count) == ({"en": 1, "uk": 3}, {"uk": 1})


async def test_an_update_takes_the_place_of_what_was_not_sent(store: Store) -> None:
    await _readers(store, 3)
    await store.write(publish)
    epoch = await store.write(start)
    assert await _chats(store, epoch, limit=1) != []

    await store.write(lambda conn: publish(conn, rev=2, type_="Update", refers_to=1))

    first = await _progress(store, 1)
    assert (first.delivered, first.cancelled, first.state) == (1, 2, "superseded")
    assert await _chats(store, epoch) == [(2, 1), (2, 2), (2, 3)]


async def test_an_update_called_back_lets_the_earlier_alert_go_on_to_whom_it_has_not_reached(
    store: Store,
) -> None:
    await _readers(store, 3)
    await store.write(publish)
    epoch = await store.write(start)
    [reached] = await claim(store, epoch, limit=1)
    await settle(store, delivered(reached))
    await store.write(lambda conn: publish(conn, rev=2, type_="Update", refers_to=1))

    await store.write(lambda conn: outbox.call_back(conn, 2, "mod-1", NOW))

    assert (await _progress(store, 2)).cancelled == 3
    first = await _progress(store, 1)
    assert (first.delivered, first.waiting, first.state) == (1, 2, "live")
    others = {1, 2, 3} - {reached.chat_id}
    assert await _chats(store, epoch) == [(1, chat) for chat in sorted(others)]


async def test_an_update_called_back_brings_nothing_back_that_was_withdrawn_before(
    store: Store,
) -> None:
    """Also where the sending of the withdrawal was stopped: the alert stays untrue."""
    await _readers(store, 3)
    await store.write(publish)
    await store.write(lambda conn: publish(conn, rev=2, type_="Cancel", refers_to=1))
    await store.write(lambda conn: outbox.stop(conn, 2, "mod-1", NOW))
    await store.write(lambda conn: publish(conn, rev=3, type_="Update", refers_to=1))

    await store.write(lambda conn: outbox.call_back(conn, 3, "mod-1", NOW))

    first = await _progress(store, 1)
    assert (first.cancelled, first.state) == (3, "superseded")


async def test_an_update_called_back_brings_nothing_back_that_a_stopped_update_had_replaced(
    store: Store,
) -> None:
    await _readers(store, 3)
    await store.write(publish)
    await store.write(lambda conn: publish(conn, rev=2, type_="Update", refers_to=1))
    epoch = await store.write(start)
    assert [number for number, _ in await _chats(store, epoch, limit=1)] == [2]
    await store.write(lambda conn: outbox.stop(conn, 2, "mod-1", NOW))
    await store.write(lambda conn: publish(conn, rev=3, type_="Update", refers_to=1))

    await store.write(lambda conn: outbox.call_back(conn, 3, "mod-1", NOW))

    assert (await _progress(store, 1)).cancelled == 3


async def test_an_update_also_goes_to_who_got_the_earlier_alert(store: Store) -> None:
    """Chat 2 switched the topic off since; chat 1 never had it and gets nothing."""
    await _readers(store, 2)
    await store.write(lambda conn: publish(conn, topic=Topic.BODIES))
    epoch = await store.write(start)
    await _chats(store, epoch)
    await store.write(lambda conn: _switch_off_bodies(conn, store, 2))

    def update(conn: Connection) -> int:
        return publish(conn, rev=2, type_="Update", refers_to=1, topic=Topic.BODIES)

    await store.write(update)

    assert await _chats(store, epoch) == [(2, 2)]


def _switch_off_bodies(conn: Connection, store: Store, chat_id: int) -> None:
    choose(conn, store.seal, chat_id, bodies=False)


async def test_a_withdrawal_goes_to_those_alone_whom_the_alert_may_have_reached(
    store: Store,
) -> None:
    """One of five got it, one perhaps, one is being sent to; two wait."""
    await _readers(store, 5)
    await store.write(publish)
    epoch = await store.write(start)
    reached, perhaps, sending = await claim(store, epoch, limit=3)
    await settle(store, delivered(reached), perhaps.came_to(OutcomeKind.UNSURE))

    await store.write(lambda conn: publish(conn, rev=2, type_="Cancel", refers_to=1))

    first, second = await _progress(store, 1), await _progress(store, 2)
    assert (first.delivered, first.cancelled, first.waiting) == (1, 3, 1)
    assert second.total == 3
    claimed = await claim(store, epoch)
    assert {one.chat_id for one in claimed} == {reached.chat_id, perhaps.chat_id}
    await settle(store, delivered(sending))
    assert [one.chat_id for one in await claim(store, epoch)] == [sending.chat_id]


@pytest.mark.parametrize("kind", [OutcomeKind.RETRY, OutcomeKind.WAIT])
async def test_for_whom_the_alert_never_left_there_is_nothing_to_take_back(
    store: Store, kind: OutcomeKind
) -> None:
    """It was claimed when it was withdrawn, and held back when its turn came."""
    await _readers(store, 1)
    await store.write(publish)
    epoch = await store.write(start)
    (sending,) = await claim(store, epoch, limit=1)
    await store.write(lambda conn: publish(conn, rev=2, type_="Cancel", refers_to=1))

    await settle(store, sending.came_to(kind, until=NOW))

    assert await claim(store, epoch) == ()
    first, second = await _progress(store, 1), await _progress(store, 2)
    assert (first.cancelled, second.cancelled) == (1, 1)


async def test_what_an_earlier_attempt_may_have_told_is_taken_back(store: Store) -> None:
    """The second attempt was held back, the first may have arrived."""
    await _readers(store, 1)
    await store.write(publish)
    epoch = await store.write(start)
    (first,) = await claim(store, epoch, limit=1)
    await settle(store, first.came_to(OutcomeKind.UNSURE))
    later = NOW + timedelta(minutes=1)
    (repeat,) = await claim(store, epoch, now=later)
    await store.write(lambda conn: publish(conn, rev=2, type_="Cancel", refers_to=1))

    await settle(store, repeat.came_to(OutcomeKind.RETRY, until=later))

    assert [one.number for one in await claim(store, epoch, now=later)] == [2]


async def test_a_corrected_alert_that_never_left_is_taken_back_from_who_got_the_first(
    store: Store,
) -> None:
    await _readers(store, 1)
    await store.write(publish)
    epoch = await store.write(start)
    await _chats(store, epoch)
    await store.write(lambda conn: publish(conn, rev=2, type_="Update", refers_to=1))
    (update,) = await claim(store, epoch)
    await store.write(lambda conn: publish(conn, rev=3, type_="Cancel", refers_to=2))

    await settle(store, update.came_to(OutcomeKind.RETRY, until=NOW))

    assert await _chats(store, epoch) == [(3, 1)]


async def test_who_left_gets_no_update_of_what_he_got(store: Store) -> None:
    await _readers(store, 1)
    await store.write(publish)
    epoch = await store.write(start)
    await _chats(store, epoch)
    await store.write(lambda conn: unsubscribe(conn, store.seal, 1))

    await store.write(lambda conn: publish(conn, rev=2, type_="Cancel", refers_to=1))

    assert (await _progress(store, 2)).total == 0


async def test_progress_adds_up(store: Store) -> None:
    await _readers(store, 6)
    await store.write(publish)
    epoch = await store.write(start)
    one, two, three, _sending = await claim(store, epoch, limit=4)
    await settle(
        store,
        delivered(one),
        two.came_to(OutcomeKind.UNDELIVERABLE, reason="no"),
        three.came_to(OutcomeKind.UNSURE),
    )

    assert await _progress(store, 1) == Progress(
        number=1,
        total=6,
        delivered=1,
        undeliverable=1,
        cancelled=0,
        unknown=0,
        waiting=4,
        erased=0,
        starts_at=NOW,
        state="live",
    )


async def test_stopping_cancels_what_was_not_sent_and_says_who_did_it(store: Store) -> None:
    await _readers(store, 4)
    await store.write(publish)
    epoch = await store.write(start)
    one, two, three = await claim(store, epoch, limit=3)
    await settle(store, delivered(one), two.came_to(OutcomeKind.UNSURE))

    stopped = await store.write(lambda conn: outbox.stop(conn, 1, "mod-2", NOW))

    assert (stopped.delivered, stopped.cancelled, stopped.waiting) == (1, 2, 1)
    assert stopped.state == "stopped"
    await settle(store, three.came_to(OutcomeKind.WAIT, until=NOW))
    assert (await _progress(store, 1)).cancelled == 3
    assert await claim(store, epoch, now=NOW + timedelta(days=1)) == ()
    [line, *_] = await store.read(audit.entries)
    assert (line.by, line.act, line.subject) == ("mod-2", "stop", "1")


async def test_an_alert_that_does_not_exist_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match=r"No\. 7"):
        await _progress(store, 7)


async def test_an_update_refers_to_the_latest_alert_that_anybody_knows(store: Store) -> None:
    await _readers(store, 1)
    epoch = await store.write(start)

    def latest(conn: Connection) -> int | None:
        return outbox.latest_about(conn, "S1")

    assert await store.read(latest) is None
    await store.write(publish)
    assert await store.read(latest) == 1
    await _chats(store, epoch)
    await store.write(lambda conn: publish(conn, rev=2, type_="Update", refers_to=1))
    await store.write(lambda conn: outbox.stop(conn, 2, "mod-1", NOW))
    assert await store.read(latest) == 1
    await store.write(lambda conn: outbox.stop(conn, 1, "mod-1", NOW))
    assert await store.read(latest) == 1
