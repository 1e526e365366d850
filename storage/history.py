"""The ledger's whole history: out of one store, and into another that is empty.

An act is one revision of the ledger. Told again in the same order, the same acts give the same
records, revisions, numbers and times.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from exchange.records import Record
from storage import audit
from storage.codec import canonical, from_plain, kind_of, to_plain
from storage.counters import at_least, current
from storage.errors import StoreError
from storage.ledger import RECORDS, REVISION, pass_keys
from storage.tables import records, revisions


@dataclass(frozen=True)
class Made:
    """What an act made of one record."""

    key: str
    record: Record | None
    """As it stood from then on; None where that was redacted."""
    withdrawn: bool = False
    correction: str | None = None
    """The public id of the correction that this was."""


@dataclass(frozen=True)
class Act:
    """What one person recorded, corrected or withdrew at one moment."""

    at: datetime
    by: str
    reason: str
    made: tuple[Made, ...]


def acts(connection: Connection) -> tuple[Act, ...]:
    """Everything that was ever done to the ledger, in order."""
    columns = [column for column in revisions.c if column.name != "salt"]
    query = (
        select(records.c.key, records.c.kind, *columns)
        .join(revisions, revisions.c.record_id == records.c.id)
        .order_by(revisions.c.ledger_revision, records.c.id, revisions.c.rev)
    )
    rows = connection.execute(query)
    return tuple(
        _act(list(together)) for _, together in groupby(rows, lambda row: row.ledger_revision)
    )


def restore(connection: Connection, told: Sequence[Act], *, by: str, at: datetime) -> None:
    """Makes the ledger of an empty store what these acts made of another.

    The acts keep their times and persons; the audit log says before them who brought them, when.
    """
    if current(connection, REVISION):
        raise StoreError("Only an empty store takes the history of another.")
    content = {"revisions": len(told)}
    audit.append(connection, at=at, by=by, act="restore", subject="ledger", content=content)
    rows = list(_rows(told))
    salts = audit.append_told(connection, (_line(row) for row in rows))
    newest = {row["record_id"]: row for row in rows}
    connection.execute(insert(records), [_columns(records, row) for row in newest.values()])
    for row, salt in zip(rows, salts, strict=True):
        row["salt"] = None if row["body"] is None else salt
    connection.execute(insert(revisions), [_columns(revisions, row) for row in rows])
    at_least(connection, REVISION, len(told))
    at_least(connection, RECORDS, len(newest))
    pass_keys(connection, (key for row in rows for key in (row["key"], row["correction"]) if key))


def _rows(told: Sequence[Act]) -> Iterator[dict[str, Any]]:
    """What is to be kept of each act, with all that says which record it is about."""
    kinds = {made.key: kind_of(made.record) for act in told for made in act.made if made.record}
    ids: dict[str, int] = {}
    revs: Counter[str] = Counter()
    for number, act in enumerate(told, start=1):
        for made in act.made:
            revs[made.key] += 1
            yield {
                "id": ids.setdefault(made.key, len(ids) + 1),
                "record_id": ids[made.key],
                "key": made.key,
                "kind": kinds[made.key],
                "rev": revs[made.key],
                "state": "withdrawn" if made.withdrawn else "published",
                "body": canonical(to_plain(made.record)) if made.record else None,
                "ledger_revision": number,
                "reason": act.reason,
                "by": act.by,
                "recorded_at": act.at,
                "correction": made.correction,
            }


def _line(row: Mapping[str, Any]) -> audit.Told:
    covered = ("key", "kind", "rev", "state", "reason", "body", "correction")
    content = audit.revision_content(**{name: row[name] for name in covered})
    return audit.Told(row["recorded_at"], row["by"], row["key"], row["rev"], content)


def _columns(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in table.columns}


def _act(rows: list[Row[Any]]) -> Act:
    first = rows[0]
    return Act(first.recorded_at, first.by, first.reason, tuple(map(_made, rows)))


def _made(row: Row[Any]) -> Made:
    record = from_plain(row.kind, json.loads(row.body)) if row.body is not None else None
    return Made(row.key, record, row.state == "withdrawn", row.correction)
