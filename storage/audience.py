"""Who gets what, as a condition on a reader's row; and how many that are."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, select
from sqlalchemy.sql.elements import ColumnElement

from exchange.news import Topic
from storage.tables import subscribers


def reads(topic: Topic) -> ColumnElement[bool]:
    """The condition that a reader gets the alerts of a topic."""
    return and_(subscribers.c.subscribed, subscribers.c[topic])


def by_language(connection: Connection, who: ColumnElement[bool]) -> dict[str, int]:
    """How many readers a condition fits, for each language."""
    query = (
        select(subscribers.c.language, func.count().label("readers"))
        .where(who)
        .group_by(subscribers.c.language)
        .order_by(subscribers.c.language)
    )
    return {row.language: row.readers for row in connection.execute(query)}
