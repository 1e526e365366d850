"""An alert put together with the words of every language, and queued for whom it is for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Literal

from exchange.ledger import Entry
from exchange.records import FALLBACK_LANGUAGE, LANGUAGES
from handlers.answer import stored_keyboard
from handlers.telling import Telling
from messages.drafting import Reach
from messages.message import Message
from storage import outbox
from storage.outbox import AlertText, AlertType, PublishedAlert
from storage.store import Connection


@dataclass(frozen=True)
class Prepared:
    """An alert with its words, as it would be published now."""

    told: Telling
    refers_to: int | None
    code: str
    texts: Sequence[AlertText]

    @property
    def shown(self) -> tuple[AlertText, ...]:
        """What a preview shows: the message, and what the latest earlier one will look like."""
        edited = max((one.edits for one in self.texts), default=0)
        return tuple(
            one
            for one in self.texts
            if (one.variant == "first" and self.told.announced)
            or (self.told.corrects and one.variant == "edit" and one.edits == edited)
        )


def prepared(conn: Connection, told: Telling, record_key: str | None, code: str) -> Prepared | None:
    """The alert about a record; None for a correction of what nobody was ever told."""
    refers_to = outbox.latest_about(conn, record_key)
    if told.corrects and refers_to is None:
        return None
    number = outbox.next_number(conn)
    texts = [
        _text(language, "repeat" if repeat else "first", said)
        for language, repeat in product(LANGUAGES, (False, True))
        for said in [told.words(number, refers_to, language, repeat=repeat, code=code)]
    ]
    marks = _marks(conn, told, refers_to, number)
    if told.announced or marks:
        return Prepared(told, refers_to, code, (*texts, *marks))
    return None


def reach(conn: Connection, alert: Prepared, record_key: str | None, rate: float) -> Reach:
    """How many get it, how many messages it changes, and how long that takes at this rate."""
    told = alert.told
    readers = None
    if told.announced:
        found = outbox.readers(
            conn,
            told.topic,
            record_key,
            _type(told, alert.refers_to),
            to_new_readers=not told.corrects,
        )
        readers = sum(found.values())
    marked = None
    if told.corrects:
        edited = {one.edits for one in alert.texts if one.edits}
        marked = sum(outbox.progress(conn, number).delivered for number in edited)
    calls = (readers or 0) + (marked or 0)
    return Reach(readers, math.ceil(calls / rate), marked)


def publish(
    conn: Connection,
    alert: Prepared,
    entry: Entry,
    *,
    by: str,
    at: datetime,
    starts_at: datetime,
) -> int:
    """Queue the alert, with its words, for everybody whom it is for; returns its number."""
    return outbox.publish(
        conn,
        record_key=entry.record.key,
        rev=entry.rev,
        type=_type(alert.told, alert.refers_to),
        refers_to=alert.refers_to,
        topic=alert.told.topic,
        by=by,
        published_at=at,
        starts_at=starts_at,
        texts=alert.texts,
        announce=alert.told.announced,
        to_new_readers=not alert.told.corrects,
        code=alert.code or None,
    )


def _type(told: Telling, refers_to: int | None) -> AlertType:
    if told.withdraws:
        return "Cancel"
    return "Alert" if refers_to is None else "Update"


def _marks(
    conn: Connection, told: Telling, refers_to: int | None, number: int
) -> Sequence[AlertText]:
    """How earlier messages are changed; news goes on with what the last correction began."""
    if refers_to is None:
        return ()
    if not told.corrects:
        return outbox.unfinished_edits(conn, refers_to)
    return [
        text
        for earlier in outbox.chain(conn, refers_to)
        for text in _marked(conn, told, earlier, number)
    ]


def _marked(
    conn: Connection, told: Telling, earlier: PublishedAlert, number: int
) -> Sequence[AlertText]:
    """An earlier alert as it reads from now on; () where its messages read so already."""
    if told.mark is None:
        return ()
    made = {language: told.mark(earlier, number, language) for language in LANGUAGES}
    if not any(made.values()) and not outbox.was_edited(conn, earlier.number):
        return ()
    texts = []
    for language, message in made.items():
        as_sent = earlier.words.get(language) or earlier.words[FALLBACK_LANGUAGE]
        text, buttons = (
            (message.text, stored_keyboard(message)) if message else (as_sent.text, as_sent.buttons)
        )
        texts.append(AlertText(language, "edit", text, buttons, edits=earlier.number))
    return texts


def _text(language: str, variant: Literal["first", "repeat"], said: Message) -> AlertText:
    return AlertText(language, variant, said.text, stored_keyboard(said))
