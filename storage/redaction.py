"""Erasing personal data from everything that holds it, once the ledger has words without it.

1. Every earlier revision of the record loses its words; who made it, when and why stays.
2. So do the alerts about these revisions, and any other whose words had what was taken out. What
   of them still waits is held: the update that the caller publishes takes their place.
3. Drafts that were about the record, or have what was taken out, are erased whole.
4. So is what lines of the audit log hold of it; the chain stays provable without.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, or_, select, update

from exchange.corrections import Reason
from storage import audit, fanout
from storage.tables import (
    OPEN,
    alert_texts,
    alerts,
    deliveries,
    drafts,
    is_one_of,
    records,
    revisions,
    screen_keys,
)
from storage.tables import audit as lines
from storage.writer import erased

ACT = "redact"
_NO_WORDS = re.compile(r"[a-z0-9_.-]*|[A-Z]+[0-9]*")
"""Keys, public ids, days and the like: they name nobody, and stand in every record."""


def erase(
    connection: Connection,
    key: str,
    clean_rev: int,
    *,
    by: str,
    at: datetime,
    told_since: int | None = None,
) -> None:
    """Leaves nothing of a record before its revision `clean_rev`.

    Alerts have clean words from the one about revision `told_since` on; by default, from that too.
    """
    of_record = select(revisions).join(records).where(records.c.key == key)
    rows = connection.execute(of_record.order_by(revisions.c.rev)).all()
    earlier = [row for row in rows if row.rev < clean_rev]
    removed = _removed(rows, clean_rev)
    without = update(revisions).where(
        revisions.c.record_id == rows[-1].record_id, revisions.c.rev < clean_rev
    )
    connection.execute(without.values(body=None, salt=None))
    numbers = _erase_alerts(connection, key, told_since or clean_rev, removed)
    _erase_drafts(connection, key, removed)
    _erase_lines(connection, numbers, removed)
    content = {"revisions": [row.rev for row in earlier if row.body is not None]}
    audit.append(connection, at=at, by=by, act=ACT, subject=key, content=content)
    erased(connection)


def _removed(rows: Sequence[Row[Any]], clean_rev: int) -> set[str]:
    """The words that were taken out as personal data, and stand nowhere in the clean revisions."""
    stays = {word for row in rows if row.rev >= clean_rev for word in _words_of(row)}
    found = {
        word
        for before, after in pairwise(rows)
        if after.reason == Reason.PERSONAL_DATA_REDACTED and after.rev <= clean_rev
        for word in _words_of(before)
    }
    return {
        word
        for word in found
        if not _NO_WORDS.fullmatch(word) and not any(word in one for one in stays)
    }


def _words_of(row: Row[Any]) -> Iterator[str]:
    return _words(json.loads(row.body)) if row.body is not None else iter(())


def _words(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, list | dict):
        for one in plain.values() if isinstance(plain, dict) else plain:
            yield from _words(one)


def _holds(text: str, removed: set[str]) -> bool:
    """Whether a text has one of these words, as they are or as HTML or JSON write them."""
    return any(
        form in text
        for word in removed
        for form in (
            word,
            html.escape(word, quote=False),
            json.dumps(word, ensure_ascii=False)[1:-1],
        )
    )


def _erase_alerts(
    connection: Connection, key: str, told_since: int, removed: set[str]
) -> tuple[str, ...]:
    """Gives back the numbers of the alerts that have no words any more."""
    about = and_(alerts.c.record_key == key, alerts.c.rev < told_since)
    ids = set(connection.scalars(select(alerts.c.id).where(about)))
    texts = select(alert_texts.c.alert_id, alert_texts.c.text)
    ids |= {row.alert_id for row in connection.execute(texts) if _holds(row.text, removed)}
    connection.execute(update(alert_texts).where(alert_texts.c.alert_id.in_(ids)).values(text=""))
    fanout.finish(connection)
    waits = select(deliveries.c.alert_id).where(is_one_of(deliveries.c.state, *OPEN))
    held = update(alerts).where(
        alerts.c.id.in_(ids), alerts.c.state == "live", alerts.c.id.in_(waits)
    )
    connection.execute(held.values(state="halted"))
    numbers = connection.scalars(select(alerts.c.number).where(alerts.c.id.in_(ids)))
    return tuple(str(number) for number in numbers)


def _erase_drafts(connection: Connection, key: str, removed: set[str]) -> None:
    rows = connection.execute(select(drafts.c.id, drafts.c.record_key, drafts.c.body))
    ids = [
        row.id
        for row in rows
        if row.body
        and (row.record_key == key or f'"{key}"' in row.body or _holds(row.body, removed))
    ]
    connection.execute(delete(screen_keys).where(screen_keys.c.draft_id.in_(ids)))
    connection.execute(delete(drafts).where(drafts.c.id.in_(ids)))


def _erase_lines(connection: Connection, numbers: tuple[str, ...], removed: set[str]) -> None:
    """Telegram's reason to refuse an alert may quote it."""
    halts = and_(lines.c.act == "halt", lines.c.subject.in_(numbers))
    held = select(lines.c.id, lines.c.content, halts.label("quotes")).where(
        or_(halts, lines.c.content.is_not(None))
    )
    ids = [
        row.id
        for row in connection.execute(held)
        if row.content is not None and (row.quotes or _holds(row.content, removed))
    ]
    audit.erase_content(connection, ids)
