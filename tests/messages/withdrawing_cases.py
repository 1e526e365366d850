"""What a moderator sees before something is taken back or erased, and after."""

from __future__ import annotations

from exchange.corrections import Reason
from messages import redacting, withdrawing
from messages.drafting import Reach
from messages.redacting import RedactionView
from messages.withdrawing import Told
from tests.builders import a_ledger
from tests.messages.amending_cases import WAS_157
from tests.messages.cases import Case
from tests.messages.ledger_cases import STALLED

_LEDGER = a_ledger(WAS_157, STALLED)

WITHDRAWING: dict[str, Case] = {
    "why, of a stage that was told": lambda language: withdrawing.ask_why(
        _LEDGER, WAS_157, Told(2, 1234), language
    ),
    "why, of a claim that was not": lambda language: withdrawing.ask_why(
        _LEDGER, STALLED, None, language
    ),
    "the last press": lambda language: withdrawing.confirm(
        "S2", Reason.DUPLICATE, Reach(1234, 83, 1234), frozen=False, language=language
    ),
    "the last press while all is frozen": lambda language: withdrawing.confirm(
        "S2", Reason.RETRACTED_BY_SOURCE, Reach(7, 1, 7), frozen=True, language=language
    ),
    "the last press where nobody knows of it": lambda language: withdrawing.confirm(
        "C1", Reason.WRONG_ATTRIBUTION, None, frozen=False, language=language
    ),
    "withdrawn quietly": lambda language: withdrawing.withdrawn_quietly("T1", language),
    "nothing of that id": lambda language: withdrawing.nothing_to_withdraw(_LEDGER, language),
    "others rest on it": lambda language: withdrawing.is_rested_on(
        "R1", ["istanbul", "P1", "S1", "C1"], _LEDGER, language
    ),
}

REDACTING: dict[str, Case] = {
    "to be proposed": lambda language: redacting.redaction(RedactionView("C1", 2), language),
    "proposed by another": lambda language: redacting.redaction(
        RedactionView("C1", 1, "mod-1"), language
    ),
    "proposed by oneself": lambda language: redacting.redaction(
        RedactionView("C1", 5, "mod-1", is_mine=True), language
    ),
    "proposed where nobody else is": lambda language: redacting.redaction(
        RedactionView("C1", 1, "mod-1", is_mine=True, alone=True), language
    ),
    "nothing was taken out yet": lambda language: redacting.correct_first("C1", language),
    "erased": lambda language: redacting.erased("C1", language),
    "nothing of that id": lambda language: redacting.nothing_to_redact(_LEDGER, language),
}
