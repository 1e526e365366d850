"""Erasing for good what is out of sight: proposed by one, confirmed by another.

Where only one may publish, the second press of that one confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage import audit, ledger, memos, moderators
from storage.memos import MemoKind
from storage.moderators import Moderator
from storage.sight import body_in_sight
from storage.tables import moderators as people
from storage.tables import records, redactions, revisions


@dataclass(frozen=True)
class Proposal:
    """Who wants a record's past erased, by pseudonym."""

    by: str
    at: datetime


def proposal(connection: Connection, key: str) -> Proposal | None:
    """The one that waits to be confirmed. That of who has lost the right counts no more."""
    query = (
        select(people.c.pseudonym, redactions.c.proposed_at)
        .join(people, people.c.id == redactions.c.moderator_id)
        .where(redactions.c.record_key == key)
        .where(people.c.active, people.c.role.in_(moderators.PUBLISHERS))
    )
    row = connection.execute(query).one_or_none()
    return Proposal(row.pseudonym, row.proposed_at) if row else None


def waiting(connection: Connection, key: str) -> int:
    """How many revisions of a record are out of sight and not erased yet."""
    query = (
        select(revisions.c.rev)
        .join(records)
        .where(records.c.key == key, revisions.c.body.is_not(None))
        .where(body_in_sight(revisions.c).is_(None))
    )
    return len(connection.execute(query).all())


def needs_another(connection: Connection) -> bool:
    """Whether whoever proposes cannot confirm."""
    return len(moderators.publishers(connection)) > 1


def redact(connection: Connection, key: str, moderator: Moderator, at: datetime) -> None:
    """Erases a record's past if somebody has proposed it who is not alone in it; else proposes."""
    by, about = moderator.pseudonym, f"{moderator.pseudonym} {key}"
    found = proposal(connection, key)
    if found and (found.by != by or not needs_another(connection)):
        connection.execute(delete(redactions).where(redactions.c.record_key == key))
        ledger.erase_past(connection, key, by=by, at=at)
        memos.make(
            connection, moderators.others(connection, moderator), MemoKind.REDACTED, about, at
        )
    elif found is None:
        connection.execute(delete(redactions).where(redactions.c.record_key == key))
        made = {"record_key": key, "moderator_id": moderator.id, "proposed_at": at}
        connection.execute(insert(redactions).values(made))
        audit.append(connection, at=at, by=by, act="propose_redact", subject=key, content={})
        who = [one for one in moderators.publishers(connection) if one.id != moderator.id]
        memos.make(connection, who, MemoKind.REDACTION_PROPOSED, about, at)
