"""From a draft to the ledger and to every subscriber, in one transaction.

Record, audit lines, alert, its words in every language and all deliveries are committed together,
or nothing is; of very many deliveries the first, and that the others follow. The words are made by
the same function as the preview, and are what is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from exchange.draft import Draft, Screen
from exchange.ledger import Entry, Ledger
from exchange.proposal import cautions_of, problems_of
from exchange.records import Record
from handlers import following
from handlers.acting import (
    OutdatedError,
    StrangerError,
    behind,
    carry,
    draft_in,
    own_draft,
)
from handlers.alerting import Prepared, prepared, publish, reach
from handlers.telling import Correction, Telling, telling, telling_correction
from handlers.visit import Visit
from messages import drafting, fixed
from messages.drafting import Reach
from messages.message import Html, Message
from storage import drafts
from storage import ledger as ledger_store
from storage.drafts import DraftRow
from storage.moderators import PUBLISHERS
from storage.store import Connection


@dataclass(frozen=True)
class Published:
    """What a press on Publish came to."""

    row: DraftRow
    record: str
    number: int | None
    """The alert's number; None where nobody is alerted."""
    again: bool = False
    """Whether it had been published before: the button was pressed twice."""


class UnfitError(Exception):
    """The draft does not fit the ledger, which may have moved since the preview."""


async def preview(visit: Visit, row: DraftRow, draft: Draft, ledger: Ledger) -> None:
    """The messages as readers will get them, then how many get them and the button to publish."""

    def look(conn: Connection) -> tuple[Prepared | None, Reach | None]:
        new = _records(draft, ledger, partial(ledger_store.upcoming_keys, conn))
        beside = ledger.with_records(new, visit.now)
        entry = beside.entries[new[-1].key]
        told = _telling(visit, draft, ledger, entry, beside, _past(conn, draft))
        alert = prepared(conn, told, draft.base, draft.code) if told else None
        return alert, reach(conn, alert, draft.base, visit.deps.rate) if alert else None

    alert, far = await visit.store.read(look)
    for shown in alert.shown if alert else ():
        await visit.anew().answer(Message(Html(shown.text)), silent=True)
    cautions = cautions_of(draft, ledger, visit.now)
    await carry(visit.anew(), row, drafting.preview_note(far, visit.language, cautions))


async def press_button(visit: Visit, key: str, act: str) -> None:
    """Publish; and while the alert has not reached everybody, take it back or stop it."""
    acts = {"publish": _publish, "undo": following.undo, "stop": following.stop}
    try:
        await acts[act](visit, key)
    except (StrangerError, OutdatedError):
        await visit.notice(fixed.stale_button(visit.language))


async def _publish(visit: Visit, key: str) -> None:
    known = await visit.ledger()
    try:
        done = await visit.store.write(lambda conn: _commit(conn, visit, key, known))
    except UnfitError:
        await visit.notice(drafting.preview_outdated(visit.language))
        return
    visit.deps.wake_sender()
    if done.again and done.number is not None:
        await visit.notice(drafting.already_published(done.number, visit.language))
    if done.number is None:
        await visit.answer(drafting.recorded_quietly(done.record, visit.language))
    else:
        await following.show(visit, done.row)


def _commit(conn: Connection, visit: Visit, key: str, known: Ledger) -> Published:
    """Everything that publishing is, at once.

    Raises:
        StrangerError: the visitor has no right to publish.
        OutdatedError: the button belongs to nothing that can be published.
        UnfitError: the draft does not fit the ledger.

    """
    moderator, row = behind(conn, visit, key)
    if row.record_key:
        return Published(row, row.record_key, row.alert_number, again=True)
    row = own_draft(conn, visit, key)
    if moderator.role not in PUBLISHERS:
        raise StrangerError
    ledger = ledger_store.advance(conn, known)
    draft = draft_in(row)
    if draft.screen is not Screen.PREVIEW or problems_of(draft, ledger, visit.now):
        raise UnfitError
    past = _past(conn, draft)
    after = _record(conn, visit, draft, ledger, moderator.pseudonym)
    told = _telling(visit, draft, ledger, after.entry, after.ledger, past)
    alert = prepared(conn, told, draft.base, draft.code) if told else None
    number = None
    if alert:
        starts_at = visit.now + visit.deps.undo
        number = publish(
            conn, alert, after.entry, by=moderator.pseudonym, at=visit.now, starts_at=starts_at
        )
    record = after.entry.record.key
    done = drafts.published(conn, row.id, number, record, language=visit.language, at=visit.now)
    return Published(done, record, number)


@dataclass(frozen=True)
class _Recorded:
    entry: Entry
    ledger: Ledger


def _record(conn: Connection, visit: Visit, draft: Draft, ledger: Ledger, by: str) -> _Recorded:
    """What the draft says is recorded, with an id where it is new, and with its sources."""

    def given(prefix: str, count: int) -> Sequence[str]:
        return [ledger_store.next_key(conn, prefix) for _ in range(count)]

    new = _records(draft, ledger, given)
    if draft.reason:
        ledger_store.correct(conn, new, reason=draft.reason, by=by, at=visit.now)
    else:
        ledger_store.record(conn, new, by=by, at=visit.now)
    after = ledger_store.advance(conn, ledger)
    return _Recorded(after.entries[new[-1].key], after)


def _records(
    draft: Draft, ledger: Ledger, ids: Callable[[str, int], Sequence[str]]
) -> Sequence[Record]:
    """What the draft says, under ids of the ledger: its new sources, and last the record itself."""
    sources = [one.key for one in draft.new_sources]
    settled = draft.settled(dict(zip(sources, ids("R", len(sources)), strict=True)))
    key = draft.base or ids(draft.PREFIX, 1)[0]
    return (*settled.new_sources, settled.record(key, ledger))


def _telling(
    visit: Visit,
    draft: Draft,
    ledger: Ledger,
    entry: Entry,
    after: Ledger,
    past: Mapping[int, Record | None],
) -> Telling | None:
    before = draft.recorded(ledger)
    if draft.reason is None or before is None:
        return telling(before, entry.record, after)
    correction = Correction(before, entry.record, draft.reason, past, visit.now)
    return telling_correction(correction, after)


def _past(conn: Connection, draft: Draft) -> Mapping[int, Record | None]:
    """Every revision of what the draft corrects."""
    if draft.base is None or not draft.correcting:
        return {}
    return {one.rev: one.record for one in ledger_store.history(conn, draft.base)}
