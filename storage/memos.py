"""What moderators must know at once, kept until it was told to each of them.

A memo is made in the transaction of what it tells about, so neither a crash nor a lost network can
swallow it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from storage.moderators import Moderator
from storage.tables import memos, moderators


class MemoKind(StrEnum):
    """What a memo tells; in brackets what it is about."""

    FROZEN = "frozen"
    """All sending is frozen (by whom)."""
    THAW_PROPOSED = "thaw_proposed"
    """Somebody wants sending to go on (who), and somebody else is to confirm it."""
    THAWED = "thawed"
    """Sending goes on (who confirmed it)."""
    HALTED = "halted"
    """Telegram refused the words of an alert (its number)."""
    WITHDRAWN = "withdrawn"
    """A record was withdrawn (by whom, and its public id)."""
    REDACTION_PROPOSED = "redaction_proposed"
    """Somebody wants a record's past erased (who, and its public id), and another is to confirm."""
    REDACTED = "redacted"
    """A record's past was erased (who confirmed it, and its public id)."""
    MISSED = "missed"
    """Telegram dropped updates while the bot was away (from when, until when)."""


@dataclass(frozen=True)
class Memo:
    """One thing that one moderator has not been told yet."""

    id: int
    moderator_id: int
    kind: MemoKind
    about: str


def make(
    connection: Connection, to: Iterable[Moderator], kind: MemoKind, about: str, at: datetime
) -> None:
    """Keeps a memo for each of them, to be told in this order."""
    rows = [{"moderator_id": one.id, "kind": kind, "about": about, "made_at": at} for one in to]
    if rows:
        connection.execute(insert(memos), rows)


def untold(connection: Connection) -> tuple[Memo, ...]:
    """Memos for those who are moderators still, oldest first."""
    columns = (memos.c.id, memos.c.moderator_id, memos.c.kind, memos.c.about)
    query = select(*columns).join(moderators).where(moderators.c.active).order_by(memos.c.id)
    return tuple(
        Memo(row.id, row.moderator_id, MemoKind(row.kind), row.about)
        for row in connection.execute(query)
    )


def told(connection: Connection, memo_id: int) -> None:
    """Forgets a memo that was told, or that cannot be."""
    connection.execute(delete(memos).where(memos.c.id == memo_id))
