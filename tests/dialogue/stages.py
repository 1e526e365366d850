"""Stages put on record behind the bot's back, for dialogues that begin later."""

from __future__ import annotations

from exchange.dates import EventDate
from exchange.records import Lifecycle, Record, Stage, StageKind, Transfer
from storage import ledger as ledger_store
from tests.dialogue.house import House
from tests.dialogue.talk import Reply, Talker

AGREEMENT = "istanbul-2"
UA, RU = "UA", "RU"


def a_stage(key: str, day: EventDate | None, state: Lifecycle = Lifecycle.COMPLETED) -> Stage:
    return Stage(
        key=key,
        agreement=AGREEMENT,
        kind=StageKind.PERSONS,
        date=day,
        lifecycle=state,
        transfers=(Transfer(UA), Transfer(RU)),
        sources=("R1",),
    )


def many_stages(count: int) -> list[Stage]:
    """As many more, one each day from 10 June on."""
    return [a_stage(f"S{number}", EventDate(6, 8 + number)) for number in range(2, count + 2)]


async def record_in(house: House, *records: Record) -> str:
    """Records these; gives back the key of the agreement."""
    await house.store.write(
        lambda conn: ledger_store.record(conn, records, by="test", at=house.clock())
    )
    return AGREEMENT


LINK = "https://news.example.org/2025/06/10/exchange"
USUAL_STEPS = (
    "kind:persons",
    "state:completed",
    "day:10",
    "category:seriously_wounded",
    "done:categories",
    "direction:both",
    LINK,
    "confirm:both",
)
"""A stage of 10 June, both directions, no numbers, confirmed by both: presses and a typed link."""


async def takes_steps(moderator: Talker, *steps: str) -> Reply:
    """Press each button; a link, a number or a sentence is typed. Gives the last answer."""
    replies = [await _takes(moderator, step) for step in steps]
    return replies[-1]


async def _takes(moderator: Talker, step: str) -> Reply:
    return await (moderator.says(step) if is_typed(step) else moderator.presses(step))


def is_typed(step: str) -> bool:
    return step.startswith("http") or step[0].isdigit() or " " in step


async def drafts_the_usual(moderator: Talker) -> Reply:
    """From /record to the overview of a draft with nothing missing."""
    await moderator.says("/record")
    return await takes_steps(moderator, *USUAL_STEPS)


async def publishes_the_usual(moderator: Talker) -> Reply:
    """From /record to the card of an alert that waits."""
    await drafts_the_usual(moderator)
    await moderator.presses("preview")
    return await moderator.presses("publish")
