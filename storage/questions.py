"""What a moderator was asked to confirm: a key for the button, for that person alone and one use.

A moderator has one question open for each act; a new one makes the buttons of the older useless.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.sql.elements import ColumnElement

from storage.tables import questions

LASTS = timedelta(minutes=10)
"""A button pressed later may be pressed by mistake."""
_KEY_BYTES = 12


def ask(connection: Connection, moderator_id: int, act: str, at: datetime, about: str = "") -> str:
    """The key of a new question; `about` is what the act would be done to."""
    key = secrets.token_urlsafe(_KEY_BYTES)
    mine = (questions.c.moderator_id == moderator_id) & (questions.c.act == act)
    connection.execute(delete(questions).where(mine))
    asked = {"key": key, "moderator_id": moderator_id, "act": act, "about": about, "asked_at": at}
    connection.execute(insert(questions).values(asked))
    return key


def asked(
    connection: Connection, key: str, moderator_id: int, act: str, at: datetime
) -> str | None:
    """What an open question is about; None where the key opens none of this moderator's."""
    return connection.scalar(select(questions.c.about).where(*_is_open(key, moderator_id, act, at)))


def answered(
    connection: Connection, key: str, moderator_id: int, act: str, at: datetime
) -> str | None:
    """Uses up the key, and gives back what the question was about.

    None where it was not this moderator's, not for this act, or is too old.
    """
    used = delete(questions).where(*_is_open(key, moderator_id, act, at))
    return connection.scalar(used.returning(questions.c.about))


def _is_open(
    key: str, moderator_id: int, act: str, at: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        questions.c.key == key,
        questions.c.moderator_id == moderator_id,
        questions.c.act == act,
        questions.c.asked_at > at - LASTS,
    )
