"""The promises under whatever may happen, in any order: on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.migrate import migrate
from tests.chaos.books import Books, on_postgresql, on_sqlite
from tests.chaos.machine import Alerts
from tests.stores import SqliteFiles, postgres

EXAMPLES = int(os.environ.get("CHAOS_EXAMPLES", "500"))
STEPS = 50


def _try_all(books: Books) -> None:
    machine = type("Alerts", (Alerts,), {"opened": staticmethod(books.opened)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[one for one in Phase if one is not Phase.explain],
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_promises_are_kept_whatever_happens_on_sqlite(tmp_path: Path) -> None:
    asyncio.run(SqliteFiles().url(tmp_path))
    on_sqlite(tmp_path / "homeward.db", _try_all)


def test_the_promises_are_kept_whatever_happens_on_postgresql() -> None:
    with postgres() as server:
        url = asyncio.run(server.empty_url())
        asyncio.run(migrate(url))
        on_postgresql(url, _try_all)
