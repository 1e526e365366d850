"""The ledger at rest: records with all their revisions. Nothing is deleted.

A revision of the ledger is one act of recording or withdrawing, over one record or many. Its number
moves only when something changed, so answers can be cached by it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from exchange.ledger import Entry, Ledger
from exchange.records import Agreement, Record, Stage
from storage import audit
from storage.codec import canonical, from_plain, kind_of, to_plain
from storage.counters import at_least, count_up, current
from storage.errors import StoreError
from storage.tables import records, revisions

REVISION = "ledger revision"
_PUBLIC_ID = re.compile(r"([A-Z]+)([1-9][0-9]*)")


@dataclass(frozen=True)
class _Act:
    """What makes one revision of the ledger."""

    ledger_revision: int
    by: str
    recorded_at: datetime
    reason: str


@dataclass(frozen=True)
class Revision:
    """One state of one record, with who made it what, when and why."""

    entry: Entry
    ledger_revision: int
    reason: str
    by: str


def read_ledger(connection: Connection) -> Ledger:
    """The whole ledger."""
    return advance(connection, Ledger())


def advance(connection: Connection, ledger: Ledger) -> Ledger:
    """A ledger brought up to date; the same object when nothing moved."""
    now = revision(connection)
    if now == ledger.revision:
        return ledger
    moved = _history().where(
        revisions.c.rev == records.c.rev, revisions.c.ledger_revision > ledger.revision
    )
    changed = (_entry(row) for row in connection.execute(moved))
    return ledger.with_entries([entry for entry in changed if entry], now)


def revision(connection: Connection) -> int:
    """How often the ledger has changed; 0 when nothing was ever recorded."""
    return current(connection, REVISION)


def record(
    connection: Connection,
    new: Sequence[Record],
    *,
    by: str,
    at: datetime,
    reason: str = "recorded",
) -> tuple[Entry, ...]:
    """Publishes records, new ones and next revisions, as one revision of the ledger.

    A record that is published with the same content already is left alone and not given back.
    """
    changed = [one for one in new if not _is_published_so(connection, one)]
    if not changed:
        return ()
    act = _Act(count_up(connection, REVISION), by, at, reason)
    return tuple(_publish(connection, one, act) for one in changed)


def withdraw(
    connection: Connection, key: str, *, by: str, at: datetime, reason: str = "withdrawn"
) -> Entry:
    """Takes a record out of the ledger; its revisions stay."""
    row = _newest(connection, key)
    if row is None or row.state == "withdrawn" or row.body is None:
        raise StoreError(f"There is no published record {key}.")
    act = _Act(count_up(connection, REVISION), by, at, reason)
    return _revise(connection, row, row.body, "withdrawn", act)


def take_back(connection: Connection, key: str, *, by: str, at: datetime) -> None:
    """Takes back the publication that this record's latest revision came with.

    What it changed is again as it was before; what it recorded first is withdrawn, but for a source
    that others rest on by now. It stays in the history with everything else.
    """
    newest = _newest(connection, key)
    if newest is None:
        raise StoreError(f"There is no record {key}.")
    together = _history().where(
        revisions.c.rev == records.c.rev, revisions.c.ledger_revision == newest.ledger_revision
    )
    for row in reversed(connection.execute(together).all()):
        past = history(connection, row.key)
        before = past[-2].entry if len(past) > 1 else None
        if row.kind == "source" and _is_cited(read_ledger(connection), row.key):
            continue
        if before is None or before.withdrawn:
            withdraw(connection, row.key, by=by, at=at, reason="taken back")
        else:
            record(connection, [before.record], by=by, at=at, reason="taken back")


def _is_cited(ledger: Ledger, source: str) -> bool:
    listing: tuple[Agreement | Stage, ...] = (*ledger.agreements.values(), *ledger.stages.values())
    return any(source in one.sources for one in listing) or bool(ledger.statements_in(source))


def next_key(connection: Connection, prefix: str) -> str:
    """A public id that was never used, such as S1, then S2."""
    return f"{prefix}{count_up(connection, _key_counter(prefix))}"


def history(connection: Connection, key: str) -> tuple[Revision, ...]:
    """All revisions of a record, oldest first; what was redacted is left out."""
    rows = connection.execute(_history().where(records.c.key == key))
    return tuple(found for row in rows if (found := _revision(row)))


def changes(connection: Connection) -> tuple[Revision, ...]:
    """All revisions of all records, in the order they were made."""
    rows = connection.execute(_history())
    return tuple(found for row in rows if (found := _revision(row)))


def _publish(connection: Connection, one: Record, act: _Act) -> Entry:
    body = canonical(to_plain(one))
    row = _newest(connection, one.key) or _first(connection, one)
    return _revise(connection, row, body, "published", act)


def _first(connection: Connection, one: Record) -> Row[Any]:
    pass_key(connection, one.key)
    made = insert(records).values(
        id=count_up(connection, "records"), key=one.key, kind=kind_of(one), rev=0
    )
    return connection.execute(made.returning(*records.c)).one()


def _revise(connection: Connection, row: Row[Any], body: str, state: str, act: _Act) -> Entry:
    """Adds a revision after `row`, which holds at least the columns of the record."""
    rev = row.rev + 1
    content = audit.revision_content(
        key=row.key, kind=row.kind, rev=rev, state=state, reason=act.reason, body=body
    )
    salt = audit.append_revision(
        connection, at=act.recorded_at, by=act.by, key=row.key, rev=rev, content=content
    )
    made = {"record_id": row.id, "rev": rev, "state": state, "body": body, "salt": salt}
    connection.execute(insert(revisions).values(**made, **asdict(act)))
    connection.execute(update(records).where(records.c.id == row.id).values(rev=rev))
    kept = from_plain(row.kind, json.loads(body))
    return Entry(kept, rev, order=row.id, at=act.recorded_at, withdrawn=state == "withdrawn")


def _is_published_so(connection: Connection, one: Record) -> bool:
    row = _newest(connection, one.key)
    if row is None:
        return False
    if row.kind != kind_of(one):
        raise StoreError(f"{one.key} is the key of a record of another kind ({row.kind}).")
    return (row.state, row.body) == ("published", canonical(to_plain(one)))


def _newest(connection: Connection, key: str) -> Row[Any] | None:
    newest = _history().where(records.c.key == key, revisions.c.rev == records.c.rev)
    return connection.execute(newest).one_or_none()


def _history() -> Any:
    columns = [column for column in revisions.c if column.name not in ("rev", "salt")]
    return (
        select(records.c.id, records.c.key, records.c.kind, revisions.c.rev, *columns)
        .join(revisions, revisions.c.record_id == records.c.id)
        .order_by(revisions.c.ledger_revision, records.c.id, revisions.c.rev)
    )


def _revision(row: Row[Any]) -> Revision | None:
    entry = _entry(row)
    return Revision(entry, row.ledger_revision, row.reason, row.by) if entry else None


def _entry(row: Row[Any]) -> Entry | None:
    """The record of a row with its place in history; None when it was redacted."""
    if row.body is None:
        return None
    return Entry(
        from_plain(row.kind, json.loads(row.body)),
        rev=row.rev,
        order=row.id,
        at=row.recorded_at,
        withdrawn=row.state == "withdrawn",
    )


def pass_key(connection: Connection, key: str) -> None:
    """A public id that a file brought along is never given again."""
    if public := _PUBLIC_ID.fullmatch(key):
        at_least(connection, _key_counter(public[1]), int(public[2]))


def _key_counter(prefix: str) -> str:
    return f"key {prefix}"
