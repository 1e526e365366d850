"""The ledger's whole history: out of one store, and into another that is empty.

An act is one revision of the ledger. Told again in the same order, the same acts give the same
records, revisions, numbers and times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from exchange.records import Record
from storage import audit
from storage.codec import canonical, from_plain, kind_of, to_plain
from storage.counters import count_up, current
from storage.errors import StoreError
from storage.ledger import REVISION, pass_key
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


def restore(connection: Connection, told: Iterable[Act], *, by: str, at: datetime) -> None:
    """Makes the ledger of an empty store what these acts made of another.

    The acts keep their times and persons; the audit log says before them who brought them, when.
    """
    if current(connection, REVISION):
        raise StoreError("Only an empty store takes the history of another.")
    told = tuple(told)
    content = {"revisions": len(told)}
    audit.append(connection, at=at, by=by, act="restore", subject="ledger", content=content)
    kinds = {kept.key: kind_of(kept.record) for act in told for kept in act.made if kept.record}
    known: dict[str, _Place] = {}
    for act in told:
        revision = count_up(connection, REVISION)
        for made in act.made:
            if made.key not in known:
                known[made.key] = _enter(connection, made.key, kinds[made.key])
            _revise(connection, known[made.key], made, act, revision)
    for key, place in known.items():
        newest = update(records).where(records.c.id == place.id).values(rev=place.rev)
        connection.execute(newest)
        pass_key(connection, key)


@dataclass
class _Place:
    """Where a record stands while its revisions are told."""

    id: int
    kind: str
    rev: int = 0


def _enter(connection: Connection, key: str, kind: str) -> _Place:
    place = _Place(count_up(connection, "records"), kind)
    connection.execute(insert(records).values(id=place.id, key=key, kind=kind, rev=0))
    return place


def _revise(connection: Connection, place: _Place, made: Made, act: Act, revision: int) -> None:
    place.rev += 1
    state = "withdrawn" if made.withdrawn else "published"
    body = canonical(to_plain(made.record)) if made.record else None
    content = audit.revision_content(
        key=made.key,
        kind=place.kind,
        rev=place.rev,
        state=state,
        reason=act.reason,
        body=body,
        correction=made.correction,
    )
    salt = audit.append_revision(
        connection, at=act.at, by=act.by, key=made.key, rev=place.rev, content=content
    )
    row = {
        "record_id": place.id,
        "rev": place.rev,
        "state": state,
        "body": body,
        "salt": salt if made.record else None,
        "ledger_revision": revision,
        "reason": act.reason,
        "by": act.by,
        "recorded_at": act.at,
        "correction": made.correction,
    }
    connection.execute(insert(revisions).values(**row))
    if made.correction:
        pass_key(connection, made.correction)


def _act(rows: list[Row[Any]]) -> Act:
    first = rows[0]
    return Act(first.recorded_at, first.by, first.reason, tuple(map(_made, rows)))


def _made(row: Row[Any]) -> Made:
    record = from_plain(row.kind, json.loads(row.body)) if row.body is not None else None
    return Made(row.key, record, row.state == "withdrawn", row.correction)
