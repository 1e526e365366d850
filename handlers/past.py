"""What readers ask of the past: how something was known, how it came to be, what was corrected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from exchange.history import Past
from exchange.ledger import Ledger
from handlers.arguments import any_id, page
from handlers.moments import moment
from handlers.visit import Visit
from messages import asof as asof_screens
from messages.corrections import ON_A_PAGE
from messages.corrections import corrections as corrections_log
from messages.history import history as history_of
from messages.message import Message
from storage import ledger as records
from storage import past
from storage.store import Connection


async def history(visit: Visit) -> None:
    """Every revision of a record, page by page."""
    ledger = await visit.ledger()
    asked, _, number = visit.argument.partition(":")
    key, shown = any_id(asked) or "", page(number)
    known = key if key in ledger.entries else ""

    async def read() -> Message:
        found = await visit.store.read(lambda conn: records.history(conn, known))
        return history_of(ledger, known, found, shown, visit.language)

    await _answer(visit, ledger, ("history", known, str(shown)), read)


async def corrections(visit: Visit) -> None:
    """The log of all corrections, page by page; with the id of one, the page that it is on."""
    ledger = await visit.ledger()
    key = any_id(visit.argument) or ""
    wanted = key if key.startswith("X") else str(page(visit.argument))

    async def read() -> Message:
        found, shown, pages = await visit.store.read(lambda conn: _page_of_log(conn, wanted))
        return corrections_log(ledger, found, shown, pages, visit.language)

    await _answer(visit, ledger, ("corrections", wanted), read)


async def asof(visit: Visit) -> None:
    """The status as it was known at a moment; what is still to come is known as it is now."""
    then = moment(visit.argument, visit.now)
    if then is None:
        await visit.answer(asof_screens.how_to_ask(visit.language))
        return
    ledger = await visit.ledger()
    if then >= visit.now:
        await visit.answer(asof_screens.as_of(ledger, visit.now, visit.language))
        return

    async def read() -> Message:
        known = await visit.store.read(lambda conn: past.ledger_as_of(conn, then, ledger))
        return asof_screens.as_of(known, then, visit.language)

    await _answer(visit, ledger, ("asof", then.isoformat()), read)


def _page_of_log(conn: Connection, wanted: str) -> tuple[Sequence[tuple[Past, Past]], int, int]:
    """The corrections of a page, its number or the nearest that there is, and how many there are.

    Corrections are numbered as they were made, so that the number of one says where it stands.
    """
    count = records.count_corrections(conn)
    pages = max(1, -(-count // ON_A_PAGE))
    number = int(wanted) if wanted.isdigit() else (count - int(wanted[1:])) // ON_A_PAGE + 1
    shown = min(max(number, 1), pages)
    skip = (shown - 1) * ON_A_PAGE
    return records.corrections(conn, limit=ON_A_PAGE, skip=skip), shown, pages


async def _answer(
    visit: Visit, ledger: Ledger, key: tuple[str, ...], read: Callable[[], Awaitable[Message]]
) -> None:
    await visit.answer(await visit.deps.answers.read(ledger, (*key, visit.language), read))
