"""Who may record: by sealed Telegram id, known to each other and to the log by pseudonym."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from storage import audit, subscribers
from storage.counters import count_up
from storage.errors import NotAPerson
from storage.sealing import Seal
from storage.tables import drafts, moderators

SETTINGS = "settings"
"""Who did what the settings ask for, in the audit log; also the origin of owners named there."""

_IDS_END = 1 << 52
"""Telegram promises that no id is longer."""
_NOT_PEOPLE = frozenset(
    {
        777000,  # Telegram's own messages, and posts of linked channels
        1087968824,  # anonymous administrators of groups
        136817688,  # senders who write as a channel
    }
)


class Role(StrEnum):
    """What a moderator may do, from most to least."""

    OWNER = "owner"
    PUBLISHER = "publisher"
    EDITOR = "editor"


PUBLISHERS = (Role.OWNER, Role.PUBLISHER)
"""Who may send to everybody, and hold it back."""


@dataclass(frozen=True)
class Moderator:
    """One who may record. There is no name here, and no address: see `address`."""

    id: int
    pseudonym: str
    role: Role
    origin: str
    since_at: datetime


def role_of(connection: Connection, seal: Seal, user_id: int) -> Moderator | None:
    """The moderator behind a Telegram id; None for everybody else, and once rights were revoked."""
    row = _row(connection, seal, user_id)
    return _moderator(row) if row is not None and row.active else None


def active(connection: Connection) -> tuple[Moderator, ...]:
    """All who have rights now, longest first."""
    query = select(moderators).where(moderators.c.active).order_by(moderators.c.id)
    return tuple(_moderator(row) for row in connection.execute(query))


def others(connection: Connection, moderator: Moderator) -> tuple[Moderator, ...]:
    """All who have rights now, but for this one."""
    return tuple(one for one in active(connection) if one.id != moderator.id)


def publishers(connection: Connection) -> tuple[Moderator, ...]:
    """All who may publish and freeze now, longest first."""
    return tuple(one for one in active(connection) if one.role in PUBLISHERS)


def language(connection: Connection, seal: Seal, moderator_id: int) -> str | None:
    """The language to write to a moderator in, as far as it is known.

    It is the one chosen as a reader, or else that in which a draft was published last.
    """
    chosen = subscribers.find(connection, seal, address(connection, seal, moderator_id))
    if chosen is not None:
        return chosen.language
    spoken = select(drafts.c.language).where(
        drafts.c.moderator_id == moderator_id, drafts.c.language.is_not(None)
    )
    return connection.scalar(spoken.order_by(drafts.c.updated_at.desc()).limit(1))


def address(connection: Connection, seal: Seal, moderator_id: int) -> int:
    """The Telegram id to write to."""
    query = select(moderators.c.user_sealed).where(moderators.c.id == moderator_id)
    return seal.unseal(connection.execute(query).scalar_one())


def set_owners(connection: Connection, seal: Seal, user_ids: Iterable[int], at: datetime) -> None:
    """Makes these people owners, and nobody else by the settings."""
    listed = sorted(set(user_ids))
    for user_id in listed:
        _make_owner(connection, seal, user_id, at)
    hashes = {seal.hashed(user_id) for user_id in listed}
    query = select(moderators).where(moderators.c.active, moderators.c.origin == SETTINGS)
    for row in connection.execute(query).all():
        if row.user_hash not in hashes:
            connection.execute(_changed(row.id, active=False))
            _log(connection, at, "revoke", row.pseudonym, {"role": row.role})


def check_person(user_id: int) -> None:
    """Refuses ids that stand for more than one person, or for none."""
    if not 0 < user_id < _IDS_END or user_id in _NOT_PEOPLE:
        raise NotAPerson


def _make_owner(connection: Connection, seal: Seal, user_id: int, at: datetime) -> None:
    check_person(user_id)
    row = _row(connection, seal, user_id)
    rights = {"role": Role.OWNER, "origin": SETTINGS, "active": True}
    if row is None:
        pseudonym = f"mod-{count_up(connection, 'moderator')}"
        made = {
            "user_hash": seal.hashed(user_id),
            "user_sealed": seal.seal(user_id),
            "pseudonym": pseudonym,
            "since_at": at,
        }
        connection.execute(insert(moderators).values(**made, **rights))
    elif (row.role, row.origin, row.active) == (Role.OWNER, SETTINGS, True):
        return
    else:
        pseudonym = row.pseudonym
        since_at = row.since_at if row.active else at
        connection.execute(_changed(row.id, **rights, since_at=since_at))
    _log(connection, at, "appoint", pseudonym, {"role": Role.OWNER})


def _changed(moderator_id: int, **values: object) -> Any:
    return update(moderators).where(moderators.c.id == moderator_id).values(**values)


def _row(connection: Connection, seal: Seal, user_id: int) -> Row[Any] | None:
    return connection.execute(_BY_PERSON, {"person": seal.hashed(user_id)}).one_or_none()


_BY_PERSON = select(moderators).where(moderators.c.user_hash == bindparam("person"))


def _log(
    connection: Connection, at: datetime, act: str, pseudonym: str, content: dict[str, object]
) -> None:
    audit.append(connection, at=at, by=SETTINGS, act=act, subject=pseudonym, content=content)


def _moderator(row: Row[Any]) -> Moderator:
    return Moderator(row.id, row.pseudonym, Role(row.role), row.origin, row.since_at)
