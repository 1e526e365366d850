"""Which updates have had their effect, so that one handed over twice acts once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select

from storage.tables import updates

T = TypeVar("T")

KEPT = 1_000
"""Numbers; Telegram hands over no more than a hundred before it hears of the first. After a week
without an update it may go on with a lower number: such ones are kept for their time alone."""


def first_time(connection: Connection, update_id: int, at: datetime) -> bool:
    """Notes an update in the acting transaction; False when it had its effect before."""
    if had_effect(connection, update_id):
        return False
    connection.execute(insert(updates).values(update_id=update_id, handled_at=at))
    return True


def once(
    connection: Connection, update_id: int, at: datetime, act: Callable[[Connection], T]
) -> T | None:
    """What the act gives back; None, and no act, for an update that had its effect before."""
    return act(connection) if first_time(connection, update_id, at) else None


def forget(
    connection: Connection, *, before: datetime, keep: int = KEPT, at_most: int = 10_000
) -> int:
    """Forgets updates that had their effect before a moment; says how many.

    Those with the highest numbers stay, so many: Telegram may not know yet that they are done with,
    however wrong the clock was that a moment was read from.
    """
    number = updates.c.update_id
    below = select(number).order_by(number.desc()).offset(keep).limit(1).scalar_subquery()
    old = select(number).where(updates.c.handled_at < before, number <= below).limit(at_most)
    return connection.execute(delete(updates).where(updates.c.update_id.in_(old))).rowcount


def had_effect(connection: Connection, update_id: int) -> bool:
    """Whether an update was noted before; notes nothing."""
    known = select(updates.c.update_id).where(updates.c.update_id == update_id)
    return connection.scalar(known) is not None
