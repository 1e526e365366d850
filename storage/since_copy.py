"""What a store knows that an earlier copy of it cannot: who reads now, which numbers were given.

Without it a copy that is put back writes to whoever left since it was made, gives back rights that
were taken, and calls new things by what people know others by. SQLite alone, file beside file.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import structlog

from storage import audit, belonging, ledger, redaction
from storage.tables import subscribers

_log = structlog.get_logger(__name__)

_IS_LATER = """
SELECT newest.id
FROM (SELECT id, link FROM main.audit WHERE id = (SELECT max(id) - 1 FROM main.audit)) AS newest
JOIN later.audit AS same ON same.id = newest.id AND same.link = newest.link
JOIN (SELECT (SELECT value FROM later.meta WHERE name = ?1) AS bot) AS theirs
WHERE (SELECT version_num FROM main.alembic_version)
    = (SELECT version_num FROM later.alembic_version)
AND coalesce((SELECT value FROM main.meta WHERE name = ?1), theirs.bot) IS theirs.bot
"""
"""The last line that the copy came with, where the other store has it too: each line stands for all
before it. The copy's own last line says that it is put back. Readers of another bot are none."""
_COLUMNS = ", ".join(column.name for column in subscribers.columns)
_READERS = (
    "DELETE FROM main.subscribers",
    f"INSERT INTO main.subscribers ({_COLUMNS}) SELECT {_COLUMNS} FROM later.subscribers",
)
_BOT = """
INSERT INTO main.meta (name, value) SELECT name, value FROM later.meta WHERE name = ?
ON CONFLICT DO NOTHING
"""
_RIGHTS = """
UPDATE main.moderators SET active = 0
WHERE user_hash NOT IN (SELECT user_hash FROM later.moderators WHERE active)
"""
_NUMBERS = """
INSERT INTO main.counters (name, value)
SELECT name, value FROM later.counters WHERE name NOT IN (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
"""
_OF_ROWS = (audit.COUNTER, ledger.REVISION, ledger.RECORDS)
"""Numbers of rows, without a gap: the copy goes on with its own."""
_REDACTED = """
SELECT DISTINCT subject FROM later.audit
WHERE id > ? AND act = ? AND subject IN (SELECT key FROM main.records) ORDER BY id
"""


def take_over(copy: Path, later: Path) -> tuple[str, ...] | None:
    """Gives a copy that is about to be put back what the store there knows better.

    Says which records were redacted since, whose words the copy has again; None, with the copy left
    as it is, where the other is no later state of it or cannot be read.
    """
    where = copy.resolve().as_uri()
    with closing(sqlite3.connect(where, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        try:
            connection.execute("ATTACH ? AS later", (f"{later.resolve().as_uri()}?mode=ro",))
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                return _taken_over(connection)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname in ("SQLITE_FULL", "SQLITE_IOERR_WRITE"):
                raise
            _log.warning("restore.store_not_read", error=error.sqlite_errorname)
            return None


def _taken_over(connection: sqlite3.Connection) -> tuple[str, ...] | None:
    newest = connection.execute(_IS_LATER, (belonging.BOT,)).fetchone()
    if newest is None:
        return None
    for statement in _READERS:
        connection.execute(statement)
    connection.execute(_BOT, (belonging.BOT,))
    connection.execute(_RIGHTS)
    connection.execute(_NUMBERS, _OF_ROWS)
    return tuple(key for (key,) in connection.execute(_REDACTED, (*newest, redaction.ACT)))
