from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog
from sqlalchemy import Table, func, select

from bot.housekeeping import Housekeeping
from storage import drafts, moderators, tables, updates
from storage.drafts import DraftRow
from storage.errors import StoreFull
from storage.store import Connection
from tests.bot.house import House, eventually

HOUR = 3600


async def count(house: House, table: Table) -> int:
    query = select(func.count()).select_from(table)
    return await house.store.read(lambda conn: conn.scalar(query) or 0)


async def draft(house: House, end: str) -> DraftRow:
    """A draft that came to this end just now."""

    def act(conn: Connection) -> DraftRow:
        moderators.set_owners(conn, house.store.seal, [2001], house.clock())
        moderator = moderators.active(conn)[0].id
        row = drafts.open_draft(conn, moderator, "{}", at=house.clock())
        if end == "discarded":
            drafts.discard(conn, row.id, at=house.clock())
        if end in ("followed", "published"):
            row = drafts.published(conn, row.id, 1, "S1", language="en", at=house.clock())
        if end == "published":
            drafts.not_followed(conn, row)
        return row

    return await house.store.write(act)


@pytest.mark.parametrize(("end", "hours"), [("discarded", 24), ("published", 30 * 24)])
async def test_an_ended_draft_and_its_buttons_are_erased_when_their_time_has_come(
    house: House, end: str, hours: int
) -> None:
    row = await draft(house, end)
    housekeeping = Housekeeping(house.store, house.clock)
    house.clock.forward((hours - 1) * HOUR)
    await housekeeping.tidy()
    assert await house.store.read(lambda conn: drafts.by_key(conn, row.key)) is not None
    house.clock.forward(2 * HOUR)
    await housekeeping.tidy()
    assert await house.store.read(lambda conn: drafts.by_key(conn, row.key)) is None
    assert (await count(house, tables.drafts), await count(house, tables.screen_keys)) == (0, 0)


@pytest.mark.parametrize("end", ["open", "followed"])
async def test_a_draft_that_is_not_at_its_end_is_kept_for_ever(house: House, end: str) -> None:
    row = await draft(house, end)
    house.clock.forward(365 * 24 * HOUR)
    await Housekeeping(house.store, house.clock).tidy()
    assert await house.store.read(lambda conn: drafts.by_key(conn, row.key)) is not None


async def handles_many(house: House) -> None:
    def note(conn: Connection) -> None:
        for number in range(100, 100 + updates.KEPT):
            updates.first_time(conn, number, house.clock())

    await house.store.write(note)


async def test_numbers_of_updates_are_kept_longer_than_telegram_keeps_updates(
    house: House,
) -> None:
    await house.store.write(lambda conn: updates.first_time(conn, 7, house.clock()))
    housekeeping = Housekeeping(house.store, house.clock)
    house.clock.forward(47 * HOUR)
    await handles_many(house)
    await housekeeping.tidy()
    assert await house.store.read(lambda conn: updates.had_effect(conn, 7))
    house.clock.forward(2 * HOUR)
    await housekeeping.tidy()
    assert not await house.store.read(lambda conn: updates.had_effect(conn, 7))
    assert await count(house, tables.updates) == updates.KEPT


async def test_a_clock_that_is_days_ahead_for_a_while_lets_no_update_act_twice(
    house: House,
) -> None:
    await handles_many(house)
    await Housekeeping(house.store, lambda: house.clock() + timedelta(days=3)).tidy()
    assert await count(house, tables.updates) == updates.KEPT


async def test_it_is_done_at_the_start_and_again_and_again(house: House) -> None:
    housekeeping = Housekeeping(house.store, house.clock, every=timedelta(seconds=0.01))
    running = asyncio.create_task(housekeeping.run())

    async def tidied() -> bool:
        return await count(house, tables.drafts) == 0

    for _ in range(2):
        await draft(house, "discarded")
        house.clock.forward(49 * HOUR)
        await eventually(tidied, 5)
    running.cancel()


async def test_what_fails_is_logged_and_done_at_the_next_round(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await draft(house, "discarded")
    house.clock.forward(49 * HOUR)
    real, failures = house.store.write, iter([StoreFull(), StoreFull()])

    async def write(act: object) -> object:
        for failure in failures:
            raise failure
        return await real(act)  # type: ignore[arg-type] # as the real one

    monkeypatch.setattr(house.store, "write", write)
    housekeeping = Housekeeping(house.store, house.clock, every=timedelta(seconds=0.01))
    with structlog.testing.capture_logs() as logs:
        running = asyncio.create_task(housekeeping.run())

        async def tidied() -> bool:
            return any(one["event"] == "housekeeping.done" for one in logs)

        await eventually(tidied, 5)
        running.cancel()
    assert await count(house, tables.drafts) == 0
    events = [one["event"] for one in logs if one["event"] != "store.disk_fills"]
    assert events == ["housekeeping.put_off"] * 2 + ["housekeeping.done"]


@pytest.mark.parametrize(
    ("taken", "said"),
    [(79, []), (80, [("warning", 80)]), (90, [("error", 90)]), (100, [("error", 100)])],
)
async def test_a_disk_that_fills_is_told_before_it_is_full(
    house: House, monkeypatch: pytest.MonkeyPatch, taken: int, said: list[tuple[str, int]]
) -> None:
    usage = SimpleNamespace(total=2000, used=10 * taken, free=1000 - 10 * taken)
    monkeypatch.setattr("storage.disk.shutil.disk_usage", lambda _: usage)
    with structlog.testing.capture_logs() as logs:
        running = asyncio.create_task(Housekeeping(house.store, house.clock).run())
        await asyncio.sleep(0)
        running.cancel()
    found = [one for one in logs if one["event"] == "store.disk_fills"]
    assert [(one["log_level"], one["percent"]) for one in found] == said


async def test_nothing_of_an_erased_draft_stays_in_the_files(house: House, tmp_path: Path) -> None:
    row = await draft(house, "discarded")
    assert row.key.encode() in files(tmp_path)
    house.clock.forward(25 * HOUR)
    await Housekeeping(house.store, house.clock).tidy()
    assert row.key.encode() not in files(tmp_path)


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("homeward.db*"))
