"""When Telegram was heard last. Updates that wait for longer than it keeps them are gone.

Nobody can say what they were, so moderators alone are told: what a reader asked a day ago he has
found out otherwise, and a word to all would be an alert about the bot.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from storage import memos, moderators
from storage.memos import MemoKind
from storage.tables import meta

KEPT = timedelta(hours=24)
"""For so long Telegram keeps an update that nobody takes."""
_HEARD = "telegram_heard_at"


def forget(connection: Connection) -> None:
    """What is noted is not so of this store: it is a copy."""
    connection.execute(delete(meta).where(meta.c.name == _HEARD))


def heard(connection: Connection, at: datetime, since_last: timedelta | None = None) -> bool:
    """Notes that Telegram is heard now; whether it had to drop updates, which moderators learn.

    Who noted it before says how long ago that was by a clock that nobody sets.
    """
    noted = connection.scalar(select(meta.c.value).where(meta.c.name == _HEARD))
    forget(connection)
    connection.execute(insert(meta).values(name=_HEARD, value=at.isoformat()))
    if noted is None:
        return False
    away = at - datetime.fromisoformat(noted) if since_last is None else since_last
    if away <= KEPT:
        return False
    about = f"{noted} {at.isoformat()}"
    memos.make(connection, moderators.active(connection), MemoKind.MISSED, about, at)
    return True
