"""An alert to very many readers is put in bit by bit, so that nobody else waits long to write.

It is for those who read its topic when it is published, and goes through them by their ids.

1. `begin`, in the transaction that publishes, puts in the first bit; often that is everybody.
2. `advance` puts in the next bit. The sender calls it until nobody is left, also after a restart.
3. Who is about to change before it is their turn is put in first, as they are, and passed over
   later (`reach`). So everybody is treated as they were at publishing.
4. One is open at a time. What needs an alert's deliveries to be all there begins with `finish`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from exchange.news import Topic
from storage import edits
from storage.audience import reads
from storage.errors import StaleEpoch
from storage.tables import alerts, fanout_passed, fanouts, sender, subscribers

AT_ONCE = 1_000
"""How many readers one bit goes through: what another writer waits for."""
_Fanout = Row[int, int, str, datetime]
_BEFORE_ALL = -1
"""Less than any reader's id."""


def begin(connection: Connection, alert_id: int) -> None:
    """Puts in the first of the readers of this alert's topic; stays open for the others."""
    connection.execute(insert(fanouts).values(id=1, alert_id=alert_id, after_id=_BEFORE_ALL))
    _put_in_a_bit(connection)


def advance(connection: Connection, epoch: int) -> None:
    """Puts in the next bit. `StaleEpoch` says that another sender has taken over."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ALONE)
    if connection.scalar(_EPOCH) != epoch:
        raise StaleEpoch
    _put_in_a_bit(connection)


def finish(connection: Connection) -> None:
    """Puts in everybody who is left."""
    found = _found(connection)
    if found is not None:
        _put_in_the_last(connection, found)


def reach(connection: Connection, subscriber_id: int) -> None:
    """For before this reader changes, or when they have just come: puts them in as they are."""
    found = _found(connection)
    if found is None or subscriber_id <= found.after_id:
        return
    _move(connection, found.after_id)
    _put_in(connection, found, subscribers.c.id == subscriber_id)
    is_noted = select(fanout_passed).where(fanout_passed.c.subscriber_id == subscriber_id).exists()
    once = select(literal(subscriber_id, BigInteger)).where(~is_noted)
    connection.execute(insert(fanout_passed).from_select(["subscriber_id"], once))


def forget(connection: Connection, subscriber_id: int) -> None:
    """Erases that this reader was passed over; for who is not there any more."""
    noted = fanout_passed.c.subscriber_id == subscriber_id
    connection.execute(delete(fanout_passed).where(noted))


def is_open(connection: Connection) -> bool:
    return _found(connection) is not None


def count_left(connection: Connection, alert_id: int) -> int:
    """How many readers an alert is still to be put in for."""
    who = left(connection, select(literal(alert_id)))
    return connection.scalar(select(func.count()).select_from(subscribers).where(who)) or 0


def left(connection: Connection, of_alerts: Select[int]) -> ColumnElement[bool]:
    """The condition that one of these alerts is still to be put in for a reader."""
    found = _found(connection)
    if found is None:
        return false()
    return and_(literal(found.alert_id).in_(of_alerts), _is_left(found))


_FOUND = select(fanouts.c.alert_id, fanouts.c.after_id, alerts.c.topic, alerts.c.starts_at).join(
    alerts, alerts.c.id == fanouts.c.alert_id
)
_EPOCH = select(sender.c.epoch)
_ALONE = text("LOCK TABLE fanouts IN ACCESS EXCLUSIVE MODE")
"""Has other processes' acts wait for a bit to end. It reads so much that PostgreSQL would see a
conflict with each of them, and of one long act and many short ones the long one would never end."""
_ENDS = (
    select(subscribers.c.id)
    .where(subscribers.c.id > bindparam("after", type_=BigInteger))
    .order_by(subscribers.c.id)
    .offset(bindparam("others", type_=Integer))
    .limit(2)
)
"""The last reader of the next bit, and the first after it."""


def _found(connection: Connection) -> _Fanout | None:
    return connection.execute(_FOUND).one_or_none()


def _put_in_a_bit(connection: Connection) -> None:
    found = _found(connection)
    if found is None:
        return
    ends = {"after": found.after_id, "others": AT_ONCE - 1}
    last, *others = connection.scalars(_ENDS, ends).all() or [None]
    if not others:
        _put_in_the_last(connection, found)
        return
    _move(connection, last)
    _put_in(connection, found, subscribers.c.id <= last)


def _put_in_the_last(connection: Connection, found: _Fanout) -> None:
    connection.execute(delete(fanouts))
    _put_in(connection, found)
    connection.execute(delete(fanout_passed))


def _move(connection: Connection, after_id: int) -> None:
    """Comes before anybody is put in, even where it moves nothing.

    Of two processes that are at it at once, PostgreSQL then has the later one begin anew.
    """
    connection.execute(update(fanouts).values(after_id=after_id))


def _put_in(connection: Connection, found: _Fanout, *among: ColumnElement[bool]) -> None:
    edits.queue_sends(connection, found.alert_id, and_(_is_left(found), *among), found.starts_at)


def _is_left(found: _Fanout) -> ColumnElement[bool]:
    passed = select(fanout_passed).where(fanout_passed.c.subscriber_id == subscribers.c.id)
    return and_(reads(Topic(found.topic)), subscribers.c.id > found.after_id, ~passed.exists())
