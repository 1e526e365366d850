"""Claims and totals as moderators record them, step by step."""

from __future__ import annotations

from tests.dialogue.house import House
from tests.dialogue.stages import LINK, takes_steps
from tests.dialogue.talk import Reply, Talker

TEXTS = (
    "The lists of 640 came late",
    "Списки на 640 осіб надійшли пізно",
    "Списки на 640 человек пришли поздно",
)
CLAIM_STEPS = (
    "claim",
    "about:exchange",
    *TEXTS,
    "qualifier:about",
    "speaker:defence-ministry-of-russia",
    LINK,
    "day:10",
    "done:stance",
)
"""About the exchange as a whole, with a number, said on 10 June."""
DENIAL_STEPS = (
    "stance:denies",
    "speaker:coordination-headquarters",
    "https://other.example.org/denied",
    "day:none",
    "manner:general",
    "done:stance",
)
TOTAL_STEPS = (
    "total",
    "unit:person",
    "direction:UA",
    "qualifier:more_than",
    "1 000",
    "speaker:president-of-ukraine",
    LINK,
    "day:none",
    "counted:agreement",
    "day:10",
)


async def drafts_a_claim(moderator: Talker) -> Reply:
    await moderator.says("/record")
    return await takes_steps(moderator, *CLAIM_STEPS)


async def publishes_a_claim(house: House, moderator: Talker) -> str:
    """From /record to the card of an alert that waits; gives back the claim's id."""
    await drafts_a_claim(moderator)
    await takes_steps(moderator, "preview", "publish")
    return await latest(house, "claim")


async def latest(house: House, kind: str) -> str:
    """The id of the record of a kind that was recorded last."""
    rows = await house.rows("records")
    return str([row["key"] for row in rows if row["kind"] == kind][-1])
