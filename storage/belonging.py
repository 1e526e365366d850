"""The bot that a store is of. Its id is public and kept as it is.

Telegram lets a bot write to those alone who started it. With another bot's token every reader would
be refused as unknown, and erased for it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from storage import audit, presence, subscribers
from storage.errors import OtherBot
from storage.tables import meta, updates
from storage.tables import subscribers as readers

_BOT = "bot_id"
_OPERATOR = "operator"


def bind(connection: Connection, bot_id: int) -> None:
    """Makes a new store this bot's. Raises `OtherBot` where it is another's already."""
    if check(connection, bot_id) is None:
        connection.execute(insert(meta).values(name=_BOT, value=str(bot_id)))


def check(connection: Connection, bot_id: int) -> int | None:
    """The bot that the store is of, None for a new one; raises `OtherBot` where it is another."""
    value = connection.scalar(select(meta.c.value).where(meta.c.name == _BOT))
    if value is not None and value != str(bot_id):
        raise OtherBot(value, connection.scalar(select(func.count()).select_from(readers)) or 0)
    return None if value is None else bot_id


def adopt(connection: Connection, at: datetime) -> int:
    """Gives the store to whichever bot runs with it next; says how many readers were erased.

    They agreed to hear from the former one. Its updates have numbers of their own, too.
    """
    count = subscribers.erase_all(connection)
    connection.execute(delete(updates))
    presence.forget(connection)
    connection.execute(delete(meta).where(meta.c.name == _BOT))
    audit.append(
        connection, at=at, by=_OPERATOR, act="adopt", subject="store", content={"readers": count}
    )
    return count
