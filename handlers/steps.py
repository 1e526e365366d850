"""A moderator's press or typed line, applied to a draft. Pure.

Each verb of a button is one row of `_PRESSES`. What cannot be understood raises
`NotUnderstoodError`, whose rule names the sentence that says what to do instead; the draft then
stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from exchange.dates import EventDate
from exchange.draft import Asked, Draft, Screen, adding_to, speakers
from exchange.ledger import Ledger
from exchange.lifecycle import HAS_HAPPENED, open_to
from exchange.quantity import NOT_PUBLISHED, Qualifier, Quantity
from exchange.records import Figure, Lifecycle, StageKind, TermKind
from exchange.text import link_fault
from handlers.arguments import numbers

_FIELDS = frozenset(
    {
        Screen.BEGIN,
        Screen.DATE,
        Screen.LIFECYCLE,
        Screen.CATEGORIES,
        Screen.DIRECTIONS,
        Screen.SOURCES,
        Screen.CONFIRMATIONS,
    }
)
"""The screens that the overview opens."""

TYPED_LENGTH = 500
"""Longer lines are refused unread: nothing that a moderator types needs more."""


class NotUnderstoodError(Exception):
    """A line or press that does not fit; `rule` names the sentence for the moderator."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def press(draft: Draft, act: str, ledger: Ledger, now: datetime) -> Draft:
    """The draft after a button; `act` is "verb" or "verb:argument"."""
    verb, _, argument = act.partition(":")
    step = _PRESSES.get(verb)
    if step is None:
        raise NotUnderstoodError("stale-button")
    try:
        return step(draft, argument, ledger, now)
    except (ValueError, KeyError, IndexError) as error:
        raise NotUnderstoodError("stale-button") from error


def typed(draft: Draft, text: str, ledger: Ledger, now: datetime) -> Draft:
    """The draft after a typed line: a source's link, or the number that was asked for."""
    if len(text) > TYPED_LENGTH:
        raise NotUnderstoodError("text-too-long")
    if draft.screen is Screen.SOURCES:
        return _link(draft, text.strip(), ledger, now)
    if draft.screen is Screen.NUMBER and draft.asked and draft.asked.qualifier:
        quantity = _quantity(draft.asked.qualifier, numbers(text))
        return replace(draft, asked=replace(draft.asked, quantity=quantity)).at(Screen.SPEAKER)
    raise NotUnderstoodError("nothing-asked")


def _link(draft: Draft, link: str, ledger: Ledger, now: datetime) -> Draft:
    if fault := link_fault(link):
        raise NotUnderstoodError(fault)
    return draft.read_in(ledger, link, now.date())


def _quantity(qualifier: Qualifier, given: tuple[int, ...]) -> Quantity:
    expected = 2 if qualifier is Qualifier.RANGE else 1
    if len(given) != expected:
        raise NotUnderstoodError("range-expected" if expected > 1 else "number-expected")
    if expected > 1 and given[0] >= given[1]:
        raise NotUnderstoodError("range-expected")
    return Quantity(qualifier, given[0], given[1] if expected > 1 else None)


def _begin(draft: Draft, argument: str, _ledger: Ledger, _now: datetime) -> Draft:
    """A new stage of a kind; when a kind was chosen before, only the kind changes."""
    return draft.of_kind(StageKind(argument))


def _add_to(_draft: Draft, argument: str, ledger: Ledger, _now: datetime) -> Draft:
    return adding_to(ledger.stages[argument])


def _agreement(draft: Draft, argument: str, ledger: Ledger, _now: datetime) -> Draft:
    if argument == draft.agreement:
        return draft
    # Directions and speakers belong to the parties of the agreement that was left.
    other = ledger.agreements[argument].key
    return replace(draft, agreement=other, transfers=(), confirmations=None, month=None)


def _open(draft: Draft, argument: str, ledger: Ledger, now: datetime) -> Draft:
    screen = Screen(argument)
    if screen not in _FIELDS:
        raise NotUnderstoodError("stale-button")
    if screen is Screen.CONFIRMATIONS and not draft.sources:
        return draft.at(Screen.SOURCES)
    if screen is Screen.DATE:
        return replace(draft, month=draft.month or _month(draft, ledger, now)).at(screen)
    return draft.at(screen)


def _back(draft: Draft, _argument: str, _ledger: Ledger, _now: datetime) -> Draft:
    return replace(draft, asked=None).at(Screen.OVERVIEW)


def _onward(draft: Draft, argument: str, ledger: Ledger, now: datetime) -> Draft:
    """Done with a list of which any number may be chosen, none included."""
    field = Screen(argument)
    if field is Screen.CATEGORIES and draft.categories is None:
        draft = replace(draft, categories=())
    if field is Screen.CONFIRMATIONS and draft.confirmations is None:
        draft = replace(draft, confirmations=())
    return _entered(draft.onward(), ledger, now)


def _state(draft: Draft, argument: str, ledger: Ledger, now: datetime) -> Draft:
    state = Lifecycle(argument)
    before = draft.recorded(ledger)
    if state not in open_to(before.lifecycle if before else None):
        raise NotUnderstoodError("lifecycle-moves-back")
    return _entered(draft.in_state(state), ledger, now)


def _day(draft: Draft, argument: str, _ledger: Ledger, now: datetime) -> Draft:
    """A day of the month shown, "today" or "yesterday"; "none" where a stage needs no day."""
    if argument == "none":
        return draft.on(None)
    if argument in ("today", "yesterday"):
        return draft.on(EventDate.of(now.date() - timedelta(days=argument == "yesterday")))
    year, month = draft.month or (None, 0)
    day_of_month = EventDate(month, int(argument), year)
    if draft.lifecycle in HAS_HAPPENED and day_of_month.is_future(now):
        raise NotUnderstoodError("future-date")
    return draft.on(day_of_month)


