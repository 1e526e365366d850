from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from exchange.ledger import Ledger
from exchange.records import Lifecycle, Record
from storage import ledger
from storage.past import ledger_as_of
from storage.store import Connection, Store
from storage.tables import records, revisions
from tests.storage.examples import EVERY_KIND, SOURCE, STAGE, UA
from tests.stores import NOW

MINUTE = timedelta(minutes=1)


async def as_of(store: Store, moment: datetime) -> Ledger:
    present = await store.ledger()
    return await store.read(lambda conn: ledger_as_of(conn, moment, present))


async def record(store: Store, at: datetime, *new: Record) -> None:
    await store.write(lambda conn: ledger.record(conn, new, by="mod-1", at=at))


async def test_before_the_first_record_nothing_was_known(store: Store) -> None:
    assert await as_of(store, NOW) == Ledger()
    await record(store, NOW, *EVERY_KIND)
    assert await as_of(store, NOW - MINUTE) == Ledger()


async def test_what_is_recorded_is_known_from_that_very_moment(store: Store) -> None:
    await record(store, NOW, *EVERY_KIND)
    present = await store.ledger()
    assert await as_of(store, NOW) is present
    assert await as_of(store, NOW + MINUTE) is present


async def test_a_change_and_a_withdrawal_show_from_when_they_were_made(store: Store) -> None:
    await record(store, NOW, UA, SOURCE, STAGE)
    cancelled = replace(STAGE, lifecycle=Lifecycle.CANCELLED)
    await record(store, NOW + 2 * MINUTE, cancelled)
    await store.write(lambda c: ledger.withdraw(c, "S1", by="mod-1", at=NOW + 4 * MINUTE))
    assert (await as_of(store, NOW + MINUTE)).stages["S1"] == STAGE
    assert (await as_of(store, NOW + 3 * MINUTE)).stages["S1"] == cancelled
    last = await as_of(store, NOW + 5 * MINUTE)
    assert (list(last.stages), last.entries["S1"].withdrawn) == ([], True)


async def test_any_moment_gives_the_ledger_that_was_read_at_that_moment(store: Store) -> None:
    dice = random.Random(4)  # noqa: S311 - no secret
    known: list[tuple[datetime, Ledger]] = [(NOW - MINUTE, Ledger())]
    for turn in range(24):
        at = NOW + turn * MINUTE
        await store.write(partial(_some_act, dice=dice, at=at))
        known.append((at + MINUTE / 2, await store.ledger()))
    for moment, ledger_then in known:
        assert await as_of(store, moment) == ledger_then


def _some_act(conn: Connection, dice: random.Random, at: datetime) -> None:
    present = ledger.read_ledger(conn)
    stage = replace(STAGE, key=dice.choice(["S1", "S2"]), lifecycle=dice.choice(list(Lifecycle)))
    if dice.random() < 0.3 and stage.key in present.stages:
        ledger.withdraw(conn, stage.key, by="mod-1", at=at)
    else:
        new: Sequence[Record] = dice.choice(
            [[stage], [UA, stage], [replace(SOURCE, language="ru")]]
        )
        ledger.record(conn, new, by="mod-1", at=at)


@pytest.mark.parametrize("clean", [True, False])
async def test_what_was_redacted_stays_so_in_the_past(store: Store, clean: bool) -> None:
    """The words that took its place are shown, or nothing where none did."""
    await record(store, NOW, UA, STAGE)
    redacted = replace(STAGE, words=None)
    if clean:
        await record(store, NOW + 2 * MINUTE, redacted)
    else:
        await store.write(lambda c: ledger.withdraw(c, "S1", by="mod-1", at=NOW + 2 * MINUTE))
    await store.write(lambda conn: _erase(conn, below=2 if clean else 3))
    shown = await as_of(store, NOW + MINUTE)
    assert list(shown.stages.values()) == ([redacted] if clean else [])
    assert shown.terms


def _erase(conn: Connection, below: int) -> None:
    of_the_stage = conn.scalar(records.select().where(records.c.key == "S1"))
    which = revisions.c.record_id == of_the_stage, revisions.c.rev < below
    conn.execute(update(revisions).where(*which).values(body=None, salt=None))
