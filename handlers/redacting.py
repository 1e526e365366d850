"""Erasing personal data for good, once what is shown is free of it: two where there are two.

What held it is out of sight from the moment it was corrected or withdrawn for that reason, by one
moderator alone. This erases it from the store, and cannot be undone.
"""

from __future__ import annotations

from exchange.ledger import Ledger
from handlers.acting import (
    OutdatedError,
    StrangerError,
    answer_publisher,
    keyed,
    publisher_of,
)
from handlers.arguments import any_id, public_id
from handlers.visit import Visit
from messages import fixed
from messages import redacting as words
from messages.message import Message
from messages.redacting import RedactionView
from storage import ledger as ledger_store
from storage import questions, redactions, updates
from storage.moderators import Moderator
from storage.store import Connection

REDACT = "redact"
ACTS = (REDACT,)


async def redact(visit: Visit) -> None:
    """After an id, "/redact C1": what is out of sight, with the button to erase it."""
    known = await visit.ledger()
    wanted = any_id(visit.argument) or public_id(visit.argument, "S") or ""
    await answer_publisher(visit, lambda conn, who: _state(conn, visit, who, wanted, known))


async def press_button(visit: Visit, key: str, act: str) -> None:
    """Propose to erase, or confirm it; once, however often the update is handed to us."""
    known, record = await visit.ledger(), act.partition(":")[2]

    def do(conn: Connection) -> Message:
        who = publisher_of(conn, visit)
        if updates.first_time(conn, visit.update_id, visit.now):
            asked = questions.answered(conn, key, who.id, REDACT, visit.now)
            if asked != record or not redactions.waiting(conn, record):
                raise OutdatedError
            redactions.redact(conn, record, who, visit.now)
        return _state(conn, visit, who, record, known)

    try:
        shown = await visit.store.write(do)
    except (StrangerError, OutdatedError):
        await visit.notice(fixed.stale_button(visit.language))
        return
    await visit.answer(shown)


def _state(conn: Connection, visit: Visit, who: Moderator, key: str, known: Ledger) -> Message:
    ledger = ledger_store.advance(conn, known)
    entry = ledger.entries.get(key)
    if entry is None:
        return words.nothing_to_redact(ledger, visit.language)
    hidden = redactions.waiting(conn, key)
    if not hidden:
        erased = any(one.record is None for one in ledger_store.history(conn, key))
        clean = words.erased if erased else words.correct_first
        return clean(key, visit.language)
    found = redactions.proposal(conn, key)
    by = found.by if found else None
    alone = not redactions.needs_another(conn)
    message = words.redaction(
        RedactionView(key, hidden, by, is_mine=by == who.pseudonym, alone=alone), visit.language
    )
    if not message.buttons:
        return message
    return keyed(message, questions.ask(conn, who.id, REDACT, visit.now, about=key))
