"""What readers ask of the past: how something was known, how it came to be, what was corrected."""

from __future__ import annotations

from handlers.moments import moment
from handlers.visit import Visit
from messages import asof as screens
from messages.message import Message
from storage import past


async def asof(visit: Visit) -> None:
    """The status as it was known at a moment; what is still to come is known as it is now."""
    then = moment(visit.argument, visit.now)
    if then is None:
        await visit.answer(screens.how_to_ask(visit.language))
        return
    ledger = await visit.ledger()
    if then >= visit.now:
        await visit.answer(screens.as_of(ledger, visit.now, visit.language))
        return

    async def read() -> Message:
        known = await visit.store.read(lambda conn: past.ledger_as_of(conn, then, ledger))
        return screens.as_of(known, then, visit.language)

    key = ("asof", then.isoformat(), visit.language)
    await visit.answer(await visit.deps.answers.read(ledger, key, read))
