"""Taking something published back: one moderator, one command and two presses.

The first press gives the reason and shows the real messages; the second withdraws. Record, audit
line, the alert that takes back and its deliveries are committed together. It starts at once, before
everything else that waits; whatever was still to be sent of earlier alerts is not sent any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from exchange.corrections import WITHDRAWS, Reason
from exchange.ledger import Entry, Ledger
from exchange.news import topic
from exchange.records import Claim, Record, Stage
from exchange.references import resting_on
from handlers import following
from handlers.acting import (
    OutdatedError,
    StrangerError,
    answer_publisher,
    keyed,
    publisher_of,
)
from handlers.alerting import Prepared, prepared, publish, reach
from handlers.arguments import any_id, public_id
from handlers.telling import telling_withdrawal
from handlers.visit import Visit
from messages import fixed
from messages import withdrawing as words
from messages.message import Html, Message
from messages.withdrawing import Told
from storage import drafts, freezing, memos, moderators, outbox, questions, updates
from storage import ledger as ledger_store
from storage.drafts import DraftRow
from storage.memos import MemoKind
from storage.moderators import Moderator
from storage.store import Connection

ASKED, CONFIRMED = "withdraw", "withdraw_now"
ACTS = (ASKED, CONFIRMED)


async def withdraw(visit: Visit) -> None:
    """After an id, "/withdraw S1": what it would do, with a button for each reason."""
    known = await visit.ledger()
    await answer_publisher(visit, lambda conn, who: _question(conn, visit, who, known))


async def press_button(visit: Visit, key: str, act: str) -> None:
    """Choose the reason, or withdraw."""
    verb, _, reason = act.partition(":")
    try:
        await (_withdraw(visit, key) if verb == CONFIRMED else _preview(visit, key, reason))
    except (StrangerError, OutdatedError):
        await visit.notice(fixed.stale_button(visit.language))


def _question(conn: Connection, visit: Visit, who: Moderator, known: Ledger) -> Message:
    ledger = ledger_store.advance(conn, known)
    wanted = any_id(visit.argument) or public_id(visit.argument, "S")
    entry = ledger.entries.get(wanted or "")
    if entry is None or entry.withdrawn:
        return words.nothing_to_withdraw(ledger, visit.language)
    record = entry.record
    if others := resting_on(record.key, ledger):
        return words.is_rested_on(record.key, others, ledger, visit.language)
    key = questions.ask(conn, who.id, ASKED, visit.now, about=record.key)
    return keyed(words.ask_why(ledger, record, _told(conn, record), visit.language), key)


def _told(conn: Connection, record: Record) -> Told | None:
    latest = outbox.latest_about(conn, record.key)
    if latest is None or not isinstance(record, Stage | Claim):
        return None
    reached = outbox.readers(conn, topic(record), record.key, "Cancel")
    return Told(len(outbox.chain(conn, latest)), sum(reached.values()))


@dataclass(frozen=True)
class _Intent:
    """What is to be withdrawn, as the moderator saw it; kept with the question."""

    key: str
    rev: int
    reason: Reason
    code: str
    """The check code of the alert that the preview shows."""

    @classmethod
    def read(cls, kept: str) -> _Intent:
        key, rev, reason, code = kept.split()
        return cls(key, int(rev), Reason(reason), code)

    def kept(self) -> str:
        return f"{self.key} {self.rev} {self.reason} {self.code}"


async def _preview(visit: Visit, key: str, reason: str) -> None:
    """The messages as readers will get them, then how many get them and the last button.

    Nothing is done yet, so the reasons can be pressed again.
    """
    known = await visit.ledger()

    def look(conn: Connection) -> tuple[Prepared | None, Message]:
        who = publisher_of(conn, visit)
        about = questions.asked(conn, key, who.id, ASKED, visit.now)
        if about is None or reason not in WITHDRAWS:
            raise OutdatedError
        ledger = ledger_store.advance(conn, known)
        entry = _standing(ledger, about)
        intent = _Intent(about, entry.rev, Reason(reason), outbox.new_code(conn))
        without = ledger.with_entries([replace(entry, withdrawn=True)], ledger.revision)
        alert = _alert(conn, entry, intent, without)
        far = reach(conn, alert, about, visit.deps.rate) if alert else None
        frozen = freezing.is_frozen(conn)
        note = words.confirm(about, intent.reason, far, frozen, visit.language)
        asked = questions.ask(conn, who.id, CONFIRMED, visit.now, about=intent.kept())
        return alert, keyed(note, asked)

    alert, note = await visit.store.write(look)
    for shown in alert.shown if alert else ():
        await visit.anew().answer(Message(Html(shown.text)), silent=True)
    await visit.anew().answer(note)


async def _withdraw(visit: Visit, key: str) -> None:
    known = await visit.ledger()
    done = await visit.store.write(lambda conn: _commit(conn, visit, key, known))
    visit.deps.wake_sender()
    if isinstance(done, DraftRow):
        await following.show(visit, done)
    else:
        await visit.answer(words.withdrawn_quietly(done, visit.language))


def _commit(conn: Connection, visit: Visit, key: str, known: Ledger) -> DraftRow | str:
    """Everything that withdrawing is, at once.

    Gives back what is followed now, or the id of a record of which nobody had been alerted.

    Raises:
        StrangerError: the visitor has no right to withdraw.
        OutdatedError: the button belongs to nothing that can be withdrawn as it was shown.

    """
    who = publisher_of(conn, visit)
    if not updates.first_time(conn, visit.update_id, visit.now):
        return _done_before(conn, visit, who)
    about = questions.answered(conn, key, who.id, CONFIRMED, visit.now)
    if about is None:
        raise OutdatedError
    intent = _Intent.read(about)
    before = ledger_store.advance(conn, known)
    if _standing(before, intent.key).rev != intent.rev:
        raise OutdatedError
    by, now = who.pseudonym, visit.now
    entry = ledger_store.withdraw(conn, intent.key, by=by, at=now, reason=intent.reason)
    others = moderators.others(conn, who)
    memos.make(conn, others, MemoKind.WITHDRAWN, f"{by} {intent.key}", now)
    alert = _alert(conn, entry, intent, ledger_store.advance(conn, before))
    if alert is None:
        return intent.key
    number = publish(conn, alert, entry, by=by, at=now, starts_at=now)
    return drafts.follow(
        conn,
        who.id,
        number,
        intent.key,
        message_id=visit.message_id,
        language=visit.language,
        at=now,
    )


def _done_before(conn: Connection, visit: Visit, who: Moderator) -> DraftRow:
    """For an update that is handed over again: it had its effect, and its answer may be missing."""
    row = drafts.shown_in(conn, who.id, visit.message_id)
    if row is None:
        raise OutdatedError
    return row


def _standing(ledger: Ledger, key: str) -> Entry:
    """The record, if it still stands and nothing rests on it."""
    entry = ledger.entries.get(key)
    if entry is None or entry.withdrawn or resting_on(key, ledger):
        raise OutdatedError
    return entry


def _alert(conn: Connection, entry: Entry, intent: _Intent, after: Ledger) -> Prepared | None:
    told = telling_withdrawal(entry.record, intent.reason, after)
    return prepared(conn, told, intent.key, intent.code) if told else None