def _turn(draft: Draft, argument: str, _ledger: Ledger, now: datetime) -> Draft:
    """Another month, or another year: this one, the one before, or none."""
    year, month = draft.month or (None, now.month)
    if argument == "year":
        years = (None, now.year, now.year - 1)
        following = years[(years.index(year) + 1) % len(years)] if year in years else None
        return replace(draft, month=(following, month))
    months = month - 1 + (1 if argument == "next" else -1)
    return replace(draft, month=(year + months // 12 if year else None, months % 12 + 1))


def _category(draft: Draft, argument: str, ledger: Ledger, _now: datetime) -> Draft:
    if ledger.terms[argument].kind is not TermKind.CATEGORY:
        raise NotUnderstoodError("stale-button")
    return draft.with_category(argument)


def _direction(draft: Draft, argument: str, ledger: Ledger, now: datetime) -> Draft:
    parties = ledger.agreements[draft.agreement].parties
    chosen = parties if argument == "both" else (argument,)
    if not set(chosen) <= set(parties):
        raise NotUnderstoodError("stale-button")
    return _entered(draft.towards(*chosen), ledger, now)


def _drop_source(draft: Draft, argument: str, _ledger: Ledger, _now: datetime) -> Draft:
    if argument not in {one.key for one in draft.new_sources}:
        raise NotUnderstoodError("source-recorded")
    return draft.without_source(argument)


def _confirm(draft: Draft, argument: str, ledger: Ledger, now: datetime) -> Draft:
    """A speaker, in or out; or "both": each party, without naming who spoke for it."""
    parties = ledger.agreements[draft.agreement].parties
    if argument != "both":
        if argument not in speakers(ledger, parties) or argument in _recorded(draft, ledger):
            raise NotUnderstoodError("stale-button")
        return draft.confirmed_by(argument)
    present = {one.speaker for one in draft.confirmations or ()}
    for party in parties:
        voice = ledger.voice_of(party)
        if voice and voice.key not in present:
            draft = draft.confirmed_by(voice.key)
    return _entered(draft.onward(), ledger, now)


def _figure(draft: Draft, argument: str, _ledger: Ledger, _now: datetime) -> Draft:
    """Start to enter a figure for a direction; without a source there is nowhere it was read."""
    if not draft.sources:
        return draft.at(Screen.SOURCES)
    if argument not in {one.returned_to for one in draft.transfers}:
        raise NotUnderstoodError("no-direction")
    return replace(draft, asked=Asked(argument)).at(Screen.FIGURE)


def _qualifier(draft: Draft, argument: str, ledger: Ledger, _now: datetime) -> Draft:
    if draft.asked is None:
        raise NotUnderstoodError("stale-button")
    qualifier = Qualifier(argument)
    if qualifier is NOT_PUBLISHED.qualifier:
        return draft.without_figures(draft.asked.returned_to, _recorded_figures(draft, ledger))
    return replace(draft, asked=replace(draft.asked, qualifier=qualifier)).at(Screen.NUMBER)


def _speaker(draft: Draft, argument: str, ledger: Ledger, now: datetime) -> Draft:
    parties = ledger.agreements[draft.agreement].parties
    if argument not in speakers(ledger, parties):
        raise NotUnderstoodError("stale-button")
    if argument in stated_already(draft, ledger):
        raise NotUnderstoodError("figure-recorded")
    return _entered(draft.with_figure(argument), ledger, now)


def stated_already(draft: Draft, ledger: Ledger) -> frozenset[str]:
    """Who has a recorded figure in the asked direction: another number of his is a correction."""
    return frozenset(figure.stated.speaker for figure in _recorded_figures(draft, ledger))


def _recorded_figures(draft: Draft, ledger: Ledger) -> tuple[Figure, ...]:
    """What is on record in the asked direction."""
    base = draft.recorded(ledger)
    if base is None or draft.asked is None:
        return ()
    return tuple(
        figure
        for transfer in base.transfers
        if transfer.returned_to == draft.asked.returned_to
        for figure in transfer.figures
    )


def _recorded(draft: Draft, ledger: Ledger) -> frozenset[str]:
    """Whose confirmation is on record already and cannot be taken back here."""
    base = draft.recorded(ledger)
    return frozenset(one.speaker for one in base.confirmations) if base else frozenset()


def _entered(draft: Draft, ledger: Ledger, now: datetime) -> Draft:
    """The draft on arriving at a screen that needs something prepared."""
    if draft.screen is Screen.DATE and draft.month is None:
        return replace(draft, month=_month(draft, ledger, now))
    return draft


def _month(draft: Draft, ledger: Ledger, now: datetime) -> tuple[int | None, int]:
    """Where the calendar opens: at the agreement's latest day, with or without a year as that."""
    agreement = ledger.agreements[draft.agreement]
    days = [stage.date for stage in ledger.stages_of(agreement.key) if stage.date]
    latest = days[-1] if days else agreement.date
    return (latest.year, latest.month) if latest else (now.year, now.month)


_PRESSES: dict[str, Callable[[Draft, str, Ledger, datetime], Draft]] = {
    "agreement": _agreement,
    "kind": _begin,
    "add": _add_to,
    "open": _open,
    "back": _back,
    "done": _onward,
    "state": _state,
    "day": _day,
    "turn": _turn,
    "category": _category,
    "direction": _direction,
    "drop": _drop_source,
    "confirm": _confirm,
    "figure": _figure,
    "qualifier": _qualifier,
    "speaker": _speaker,
}
