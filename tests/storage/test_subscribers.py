from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from exchange.news import Topic
from storage import audience, outbox, subscribers, tables
from storage.outbox import OutcomeKind
from storage.store import Connection, Store
from storage.subscribers import Subscriber
from storage.tables import deliveries
from tests.storage.examples import claim, delivered, publish, settle, start, subscribe
from tests.stores import KEY, NOW, readers_of, sqlite_url

_CHAT = 700_000_000_123
_LATER = NOW + timedelta(days=1)


async def _find(store: Store, chat_id: int = _CHAT) -> Subscriber | None:
    return await store.read(lambda conn: subscribers.find(conn, store.seal, chat_id))


async def _subscribe(store: Store, *chat_ids: int, bodies: bool = False) -> list[Subscriber]:
    return await store.write(
        lambda conn: [subscribe(conn, store, chat_id, bodies=bodies) for chat_id in chat_ids]
    )


async def _states(store: Store) -> list[tuple[int, str, str | None]]:
    query = select(deliveries.c.alert_id, deliveries.c.state, deliveries.c.reason)
    return await store.read(
        lambda conn: [tuple(row) for row in conn.execute(query.order_by(deliveries.c.alert_id))]
    )


async def test_a_reader_is_subscribed_to_people_and_to_bodies_only_if_asked(store: Store) -> None:
    [reader] = await _subscribe(store, _CHAT)

    assert (reader.people, reader.bodies, reader.bodies_silent) == (True, False, True)
    assert (reader.subscribed, reader.consent_version, reader.since_at) == (True, 1, NOW)
    assert await _find(store) == reader
    assert await _find(store, _CHAT + 1) is None


async def test_ids_of_readers_are_random(store: Store) -> None:
    readers = await _subscribe(store, 1, 2, 3, 4)

    ids = [one.id for one in readers]
    assert ids != sorted(ids) or max(ids) > 2**40
    assert all(0 <= one < 2**63 for one in ids)


async def test_subscribing_twice_changes_nothing(store: Store) -> None:
    [reader] = await _subscribe(store, _CHAT)

    assert await _subscribe(store, _CHAT) == [reader]


async def test_who_comes_back_finds_the_earlier_choices(store: Store) -> None:
    await _subscribe(store, _CHAT, bodies=True)
    await _choose(store, people=False, bodies_silent=False)
    await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, _CHAT))

    reader = await store.write(
        lambda conn: subscribers.subscribe(
            conn, store.seal, _CHAT, language="en", consent_version=2, at=_LATER
        )
    )

    assert (reader.people, reader.bodies, reader.bodies_silent) == (False, True, False)
    assert (reader.language, reader.consent_version, reader.since_at) == ("en", 2, _LATER)


async def test_nobody_is_subscribed_to_nothing(store: Store) -> None:
    await _subscribe(store, _CHAT)
    await _choose(store, people=False)
    await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, _CHAT))

    [reader] = await _subscribe(store, _CHAT)

    assert reader.people


async def _choose(store: Store, **choices: bool) -> Subscriber | None:
    return await store.write(lambda conn: subscribers.choose(conn, store.seal, _CHAT, **choices))


async def test_a_language_is_kept_without_a_subscription(store: Store) -> None:
    reader = await store.write(
        lambda conn: subscribers.remember_language(
            conn, store.seal, _CHAT, language="ru", consent_version=1, at=NOW
        )
    )

    assert (reader.language, reader.subscribed) == ("ru", False)
    assert await store.read(lambda conn: readers_of(conn, Topic.PEOPLE)) == 0
    await store.write(publish)
    assert await _states(store) == []


async def test_strangers_choose_nothing(store: Store) -> None:
    assert await _choose(store, people=True) is None
    assert await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, _CHAT)) is None
    assert not await store.write(lambda conn: subscribers.forget(conn, store.seal, _CHAT))


async def test_readers_are_counted_by_topic_and_language(store: Store) -> None:
    def fill(conn: Connection) -> None:
        for chat_id, language in enumerate(["uk", "uk", "ru", "en"]):
            subscribe(conn, store, chat_id, language, bodies=chat_id == 0)
        subscribers.unsubscribe(conn, store.seal, 3)

    await store.write(fill)

    def count(conn: Connection) -> tuple[object, ...]:
        return (
            audience.by_language(conn, audience.reads(Topic.PEOPLE)),
            audience.by_language(conn, audience.reads(Topic.BODIES)),
        )

    assert await store.read(count) == ({"ru": 1, "uk": 2}, {"uk": 1})


async def test_leaving_cancels_what_waits_in_the_same_act(store: Store) -> None:
    await _subscribe(store, _CHAT)
    await store.write(publish)

    reader = await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, _CHAT))

    assert reader is not None
    assert not reader.subscribed
    assert await _states(store) == [(1, "cancelled", "unsubscribed")]


async def test_who_left_while_an_alert_was_sent_gets_no_second_attempt(store: Store) -> None:
    await _subscribe(store, _CHAT)
    await store.write(publish)
    epoch = await store.write(start)
    [one] = await claim(store, epoch)
    await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, _CHAT))

    await settle(store, one.came_to(OutcomeKind.UNSURE))

    assert await _states(store) == [(1, "cancelled", "unsubscribed")]


