"""Texts that do not depend on the ledger."""

from __future__ import annotations

from handlers.visit import Visit
from messages import fixed


async def privacy(visit: Visit) -> None:
    """What is kept about a reader, and how it is erased."""
    await visit.answer(fixed.privacy(visit.language))


async def about(visit: Visit) -> None:
    """What the bot is, and what it promises."""
    await visit.answer(fixed.about(visit.language))


async def safety(visit: Visit) -> None:
    """How to recognise fraud, and whom to turn to."""
    await visit.answer(fixed.safety(visit.language))


async def unknown_command(visit: Visit) -> None:
    """The one answer to every command that does not exist for this person."""
    await visit.answer(fixed.unknown_command(visit.language))


async def plain_words(visit: Visit) -> None:
    """To a person who simply writes: a warm answer. What was written is neither kept nor read."""
    await visit.answer(fixed.warm(visit.language))
