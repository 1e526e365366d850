"""Numbers that only grow and are never given twice. A counted row also serializes its writers."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.tables import counters


def count_up(connection: Connection, name: str) -> int:
    """The next number, from 1."""
    value = connection.scalar(_COUNTED, {"named": name})
    if value is None:
        value = 1
        connection.execute(insert(counters).values(name=name, value=value))
    return int(value)


def at_least(connection: Connection, name: str, value: int) -> None:
    """Passes numbers that were given elsewhere."""
    known = current(connection, name)
    if known == 0:
        connection.execute(insert(counters).values(name=name, value=value))
    elif known < value:
        raised = update(counters).where(counters.c.name == name).values(value=value)
        connection.execute(raised)


def current(connection: Connection, name: str) -> int:
    """The last number given; 0 when none was."""
    return int(connection.scalar(_CURRENT, {"named": name}) or 0)


_COUNTED = (
    update(counters)
    .where(counters.c.name == bindparam("named"))
    .values(value=counters.c.value + 1)
    .returning(counters.c.value)
)
_CURRENT = select(counters.c.value).where(counters.c.name == bindparam("named"))
