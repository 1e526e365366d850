from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import StatementError

from storage.store import Store
from storage.tables import updates

_KYIV = timezone(timedelta(hours=3))


async def test_a_moment_comes_back_in_utc_and_to_the_microsecond(store: Store) -> None:
    told = datetime(2025, 6, 10, 15, 0, 1, 234567, tzinfo=_KYIV)

    def keep(conn: Connection) -> datetime:
        conn.execute(insert(updates).values(update_id=1, handled_at=told))
        found: datetime = conn.execute(select(updates.c.handled_at)).scalar_one()
        return found

    kept = await store.write(keep)

    assert kept == told
    assert kept.tzinfo is UTC
    assert kept.isoformat() == "2025-06-10T12:00:01.234567+00:00"


async def test_moments_of_any_zone_are_compared_as_moments(store: Store) -> None:
    earlier = datetime(2025, 6, 10, 14, 59, tzinfo=_KYIV)  # 11:59 in UTC
    later = datetime(2025, 6, 10, 12, 0, tzinfo=UTC)

    def keep(conn: Connection) -> list[int]:
        rows = [{"update_id": 1, "handled_at": later}, {"update_id": 2, "handled_at": earlier}]
        conn.execute(insert(updates), rows)
        return list(conn.scalars(select(updates.c.update_id).where(updates.c.handled_at < later)))

    assert await store.write(keep) == [2]


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2025, 6, 10)  # noqa: DTZ001 (the mistake itself)

    with pytest.raises(StatementError, match="without a time zone"):
        await store.write(
            lambda conn: conn.execute(insert(updates).values(update_id=1, handled_at=naive))
        )
