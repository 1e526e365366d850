"""The promises under whatever may happen, in any order: on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.migrate import migrate
from tests.chaos.books import PostgresBooks, SqliteBooks
from tests.chaos.machine import Alerts
from tests.chaos.machine_world import Books
from tests.stores import SqliteFiles, postgres

EXAMPLES = int(os.environ.get("CHAOS_EXAMPLES", "500"))
STEPS = 50
ON_POSTGRESQL = 20
"""Of a hundred examples, so many also run on PostgreSQL, where each statement is a message."""


def _try_all(opened: Callable[[], Books], examples: int) -> None:
    machine = type("Alerts", (Alerts,), {"opened": staticmethod(opened)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[one for one in Phase if one is not Phase.explain],
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_promises_are_kept_whatever_happens_on_sqlite(tmp_path: Path) -> None:
    asyncio.run(SqliteFiles().url(tmp_path))
    books = SqliteBooks(tmp_path / "homeward.db")
    _try_all(books.opened, EXAMPLES)
    books.end()


def test_the_promises_are_kept_whatever_happens_on_postgresql() -> None:
    with postgres() as server:
        url = asyncio.run(server.empty_url())
        asyncio.run(migrate(url))
        books = PostgresBooks(url)
        _try_all(books.opened, max(1, EXAMPLES * ON_POSTGRESQL // 100))
        books.end()
