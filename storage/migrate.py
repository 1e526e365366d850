"""Brings a store up to date, step by step, each step in one transaction.

Before an older SQLite store is changed, a consistent copy of it is put beside it. For PostgreSQL
the operator's own `pg_dump` is the backup: make one before starting a newer version.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, inspect

from storage import connections
from storage.errors import ForeignStore, NewerStore, NoStore, OlderStore, sentences
from storage.tables import meta, metadata

STEPS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = "SELECT pg_advisory_lock(5069021)"


@dataclass(frozen=True)
class Migrated:
    """What `migrate` did; `before` is None for a new store, and `after` if nothing was due."""

    before: str | None
    after: str
    backup: Path | None = None


async def migrate(url: str, steps: Path = STEPS) -> Migrated:
    """Makes a missing store and brings an older one up to date; refuses a newer one."""
    where = connections.parse(url)
    path = connections.file_of(where)
    with sentences():
        if path:
            connections.make_file(path)
        database = connections.writer(where, patient=True)
        try:
            return await database.run(lambda conn: _migrate(conn, where, steps))
        finally:
            await database.close()


def check(connection: Connection) -> None:
    """Refuses a store of another version than this program's."""
    before = _version(connection)
    if before is None:
        raise NoStore
    if before < _newest(STEPS):
        raise OlderStore
    if before > _newest(STEPS):
        raise NewerStore
    if meta.name not in inspect(connection).get_table_names():
        raise ForeignStore


def _migrate(connection: Connection, url: URL, folder: Path) -> Migrated:
    if connection.dialect.name == "postgresql":
        with connection.begin():  # held for the session; what is read later is read after waiting
            connection.exec_driver_sql(_ONE_AT_A_TIME)
    with connection.begin():
        before = _version(connection)
        _refuse_foreign(connection, before)
    newest = _newest(folder)
    if before is not None and before > newest:
        raise NewerStore
    if before != newest:
        from storage import steps  # noqa: PLC0415 - Alembic is large, and most starts need none

        path = connections.file_of(url)
        backup = _back_up(connection, path, before) if path and before else None
        steps.take(connection, folder, before)
        return Migrated(before, newest, backup)
    return Migrated(before, newest)


def _refuse_foreign(connection: Connection, version: str | None) -> None:
    """Refuses a database that another program has made its own."""
    there = set(inspect(connection).get_table_names())
    if version is not None:  # another program may count its versions as we do
        there = set() if meta.name in there else there
    elif connection.dialect.name == "postgresql":
        there &= metadata.tables.keys()  # a server's database may hold what is no matter of ours
    if there:
        raise ForeignStore


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return found


def _newest(folder: Path) -> str:
    """The number of the last step, which is in the name of its file: v0001_first.py."""
    return max(step.name[1:5] for step in folder.glob("versions/v[0-9]*.py"))


def _back_up(connection: Connection, path: Path, version: str) -> Path:
    """A copy of a SQLite store as it is now, for its owner alone; it replaces an earlier one."""
    backup = path.with_name(f"{path.name}.{version}.backup")
    unfinished = backup.with_name(f"{backup.name}.part")
    unfinished.unlink(missing_ok=True)
    connections.make_file(unfinished)
    connections.outside_transaction(connection, "VACUUM INTO ?", str(unfinished))
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(backup)
    return backup
