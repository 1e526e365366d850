"""Brings a store up to date, step by step, each step in one transaction.

Before an older SQLite store is changed, a consistent copy of it is put beside it. For PostgreSQL
the operator's own `pg_dump` is the backup: make one before starting a newer version.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
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
        database = connections.writer(where)
        scripts = ScriptDirectory(str(steps))
        try:
            return await database.run(lambda conn: _migrate(conn, where, scripts))
        finally:
            await database.close()


def check(connection: Connection) -> None:
    """Refuses a store of another version than this program's."""
    scripts = ScriptDirectory(str(STEPS))
    before = _version(connection)
    if before is None:
        raise NoStore
    if _missing(scripts, before):
        raise OlderStore
    if meta.name not in inspect(connection).get_table_names():
        raise ForeignStore


def _migrate(connection: Connection, url: URL, scripts: ScriptDirectory) -> Migrated:
    if connection.dialect.name == "postgresql":
        with connection.begin():  # held for the session; what is read later is read after waiting
            connection.exec_driver_sql(_ONE_AT_A_TIME)
    with connection.begin():
        before = _version(connection)
        _refuse_foreign(connection, before)
    steps = _missing(scripts, before)
    path = connections.file_of(url)
    backup = _back_up(connection, path, before) if path and before and steps else None
    for step in steps:
        _take(connection, scripts, step)
    return Migrated(before, str(scripts.get_current_head()), backup)


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
    return MigrationContext.configure(connection).get_current_revision()


def _missing(scripts: ScriptDirectory, before: str | None) -> list[Script]:
    """The steps from `before` to the head, first things first."""
    known = [step.revision for step in scripts.walk_revisions()]
    if before is not None and before not in known:
        raise NewerStore
    newest_first = list(scripts.iterate_revisions("head", before or "base"))
    return newest_first[::-1]


def _take(connection: Connection, scripts: ScriptDirectory, step: Script) -> None:
    with connection.begin():
        context = MigrationContext.configure(connection)
        if context.get_current_revision() != step.down_revision:
            return  # another process took this step in the meantime
        with Operations.context(context):
            step.module.upgrade()
        context.stamp(scripts, step.revision)


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
