"""The history in ledger files: out of one store and into another, and every mistake in it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ledger_file import LedgerFileError, Loaded, dump_file, load_file
from exchange.corrections import Reason
from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.records import Record, Stage
from storage import audit, history
from storage import ledger as kept
from storage.past import ledger_as_of
from storage.store import Connection, Store
from tests.ledger.ledgers import records
from tests.ledger.small import LEDGER, SIZE, write
from tests.ledger.stores import NOW, Stores

BEGAN = NOW - timedelta(days=9)

HISTORY = """\
history:
- revision: 1
  at: 2031-03-02T18:10:00+00:00
  by: mod-1
  reason: recorded
  records: [AA, BB, privates, gazette, ministry, R1, harbour, P1]
- revision: 2
  at: 2031-03-02T18:30:00+00:00
  by: mod-1
  reason: recorded
  records: [S1]
  then:
    stages:
    - key: S1
      agreement: harbour
      kind: persons
      date: {month: 3, day: 1}
      lifecycle: completed
      transfers:
      - returned_to: AA
      sources: [R1]
- revision: 3
  at: 2031-03-03T09:00:00+01:00
  by: mod-2
  reason: wrong_date
  records: [S1]
  corrections: {S1: X1}
- revision: 4
  at: 2031-03-03T08:00:00.000500+00:00
  by: mod-2
  reason: duplicate
  records: [P1]
  withdrawn: [P1]
