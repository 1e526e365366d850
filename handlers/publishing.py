"""From a draft to the ledger and to every subscriber, in one transaction.

Record, audit lines, alert, its words in every language and all deliveries are committed together,
or nothing is. The words are made by the same function as the preview, and are what is sent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from exchange.draft import Draft, Screen
from exchange.ledger import Entry, Ledger
from exchange.proposal import problems_of, proposed
from exchange.records import LANGUAGES, Record
from handlers.acting import (
    OutdatedError,
    StrangerError,
    behind,
    carry,
    draft_in,
    keyed,
    latest,
    own_draft,
)
from handlers.answer import stored_keyboard
from handlers.telling import Telling, telling
from handlers.visit import Visit
from messages import drafting, fixed
from messages.message import Message
from messages.sending import SendingView, progress_card
from storage import drafts, outbox, updates
from storage import ledger as ledger_store
from storage.drafts import DraftRow
from storage.moderators import PUBLISHERS, Moderator
from storage.outbox import AlertText, Progress
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
    record = proposed(draft, ledger)
    beside = ledger.with_records((*draft.new_sources, record), visit.now)
    told = telling(draft.recorded(ledger), record, beside)
    readers: dict[str, int] | None = None
    if told:
        number, refers_to, readers = await visit.store.read(
            lambda conn: (
                outbox.next_number(conn),
                outbox.latest_about(conn, draft.base),
                outbox.readers(conn, told.topic, draft.base),
            )
        )
        for language in LANGUAGES:
            real = told.words(number, refers_to, language)
            await visit.anew().answer(replace(real, buttons=()), silent=True)
    seconds = math.ceil(sum(readers.values()) / visit.deps.rate) if readers else 0
    note = drafting.preview_note(readers=readers, seconds=seconds, language=visit.language)
    await carry(visit.anew(), row, note)


async def press_button(visit: Visit, key: str, act: str) -> None:
    """Publish; and while the alert has not reached everybody, take it back or stop it."""
    try:
        await {"publish": _publish, "undo": _undo, "stop": _stop}[act](visit, key)
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
        await visit.answer(await _card(visit, done.row))


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
    ledger, now = ledger_store.advance(conn, known), visit.now
    draft = draft_in(row)
    if draft.screen is not Screen.PREVIEW or problems_of(draft, ledger, now):
        raise UnfitError
    draft = draft.settled({one.key: ledger_store.next_key(conn, "R") for one in draft.new_sources})
    key = draft.base or ledger_store.next_key(conn, draft.PREFIX)
    record = draft.record(key, ledger)
    new: tuple[Record, ...] = (*draft.new_sources, record)
    ledger_store.record(conn, new, by=moderator.pseudonym, at=now)
    after = ledger_store.advance(conn, ledger)
    told = telling(draft.recorded(ledger), record, after)
    number = _queue(conn, visit, after.entries[key], told, moderator.pseudonym) if told else None
    done = drafts.published(conn, row.id, number, key, language=visit.language, at=now)
    return Published(done, key, number)


def _queue(conn: Connection, visit: Visit, entry: Entry, told: Telling, by: str) -> int:
    """Queue the alert, with its words, for everybody whom it is for; returns its number."""
    number = outbox.next_number(conn)
    refers_to = outbox.latest_about(conn, entry.record.key)
    texts = []
    for language, repeat in product(LANGUAGES, (False, True)):
        said = told.words(number, refers_to, language, repeat=repeat)
        texts.append(
            AlertText(language, "repeat" if repeat else "first", said.text, stored_keyboard(said))
        )
    return outbox.publish(
        conn,
        record_key=entry.record.key,
        rev=entry.rev,
        type="Alert" if refers_to is None else "Update",
        refers_to=refers_to,
        topic=told.topic,
        by=by,
        published_at=visit.now,
        starts_at=visit.now + visit.deps.undo,
        texts=texts,
    )


async def _undo(visit: Visit, key: str) -> None:
    """Before the first send: the alert is called back, the record with it, the draft reopened."""

    def take_back(conn: Connection) -> DraftRow | None:
        if not updates.first_time(conn, visit.update_id, visit.now):
            return latest(conn, visit, key)
        moderator, row, number = _published_by(conn, visit, key)
        record = row.record_key or ""
        told = outbox.progress(conn, number)
        if told.state != "live" or told.starts_at <= visit.now:
            return None
        if ledger_store.history(conn, record)[-1].at != row.updated_at:
            return None  # somebody has added to the record since; it is his to undo
        outbox.call_back(conn, number, moderator.pseudonym, visit.now)
        ledger_store.take_back(conn, record, by=moderator.pseudonym, at=visit.now)
        begun_since = drafts.of(conn, moderator.id)
        if begun_since:  # an alert can be called back in any case; there is room for one draft
            drafts.discard(conn, begun_since.id, at=visit.now)
        return drafts.reopen(conn, row.id, at=visit.now)

    row = await visit.store.write(take_back)
    if row is None:
        await visit.notice(fixed.stale_button(visit.language))
    else:
        await visit.answer(keyed(drafting.undone(visit.language), row.key))


async def _stop(visit: Visit, key: str) -> None:
    """While it is being sent: who was not reached is not; who was reached is counted."""

    def stop(conn: Connection) -> DraftRow:
        moderator, row, number = _published_by(conn, visit, key)
        told = outbox.progress(conn, number)
        if told.state == "live" and told.waiting:
            outbox.stop(conn, number, moderator.pseudonym, visit.now)
        return row

    await visit.answer(await _card(visit, await visit.store.write(stop)))


def _published_by(conn: Connection, visit: Visit, key: str) -> tuple[Moderator, DraftRow, int]:
    """The visiting moderator, the published draft behind the key, and the alert's number."""
    moderator, row = behind(conn, visit, key)
    if row.alert_number is None:
        raise OutdatedError
    return moderator, row, row.alert_number


async def _card(visit: Visit, row: DraftRow) -> Message:
    """How far the alert of a published draft has come."""
    number = row.alert_number or 0
    progress = await visit.store.read(lambda conn: outbox.progress(conn, number))
    view = sending_view(progress, visit.now, visit.deps.rate)
    return keyed(progress_card(view, visit.language), row.key)


def sending_view(progress: Progress, now: datetime, rate: float) -> SendingView:
    """What the progress card shows, the store's counts and the clock put together."""
    before_start = math.ceil((progress.starts_at - now).total_seconds())
    return SendingView(
        number=progress.number,
        total=progress.total,
        delivered=progress.delivered,
        undeliverable=progress.undeliverable,
        cancelled=progress.cancelled,
        unknown=progress.unknown,
        waiting=progress.waiting,
        starts_in=before_start if before_start > 0 and progress.state == "live" else None,
        seconds_left=math.ceil(progress.waiting / rate),
        state=progress.state,
        frozen=progress.frozen,
    )
