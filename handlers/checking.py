"""Whether an alert is ours and still holds: by its check code, or by its number.

The answer is the same for everybody, and says nothing of who was sent what. It is not kept: what
became of an alert changes without the ledger.
"""

from __future__ import annotations

from collections.abc import Callable

from exchange.records import FALLBACK_LANGUAGE
from handlers.arguments import alert_number, check_code
from handlers.visit import Visit
from messages import verify as screens
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
    found = await visit.store.read(find)
    if found is None:
        await visit.answer(screens.not_ours(visit.language))
    else:
        checked = _checked(found, visit.language)
        await visit.answer(screens.verified(checked, visit.bot.username, visit.language))


def _checked(found: PublishedAlert, language: str) -> screens.Checked:
    words = found.words.get(language) or found.words[FALLBACK_LANGUAGE]
    return screens.Checked(
        number=found.number,
        code=found.code,
        words=words.text,
        published_at=found.published_at,
        record_key=found.record_key,
        stopped=found.state == "stopped",
        updated_by=found.updated_by,
        withdrawn_by=found.withdrawn_by,
    )
