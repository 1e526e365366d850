"""The public records, given away as files."""

from __future__ import annotations

from handlers import answer
from handlers.visit import Visit
from messages.export import Form
from messages.export_screens import caption, menu


async def export(visit: Visit) -> None:
    """A file where one is named, else which files there are."""
    ledger = await visit.ledger()
    if visit.argument not in tuple(Form) or not ledger.entries:
        await visit.answer(menu(ledger, visit.language))
        return
    form = Form(visit.argument)
    document = await visit.deps.files.get(ledger, form, visit.language)
    said = caption(ledger, form, visit.language)
    await answer.send_document(visit.bot, visit.chat_id, document, said)
