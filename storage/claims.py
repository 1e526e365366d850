"""Which deliveries may be sent now.

1. `start` begins an epoch: whatever an earlier process had in `sending` may have arrived, so it
   becomes `unsure`. A sender of an older epoch claims nothing any more.
2. `claim` takes as many deliveries as can be sent at once and marks them `sending`; this is
   committed before anything leaves. Withdrawals go first, then the oldest alert, and edits of
   earlier messages last: news goes before marks on what was said.
3. A reader gets one alert at a time, each after those before it; an edit goes after the alert that
   it belongs to, and when the message that it changes has arrived.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update

from storage import waiting
from storage.errors import StaleEpoch
from storage.freezing import is_frozen, is_frozen_now
from storage.outcomes import Outcome, OutcomeKind, interrupted
from storage.published import ids_in_chain
from storage.sealing import Seal
from storage.tables import deliveries, sender
from storage.waiting import FALLBACK_LANGUAGE

__all__ = ["FALLBACK_LANGUAGE", "Claimed", "claim", "next_due", "pause", "pause_until", "start"]

_STATE = select(sender.c.epoch, sender.c.pause_until_at, is_frozen_now().label("is_frozen"))
_PAUSE = select(sender.c.pause_until_at)


@dataclass(frozen=True)
class Claimed:
    """A delivery to be sent now."""

    alert_id: int
    number: int
    subscriber_id: int
    chat_id: int
    language: str
    silent: bool
    text: str
    buttons: str
    """The keyboard as JSON; empty for none."""
    attempt: int
    """1 for the first."""
    ambiguous: int
    """How many earlier attempts may have arrived; above 0 the text says that it repeats."""
    edits: int = 0
    """The id of the alert whose message is edited; 0 for a message of its own."""
    message_id: int | None = None
    """The message to edit."""
    reply_to: int | None = None
    """The reader's latest message of the same matter, to which this one is a reply."""
    refusals: int = 0
    """How many alerts in a row were refused for this reader."""
    epoch: int = 0
    """In which it was claimed."""

    def came_to(
        self,
        kind: OutcomeKind,
        *,
        message_id: int | None = None,
        until: datetime | None = None,
        reason: str | None = None,
        erase_reader: bool = False,
        new_chat_id: int | None = None,
    ) -> Outcome:
        """The outcome of this attempt; which further fields there are depends on its kind."""
        return Outcome(
            alert_id=self.alert_id,
            subscriber_id=self.subscriber_id,
            kind=kind,
            message_id=message_id,
            until=until,
            reason=reason,
            erase_reader=erase_reader,
            new_chat_id=new_chat_id,
            edits=self.edits,
            refusals=self.refusals,
            epoch=self.epoch,
        )


def start(connection: Connection, now: datetime) -> int:
    """Begins an epoch and gives back its number; what was being sent before becomes unsure."""
    begun = update(sender).values(epoch=sender.c.epoch + 1).returning(sender.c.epoch)
    epoch = connection.execute(begun).scalar_one()
    interrupted(connection, now)
    return int(epoch)


def claim(
    connection: Connection,
    seal: Seal,
    *,
    epoch: int,
    limit: int,
    now: datetime,
    edits: int | None = None,
) -> tuple[Claimed, ...]:
    """Takes up to `limit` deliveries that may go now; none during a pause or while all is frozen.

    `edits` is how many of them may be edits, where that is less. `StaleEpoch` says that another
    sender has taken over, also where the limit is 0.
    """
    state = connection.execute(_STATE).one()
    if state.epoch != epoch:
        raise StaleEpoch
    is_paused = state.pause_until_at and state.pause_until_at > now
    if limit <= 0 or state.is_frozen or is_paused:
        return ()
    for_edits = limit if edits is None else edits
    claimed: list[Claimed] = []
    for batch in connection.execute(waiting.BATCHES).all():
        room = min(limit, for_edits) if batch.edits else limit
        if room > 0 and max(batch.first_at, batch.starts_at) <= now:
            ids = _take(connection, batch, epoch, room, now)
            claimed += _claimed(connection, seal, batch, ids, epoch)
            limit -= len(ids)
            for_edits -= len(ids) if batch.edits else 0
    return tuple(claimed)


