"""All screens, and a screen as a phone shows it."""

from __future__ import annotations

import html
import re
import textwrap

from messages.message import Message
from tests.messages import (
    amending_cases,
    cases,
    checking_cases,
    claim_draft_cases,
    draft_cases,
    istanbul_cases,
    ledger_cases,
    past_cases,
    withdrawing_cases,
)
from tests.messages.cases import Case

COLUMNS = 40

SUBJECTS: dict[str, dict[str, Case]] = {
    "status": {**cases.STATUS, **ledger_cases.WITH_MORE},
    "progress": ledger_cases.PROGRESS,
    "claims": ledger_cases.CLAIMS,
    "stages": {**cases.STAGES, **ledger_cases.STAGES_IN_PARTS},
    "sources": {**cases.SOURCES, **ledger_cases.READ_IN},
    "alerts": cases.ALERTS,
    "amending": amending_cases.AMENDING,
    "istanbul": istanbul_cases.ISTANBUL,
    "history": past_cases.HISTORY,
    "corrections": past_cases.CORRECTIONS,
    "withdrawing": withdrawing_cases.WITHDRAWING,
    "redacting": withdrawing_cases.REDACTING,
    "verify": checking_cases.VERIFY,
    "cite": checking_cases.CITE,
    "asof": checking_cases.AS_OF,
    "export": checking_cases.EXPORT,
    "onboarding": cases.ONBOARDING,
    "settings": cases.SETTINGS,
    "fixed": cases.FIXED,
    "drafting": draft_cases.DRAFTING,
    "drafting claims": claim_draft_cases.CLAIMING,
    "drafting totals": claim_draft_cases.TOTALS,
    "correcting": claim_draft_cases.CORRECTING,
    "sending": draft_cases.SENDING,
    "freezing": draft_cases.FREEZING,
}
SCREENS = {
    f"{subject}: {name}": case for subject, of in SUBJECTS.items() for name, case in of.items()
}


def plain(message: Message) -> str:
    """The text as it is read, without tags."""
    return html.unescape(re.sub("</?b>", "", message.text))


def rows(text: str) -> list[str]:
    """The text as it is wrapped on a narrow phone."""
    return [row for line in text.split("\n") for row in textwrap.wrap(line, COLUMNS) or [""]]


def on_a_phone(message: Message) -> str:
    buttons = [" ".join(f"[{one.label}]" for one in row) for row in message.buttons]
    return "\n".join([*rows(plain(message)), *buttons])
