"""Holding back everything that is to be sent, until two agree that it may go.

One moderator freezes. Thawing is proposed by one and confirmed by another, where there are two who
may; a moderator who stands alone thaws alone. While it is frozen nothing is claimed, so nothing new
leaves; what is published waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from storage import audit, memos, moderators
from storage.memos import MemoKind
from storage.moderators import Moderator
from storage.tables import freezes
from storage.tables import moderators as people

_SUBJECT = "sending"


@dataclass(frozen=True)
class Freeze:
    """Who froze all sending, and who proposes to let it go on; by pseudonym."""

    since_at: datetime
    by: str
    thaw_by: str | None


def state(connection: Connection) -> Freeze | None:
    """The freeze that holds now. A proposal of who has lost the right counts no more."""
    by, proposer = people.alias(), people.alias()
    may = proposer.c.active & proposer.c.role.in_(moderators.PUBLISHERS)
    query = (
        select(freezes.c.since_at, by.c.pseudonym, proposer.c.pseudonym.label("thaw_by"))
        .join(by, by.c.id == freezes.c.moderator_id)
        .outerjoin(proposer, (proposer.c.id == freezes.c.thaw_by) & may)
    )
    row = connection.execute(query).one_or_none()
    return Freeze(row.since_at, row.pseudonym, row.thaw_by) if row else None


def is_frozen(connection: Connection) -> bool:
    return connection.scalar(_FREEZE) is not None


def is_frozen_now() -> ColumnElement[bool]:
    """The same as a part of another question."""
    return _FREEZE.exists()


_FREEZE = select(freezes.c.id)


def freeze(connection: Connection, moderator: Moderator, at: datetime) -> None:
    """Holds everything back and has the others told; freezing again takes a proposal back."""
    if is_frozen(connection):
        connection.execute(update(freezes).values(thaw_by=None))
    else:
        row = {"id": 1, "since_at": at, "moderator_id": moderator.id}
        connection.execute(insert(freezes).values(row))
    _log(connection, moderator, "freeze", at)
    _tell_others(connection, moderator, MemoKind.FROZEN, at)


def thaw(connection: Connection, moderator: Moderator, at: datetime) -> None:
    """Lets sending go on if a second one says so, or the only one who can; else proposes it."""
    held = state(connection)
    if held is None:
        return
    alone = len(moderators.publishers(connection)) == 1
    if alone or held.thaw_by not in (None, moderator.pseudonym):
        connection.execute(delete(freezes))
        _log(connection, moderator, "thaw", at)
        _tell_others(connection, moderator, MemoKind.THAWED, at)
    elif held.thaw_by is None:
        connection.execute(update(freezes).values(thaw_by=moderator.id))
        _log(connection, moderator, "propose_thaw", at)
        _tell_others(connection, moderator, MemoKind.THAW_PROPOSED, at)


def _log(connection: Connection, moderator: Moderator, act: str, at: datetime) -> None:
    audit.append(connection, at=at, by=moderator.pseudonym, act=act, subject=_SUBJECT, content={})


def _tell_others(
    connection: Connection, moderator: Moderator, kind: MemoKind, at: datetime
) -> None:
    others = moderators.others(connection, moderator)
    memos.make(connection, others, kind, moderator.pseudonym, at)
