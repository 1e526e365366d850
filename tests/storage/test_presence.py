from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from storage import memos, moderators, presence
from storage.memos import MemoKind
from storage.store import Store
from tests.stores import NOW

_HOUR = timedelta(hours=1)


async def _heard(store: Store, at: datetime) -> bool:
    return await store.write(lambda conn: presence.heard(conn, at))


async def _told(store: Store) -> list[tuple[int, MemoKind, str]]:
    return [(one.moderator_id, one.kind, one.about) for one in await store.read(memos.untold)]


async def test_a_day_away_loses_nothing_and_is_told_to_nobody(store: Store) -> None:
    await store.write(lambda conn: moderators.set_owners(conn, store.seal, [11], NOW))

    assert not await _heard(store, NOW)
    assert not await _heard(store, NOW + 24 * _HOUR)
    assert not await _heard(store, NOW + 48 * _HOUR)

    assert await _told(store) == []


async def test_longer_away_is_told_to_every_moderator_once(store: Store) -> None:
    await store.write(lambda conn: moderators.set_owners(conn, store.seal, [11, 12, 13], NOW))
    await store.write(lambda conn: moderators.set_owners(conn, store.seal, [11, 12], NOW))
    await _heard(store, NOW)

    assert await _heard(store, NOW + 25 * _HOUR)
    assert not await _heard(store, NOW + 25 * _HOUR)

    about = f"{NOW.isoformat()} {(NOW + 25 * _HOUR).isoformat()}"
    assert await _told(store) == [(1, MemoKind.MISSED, about), (2, MemoKind.MISSED, about)]


async def test_a_clock_that_was_put_back_makes_no_absence(store: Store) -> None:
    await store.write(lambda conn: moderators.set_owners(conn, store.seal, [11], NOW))

    for at in (NOW, NOW - 30 * _HOUR, NOW - 29 * _HOUR):
        assert not await _heard(store, at)

    assert await _told(store) == []


async def test_a_clock_that_nobody_sets_says_how_long_it_was(store: Store) -> None:
    await store.write(lambda conn: moderators.set_owners(conn, store.seal, [11], NOW))
    await _heard(store, NOW)

    for at, since_last in ((25 * _HOUR, 24 * _HOUR), (30 * _HOUR, 25 * _HOUR)):
        await store.write(partial(presence.heard, at=NOW + at, since_last=since_last))

    about = f"{(NOW + 25 * _HOUR).isoformat()} {(NOW + 30 * _HOUR).isoformat()}"
    assert await _told(store) == [(1, MemoKind.MISSED, about)]
