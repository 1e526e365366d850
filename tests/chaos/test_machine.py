"""The promises under whatever may happen, in any order: on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import engine
from hypothesis.stateful import run_state_machine_as_test

from storage import fanout
from storage.migrate import migrate
from tests.chaos.books import Books, on_postgresql, on_sqlite
from tests.chaos.machine import IDS, Alerts
from tests.stores import SqliteFiles, postgres

EXAMPLES = int(os.environ.get("CHAOS_EXAMPLES", "500"))
IN_A_PART = 50
"""Examples in one test: a short one, so that a machine that hangs is soon noticed, and that no
worker is left with a long one when the others have ended."""
STEPS = 1 + 50
"""The first brings readers."""
SHRINKING = 45
"""Seconds: with those for a part, less than those after which a test is taken to hang, which would
end it with nothing told of what was found."""
BIT = 2
"""Readers for whom an alert is put in at once: so few that it is often on its way in."""


@pytest.fixture(autouse=True)
def small_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "AT_ONCE", BIT)


@pytest.fixture(autouse=True)
def the_same_ids_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found can be tried again: by readers' random ids it is seen whose turn it is."""
    monkeypatch.setattr(secrets, "randbits", IDS.getrandbits)


@pytest.fixture(autouse=True)
def what_is_found_is_told_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_SHRINKING_SECONDS", SHRINKING)


def _try_many(books: Books) -> None:
    machine = type("Alerts", (Alerts,), {"opened": staticmethod(books.opened)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=IN_A_PART,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


parts = pytest.mark.parametrize("part", range(-(-EXAMPLES // IN_A_PART)))


@parts
def test_the_promises_are_kept_whatever_happens_on_sqlite(tmp_path: Path, part: int) -> None:
    del part  # each tries examples of its own
    asyncio.run(SqliteFiles().url(tmp_path))
    on_sqlite(tmp_path / "homeward.db", _try_many)


@parts
def test_the_promises_are_kept_whatever_happens_on_postgresql(postgresql: str, part: int) -> None:
    del part
    on_postgresql(postgresql, _try_many)


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """One database for all: nothing is ever committed into it."""
    with postgres() as server:
        url = asyncio.run(server.empty_url())
        asyncio.run(migrate(url))
        yield url
