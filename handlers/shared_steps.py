"""The steps that drafts of all kinds share: the calendar, the way to a field and back, a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from exchange.corrections import Reason
from exchange.dates import EventDate
from exchange.draft import CALENDARS, REASONS, Draft, Screen
from exchange.ledger import Ledger
from exchange.quantity import Qualifier, Quantity
from exchange.text import link_fault, personal_fault, text_fault
from handlers.arguments import numbers

D = TypeVar("D", bound=Draft)
D_contra = TypeVar("D_contra", bound=Draft, contravariant=True)


class Press(Protocol[D_contra]):
    """What a button does to a draft; `argument` is what follows its verb."""

    def __call__(
        self, draft: D_contra, argument: str, ledger: Ledger, now: datetime, /
    ) -> Draft: ...


class Typed(Protocol[D_contra]):
    """What a typed line does to a draft."""

    def __call__(self, draft: D_contra, text: str, ledger: Ledger, now: datetime, /) -> Draft: ...


class NotUnderstoodError(Exception):
    """A line or press that does not fit; `rule` names the sentence for the moderator."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def open_field(draft: D, argument: str, _ledger: Ledger, _now: datetime) -> D:
    """A field of the overview."""
    screen = Screen(argument)
    if screen not in draft.opens:
        raise NotUnderstoodError("stale-button")
    return draft.at(screen)


def give_reason(draft: D, argument: str, _ledger: Ledger, _now: datetime) -> D:
    """Why something published is corrected."""
    reason = Reason(argument)
    if not draft.correcting or reason not in REASONS:
        raise NotUnderstoodError("stale-button")
    return replace(draft, reason=reason).onward()


def back(draft: D, _argument: str, _ledger: Ledger, _now: datetime) -> D:
    return draft.rested()


def entered(draft: D, ledger: Ledger, now: datetime) -> D:
    """The draft on arriving at a screen that needs something prepared: a calendar its month."""
    if draft.screen in CALENDARS and draft.month is None:
        return replace(draft, month=_month(draft, ledger, now))
    return draft


def day(draft: D, argument: str, _ledger: Ledger, now: datetime) -> D:
    """A day of the month shown, "today" or "yesterday"; "none" where no day is needed."""
    if draft.screen not in CALENDARS:
        raise NotUnderstoodError("stale-button")
    if argument == "none":
        if not draft.day_may_be_open:
            raise NotUnderstoodError("stale-button")
        return draft.on(None)
    if argument in ("today", "yesterday"):
        chosen = EventDate.of(now.date() - timedelta(days=argument == "yesterday"))
    else:
        year, month = draft.month or (None, 0)
        chosen = EventDate(month, int(argument), year)
    if draft.day_has_begun and chosen.is_future(now):
        raise NotUnderstoodError("future-date")
    return draft.on(chosen)


def turn(draft: D, argument: str, _ledger: Ledger, now: datetime) -> D:
    """Another month, or another year: this one, the one before, or none."""
    year, month = draft.month or (None, now.month)
    if argument == "year":
        years = (None, now.year, now.year - 1)
        following = years[(years.index(year) + 1) % len(years)] if year in years else None
        return replace(draft, month=(following, month))
    months = month - 1 + (1 if argument == "next" else -1)
    return replace(draft, month=(year + months // 12 if year else None, months % 12 + 1))


def link(text: str) -> str:
    """A typed link that may be a source."""
    given = text.strip()
    if fault := link_fault(given):
        raise NotUnderstoodError(fault)
    return given


def words(text: str, longest: int) -> str:
    """Typed words that everybody will read; what tells of a person is refused unkept."""
    given = " ".join(filter(None, text.strip().split(" ")))
    if fault := text_fault(given) or personal_fault(given):
        raise NotUnderstoodError(fault)
    if "\n" in given or not given:
        raise NotUnderstoodError("one-line-expected")
    if len(given) > longest:
        raise NotUnderstoodError("wording-too-long")
    return given


def quantity(qualifier: Qualifier, text: str) -> Quantity:
    """A typed number, or two of them, with its speaker's word for it."""
    expected, given = (2 if qualifier is Qualifier.RANGE else 1), numbers(text)
    if len(given) != expected:
        raise NotUnderstoodError("range-expected" if expected > 1 else "number-expected")
    if expected > 1 and given[0] >= given[1]:
        raise NotUnderstoodError("range-expected")
    return Quantity(qualifier, given[0], given[1] if expected > 1 else None)


def _month(draft: Draft, ledger: Ledger, now: datetime) -> tuple[int | None, int]:
    """Where the calendar opens: at the agreement's latest day, with or without a year as that."""
    agreement = ledger.agreements[draft.agreement]
    days = [stage.date for stage in ledger.stages_of(agreement.key) if stage.date]
    latest = days[-1] if days else agreement.date
    return (latest.year, latest.month) if latest else (now.year, now.month)
