"""What readers ask of the ledger: public answers, the same for everybody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from exchange.ledger import Ledger
from handlers.arguments import any_id, page, public_id
from handlers.past import corrections
from handlers.visit import Visit
from messages.cite import cite as citation
from messages.claims import claim as one_claim
from messages.claims import claims as all_claims
from messages.message import Message
from messages.progress import progress as progress_of
from messages.sources import source as one_source
from messages.sources import sources as all_sources
from messages.stages import stage as one_stage
from messages.stages import stages as all_stages
from messages.status import status as status_of


async def status(visit: Visit) -> None:
    """Where the exchange stands; with an agreement's key, where that one does."""
    ledger = await visit.ledger()
    agreement = visit.argument if visit.argument in ledger.agreements else ""
    await _answer(
        visit,
        ledger,
        ("status", agreement),
        lambda: status_of(ledger, agreement or None, visit.language),
    )


async def progress(visit: Visit) -> None:
    """Every pledge of the agreement beside what is documented, page by page."""
    await _paged(visit, "progress", progress_of)


async def claims(visit: Visit) -> None:
    """All claims of the agreement, the disputed ones first, page by page."""
    await _paged(visit, "claims", all_claims)


async def claim(visit: Visit) -> None:
    """One claim: who says so and who does not."""
    ledger = await visit.ledger()
    key = public_id(visit.argument, "C") or ""
    known = key if key in ledger.entries else ""
    await _answer(visit, ledger, ("claim", known), lambda: one_claim(ledger, known, visit.language))


async def stages(visit: Visit) -> None:
    """All stages of the agreement, page by page."""
    await _paged(visit, "stages", all_stages)


async def stage(visit: Visit) -> None:
    """Everything recorded of one stage."""
    ledger = await visit.ledger()
    key = public_id(visit.argument, "S") or ""
    known = key if key in ledger.entries else ""
    await _answer(visit, ledger, ("stage", known), lambda: one_stage(ledger, known, visit.language))


async def sources(visit: Visit) -> None:
    """Where everything was read, page by page."""
    ledger = await visit.ledger()
    shown = page(visit.argument)
    await _answer(
        visit,
        ledger,
        ("sources", str(shown)),
        lambda: all_sources(ledger, shown, visit.language),
    )


async def source(visit: Visit) -> None:
    """One source: where it is, and who says what in it."""
    ledger = await visit.ledger()
    key = public_id(visit.argument, "R") or ""
    known = key if key in ledger.entries else ""
    await _answer(
        visit, ledger, ("source", known), lambda: one_source(ledger, known, visit.language)
    )


async def cite(visit: Visit) -> None:
    """A reference to one record, to be copied."""
    ledger, bot = await visit.ledger(), visit.bot.username
    key = any_id(visit.argument) or ""
    known = key if key in ledger.entries else ""
    await _answer(
        visit, ledger, ("cite", known), lambda: citation(ledger, known, bot, visit.language)
    )


async def record(visit: Visit) -> None:
    """The screen of a record of any kind, by its public id."""
    ledger = await visit.ledger()
    key = any_id(visit.argument) or ""
    promised = ledger.pledges.get(key) or ledger.totals.get(key)
    if promised:
        await progress(visit.asking(f"{promised.agreement}:1"))
    else:
        await _SCREENS.get(key[:1], status)(visit)


async def _paged(
    visit: Visit, name: str, make: Callable[[Ledger, str | None, int, str], Message]
) -> None:
    """One page of what is told of an agreement: the latest one, or the one that is named."""
    ledger = await visit.ledger()
    agreement, _, number = visit.argument.rpartition(":")
    shown = page(number)
    known = agreement if agreement in ledger.agreements else ""
    await _answer(
        visit,
        ledger,
        (name, known, str(shown)),
        lambda: make(ledger, known or None, shown, visit.language),
    )


async def _answer(
    visit: Visit, ledger: Ledger, key: tuple[str, ...], make: Callable[[], Message]
) -> None:
    made = visit.deps.answers.get(ledger, (*key, visit.language), make)
    await visit.answer(made)


_SCREENS: dict[str, Callable[[Visit], Awaitable[None]]] = {
    "S": stage,
    "C": claim,
    "R": source,
    "X": corrections,
}
