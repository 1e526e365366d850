"""What was wrong is corrected for all to see: each correction has an id, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from exchange.corrections import Reason
from exchange.dates import EventDate
from exchange.history import Past
from exchange.records import Lifecycle, Record, Source
from storage import audit, ledger
from storage.store import Connection, Store
from tests.storage.examples import SOURCE, STAGE, UA
from tests.stores import NOW

_LATER = NOW + timedelta(hours=1)
_CANCELLED = replace(STAGE, lifecycle=Lifecycle.CANCELLED)
_IN_UKRAINIAN = replace(SOURCE, language="uk")


@pytest.fixture
async def recorded(store: Store) -> Store:
    await store.write(lambda conn: ledger.record(conn, [UA, SOURCE, STAGE], by="mod-1", at=NOW))
    return store


async def _correct(store: Store, *records: Record, reason: Reason = Reason.NEW_FIGURE) -> int:
    made = await store.write(
        lambda conn: ledger.correct(conn, records, reason=reason, by="mod-2", at=_LATER)
    )
    return len(made)


async def _history(store: Store, key: str) -> tuple[Past, ...]:
    return await store.read(lambda conn: ledger.history(conn, key))


async def _corrections(store: Store) -> list[tuple[str | None, str, str]]:
    found = await store.read(ledger.corrections)
    return [(after.correction, after.key, after.reason) for _, after in found]


async def test_a_correction_has_an_id_of_its_own_and_a_reason(recorded: Store) -> None:
    assert await _correct(recorded, _CANCELLED) == 1

    assert (await recorded.ledger()).stages["S1"] == _CANCELLED
    assert await _history(recorded, "S1") == (
        Past("S1", 1, STAGE, withdrawn=False, reason="recorded", by="mod-1", at=NOW),
        Past(
            "S1",
            2,
            _CANCELLED,
            withdrawn=False,
            reason="new_figure",
            by="mod-2",
            at=_LATER,
            correction="X1",
        ),
    )


async def test_what_is_new_with_a_correction_is_none_itself(recorded: Store) -> None:
    new = Source("R2")

    assert await _correct(recorded, new, _CANCELLED, _IN_UKRAINIAN) == 3

    assert [one.correction for one in await _history(recorded, "R2")] == [None]
    assert await _corrections(recorded) == [
        ("X1", "S1", "new_figure"),
        ("X2", "R1", "new_figure"),
    ]
    assert (await recorded.ledger()).revision == 2


async def test_a_correction_that_changes_nothing_is_none(recorded: Store) -> None:
    assert await _correct(recorded, STAGE) == 0

    assert await _corrections(recorded) == []
    assert await recorded.write(lambda conn: ledger.next_key(conn, "X")) == "X1"


async def test_a_withdrawal_is_a_correction(recorded: Store) -> None:
    await recorded.write(
        lambda conn: ledger.withdraw(
            conn, "S1", by="mod-2", at=_LATER, reason=Reason.RETRACTED_BY_SOURCE
        )
    )

    [(before, after)] = await recorded.read(ledger.corrections)
    assert (before.withdrawn, after.withdrawn, after.record) == (False, True, STAGE)
    assert (after.correction, after.reason) == ("X1", "retracted_by_source")


async def test_taking_back_within_the_pause_is_no_correction(recorded: Store) -> None:
    await _correct(recorded, _CANCELLED)

    await recorded.write(lambda conn: ledger.take_back(conn, "S1", by="mod-2", at=_LATER))

    assert (await recorded.ledger()).stages["S1"] == STAGE
    assert [one.correction for one in await _history(recorded, "S1")] == [None, "X1", None]


async def test_corrections_come_newest_first_with_what_stood_before_and_in_pages(
    recorded: Store,
) -> None:
    for number in range(5):
        as_said = replace(STAGE, date=EventDate(6, number + 10))
        await _correct(recorded, as_said, reason=Reason.TYPO)

    def pages(conn: Connection) -> list[list[tuple[str | None, object, object]]]:
        return [
            [
                (after.correction, getattr(before.record, "date", None), after.rev - before.rev)
                for before, after in ledger.corrections(conn, limit=2, skip=skip)
            ]
            for skip in (0, 4)
        ]

    assert await recorded.read(pages) == [
        [("X5", EventDate(6, 13), 1), ("X4", EventDate(6, 12), 1)],
        [("X1", STAGE.date, 1)],
    ]
    assert await recorded.read(ledger.count_corrections) == 5


async def test_the_id_of_a_correction_is_proved_by_the_audit_log(recorded: Store) -> None:
    await _correct(recorded, _CANCELLED)
    assert await recorded.read(audit.verify) is None

    content = audit.revision_content(
        key="S1", kind="stage", rev=2, state="published", reason="typo", body="{}", correction="X1"
    )

    assert content["correction"] == "X1"
    without = audit.revision_content(
        key="S1", kind="stage", rev=2, state="published", reason="typo", body="{}", correction=None
    )
    assert "correction" not in without, "as it was before there were corrections"