withdrawn: [P1]
"""
WITH_HISTORY = LEDGER + HISTORY


@st.composite
def lives(draw: st.DrawFn) -> tuple[tuple[Record, ...], list[tuple[str, Record]]]:
    """A ledger, and what was done to its records afterwards."""
    whole, other = draw(records()), draw(records())
    known = {record.key for record in whole}
    verbs = st.sampled_from(["record", "correct", "withdraw", "redact"])
    changed = st.sampled_from([record for record in other if record.key in known])
    return whole, draw(st.lists(st.tuples(verbs, changed), max_size=8))


@given(life=lives(), suffix=st.sampled_from(["yaml", "json"]))
@settings(max_examples=12, deadline=None)
def test_whatever_was_done_is_the_same_in_the_store_that_loads_it(
    stores: Stores, life: tuple[tuple[Record, ...], list[tuple[str, Record]]], suffix: str
) -> None:
    async def round_trip() -> None:
        file, again = (stores.folder / f"{name}.{suffix}" for name in ("lived", "again"))
        async with stores.empty() as store, stores.empty() as other:
            await store.write(lambda conn: _live(conn, *life))
            await dump_file(store, file)
            await load_file(other, file, NOW)
            await dump_file(other, again)
            assert again.read_bytes() == file.read_bytes()
            assert await other.ledger() == await store.ledger()
            assert await other.read(history.acts) == await store.read(history.acts)
            assert await other.read(audit.verify) is None
            for day in range(12):
                moment = BEGAN + timedelta(days=day)
                then = [await _as_of(one, moment) for one in (store, other)]
                assert then[0] == then[1]
            assert await load_file(other, file, NOW) == Loaded(0, unchanged=len(life[0]))
            assert await other.read(history.acts) == await store.read(history.acts)
            assert await _next_keys(other) == await _next_keys(store)

    asyncio.run(round_trip())


async def _next_keys(store: Store) -> list[str]:
    return await store.write(lambda conn: [kept.next_key(conn, one) for one in "RPSTCX"])


async def _as_of(store: Store, moment: datetime) -> Ledger:
    ledger = await store.ledger()
    return await store.read(lambda conn: ledger_as_of(conn, moment, ledger))


def _live(conn: Connection, whole: tuple[Record, ...], life: list[tuple[str, Record]]) -> None:
    kept.record(conn, whole, by="ledger file", at=BEGAN)
    for day, (verb, record) in enumerate(life, start=1):
        at = BEGAN + timedelta(days=day)
        entry = kept.read_ledger(conn).entries[record.key]
        if verb == "redact":
            kept.redact(conn, record, by="mod-1", at=at)
        elif verb == "correct":
            kept.correct(conn, [record], reason=Reason.TYPO, by="mod-1", at=at)
        elif verb == "withdraw" and not entry.withdrawn:
            kept.withdraw(conn, record.key, by="mod-2", at=at, reason="duplicate")
        else:
            kept.record(conn, [record], by="mod-1", at=at)


async def test_a_history_is_taken_by_an_empty_store_as_it_is_told(
    stores: Stores, ledger_file: Path
) -> None:
    write(ledger_file, WITH_HISTORY)
    async with stores.empty() as store:
        assert await load_file(store, ledger_file, NOW) == Loaded(recorded=SIZE, unchanged=0)
        ledger = await store.ledger()
        acts = await store.read(history.acts)
        lines = await store.read(lambda conn: audit.entries(conn, limit=100))
    assert ledger.revision == len(acts) == 4
    assert ledger.entries["P1"].withdrawn
    assert [(one.by, one.reason) for one in acts[2:]] == [
        ("mod-2", "wrong_date"),
        ("mod-2", "duplicate"),
    ]
    assert [one.correction for act in acts for one in act.made if one.key == "S1"] == [None, "X1"]
    stages = [one.record for act in acts for one in act.made if isinstance(one.record, Stage)]
    assert [stage.date for stage in stages] == [EventDate(3, 1), EventDate(3, 2)]
    assert (lines[-1].act, lines[-1].by, lines[-1].at) == ("restore", "ledger file", NOW)


async def test_a_store_with_a_history_of_its_own_keeps_it(
    stores: Stores, ledger_file: Path
) -> None:
    async with stores.empty() as store:
        write(ledger_file, LEDGER)
        await load_file(store, ledger_file, NOW)
        before = await store.read(history.acts)
        write(ledger_file, LEDGER + HISTORY.replace("withdrawn: [P1]\n", ""))
        assert await load_file(store, ledger_file, NOW) == Loaded(recorded=0, unchanged=SIZE)
        assert await store.read(history.acts) == before


class Case(NamedTuple):
    """A mistake in the history above: what is written instead of what, and how it is named."""

    old: str
    new: str
    field: str
    words: str
    at: str = ""
    """What stands on the line that is named, if not the new text."""


MISTAKES = {
    "a revision is left out": Case("revision: 2", "revision: 3", "revision", "Here is revision 2"),
    "a revision that is no number": Case(
        "revision: 1", "revision: true", "revision", "Here is revision 1"
    ),
    "no person": Case(
        "  by: mod-1\n  reason: recorded\n  records: [S1]",
        "  reason: recorded\n  records: [S1]",
        "by",
        "is missing",
        at="- revision: 2",
    ),
    "an unknown field": Case(
        "corrections: {S1: X1}", "corrected: {S1: X1}", "corrected", "no part of this name"
    ),
    "a moment without an offset": Case("18:30:00+00:00", "18:30:00", "at", "an offset"),
    "a moment that is none": Case("2031-03-02T18:30:00+00:00", "soon", "at", "A moment has"),
    "a moment that goes back": Case(
        "2031-03-02T18:30:00+00:00", "2031-03-02T18:09:59+00:00", "at", "earlier than the revision"
    ),
    "a moment yet to come": Case(
        "2031-03-03T08:00:00.000500", "2031-05-05T08:00:00", "at", "yet to come"
    ),
    "a person who cannot be seen": Case(
        "by: mod-2\n  reason: wrong_date",
        'by: "m\\u202Eod"\n  reason: wrong_date',
        "by",
        "can be seen",
    ),
    "no reason": Case("reason: wrong_date", "reason: ''", "reason", "Here is a text"),
    "an unknown key": Case("records: [P1]", "records: [P2]", "records", "not the key of a record"),
    "a key twice": Case("records: [P1]", "records: [P1, P1]", "records", "in this list already"),
    "a revision of nothing": Case("records: [P1]", "records: []", "records", "makes something"),
    "a record without a revision": Case(
        "harbour, P1]",
        "harbour]",
        "",
        "P1 was not recorded before",
        at="withdrawn: [P1]\nwithdrawn",
    ),
    "a record in no revision": Case(
        "privates, gazette", "gazette", "", "privates is in no revision", at="- {key: privates"
    ),
    "a former state that is another revision's": Case(
        "  corrections: {S1: X1}",
        "  corrections: {S1: X1}\n  then: {sources: [{key: R1}]}",
        "then.sources.key",
        "R1 was not made by this revision",
        at="then: {sources",
    ),
    "a withdrawal of what never stood": Case(
        "records: [S1]\n  then",
        "records: [S1]\n  withdrawn: [S1]\n  then",
        "withdrawn",
        "S1 was not recorded before",
        at="withdrawn: [S1]",
    ),
    "a withdrawal that the list does not know": Case(
        "\nwithdrawn: [P1]\n", "\n", "", "differ about P1", at="- key: P1"
    ),
    "what stands, redacted": Case(
        "withdrawn: [P1]\nwithdrawn",
        "withdrawn: [P1]\n  redacted: [P1]\nwithdrawn",
        "redacted",
        "stands as this revision",
        at="redacted",
    ),
    "no id of a correction": Case("S1: X1}", "S1: C1}", "corrections.S1", "X and a number"),
    "a correction of nothing": Case("{S1: X1}", "{P1: X1}", "corrections.P1", "no part of this"),
    "a former state with a mistake": Case(
        "    - key: S1\n      agreement: harbour",
        "    - key: S1\n      agreement: haven",
        "then.stages.agreement",
        "Nothing has the key haven",
        at="agreement: haven",
    ),
    "a former state that is no record": Case(
        "      lifecycle: completed",
        "      lifecycle: done",
        "then.stages.lifecycle",
        "Input should be",
    ),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES)
async def test_a_mistake_in_a_history_is_named_and_nothing_is_recorded(
    stores: Stores, ledger_file: Path, case: Case
) -> None:
    assert WITH_HISTORY.count(case.old) == 1
    written = WITH_HISTORY.replace(case.old, case.new)
    start = written.index(case.at) if case.at else WITH_HISTORY.index(case.old)
    line = written.count("\n", 0, start) + 1
    write(ledger_file, written)
    async with stores.empty() as store:
        with pytest.raises(LedgerFileError) as refused:
            await load_file(store, ledger_file, NOW)
        assert await store.ledger() == Ledger()
    place = f"{ledger_file}:{line}: " + (f"history.{case.field}: " if case.field else "")
    assert str(refused.value).startswith(place)
    assert case.words in str(refused.value).removeprefix(place)
