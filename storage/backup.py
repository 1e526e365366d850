"""A copy of a SQLite store, made while it is in use, and the way back from such a copy.

A copy does not know what was sent after it was made. So whatever waits in it is `unknown` once it
is put back: nothing of it is sent by itself, and an operator may send it again, marked as a repeat.
Who left since then is known to the store that was there, if that can be read still.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, update

from storage import audit, connections, fanout, migrate, presence, since_copy
from storage.errors import ForeignStore, NoStore, StoreError, sentences
from storage.store import Store, locked
from storage.tables import OPEN, alerts, deliveries, is_one_of

_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file. Left beside another file of that name, it would damage it."""


@dataclass(frozen=True)
class Restored:
    """What came of putting a copy back."""

    unknown: dict[int, int]
    """How many deliveries of which alert were waiting in the copy, by the alert's number."""
    redacted: tuple[str, ...] | None
    """Records whose words were erased since the copy and are there again; None where nothing of
    what happened since is known, so that who left then is a reader again."""
    replaced: Path | None
    """Where the store lies that was there before."""


def back_up(url: str, to: Path) -> None:
    """Writes a whole copy of the store into a new file, for its owner alone.

    Raises:
        StoreError: the store cannot be read, the file is there already or cannot be written.

    """
    store = _file(url)
    if not store.exists():
        raise NoStore
    if to.exists():
        raise StoreError(f"{to} is there already. Name a new file.")
    with sentences():
        _copy(store, to)


def restore(url: str, key: bytes, copy: Path, at: datetime) -> Restored:
    """Puts a copy in the place of the store; what was there is kept beside it.

    Not for the thread of an event loop: it runs one of its own.

    Raises:
        StoreError: the copy is no whole store of this program or of another key, or the bot runs.

    """
    store = _file(url)
    if not copy.is_file():
        raise StoreError(f"There is no file {copy}.")
    part = store.with_name(f"{store.name}.restoring")
    with sentences(), closing(locked(store)):
        try:
            _copy(copy, part)
            unknown = asyncio.run(_held_back(part, key, at))
            redacted = since_copy.take_over(part, store) if store.exists() else None
            return Restored(unknown, redacted, _put_in_place(part, store))
        finally:
            for name in ("", *_BESIDE):
                Path(f"{part}{name}").unlink(missing_ok=True)


def _file(url: str) -> Path:
    store = connections.file_of(connections.parse(url))
    if store is None:
        raise StoreError("This is for SQLite. For PostgreSQL use pg_dump and pg_restore.")
    return store


def _copy(source: Path, to: Path) -> None:
    """A whole copy under its name, or none: it is written beside first, and checked."""
    part = to.with_name(f"{to.name}.part")
    part.unlink(missing_ok=True)
    connections.make_file(part)
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as found:
            found.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part)) as written:
            (judgement,) = written.execute("PRAGMA integrity_check").fetchone()
        if judgement != "ok":
            raise StoreError(f"{source} is damaged. Use another copy.")
        _synced(part)
        part.replace(to)
        _synced(to.parent)
    finally:
        part.unlink(missing_ok=True)


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


async def _held_back(part: Path, key: bytes, at: datetime) -> dict[int, int]:
    """Brings a copy up to date and lets nothing in it be sent by itself."""
    with closing(sqlite3.connect(part)) as found:
        tables = {name for (name,) in found.execute("SELECT name FROM sqlite_master")}
    if "meta" not in tables:
        raise ForeignStore("The copy is not one of a store of this program.")
    url = f"sqlite+aiosqlite:///{part}"
    migrated = await migrate.migrate(url)
    if migrated.backup:
        migrated.backup.unlink()  # the copy itself is the backup
    store = await Store.open(url, key)
    try:
        return await store.write(lambda connection: _hold(connection, at))
    finally:
        await store.close()


def _hold(connection: Connection, at: datetime) -> dict[int, int]:
    fanout.finish(connection)
    waiting = is_one_of(deliveries.c.state, *OPEN)
    query = (
        select(alerts.c.number, func.count().label("waiting"))
        .join(deliveries, deliveries.c.alert_id == alerts.c.id)
        .where(waiting)
        .group_by(alerts.c.number)
        .order_by(alerts.c.number)
    )
    found = {row.number: row.waiting for row in connection.execute(query)}
    perhaps_sent = {"state": "unknown", "ambiguous": deliveries.c.ambiguous + 1}
    connection.execute(update(deliveries).where(waiting).values(**perhaps_sent, reason="restored"))
    presence.forget(connection)
    content = {"unknown": sum(found.values())}
    audit.append(
        connection, at=at, by=audit.OPERATOR, act="restore", subject="store", content=content
    )
    return found


def _put_in_place(part: Path, store: Path) -> Path | None:
    """The copy becomes the store; the former one goes aside whole, with what SQLite keeps by it."""
    aside = _free_name(store) if store.exists() else None
    if aside:
        for name in (*_BESIDE, ""):
            with suppress(FileNotFoundError):
                Path(f"{store}{name}").rename(f"{aside}{name}")
    for name in _BESIDE:
        Path(f"{store}{name}").unlink(missing_ok=True)
    part.replace(store)
    _synced(store.parent)
    return aside


def _free_name(store: Path) -> Path:
    names = (store.with_name(f"{store.name}.before-restore-{n}") for n in range(1, 1_000_000))
    return next(name for name in names if not name.exists())
