"""What a moderator is about to record, kept after every step.

A draft is shown as one message whose buttons carry its key: opaque, and new with every version of
the draft. Old keys are remembered, so that a second press can be answered.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from storage.errors import DraftOpen, StaleDraft
from storage.tables import drafts, screen_keys
from storage.writer import erased

_KEY_BYTES = 12


@dataclass(frozen=True)
class DraftRow:
    """A draft as it is kept; what its body means is for its writer to say, if there is one."""

    id: int
    moderator_id: int
    body: str
    version: int
    state: str
    """`open`, `followed` (published, and the alert is on its way), `published`, `discarded`."""
    key: str
    """What the buttons of its latest screen carry: 16 characters, 96 random bits."""
    message_id: int | None
    """The message that shows the draft."""
    record_key: str | None
    """What it was published as."""
    alert_number: int | None
    """The alert that announced it; None if it was published without one."""
    language: str | None
    """In which its message follows the alert."""
    updated_at: datetime


def open_draft(connection: Connection, moderator_id: int, body: str, *, at: datetime) -> DraftRow:
    """Begins a draft; a moderator has one open draft at a time (`DraftOpen`)."""
    if of(connection, moderator_id):
        raise DraftOpen
    made = insert(drafts).values(
        moderator_id=moderator_id, body=body, version=1, state="open", key=_key(), updated_at=at
    )
    row = connection.execute(made.returning(*drafts.c)).one()
    return _remembered(connection, _draft(row))


def of(connection: Connection, moderator_id: int) -> DraftRow | None:
    """The open draft of a moderator."""
    query = select(drafts).where(drafts.c.moderator_id == moderator_id, drafts.c.state == "open")
    row = connection.execute(query).one_or_none()
    return _draft(row) if row else None


def by_key(connection: Connection, key: str) -> DraftRow | None:
    """The draft that a button belongs to, whatever became of it.

    The button is of its latest screen only if the draft's `key` is this one.
    """
    query = select(drafts).join(screen_keys).where(screen_keys.c.key == key)
    row = connection.execute(query).one_or_none()
    return _draft(row) if row else None


def save(
    connection: Connection, draft_id: int, version: int, body: str, *, at: datetime
) -> DraftRow:
    """Keeps the next version of an open draft, whose screen gets a new key.

    `StaleDraft` says that `version` is not the latest, or that the draft is not open any more.
    """
    values = {"body": body, "version": version + 1, "key": _key(), "updated_at": at}
    return _remembered(connection, _change(connection, draft_id, values, version))


def set_message(connection: Connection, draft_id: int, message_id: int) -> None:
    """Notes which message shows the draft."""
    changed = update(drafts).where(drafts.c.id == draft_id).values(message_id=message_id)
    connection.execute(changed)


def discard(connection: Connection, draft_id: int, *, at: datetime) -> DraftRow:
    """Ends an open draft without a trace in the ledger."""
    return _change(connection, draft_id, {"state": "discarded", "updated_at": at})


def published(
    connection: Connection,
    draft_id: int,
    alert_number: int | None,
    record_key: str,
    *,
    language: str,
    at: datetime,
) -> DraftRow:
    """Ends an open draft that became a record, announced by this alert if by any.

    Its message goes on to show, in the moderator's language, how far that alert has come.
    """
    values = {
        "state": "published" if alert_number is None else "followed",
        "record_key": record_key,
        "alert_number": alert_number,
        "language": language,
        "updated_at": at,
    }
    return _change(connection, draft_id, values)


def follow(
    connection: Connection,
    moderator_id: int,
    alert_number: int,
    record_key: str,
    *,
    message_id: int | None,
    language: str,
    at: datetime,
) -> DraftRow:
    """Has a message show how far an alert has come that was made without a draft."""
    made = insert(drafts).values(
        moderator_id=moderator_id,
        body="",
        version=1,
        state="followed",
        key=_key(),
        message_id=message_id,
        record_key=record_key,
        alert_number=alert_number,
        language=language,
        updated_at=at,
    )
    row = connection.execute(made.returning(*drafts.c)).one()
    return _remembered(connection, _draft(row))


def shown_in(connection: Connection, moderator_id: int, message_id: int | None) -> DraftRow | None:
    """The latest of a moderator's drafts that a message showed."""
    query = select(drafts).where(
        drafts.c.moderator_id == moderator_id, drafts.c.message_id == message_id
    )
    row = connection.execute(query.order_by(drafts.c.id.desc()).limit(1)).one_or_none()
    return _draft(row) if row else None


def reopen(connection: Connection, draft_id: int, body: str, *, at: datetime) -> DraftRow:
    """Opens a draft again whose record was taken back; `DraftOpen` if another was begun since."""
    row = connection.execute(select(drafts).where(drafts.c.id == draft_id)).one()
    if of(connection, row.moderator_id):
        raise DraftOpen
    values = {"state": "open", "record_key": None, "alert_number": None}
    opened = update(drafts).where(drafts.c.id == draft_id).values(**values)
    connection.execute(opened)
    return save(connection, draft_id, row.version, body, at=at)


def followed(connection: Connection) -> tuple[DraftRow, ...]:
    """Published drafts whose message shows how far the alert has come."""
    query = select(drafts).where(drafts.c.state == "followed").order_by(drafts.c.id)
    return tuple(_draft(row) for row in connection.execute(query))


def is_followed(connection: Connection, row: DraftRow) -> bool:
    """Whether the draft's message still shows how far the alert of this row has come."""
    return connection.execute(select(drafts.c.id).where(_follows(row))).first() is not None


def not_followed(connection: Connection, row: DraftRow) -> None:
    """The alert of this row has come to its end; the draft's message stays as it is."""
    connection.execute(update(drafts).where(_follows(row)).values(state="published"))


def _follows(row: DraftRow) -> ColumnElement[bool]:
    """Of a draft undone and published again, an older row is of an alert that is over."""
    return and_(
        drafts.c.id == row.id,
        drafts.c.state == "followed",
        drafts.c.alert_number == row.alert_number,
    )


def erase(
    connection: Connection,
    state: Literal["discarded", "published"],
    *,
    before: datetime,
    at_most: int = 1000,
) -> int:
    """Erases drafts that came to this end before a moment, with their keys; says how many."""
    old = (
        select(drafts.c.id)
        .where(drafts.c.state == state, drafts.c.updated_at < before)
        .limit(at_most)
    )
    ids = connection.scalars(old).all()
    if ids:
        connection.execute(delete(screen_keys).where(screen_keys.c.draft_id.in_(ids)))
        connection.execute(delete(drafts).where(drafts.c.id.in_(ids)))
        erased(connection)
    return len(ids)


def _key() -> str:
    return secrets.token_urlsafe(_KEY_BYTES)


def _remembered(connection: Connection, draft: DraftRow) -> DraftRow:
    key = {"key": draft.key, "draft_id": draft.id, "version": draft.version}
    connection.execute(insert(screen_keys).values(key))
    return draft


def _change(
    connection: Connection,
    draft_id: int,
    values: Mapping[str, object],
    if_version: int | None = None,
) -> DraftRow:
    changed = update(drafts).where(drafts.c.id == draft_id, drafts.c.state == "open")
    if if_version is not None:
        changed = changed.where(drafts.c.version == if_version)
    row = connection.execute(changed.values(**values).returning(*drafts.c)).one_or_none()
    if row is None:
        raise StaleDraft
    return _draft(row)


def _draft(row: Row[Any]) -> DraftRow:
    return DraftRow(**row._asdict())
