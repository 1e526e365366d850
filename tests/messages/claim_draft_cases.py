"""Every screen of the drafts of claims, of stances, of stated totals and of corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from exchange.claim_draft import ClaimDraft, correction_of, stance_to
from exchange.corrections import Reason
from exchange.dates import EventDate
from exchange.draft import Draft, Screen
from exchange.proposal import problems_of
from exchange.quantity import Qualifier
from exchange.records import (
    BOTH_NOT_SPLIT,
    Claim,
    ClaimScope,
    Stance,
    StanceKind,
    StatedTotal,
    Statement,
    TotalScope,
    Unit,
)
from exchange.rules import Problem
from exchange.stage_draft import Asked, StageDraft
from exchange.stage_draft import correction_of as correction_of_stage
from exchange.total_draft import TotalDraft
from exchange.total_draft import correction_of as correction_of_total
from messages import drafting
from tests.builders import (
    AGREEMENT,
    JUNE_9,
    UA,
    a_stage,
    back_to,
    exactly,
    istanbul,
    label,
    more_than,
    said,
)
from tests.messages.cases import Case

NOW = datetime(2026, 6, 11, 10, tzinfo=UTC)
BODIES = label(
    "1,212 bodies were not collected", "1212 тіл не забрали вчасно", "1212 тел не забрали вовремя"
)
LEDGER = istanbul(
    Claim(
        "C1",
        AGREEMENT,
        BODIES,
        (Stance(StanceKind.ASSERTS, Statement("ministry-ru", "R1", JUNE_9)),),
        quantity=exactly(1212),
    ),
    Claim(
        "C2",
        AGREEMENT,
        label("No date had been set", "Дати не визначали", "Дату не назначали"),
        (Stance(StanceKind.ASSERTS, Statement("headquarters", "R2")),),
        see_also=("C1",),
    ),
    StatedTotal(
        "T1",
        AGREEMENT,
        Unit.PERSON,
        UA,
        more_than(1000),
        (Statement("president", "R1", JUNE_9),),
        through=EventDate(6, 9),
    ),
    a_stage("S2", back_to(UA, said(exactly(157), "headquarters")), day=EventDate(6, 10)),
)

ABOUT = ClaimDraft(AGREEMENT).onward()
TEXT = ABOUT.about_what(None)
IN_UKRAINIAN = TEXT.worded(BODIES["en"])
QUALIFIER = IN_UKRAINIAN.worded(BODIES["uk"]).worded(BODIES["ru"])
SPEAKER = QUALIFIER.qualified(Qualifier.EXACT)
SOURCE = SPEAKER.with_taking(speaker="ministry-ru")
KNOWING, NEW = SOURCE.with_link(LEDGER, "https://office.example.org/x", date(2026, 6, 11))
SAID_ON = replace(KNOWING.with_taking(source=NEW), month=(None, 6))
STANCE = SAID_ON.on(JUNE_9)
CLAIM = STANCE.with_taking(general=True).taken()
DETAIL = CLAIM.at(Screen.DETAIL)
DETAILED = replace(
    CLAIM, detail=label("Refrigerated lorries waited", "Чекали авто", "Ждали машины")
)

UNIT = TotalDraft(AGREEMENT).onward()
DIRECTIONS = UNIT.of_unit(Unit.BODY)
FIGURE = DIRECTIONS.towards(BOTH_NOT_SPLIT)
NUMBER = replace(FIGURE, qualifier=Qualifier.RANGE).at(Screen.NUMBER)
TOTAL_SPEAKER = NUMBER.counted(more_than(1000))
COUNTED = TOTAL_SPEAKER.with_saying(speaker="president").with_saying(source="R1").on(None)
WORDS = COUNTED.counting(TotalScope.OTHER)
THROUGH = replace(
    WORDS, words=label("all ways, since May", "усі шляхи", "все пути"), month=(None, 6)
)
TOTAL = THROUGH.onward().on(EventDate(6, 10))

STAGE = correction_of_stage(LEDGER.stages["S2"], 1)
NUMBERED = replace(STAGE, asked=Asked(UA, Qualifier.EXACT, exactly(152))).with_figure(
    "headquarters"
)
CORRECTED = NUMBERED.on(EventDate(6, 9)).at(Screen.OVERVIEW)
REASONED = replace(CORRECTED, reason=Reason.SOURCE_CORRECTED)
OTHER_WORDS = replace(
    correction_of(LEDGER.claims["C2"], 1),
    scope=ClaimScope.CONTEXT,
    see_also=(),
    reason=Reason.TRANSLATION,
)


def _draft(draft: Draft) -> Case:
    return lambda language: drafting.draft_message(
        draft, LEDGER, language, problems=problems_of(draft, LEDGER, NOW), now=NOW
    )


CLAIMING: dict[str, Case] = {
    "what to record, with claims": _draft(StageDraft(AGREEMENT)),
    "to which claim": _draft(StageDraft(AGREEMENT).at(Screen.CLAIMS)),
    "about what": _draft(ABOUT),
    "the text": _draft(TEXT),
    "the text, one language later": _draft(IN_UKRAINIAN),
    "the meaning of its number": _draft(QUALIFIER),
    "the meaning of two numbers": _draft(
        replace(QUALIFIER, text=label("From 40 to 45", "40-45", "40-45"))
    ),
    "who says so": _draft(SPEAKER),
    "where it was read": _draft(SOURCE),
    "on which day": _draft(SAID_ON),
    "the stance, whole": _draft(STANCE),
    "a complete claim": _draft(CLAIM),
    "the text again": _draft(CLAIM.at(Screen.TEXT)),
    "in detail": _draft(DETAIL),
    "with details": _draft(DETAILED),
    "what stands against it": _draft(CLAIM.at(Screen.SEE_ALSO)),
    "what kind of stance": _draft(stance_to(LEDGER.claims["C1"])),
    "a denial": _draft(
        stance_to(LEDGER.claims["C1"])
        .with_taking(kind=StanceKind.DENIES)
        .with_taking(speaker="headquarters")
        .with_taking(source="R2")
        .on(None)
        .with_taking(hedged=True)
        .taken()
    ),
    "a stance taken up again": _draft(CLAIM.taking_again(0)),
    "a recorded claim, nothing added": _draft(stance_to(LEDGER.claims["C1"]).rested()),
}

TOTALS: dict[str, Case] = {
    "who is counted": _draft(UNIT),
    "which direction": _draft(DIRECTIONS),
    "how many": _draft(FIGURE),
    "which numbers": _draft(NUMBER),
    "who says so": _draft(TOTAL_SPEAKER),
    "what is counted": _draft(COUNTED),
    "what else is counted": _draft(WORDS),
    "through which day": _draft(THROUGH.onward()),
    "from which day": _draft(replace(TOTAL, month=(None, 6)).at(Screen.SINCE)),
    "a complete total": _draft(TOTAL),
    "from a day on": _draft(replace(TOTAL, since=EventDate(6, 2))),
    "a statement taken up again": _draft(TOTAL.saying_again(0)),
    "of a direction not stated": _draft(TOTAL.towards("not_stated")),
}

CORRECTING: dict[str, Case] = {
    "a stage, nothing changed": _draft(STAGE),
    "a stage, its number": _draft(NUMBERED),
    "a stage, its day and number": _draft(CORRECTED),
    "why": _draft(replace(REASONED, screen=Screen.REASON)),
    "ready": _draft(REASONED),
    "what could not be taken over": lambda language: drafting.draft_message(
        REASONED,
        LEDGER,
        language,
        problems=[Problem("nothing-changed", ""), Problem("changed-meanwhile", "base", "S2")],
        note="one-line-expected",
        now=NOW,
    ),
    "a field that is gone": _draft(OTHER_WORDS),
    "sources of a stage": _draft(STAGE.at(Screen.SOURCES)),
    "any state": _draft(STAGE.at(Screen.LIFECYCLE)),
    "a total": _draft(
        replace(
            correction_of_total(LEDGER.totals["T1"], 1),
            unit=Unit.SERVICE_MEMBER,
            reason=Reason.TYPO,
        )
    ),
    "a total of civilians": _draft(
        replace(
            correction_of_total(LEDGER.totals["T1"], 1),
            unit=Unit.CIVILIAN,
            reason=Reason.WRONG_ATTRIBUTION,
        )
    ),
}
