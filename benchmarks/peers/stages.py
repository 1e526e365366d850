"""The store of the others: stages and claims in SQLite, read by an index on one thread."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

STAGES, CLAIMS = 10_000, 50_000
_TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE stages (id INTEGER PRIMARY KEY, day TEXT NOT NULL, words TEXT NOT NULL);
CREATE INDEX stages_by_day ON stages (day);
CREATE TABLE claims (id INTEGER PRIMARY KEY, stage INTEGER NOT NULL, party TEXT NOT NULL);
CREATE INDEX claims_of_stage ON claims (stage, party);
"""
_LATEST = """
SELECT day, words,
    (SELECT count(*) FROM claims WHERE stage = stages.id AND party = 'UA'),
    (SELECT count(*) FROM claims WHERE stage = stages.id AND party = 'RU')
FROM stages ORDER BY day DESC LIMIT 3
"""
_WORDS = "Prisoners of war, seriously wounded and seriously ill, returned to both parties. " * 3


@asynccontextmanager
async def stages() -> AsyncIterator[aiosqlite.Connection]:
    with tempfile.TemporaryDirectory() as folder:
        async with aiosqlite.connect(Path(folder, "stages.db")) as connection:
            await connection.executescript(_TABLES)
            await connection.executemany(
                "INSERT INTO stages VALUES (?, ?, ?)",
                ((one, f"{one:08}", _WORDS) for one in range(STAGES)),
            )
            await connection.executemany(
                "INSERT INTO claims VALUES (?, ?, ?)",
                ((one, one % STAGES, "UA" if one % 2 else "RU") for one in range(CLAIMS)),
            )
            await connection.commit()
            yield connection


async def status(connection: aiosqlite.Connection) -> str:
    """About as long an answer as ours."""
    rows = await connection.execute_fetchall(_LATEST)
    return "\n".join(
        f"<b>{day}</b> {words} ({ours}, {theirs})" for day, words, ours, theirs in rows
    )
