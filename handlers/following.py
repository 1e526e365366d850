"""An alert on its way, followed by who published it: the card, taking it back, stopping it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime

from handlers.acting import OutdatedError, behind, body_of, draft_in, keyed, latest
from handlers.visit import Visit
from messages import drafting, fixed
from messages.message import Message
from messages.sending import SendingView, progress_card
from storage import drafts, outbox, updates
from storage import ledger as ledger_store
from storage.drafts import DraftRow
from storage.moderators import Moderator
from storage.outbox import Progress
from storage.store import Connection


async def undo(visit: Visit, key: str) -> None:
    """Before the first send: the alert is called back, the record with it, the draft reopened."""

    def take_back(conn: Connection) -> DraftRow | None:
        if not updates.first_time(conn, visit.update_id, visit.now):
            return latest(conn, visit, key)
        moderator, row, number = _published_by(conn, visit, key)
        record = row.record_key or ""
        alert = outbox.by_number(conn, number)
        told = outbox.progress(conn, number)
        if alert is None or told.state != "live" or told.starts_at <= visit.now:
            return None
        if outbox.has_begun(conn, number):
            return None  # a clock that is put back makes nothing unsent
        if ledger_store.history(conn, record)[-1].rev != alert.rev:
            return None  # somebody has added to the record since; it is his to undo
        outbox.call_back(conn, number, moderator.pseudonym, visit.now)
        ledger_store.take_back(conn, record, by=moderator.pseudonym, at=visit.now)
        begun_since = drafts.of(conn, moderator.id)
        if begun_since:  # an alert can be called back in any case; there is room for one draft
            drafts.discard(conn, begun_since.id, at=visit.now)
        return drafts.reopen(conn, row.id, _body_again(conn, row), at=visit.now)

    row = await visit.store.write(take_back)
    if row is None:
        await visit.notice(fixed.stale_button(visit.language))
        return
    async with visit.deps.showing:
        await visit.answer(keyed(drafting.undone(visit.language), row.key))


async def stop(visit: Visit, key: str) -> None:
    """While it is being sent: who was not reached is not; who was reached is counted."""

    def end(conn: Connection) -> DraftRow:
        moderator, row, number = _published_by(conn, visit, key)
        told = outbox.progress(conn, number)
        if told.state == "live" and (told.waiting or told.edits_waiting):
            outbox.stop(conn, number, moderator.pseudonym, visit.now)
        return row

    await show(visit, await visit.store.write(end))


async def show(visit: Visit, row: DraftRow) -> None:
    """Put the card of a published draft in its place: how far the alert has come by now."""
    async with visit.deps.showing:
        await visit.answer(await _card(visit, row))


def _body_again(conn: Connection, row: DraftRow) -> str:
    """A draft that was taken back: what it corrects is as it was, under a newer revision."""
    draft = draft_in(row)
    if draft.base is None or not draft.correcting:
        return row.body
    return body_of(replace(draft, corrects=ledger_store.history(conn, draft.base)[-1].rev))


def _published_by(conn: Connection, visit: Visit, key: str) -> tuple[Moderator, DraftRow, int]:
    """The visiting moderator, the published draft behind the key, and the alert's number."""
    moderator, row = behind(conn, visit, key)
    if row.alert_number is None:
        raise OutdatedError
    return moderator, row, row.alert_number


async def _card(visit: Visit, row: DraftRow) -> Message:
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
        seconds_left=math.ceil((progress.waiting + progress.edits_waiting) / rate),
        state=progress.state,
        frozen=progress.frozen,
        edited=progress.edited,
        edits_waiting=progress.edits_waiting,
    )
