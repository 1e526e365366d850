"""The promises under whatever may happen, in any order: on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import engine
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Connection

from storage import fanout, subscribers
from storage.migrate import migrate
from storage.outbox import OutcomeKind
from storage.sealing import Seal
from tests.chaos.books import Books, on_postgresql, on_sqlite
from tests.chaos.machine import IDS, READERS_AT_FIRST, Alerts
from tests.chaos.machine_world import MODERATORS
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
    run_state_machine_as_test(
        _machine(books),
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


def _machine(books: Books) -> type[Alerts]:
    return type("Alerts", (Alerts,), {"opened": staticmethod(books.opened)})


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


@pytest.mark.parametrize("leave", [subscribers.forget, subscribers.blocked])
def test_who_comes_back_with_an_alert_on_its_way_is_another_reader(
    tmp_path: Path, leave: Callable[[Connection, Seal, int], object]
) -> None:
    """The next alert goes to the same chat; that it has moved is not noted for who is gone."""
    asyncio.run(SqliteFiles().url(tmp_path))
    on_sqlite(tmp_path / "homeward.db", lambda books: _comes_back(books, leave))


def test_what_could_not_be_marked_for_an_update_that_is_undone_may_arrive_after_all(
    tmp_path: Path,
) -> None:
    asyncio.run(SqliteFiles().url(tmp_path))
    on_sqlite(tmp_path / "homeward.db", _goes_on_after_an_undo)


def _goes_on_after_an_undo(books: Books) -> None:
    machine = _machine(books)()
    machine.there_are_readers(0)
    machine.confirms(MODERATORS[0], again=False)
    machine.the_clock_moves(31)
    machine.claims(len(READERS_AT_FIRST))
    machine.replaces(MODERATORS[0], "Update", back=0, announce=False)
    machine.dies(arrived=False)
    machine.undoes()
    machine.the_promises_are_kept()
    machine.teardown()
    assert {one.alert for one in machine.world.copies if one.accepted} == {1}


def _comes_back(books: Books, leave: Callable[[Connection, Seal, int], object]) -> None:
    machine = _machine(books)()
    machine.there_are_readers(0)
    for person in READERS_AT_FIRST:
        machine.confirms(MODERATORS[0], again=False)
        machine.the_clock_moves(31)
        machine.claims(len(READERS_AT_FIRST))
        machine.leaves(person, leave)
        machine.subscribes(person)
        machine.the_promises_are_kept()
    ways = enumerate(machine.world.on_its_way)
    gone = [at for at, (_, person, one) in ways if one.subscriber_id != _reader(machine, person)]
    assert gone, "nobody came back"
    machine.is_answered(gone[0], OutcomeKind.MOVED, arrived=True, seconds=0)
    machine.confirms(MODERATORS[0], again=False)
    machine.the_promises_are_kept()
    machine.teardown()


def _reader(machine: Alerts, person: int) -> int | None:
    found = machine.world.find(person)
    return found.id if found else None


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """One database for all: nothing is ever committed into it."""
    with postgres() as server:
        url = asyncio.run(server.empty_url())
        asyncio.run(migrate(url))
        yield url
