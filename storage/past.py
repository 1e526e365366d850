"""The ledger as it was known at a moment: what was recorded by then, not what happened by then."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, and_, func, select

from exchange.ledger import Entry, Ledger
from storage import sight
from storage.codec import from_plain
from storage.tables import records, revisions


def ledger_as_of(connection: Connection, moment: datetime, present: Ledger) -> Ledger:
    """The ledger at its last revision by this moment; the empty one before the first.

    Of `present`, which is the ledger as this store has it or had it later than the moment, only
    what changed since is read again.
    """
    revision = _revision_by(connection, moment)
    if revision >= present.revision:
        return present
    found = connection.execute(_as_of(revision)).all()
    other = [_entry(row) for row in found if row.body is not None]
    later = [row.key for row in found if row.body is None and row.key in present.entries]
    return present.with_entries(other, revision, without=later)


def _revision_by(connection: Connection, moment: datetime) -> int:
    latest = select(revisions.c.ledger_revision).where(revisions.c.recorded_at <= moment)
    return connection.scalar(latest.order_by(revisions.c.ledger_revision.desc()).limit(1)) or 0


def _as_of(revision: int) -> Any:
    """Whatever changed after a revision of the ledger, as it was then; what was not has no body.

    In place of words that were redacted, or are to be, stand those that took their place.
    """
    since = select(revisions.c.record_id).where(revisions.c.ledger_revision > revision)
    shown = and_(revisions.c.record_id == records.c.id, revisions.c.rev == _shown(revision))
    columns = (revisions.c.rev, revisions.c.state, revisions.c.body, revisions.c.recorded_at)
    return (
        select(records.c.id, records.c.key, records.c.kind, *columns)
        .select_from(records)
        .outerjoin(revisions, shown)
        .where(records.c.id.in_(since))
        .order_by(records.c.id)
    )


def _shown(revision: int) -> ScalarSelect[int]:
    then, shown = revisions.alias("then"), revisions.alias("shown")
    standing = select(func.max(then.c.rev)).where(
        then.c.record_id == records.c.id, then.c.ledger_revision <= revision
    )
    of_it = shown.c.record_id == records.c.id, shown.c.body.is_not(None)
    readable = select(func.min(shown.c.rev)).where(
        *of_it,
        shown.c.rev >= standing.correlate(records).scalar_subquery(),
        shown.c.rev >= func.coalesce(sight.cleaned(records.c.id), 0),
    )
    return readable.correlate(records).scalar_subquery()


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        from_plain(row.kind, json.loads(row.body)),
        rev=row.rev,
        order=row.id,
        at=row.recorded_at,
        withdrawn=row.state == "withdrawn",
    )
