"""The ledger at rest: records with all their revisions. Nothing is deleted.

A revision of the ledger is one act of recording, correcting or withdrawing, over one record or
many. Its number moves only when something changed, so answers can be cached by it. What a
correction makes of a record has a public id of its own ("X1").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from exchange.corrections import Reason, without_words
from exchange.history import Past
from exchange.ledger import Entry, Ledger
from exchange.records import Agreement, Record, Stage
from storage import audit, redaction, sight
from storage.codec import canonical, from_plain, kind_of, to_plain
from storage.counters import at_least, count_up, current
from storage.errors import StoreError
from storage.tables import records, revisions

REVISION = "ledger revision"
RECORDS = "records"
CORRECTION = "X"
_PUBLIC_ID = re.compile(r"([A-Z]+)([1-9][0-9]*)")


@dataclass(frozen=True)
class _Act:
    """What makes one revision of the ledger."""

    ledger_revision: int
    by: str
    recorded_at: datetime
    reason: str
    corrects: bool = False
    """Whether what it makes of earlier records is a correction, with a public id."""


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
    return _record(connection, new, by=by, at=at, reason=reason)


def correct(
    connection: Connection, new: Sequence[Record], *, reason: Reason, by: str, at: datetime
) -> tuple[Entry, ...]:
    """As `record`, and what it changes is corrected: each such revision has a public id ("X1").

    Sources and others that are new with it have none.
    """
    return _record(connection, new, by=by, at=at, reason=reason, corrects=True)


def withdraw(
    connection: Connection, key: str, *, by: str, at: datetime, reason: str = "withdrawn"
) -> Entry:
    """Takes a record out of the ledger, as a correction; its revisions stay."""
    return _withdraw(connection, key, by=by, at=at, reason=reason, corrects=True)


def redact(
    connection: Connection, clean: Record, *, by: str, at: datetime, told_since: int | None = None
) -> Entry:
    """Puts a record without personal data in the place of all that was ever recorded of it.

    A tombstone of each earlier revision stays. `storage.redaction` says what else is erased, and
    what the caller does about alerts that had the words; those about revisions from `told_since`
    on have none.
    """
    row = _newest(connection, clean.key)
    if row is None:
        raise StoreError(f"There is no record {clean.key}.")
    _refuse_other_kind(row, clean)
    act = _act(connection, by=by, at=at, reason=Reason.PERSONAL_DATA_REDACTED, corrects=True)
    entry = _revise(connection, row, canonical(to_plain(clean)), row.state, act)
    redaction.erase(connection, clean.key, entry.rev, by=by, at=at, told_since=told_since)
    return entry


def erase_past(connection: Connection, key: str, *, by: str, at: datetime) -> None:
    """Erases of a record what is out of sight, since it held personal data.

    Of a record that was withdrawn for that reason no word is left.
    """
    row = _newest(connection, key)
    first = connection.scalar(select(sight.cleaned(records.c.id)).where(records.c.key == key))
    if row is None or first is None:
        raise StoreError(f"There is nothing to erase of {key}.")
    if row.state == "withdrawn" and row.rev == first and row.body is not None:
        clean = without_words(from_plain(row.kind, json.loads(row.body)))
        redact(connection, clean, by=by, at=at, told_since=first)
    else:
        redaction.erase(connection, key, first, by=by, at=at)


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
        past = tuple(map(_past, connection.execute(_history().where(records.c.key == row.key))))
        before = past[-2] if len(past) > 1 else None
        if row.kind == "source" and _is_cited(read_ledger(connection), row.key):
            continue
        if before is None or before.withdrawn or before.record is None:
            _withdraw(connection, row.key, by=by, at=at, reason=sight.TAKEN_BACK)
        else:
            record(connection, [before.record], by=by, at=at, reason=sight.TAKEN_BACK)


def _is_cited(ledger: Ledger, source: str) -> bool:
    listing: tuple[Agreement | Stage, ...] = (*ledger.agreements.values(), *ledger.stages.values())
    return any(source in one.sources for one in listing) or bool(ledger.statements_in(source))


def next_key(connection: Connection, prefix: str) -> str:
    """A public id that was never used, such as S1, then S2."""
    return f"{prefix}{count_up(connection, _key_counter(prefix))}"


def upcoming_keys(connection: Connection, prefix: str, count: int) -> tuple[str, ...]:
    """The public ids that would be given next; certain within one transaction alone."""
    last = current(connection, _key_counter(prefix))
    return tuple(f"{prefix}{last + one}" for one in range(1, count + 1))


def history(connection: Connection, key: str) -> tuple[Past, ...]:
    """All revisions of a record, oldest first; what is out of sight is as if it were erased."""
    return tuple(map(_past, connection.execute(_in_sight().where(records.c.key == key))))


def changes(connection: Connection) -> tuple[Past, ...]:
    """All revisions of all records, in the order they were made."""
    return tuple(map(_past, connection.execute(_history())))


def corrections(
    connection: Connection, *, limit: int | None = None, skip: int = 0
) -> tuple[tuple[Past, Past], ...]:
    """All corrections, newest first: how the record stood before each, and what it made of it.

    What is out of sight is as if it were erased.
    """
    before = revisions.alias("before")
    query = (
        _in_sight()
        .join(
            before,
            and_(
                before.c.record_id == revisions.c.record_id,
                before.c.rev == revisions.c.rev - 1,
            ),
        )
        .add_columns(
            *(column.label(f"before_{column.name}") for column in _columns_in_sight(before.c))
        )
        .where(revisions.c.correction.is_not(None))
        .order_by(None)
        .order_by(revisions.c.ledger_revision.desc(), records.c.id.desc())
    )
    rows = connection.execute(query.limit(limit).offset(skip))
    return tuple((_past(row, "before_"), _past(row)) for row in rows)


def count_corrections(connection: Connection) -> int:
    """How many corrections there are."""
    query = select(func.count()).where(revisions.c.correction.is_not(None))
    return connection.execute(query).scalar_one()


def _record(
    connection: Connection,
    new: Sequence[Record],
    *,
    by: str,
    at: datetime,
    reason: str,
    corrects: bool = False,
) -> tuple[Entry, ...]:
    changed = [one for one in new if not _is_published_so(connection, one)]
    if not changed:
        return ()
    act = _act(connection, by=by, at=at, reason=reason, corrects=corrects)
    return tuple(_publish(connection, one, act) for one in changed)


def _withdraw(
    connection: Connection,
    key: str,
    *,
    by: str,
    at: datetime,
    reason: str,
    corrects: bool = False,
) -> Entry:
    row = _newest(connection, key)
    if row is None or row.state == "withdrawn" or row.body is None:
        raise StoreError(f"There is no published record {key}.")
    act = _act(connection, by=by, at=at, reason=reason, corrects=corrects)
    return _revise(connection, row, row.body, "withdrawn", act)


def _act(
    connection: Connection, *, by: str, at: datetime, reason: str, corrects: bool = False
) -> _Act:
    """The next act. A clock that was put back does not put the time of the ledger back."""
    before = select(revisions.c.recorded_at).order_by(revisions.c.ledger_revision.desc()).limit(1)
    last = connection.scalar(before)
    recorded_at = max(at, last) if last else at
    return _Act(count_up(connection, REVISION), by, recorded_at, reason, corrects)


def _publish(connection: Connection, one: Record, act: _Act) -> Entry:
    body = canonical(to_plain(one))
    row = _newest(connection, one.key) or _first(connection, one)
    return _revise(connection, row, body, "published", act)


def _first(connection: Connection, one: Record) -> Row[Any]:
    pass_keys(connection, [one.key])
    made = insert(records).values(
        id=count_up(connection, RECORDS), key=one.key, kind=kind_of(one), rev=0
    )
    return connection.execute(made.returning(*records.c)).one()


def _revise(connection: Connection, row: Row[Any], body: str, state: str, act: _Act) -> Entry:
    """Adds a revision after `row`, which holds at least the columns of the record."""
    rev = row.rev + 1
    correction = next_key(connection, CORRECTION) if act.corrects and row.rev else None
    content = audit.revision_content(
        key=row.key,
        kind=row.kind,
        rev=rev,
        state=state,
        reason=act.reason,
        body=body,
        correction=correction,
    )
    salt = audit.append_revision(
        connection, at=act.recorded_at, by=act.by, key=row.key, rev=rev, content=content
    )
    made = {
        "record_id": row.id,
        "rev": rev,
        "state": state,
        "body": body,
        "salt": salt,
        "ledger_revision": act.ledger_revision,
        "reason": act.reason,
        "by": act.by,
        "recorded_at": act.recorded_at,
        "correction": correction,
    }
    connection.execute(insert(revisions).values(made))
    connection.execute(update(records).where(records.c.id == row.id).values(rev=rev))
    kept = from_plain(row.kind, json.loads(body))
    return Entry(kept, rev, order=row.id, at=act.recorded_at, withdrawn=state == "withdrawn")


def _is_published_so(connection: Connection, one: Record) -> bool:
    row = _newest(connection, one.key)
    if row is None:
        return False
    _refuse_other_kind(row, one)
    return (row.state, row.body) == ("published", canonical(to_plain(one)))


def _refuse_other_kind(row: Row[Any], one: Record) -> None:
    if row.kind != kind_of(one):
        raise StoreError(f"{one.key} is the key of a record of another kind ({row.kind}).")


def _newest(connection: Connection, key: str) -> Row[Any] | None:
    newest = _history().where(records.c.key == key, revisions.c.rev == records.c.rev)
    return connection.execute(newest).one_or_none()


def _history() -> Any:
    return _revisions(_columns(revisions.c))


def _in_sight() -> Any:
    return _revisions(_columns_in_sight(revisions.c))


def _revisions(columns: Sequence[Any]) -> Any:
    return (
        select(records.c.id, records.c.key, records.c.kind, *columns)
        .join(revisions, revisions.c.record_id == records.c.id)
        .order_by(revisions.c.ledger_revision, records.c.id, revisions.c.rev)
    )


def _columns(of_revision: Any) -> list[Any]:
    return [column for column in of_revision if column.name not in ("record_id", "salt")]


def _columns_in_sight(of_revision: Any) -> list[Any]:
    shown = {"body": sight.body_in_sight(of_revision).label("body")}
    return [shown.get(column.name, column) for column in _columns(of_revision)]


def _past(row: Row[Any], prefix: str = "") -> Past:
    one = {name.removeprefix(prefix): value for name, value in row._asdict().items()}
    return Past(
        key=row.key,
        rev=one["rev"],
        record=None if one["body"] is None else from_plain(row.kind, json.loads(one["body"])),
        withdrawn=one["state"] == "withdrawn",
        reason=one["reason"],
        by=one["by"],
        at=one["recorded_at"],
        correction=one["correction"],
    )


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


def pass_keys(connection: Connection, keys: Iterable[str]) -> None:
    """Public ids that a file brought along are never given again."""
    found = [(one[1], int(one[2])) for key in keys if (one := _PUBLIC_ID.fullmatch(key))]
    for prefix in {prefix for prefix, _ in found}:
        highest = max(number for other, number in found if other == prefix)
        at_least(connection, _key_counter(prefix), highest)


def _key_counter(prefix: str) -> str:
    return f"key {prefix}"
