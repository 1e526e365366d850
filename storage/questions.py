"""What a moderator was asked to confirm: a key for the button, for that person alone and one use.

A moderator has one question open for each act; a new one makes the buttons of the older useless.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert

from storage.tables import questions

LASTS = timedelta(minutes=10)
"""A button pressed later may be pressed by mistake."""
_KEY_BYTES = 12


def ask(connection: Connection, moderator_id: int, act: str, at: datetime) -> str:
    """The key of a new question."""
    key = secrets.token_urlsafe(_KEY_BYTES)
    mine = (questions.c.moderator_id == moderator_id) & (questions.c.act == act)
    connection.execute(delete(questions).where(mine))
    asked = {"key": key, "moderator_id": moderator_id, "act": act, "asked_at": at}
    connection.execute(insert(questions).values(asked))
    return key


def answered(connection: Connection, key: str, moderator_id: int, act: str, at: datetime) -> bool:
    """Uses up the key; False where it was not this moderator's, not for this act, or is too old."""
    used = (
        delete(questions)
        .where(questions.c.key == key)
        .where(questions.c.moderator_id == moderator_id, questions.c.act == act)
        .where(questions.c.asked_at > at - LASTS)
    )
    return connection.scalar(used.returning(questions.c.key)) is not None
