"""The bot that a store is of. Its id is public and kept as it is.

Telegram lets a bot write to those alone who started it. With another bot's token every reader would
be refused as unknown, and erased for it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from storage import audit, claims, presence, subscribers
from storage.errors import OtherBot, StoreError
from storage.tables import drafts, meta, updates
from storage.tables import subscribers as readers

BOT = "bot_id"


def bind(connection: Connection, bot_id: int) -> None:
    """Makes a new store this bot's. Raises `OtherBot` where it is another's already."""
    if check(connection, bot_id) is None:
        connection.execute(insert(meta).values(name=BOT, value=str(bot_id)))


def check(connection: Connection, bot_id: int) -> int | None:
    """The bot that the store is of, None for a new one; raises `OtherBot` where it is another."""
    value = connection.scalar(_KNOWN)
    if value is not None and value != str(bot_id):
        raise OtherBot(value, connection.scalar(select(func.count()).select_from(readers)) or 0)
    return None if value is None else bot_id


def adopt(connection: Connection, bot_id: int, at: datetime) -> int:
    """Gives the store to another bot; says how many readers were erased.

    They agreed to hear from the former one, whose sender ends. Numbers of updates and messages are
    each bot's own.
    """
    value = connection.scalar(_KNOWN)
    if value is None:
        raise StoreError("This store is of no bot yet: it will be of the first that runs with it.")
    if value == str(bot_id):
        raise StoreError("This store is of that bot already. Nothing was changed.")
    claims.start(connection, at)
    count = subscribers.erase_all(connection)
    connection.execute(delete(updates))
    connection.execute(update(drafts).values(message_id=None))
    presence.forget(connection)
    connection.execute(update(meta).where(meta.c.name == BOT).values(value=str(bot_id)))
    content = {"readers": count}
    audit.append(
        connection, at=at, by=audit.OPERATOR, act="adopt", subject="store", content=content
    )
    return count


_KNOWN = select(meta.c.value).where(meta.c.name == BOT)