def pause(connection: Connection, until: datetime) -> None:
    """Sends nothing to anybody before this moment; a longer pause is never shortened."""
    longer = or_(sender.c.pause_until_at.is_(None), sender.c.pause_until_at < until)
    connection.execute(update(sender).where(longer).values(pause_until_at=until))


def pause_until(connection: Connection) -> datetime | None:
    """The end of the latest pause, which may be over."""
    return connection.scalar(_PAUSE)


def next_due(connection: Connection, now: datetime, *, edits: bool = True) -> datetime | None:
    """When a delivery may go next: `now` or later; None when none waits for its time alone.

    Without `edits` it asks for messages alone.
    """
    if is_frozen(connection):
        return None
    soonest: datetime | None = None
    for batch in connection.execute(waiting.BATCHES).all():
        if soonest and soonest <= max(now, batch.starts_at, batch.first_at):
            continue  # this batch cannot be due before
        if batch.edits and not edits:
            continue
        next_at = connection.scalar(waiting.first_of(*_kind(batch)), _parameters(batch))
        if next_at is not None:
            due = max(next_at, batch.starts_at)
            soonest = min(soonest or due, due)
    if soonest is None:
        return None
    return max(soonest, now, pause_until(connection) or now)


def _kind(batch: Row[Any]) -> tuple[bool, bool]:
    return batch.type == "Cancel", bool(batch.edits)


def _parameters(batch: Row[Any]) -> dict[str, Any]:
    return {waiting.ALERT.key: batch.id, waiting.EDITS.key: batch.edits}


def _take(
    connection: Connection, batch: Row[Any], epoch: int, limit: int, now: datetime
) -> Sequence[int]:
    more = {"of_epoch": epoch, "at_most": limit, "now": now}
    return connection.scalars(waiting.take_of(*_kind(batch)), _parameters(batch) | more).all()


def _claimed(
    connection: Connection, seal: Seal, batch: Row[Any], ids: Sequence[int], epoch: int
) -> Iterator[Claimed]:
    if not ids:
        return
    words = connection.execute(waiting.TEXTS, _parameters(batch))
    texts = {(row.language, row.variant): row for row in words}
    replies = _latest_messages(connection, batch, ids)
    taken = connection.execute(waiting.TAKEN, _parameters(batch) | {"ids": ids})
    # Unpacked, since to ask a row for each of its columns by name takes longer than to read it.
    for row in taken.all():
        reader, sealed, language, quiet, refusals, attempts, ambiguous, silent, message_id = row
        variant = "edit" if batch.edits else "repeat" if ambiguous else "first"
        text = texts.get((language, variant)) or texts[FALLBACK_LANGUAGE, variant]
        yield Claimed(
            alert_id=batch.id,
            number=batch.number,
            subscriber_id=reader,
            chat_id=seal.unseal(sealed),
            language=text.language,
            silent=silent or (batch.topic == "bodies" and quiet),
            text=text.text,
            buttons=text.buttons,
            attempt=attempts,
            ambiguous=ambiguous,
            edits=batch.edits,
            message_id=message_id,
            reply_to=replies.get(reader),
            refusals=refusals,
            epoch=epoch,
        )


def _latest_messages(connection: Connection, batch: Row[Any], ids: Sequence[int]) -> dict[int, int]:
    """What these readers have of the same matter: each one's latest message."""
    if batch.refers_to is None or batch.edits:
        return {}
    query = (
        select(deliveries.c.subscriber_id, deliveries.c.message_id)
        .where(deliveries.c.alert_id.in_(ids_in_chain(batch.refers_to)))
        .where(deliveries.c.subscriber_id.in_(ids), deliveries.c.edits == 0)
        .where(deliveries.c.state == "delivered")
        .order_by(deliveries.c.alert_id)
    )
    return {row.subscriber_id: row.message_id for row in connection.execute(query)}