async def test_what_was_delivered_to_who_left_meanwhile_is_delivered(store: Store) -> None:
    await _subscribe(store, _CHAT)
    await store.write(publish)
    epoch = await store.write(start)
    [one] = await claim(store, epoch)
    await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, _CHAT))

    await settle(store, delivered(one))

    assert await _states(store) == [(1, "delivered", None)]


async def test_a_topic_switched_off_ends_its_waiting_alerts_alone(store: Store) -> None:
    await _subscribe(store, _CHAT, bodies=True)
    await store.write(publish)
    await store.write(lambda conn: publish(conn, "S2", topic=Topic.BODIES))

    await _choose(store, bodies=False)

    assert await _states(store) == [(1, "queued", None), (2, "cancelled", "switched_off")]


async def test_at21_forgetting_leaves_nothing_but_a_count(store: Store) -> None:
    await _subscribe(store, _CHAT, _CHAT + 1)
    await store.write(publish)
    epoch = await store.write(start)
    claimed = await claim(store, epoch)
    await settle(store, *(delivered(one) for one in claimed))
    await store.write(lambda conn: publish(conn, "S2"))

    assert await store.write(lambda conn: subscribers.forget(conn, store.seal, _CHAT))

    assert await _find(store) is None
    assert [state for _, state, _ in await _states(store)] == ["delivered", "queued"]
    for number in (1, 2):
        progress = await store.read(lambda conn, n=number: outbox.progress(conn, n))  # type: ignore[misc] # the default binds the number
        assert (progress.total, progress.erased) == (2, 1)


async def test_an_outcome_for_who_was_forgotten_meanwhile_is_passed_over(store: Store) -> None:
    await _subscribe(store, _CHAT)
    await store.write(publish)
    epoch = await store.write(start)
    [one] = await claim(store, epoch)
    await store.write(lambda conn: subscribers.forget(conn, store.seal, _CHAT))

    for kind in OutcomeKind:
        await settle(store, one.came_to(kind, message_id=7, new_chat_id=8, erase_reader=True))

    assert await _states(store) == []


async def test_who_blocks_the_bot_is_erased_and_comes_back_as_somebody_new(store: Store) -> None:
    [before] = await _subscribe(store, _CHAT)
    await store.write(publish)
    epoch = await store.write(start)
    await settle(store, *(delivered(one) for one in await claim(store, epoch)))
    await store.write(lambda conn: publish(conn, "S2"))

    await store.write(lambda conn: subscribers.blocked(conn, store.seal, _CHAT))
    await store.write(lambda conn: subscribers.blocked(conn, store.seal, _CHAT))

    assert await _find(store) is None
    assert await _states(store) == [(1, "delivered", None), (2, "cancelled", "blocked")]
    [after] = await _subscribe(store, _CHAT)
    assert after.id != before.id


async def test_a_chat_that_moves_keeps_its_reader(store: Store) -> None:
    [reader] = await _subscribe(store, _CHAT)

    for _ in range(2):
        await store.write(lambda conn: subscribers.move(conn, store.seal, _CHAT, -100_5))

    assert await _find(store) is None
    assert await _find(store, -100_5) == reader


async def test_a_chat_that_moves_to_a_known_one_gets_no_second_copy(store: Store) -> None:
    await store.write(lambda conn: subscribe(conn, store, _CHAT))
    await store.write(publish)
    await store.write(lambda conn: subscribe(conn, store, -100_5))
    await store.write(lambda conn: publish(conn, "S2"))

    await store.write(lambda conn: subscribers.move(conn, store.seal, _CHAT, -100_5))

    epoch = await store.write(start)
    first = await claim(store, epoch)
    await settle(store, *(delivered(one) for one in first))
    second = await claim(store, epoch)
    assert [(one.number, one.chat_id) for one in (*first, *second)] == [(1, -1005), (2, -1005)]
    assert sorted(await _states(store), key=str) == [
        (1, "delivered", None),
        (2, "cancelled", "moved"),
        (2, "sending", None),
    ]


_MARKED = 0x5A17_C0DE_1234_5678  # a chat id whose bytes and digits occur nowhere by chance


def _traces(folder: Path, *needles: bytes) -> list[str]:
    return [
        path.name
        for path in folder.glob("homeward.db*")
        if any(needle in path.read_bytes() for needle in needles)
    ]


@pytest.mark.parametrize("erase", [subscribers.forget, subscribers.blocked])
async def test_no_chat_id_is_ever_in_the_files_nor_anything_of_it_after_erasure(
    tmp_path: Path, erase: Callable[..., object]
) -> None:
    store = await Store.open(sqlite_url(tmp_path), KEY, create=True)
    await store.write(lambda conn: subscribe(conn, store, _MARKED))
    await store.write(publish)
    epoch = await store.write(start)
    await claim(store, epoch)
    plain = (
        str(_MARKED).encode(),
        _MARKED.to_bytes(8, "big"),
        _MARKED.to_bytes(8, "little"),
        f"{_MARKED:x}".encode(),
    )
    query = select(tables.subscribers.c.chat_hash, tables.subscribers.c.chat_sealed)
    sealed = tuple(await store.read(lambda conn: conn.execute(query).one()))

    assert _traces(tmp_path, *plain) == []
    assert _traces(tmp_path, *sealed) != []

    await store.write(lambda conn: erase(conn, store.seal, _MARKED))

    assert _traces(tmp_path, *plain, *sealed) == []
    await store.close()
    assert _traces(tmp_path, *plain, *sealed) == []
