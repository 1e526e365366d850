"""Whether an alert is ours and still holds: by its check code, or by its number.

The answer is the same for everybody, and says nothing of who was sent what. It is not kept: what
became of an alert changes without the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exchange.history import Past
from exchange.ledger import Ledger
from exchange.records import FALLBACK_LANGUAGE, Record
from handlers.arguments import alert_number, check_code
from handlers.visit import Visit
from messages import verify as screens
from storage import ledger as records
from storage import outbox
from storage.outbox import PublishedAlert
from storage.store import Connection


async def verify(visit: Visit) -> None:
    """The true words of the alert with this code, or that there is none."""
    if not visit.argument:
        await visit.answer(screens.how_to_verify(visit.language))
        return
    code = check_code(visit.argument)
    await _answer(visit, lambda conn: outbox.by_code(conn, code) if code else None)


async def alert(visit: Visit) -> None:
    """The same for the alert of a number."""
    number = alert_number(visit.argument)
    await _answer(visit, lambda conn: outbox.by_number(conn, number) if number else None)


async def _answer(visit: Visit, find: Callable[[Connection], PublishedAlert | None]) -> None:
    def look(conn: Connection) -> tuple[PublishedAlert | None, tuple[Past, ...]]:
        found = find(conn)
        corrected = found is not None and found.corrected_by and not found.withdrawn_by
        return found, records.history(conn, found.record_key) if found and corrected else ()

    found, history = await visit.store.read(look)
    if found is None:
        await visit.answer(screens.not_ours(visit.language))
        return
    ledger = await visit.ledger() if history else Ledger()
    checked = _checked(found, history, visit.language)
    await visit.answer(screens.verified(checked, ledger, visit.bot.username, visit.language))


def _checked(found: PublishedAlert, history: Sequence[Past], language: str) -> screens.Checked:
    words = found.words.get(language) or found.words[FALLBACK_LANGUAGE]
    return screens.Checked(
        number=found.number,
        code=found.code,
        words=words.text,
        published_at=found.published_at,
        record_key=found.record_key,
        stopped=found.state == "stopped",
        updated_by=tuple(one for one in found.updated_by if one not in found.corrected_by),
        corrected_by=tuple(found.corrected_by),
        correction=_correction(found, history),
        withdrawn_by=found.withdrawn_by,
    )


def _correction(found: PublishedAlert, history: Sequence[Past]) -> tuple[Record, Record] | None:
    """What corrections made of what an alert told; None where either end is out of sight."""
    if not history:
        return None
    told = found.corrected_by.values()
    records_by_rev = {one.rev: one.record for one in history}
    before, after = records_by_rev[min(told) - 1], records_by_rev[max(told)]
    return (before, after) if before and after else None
