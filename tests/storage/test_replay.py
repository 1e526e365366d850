from __future__ import annotations

from datetime import timedelta

import pytest

from storage import audit, outbox, subscribers
from storage.errors import NothingToReplay, StoreError
from storage.outbox import Claimed, OutcomeKind
from storage.store import Store
from tests.storage.examples import claim, delivered, publish, settle, start, subscribe
from tests.stores import NOW

_LATER = NOW + timedelta(days=1)


@pytest.fixture
async def epoch(store: Store) -> int:
    await store.write(lambda conn: [subscribe(conn, store, chat) for chat in (1, 2, 3)])
    await store.write(publish)
    return await store.write(start)


async def _ends_unknown(store: Store, epoch: int, one: Claimed) -> None:
    """Four attempts of unknown fate; the fourth is the last."""
    now = NOW
    for _ in range(3):
        await settle(store, one.came_to(OutcomeKind.UNSURE), now=now)
        now += timedelta(minutes=11)
        [one] = await claim(store, epoch, now=now)
    await settle(store, one.came_to(OutcomeKind.UNSURE), now=now)


async def test_what_ended_unknown_is_queued_once_more_as_a_repeat(store: Store, epoch: int) -> None:
    doubtful, *others = await claim(store, epoch)
    await settle(store, *(delivered(one) for one in others))
    await _ends_unknown(store, epoch, doubtful)

    count = await store.write(lambda conn: outbox.replay(conn, 1, "unknown", _LATER))

    assert count == 1
    [again] = await claim(store, epoch, now=_LATER)
    assert (again.chat_id, again.text, again.ambiguous) == (doubtful.chat_id, "uk repeat", 4)
    [line, *_] = await store.read(audit.entries)
    assert (line.by, line.act, line.subject) == ("operator", "replay", "1")

    await settle(store, again.came_to(OutcomeKind.UNSURE), now=_LATER)
    assert (await store.read(lambda conn: outbox.progress(conn, 1))).unknown == 1


async def test_what_was_refused_is_queued_once_more_and_is_no_repeat(
    store: Store, epoch: int
) -> None:
    """Telegram's refusal proves that no copy arrived: a mark would be untrue."""
    refused, *others = await claim(store, epoch)
    await settle(store, *(delivered(one) for one in others))
    await settle(store, refused.came_to(OutcomeKind.UNDELIVERABLE, reason="no"))

    assert await store.write(lambda conn: outbox.replay(conn, 1, "undeliverable", _LATER)) == 1

    [again] = await claim(store, epoch, now=_LATER)
    assert (again.chat_id, again.text) == (refused.chat_id, "uk first")


async def test_who_left_is_not_written_to_again(store: Store, epoch: int) -> None:
    one, *others = await claim(store, epoch)
    await settle(store, *(delivered(other) for other in others))
    await _ends_unknown(store, epoch, one)
    await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, one.chat_id))

    with pytest.raises(NothingToReplay, match=r"No delivery of No\. 1 to a present reader"):
        await store.write(lambda conn: outbox.replay(conn, 1, "unknown", _LATER))

    assert (await store.read(lambda conn: outbox.progress(conn, 1))).unknown == 1


async def test_nothing_of_an_ended_alert_is_sent_again(store: Store, epoch: int) -> None:
    one, *others = await claim(store, epoch)
    await settle(store, *(delivered(other) for other in others))
    await _ends_unknown(store, epoch, one)
    await store.write(lambda conn: outbox.stop(conn, 1, "mod-1", NOW))

    with pytest.raises(NothingToReplay, match=r"No\. 1 is stopped"):
        await store.write(lambda conn: outbox.replay(conn, 1, "unknown", _LATER))


async def test_an_alert_that_does_not_exist_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match=r"no alert No\. 7"):
        await store.write(lambda conn: outbox.replay(conn, 7, "unknown", _LATER))
