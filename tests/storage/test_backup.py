"""Copies of a store that is in use, and the way back: row by row, after real crashes of files."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, delete, select

from storage import (
    audit,
    backup,
    belonging,
    ledger,
    moderators,
    outbox,
    presence,
    subscribers,
    tables,
)
from storage.disk import network_disk
from storage.errors import ForeignStore, NetworkDisk, NoStore, StoreError, StoreLocked, WrongKey
from storage.migrate import migrate
from storage.store import Connection, Store
from tests.storage.examples import SOURCE, publish, subscribe
from tests.stores import KEY, NOW, SqliteFiles, sqlite_url

COPY = "copy.db"


@pytest.fixture
async def url(tmp_path: Path, files: SqliteFiles) -> str:
    return await files.url(tmp_path)


def put_back(url: str, copy: Path, key: bytes = KEY) -> backup.Restored:
    return backup.restore(url, key, copy, NOW)


async def restored(url: str, copy: Path, key: bytes = KEY) -> backup.Restored:
    return await asyncio.to_thread(put_back, url, copy, key)


async def an_alert_on_its_way(url: str, readers: int = 3) -> None:
    store = await Store.open(url, KEY)
    await store.write(lambda conn: _publish(conn, store, readers))
    await store.close()


def _publish(conn: Connection, store: Store, readers: int) -> None:
    for number in range(1, readers + 1):
        subscribe(conn, store, number)
    publish(conn)


async def test_a_copy_made_while_the_store_is_written_is_whole(url: str, tmp_path: Path) -> None:
    store = await Store.open(url, KEY)
    busy = asyncio.create_task(_keep_writing(store))
    try:
        for n in range(5):
            await asyncio.to_thread(backup.back_up, url, tmp_path / f"{n}.db")
    finally:
        busy.cancel()
        await asyncio.wait([busy])
        await store.close()

    for n in range(5):
        copy = tmp_path / f"{n}.db"
        assert copy.stat().st_mode & 0o777 == 0o600
        found = await Store.open(f"sqlite+aiosqlite:///{copy}", KEY)
        assert await found.read(audit.verify) is None
        await found.close()


async def _keep_writing(store: Store) -> None:
    for number in range(1, 10_000):
        await store.write(partial(subscribe, store=store, chat_id=number))


async def test_what_waited_in_the_copy_is_unknown_and_goes_out_as_a_repeat_alone(
    url: str, tmp_path: Path
) -> None:
    await an_alert_on_its_way(url)
    backup.back_up(url, tmp_path / COPY)

    done = await restored(url, tmp_path / COPY)

    assert done.unknown == {1: 3}
    store = await Store.open(url, KEY)
    found = await store.read(lambda conn: outbox.progress(conn, 1))
    assert (found.unknown, found.waiting) == (3, 0)
    assert await store.write(lambda conn: outbox.replay(conn, 1, "unknown", NOW)) == 3
    claimed = await store.write(
        lambda conn: outbox.claim(
            conn, store.seal, epoch=outbox.start(conn, NOW), limit=9, now=found.starts_at
        )
    )
    assert [one.ambiguous for one in claimed] == [1, 1, 1]
    assert await store.read(audit.verify) is None
    await store.close()


async def test_who_left_since_the_copy_stays_away_and_no_number_is_given_twice(
    url: str, tmp_path: Path
) -> None:
    await an_alert_on_its_way(url)
    store = await Store.open(url, KEY)
    await store.write(lambda conn: _what_the_copy_has_too(conn, store))
    backup.back_up(url, tmp_path / COPY)
    await store.write(lambda conn: _what_happens_since(conn, store))
    readers = await store.read(_readers)
    await store.close()

    done = await restored(url, tmp_path / COPY)

    assert done.redacted == ("R1",)
    store = await Store.open(url, KEY)
    assert await store.read(_readers) == readers
    assert await store.read(outbox.next_number) == 3
    assert await store.write(lambda conn: ledger.next_key(conn, "S")) == "S2"
    assert [one.pseudonym for one in await store.read(moderators.active)] == ["mod-1"]
    found = await store.read(lambda conn: outbox.progress(conn, 1))
    assert (found.unknown, found.total) == (3, 3)
    assert await store.write(lambda conn: outbox.replay(conn, 1, "unknown", NOW)) == 1
    assert await store.read(audit.verify) is None
    await store.close()


def _what_the_copy_has_too(conn: Connection, store: Store) -> None:
    moderators.set_owners(conn, store.seal, [11, 12], NOW)
    ledger.record(conn, [SOURCE], by="mod-1", at=NOW)


def _what_happens_since(conn: Connection, store: Store) -> None:
    """Two of three leave, one of them for good; one comes; more is published and redacted."""
    subscribers.unsubscribe(conn, store.seal, 1)
    subscribers.forget(conn, store.seal, 2)
    subscribe(conn, store, 4, bodies=True)
    publish(conn, "S2")
    ledger.next_key(conn, "S")
    moderators.set_owners(conn, store.seal, [11], NOW)
    for key in ("R1", "S2", "R1"):  # S2 is not in the copy
        audit.append(conn, at=NOW, by="mod-1", act="redact", subject=key, content={})


def _readers(conn: Connection) -> list[Row[Any]]:
    return list(conn.execute(select(tables.subscribers).order_by(tables.subscribers.c.id)))


def _lost(file: Path) -> None:
    file.unlink()


def _torn(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[4096:] = bytes(len(whole) - 4096)
    file.write_bytes(whole)


def _anew(file: Path) -> None:
    """As on a new machine where the bot was started before the copy came."""
    file.unlink()
    url = f"sqlite+aiosqlite:///{file}"
    asyncio.run(migrate(url))
    asyncio.run(an_alert_on_its_way(url, readers=1))


def _earlier(file: Path) -> None:
    """The copy has one line more in its log than the store has."""
    with closing(sqlite3.connect(file)) as store, store:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        for (guard,) in store.execute(guards).fetchall():
            store.execute(f"DROP TRIGGER {guard}")
        store.execute("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")


def _older(file: Path) -> None:
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("UPDATE alembic_version SET version_num = '0001'")


@pytest.mark.parametrize("before", [_lost, _torn, _anew, _earlier, _older])
async def test_where_the_store_that_was_there_cannot_say_who_left_the_copy_has_its_own_readers(
    url: str, tmp_path: Path, before: Callable[[Path], None]
) -> None:
    await an_alert_on_its_way(url)
    backup.back_up(url, tmp_path / COPY)
    await asyncio.to_thread(before, tmp_path / "homeward.db")

    assert (await restored(url, tmp_path / COPY)).redacted is None

    store = await Store.open(url, KEY)
    assert len(await store.read(_readers)) == 3
    assert await store.read(outbox.next_number) == 2
    await store.close()


@pytest.mark.parametrize(("copy", "there"), [(42, None), (42, 43)])
async def test_readers_of_another_bot_are_none_of_the_copys(
    url: str, tmp_path: Path, copy: int, there: int | None
) -> None:
    """So a copy undoes it when a store was given to another bot by mistake."""
    await an_alert_on_its_way(url)
    store = await Store.open(url, KEY)
    await store.write(partial(_is_of, bot_id=copy))
    backup.back_up(url, tmp_path / COPY)
    await store.write(lambda conn: subscribers.unsubscribe(conn, store.seal, 1))
    await store.write(partial(_is_of, bot_id=there))
    await store.close()

    assert (await restored(url, tmp_path / COPY)).redacted is None

    store = await Store.open(url, KEY)
    assert [row.subscribed for row in await store.read(_readers)] == [True] * 3
    assert await store.read(partial(belonging.check, bot_id=copy)) == copy
    await store.close()


async def test_a_copy_that_knows_no_bot_is_of_that_of_the_store_there(
    url: str, tmp_path: Path
) -> None:
    """It was made by a version that noted none."""
    await an_alert_on_its_way(url)
    backup.back_up(url, tmp_path / COPY)
    store = await Store.open(url, KEY)
    await store.write(partial(_is_of, bot_id=42))
    await store.close()

    assert (await restored(url, tmp_path / COPY)).redacted == ()

    store = await Store.open(url, KEY)
    assert await store.read(partial(belonging.check, bot_id=42)) == 42
    await store.close()


def _is_of(conn: Connection, bot_id: int | None) -> None:
    conn.execute(delete(tables.meta).where(tables.meta.c.name == belonging.BOT))
    if bot_id is not None:
        belonging.bind(conn, bot_id)


async def test_a_copy_knows_of_no_absence(url: str, tmp_path: Path) -> None:
    """The bot ran on after the copy was made."""
    store = await Store.open(url, KEY, create=True)
    await store.write(lambda conn: presence.heard(conn, NOW))
    await store.close()
    backup.back_up(url, tmp_path / COPY)

    await restored(url, tmp_path / COPY)

    store = await Store.open(url, KEY)
    assert not await store.write(lambda conn: presence.heard(conn, NOW + timedelta(days=9)))
    await store.close()


async def test_the_store_that_was_there_is_kept_and_nothing_of_it_lies_beside_the_copy(
    url: str, tmp_path: Path
) -> None:
    backup.back_up(url, tmp_path / COPY)
    await an_alert_on_its_way(url)
    side = tmp_path / "homeward.db-wal"
    side.write_bytes(os.urandom(4096))  # what a killed process left behind

    done = await restored(url, tmp_path / COPY)

    assert done.replaced == tmp_path / "homeward.db.before-restore-1"
    assert not side.exists()
    store = await Store.open(url, KEY)
    with pytest.raises(StoreError, match="There is no alert"):
        await store.read(lambda conn: outbox.progress(conn, 1))
    await store.close()
    assert (await restored(url, tmp_path / COPY)).replaced == tmp_path / (
        "homeward.db.before-restore-2"
    )


async def test_a_lost_store_is_put_back(url: str, tmp_path: Path) -> None:
    backup.back_up(url, tmp_path / COPY)
    (tmp_path / "homeward.db").unlink()

    assert (await restored(url, tmp_path / COPY)).replaced is None

    await (await Store.open(url, KEY)).close()


async def test_while_the_bot_runs_nothing_is_put_back(url: str, tmp_path: Path) -> None:
    backup.back_up(url, tmp_path / COPY)
    store = await Store.open(url, KEY, exclusive=True)
    with pytest.raises(StoreLocked):
        await restored(url, tmp_path / COPY)
    await store.close()


async def test_what_is_no_copy_of_this_store_changes_nothing(url: str, tmp_path: Path) -> None:
    await (await Store.open(url, KEY)).close()
    backup.back_up(url, tmp_path / COPY)
    before = (tmp_path / "homeward.db").read_bytes()
    (tmp_path / "text.db").write_text("no database")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE something (id)")
    torn = bytearray((tmp_path / COPY).read_bytes())
    torn[4096:40_960] = bytes(36_864)
    (tmp_path / "torn.db").write_bytes(torn)

    for name, key, mistake in (
        ("missing.db", KEY, StoreError),
        ("text.db", KEY, StoreError),
        ("other.db", KEY, ForeignStore),
        ("torn.db", KEY, StoreError),
        (COPY, bytes(32), WrongKey),
    ):
        with pytest.raises(mistake):
            await restored(url, tmp_path / name, key)

    assert (tmp_path / "homeward.db").read_bytes() == before
    assert not [name for name in os.listdir(tmp_path) if ".rest" in name]  # noqa: PTH208


async def test_a_copy_replaces_no_file_and_needs_a_store(url: str, tmp_path: Path) -> None:
    (tmp_path / COPY).write_text("mine")
    with pytest.raises(StoreError, match="there already"):
        backup.back_up(url, tmp_path / COPY)
    assert (tmp_path / COPY).read_text() == "mine"
    with pytest.raises(NoStore):
        backup.back_up(sqlite_url(tmp_path / "nowhere"), tmp_path / "new.db")
    with pytest.raises(StoreError, match="pg_dump"):
        backup.back_up("postgresql+asyncpg://host/name", tmp_path / "new.db")


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /srv/data rw,relatime shared:2 - nfs4 server:/data rw
41 22 0:36 / /srv/my\\040share rw - cifs //server/share rw
42 40 8:2 / /srv/data/local rw - xfs /dev/sdb1 rw
43 22 0:37 / /mnt rw - nfs server:/old rw
44 43 8:3 / /mnt rw - ext4 /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/homeward.db", None),
        ("/srv/data/homeward.db", "nfs4"),
        ("/srv/database/homeward.db", None),
        ("/srv/my share/homeward.db", "cifs"),
        ("/srv/data/local/homeward.db", None),
        ("/mnt/homeward.db", None),
    ],
)
def test_a_network_disk_is_known_by_its_mount(path: str, kind: str | None, tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert network_disk(Path(path), mounts) == kind
    assert network_disk(Path(path), tmp_path / "none") is None


async def test_a_store_on_a_network_disk_is_refused_in_a_sentence(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.store.network_disk", lambda _: "nfs4")
    with pytest.raises(NetworkDisk, match=r"network disk \(nfs4\).*PostgreSQL"):
        await Store.open(url, KEY)
