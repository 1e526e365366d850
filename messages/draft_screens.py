"""The screens of a moderator's draft: what each asks, and the buttons that answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from exchange.dates import EventDate, days_in
from exchange.draft import Screen, speakers
from exchange.lifecycle import HAS_HAPPENED, open_to
from exchange.quantity import Qualifier
from exchange.records import Lifecycle, StageKind, TermKind
from messages.draft_view import Asking, Row, named, to
from messages.message import Button, Heading
from messages.values import Count, Day, Month, PublicId, Year

Screenful = tuple[list[str], list[Row]]

_DAYS_IN_A_ROW = 7
_HALF_A_ROW = 18
"""Letters that a phone shows on a button of half its width."""
_OFFERED_STAGES = 4


def ask(asking: Asking, *, ready: bool) -> Screenful:
    """What this screen asks, and its buttons; `ready`: nothing hinders a preview."""
    if asking.draft.screen in (Screen.OVERVIEW, Screen.PREVIEW):
        return [], _overview(asking, ready=ready)
    question, rows = _SCREENS[asking.draft.screen](asking)
    return ["", *question], rows


def _begin(asking: Asking) -> Screenful:
    rows: list[Row] = []
    if len(asking.ledger.agreements) > 1:
        rows += [
            (
                named(
                    asking.phrases.title(one),
                    f"agreement:{one.key}",
                    chosen=one.key == asking.agreement.key,
                ),
            )
            for one in asking.ledger.agreements.values()
        ]
    rows += [(asking.button(f"kind-{kind}", f"kind:{kind}"),) for kind in StageKind]
    if asking.draft.next_screen is Screen.OVERVIEW:
        return _question(asking, "begin"), [*rows, *asking.back()]
    latest = asking.ledger.stages_of(asking.agreement.key)[::-1][:_OFFERED_STAGES]
    rows += [
        (
            Button(
                asking.say("button-add", id=PublicId(one.key), day=asking.phrases.day(one.date)),
                f"add:{one.key}",
            ),
        )
        for one in latest
    ]
    return _question(asking, "begin"), [*rows, (asking.button("button-discard", "discard"),)]


def _lifecycle(asking: Asking) -> Screenful:
    states = open_to(asking.base.lifecycle if asking.base else None)
    buttons = [
        asking.button(f"state-{state}", f"state:{state}", chosen=state is asking.draft.lifecycle)
        for state in states
    ]
    return _question(asking, "lifecycle"), [*_in_rows(buttons, 2), *asking.back()]


def _date(asking: Asking) -> Screenful:
    year, month = asking.draft.month or (None, 1)
    happened = asking.draft.lifecycle in HAS_HAPPENED
    buttons = [
        Button(asking.say("number", value=Count(day)), f"day:{day}")
        for day in range(1, days_in(month, year) + 1)
        if not (happened and asking.now and EventDate(month, day, year).is_future(asking.now))
    ]
    rows = [*_recent(asking), *_in_rows(buttons, _DAYS_IN_A_ROW), _turn(asking, year, month)]
    if asking.draft.lifecycle and not happened:
        rows.append((asking.button("button-no-day", "day:none"),))
    return _question(asking, "date"), [*rows, *asking.back()]


def _recent(asking: Asking) -> list[Row]:
    """The two days that are recorded most often, each with its date."""
    if asking.now is None:
        return []
    row = []
    for name, days in (("yesterday", 1), ("today", 0)):
        day = (asking.now - timedelta(days=days)).date()
        label = asking.say(f"button-{name}", day=Day(EventDate(day.month, day.day)))
        row.append(Button(label, f"day:{name}"))
    return [tuple(row)]


def _turn(asking: Asking, year: int | None, month: int) -> Row:
    before, after = (month + 10) % 12 + 1, month % 12 + 1
    year_label = (
        asking.say("button-year", year=Year(year)) if year else asking.say("button-no-year")
    )
    return (
        Button(asking.say("button-month-back", month=Month(before)), "turn:back"),
        Button(
            asking.say("button-month", month=Month(month), year=year_label),
            "turn:year",
        ),
        Button(asking.say("button-month-next", month=Month(after)), "turn:next"),
    )


def _choose_categories(asking: Asking) -> Screenful:
    chosen = asking.draft.categories or ()
    buttons = [
        named(asking.phrases.term(term.key), f"category:{term.key}", chosen=term.key in chosen)
        for term in asking.ledger.terms_of(TermKind.CATEGORY)
    ]
    onward = "button-next" if chosen else "button-no-category"
    return _question(asking, "categories"), [
        *_packed(buttons),
        (asking.button(onward, "done:categories"),),
    ]


def _directions(asking: Asking) -> Screenful:
    now = [one.returned_to for one in asking.draft.transfers]
    rows: list[Row] = [
        (asking.button("button-both-directions", "direction:both", chosen=len(now) > 1),)
    ]
    for party in asking.parties:
        label = asking.say("button-one-direction", direction=to(asking, party))
        rows.append((named(label, f"direction:{party}", chosen=now == [party]),))
    return _question(asking, "directions"), [*rows, *asking.back()]


def _choose_sources(asking: Asking) -> Screenful:
    rows: list[Row] = [
        (
            Button(
                asking.say("button-drop", source=asking.phrases.publisher(one)), f"drop:{one.key}"
            ),
        )
        for one in asking.draft.new_sources
    ]
    if asking.draft.sources:
        rows.append((asking.button("button-next", "done:sources"),))
    else:
        rows.append((asking.button("button-discard", "discard"),))
    return _question(asking, "sources"), rows


def _choose_confirmations(asking: Asking) -> Screenful:
    draft = asking.draft
    chosen = {one.speaker for one in draft.confirmations or ()}
    recorded = {one.speaker for one in asking.base.confirmations} if asking.base else set()
    rows: list[Row] = []
    if all(asking.ledger.voice_of(party) for party in asking.agreement.parties):
        rows.append((asking.button("button-both-sides", "confirm:both"),))
    buttons = [
        named(asking.phrases.short_actor(key), f"confirm:{key}", chosen=key in chosen)
        for key in _speakers(asking)
        if key not in recorded
    ]
    onward = "button-next" if chosen else "button-nobody-yet"
    rows += [*_packed(buttons), (asking.button(onward, "done:confirmations"),)]
    return [*_question(asking, "confirmations"), *_read_in(asking)], rows


def _figure(asking: Asking) -> Screenful:
    buttons = [
        asking.button(f"qualifier-{one}", f"qualifier:{one}")
        for one in Qualifier
        if one is not Qualifier.UNKNOWN
    ]
    unknown = asking.button("not-published", f"qualifier:{Qualifier.UNKNOWN}")
    return _question(asking, "figure"), [*_in_rows(buttons, 2), (unknown,), *asking.back()]


def _number(asking: Asking) -> Screenful:
    asked = asking.draft.asked
    qualifier = (asked and asked.qualifier) or Qualifier.EXACT
    lines = _question(asking, "number")
    lines.append(asking.say("number-asked", qualifier=asking.say(f"qualifier-{qualifier}")))
    if qualifier is Qualifier.RANGE:
        lines.append(asking.say("number-range"))
    return lines, asking.back()


def _speaker(asking: Asking) -> Screenful:
    asked = asking.draft.asked
    lines = _question(asking, "speaker")
    if asked and asked.quantity:
        number = asking.phrases.quantity(asked.quantity)
        direction = to(asking, asked.returned_to)
        lines.append(asking.say("direction-number", direction=direction, number=number))
    buttons = [
        named(asking.phrases.short_actor(key), f"speaker:{key}")
        for key in _speakers(asking)
        if key not in asking.taken
    ]
    return [*lines, *_read_in(asking)], [*_packed(buttons), *asking.back()]


def _overview(asking: Asking, *, ready: bool) -> list[Row]:
    """A button for each field; of a recorded stage, for what may be added."""
    base = asking.base
    movable = base is None or len(open_to(base.lifecycle)) > 1
    fields = [
        *(["begin"] if base is None else []),
        *(["lifecycle"] if movable else []),
        *(["date"] if base is None or base.lifecycle is not Lifecycle.COMPLETED else []),
        *(["categories", "directions"] if base is None else []),
    ]
    rows = _in_rows([asking.button(f"button-{one}", f"open:{one}") for one in fields], 2)
    figures = [
        Button(
            asking.say("button-figure", direction=to(asking, one.returned_to)),
            f"figure:{one.returned_to}",
        )
        for one in asking.transfers()
    ]
    rest = [asking.button(f"button-{one}", f"open:{one}") for one in ("confirmations", "sources")]
    rows += [*_in_rows(figures, 2), *_in_rows(rest, 2)]
    if ready:
        rows.append((asking.button("button-preview", "preview"),))
    return [*rows, (asking.button("button-discard", "discard"),)]


_SCREENS: dict[Screen, Callable[[Asking], Screenful]] = {
    Screen.BEGIN: _begin,
    Screen.LIFECYCLE: _lifecycle,
    Screen.DATE: _date,
    Screen.CATEGORIES: _choose_categories,
    Screen.DIRECTIONS: _directions,
    Screen.SOURCES: _choose_sources,
    Screen.CONFIRMATIONS: _choose_confirmations,
    Screen.FIGURE: _figure,
    Screen.NUMBER: _number,
    Screen.SPEAKER: _speaker,
}


def _question(asking: Asking, screen: str) -> list[str]:
    """The question, bold, with a line of help under it where it needs one."""
    asked = asking.draft.asked
    direction = to(asking, asked.returned_to) if asked else ""
    first, *rest = asking.say.lines(f"ask-{screen}", direction=direction)
    return [Heading(first), *rest]


def _read_in(asking: Asking) -> list[str]:
    """Where the words were read that are being entered: in the source named last."""
    last = asking.source(asking.draft.sources[-1]) if asking.draft.sources else None
    return [asking.say("read-in", places=asking.phrases.publisher(last))] if last else []


def _speakers(asking: Asking) -> Iterable[str]:
    return asking.phrases.by_party(speakers(asking.ledger, asking.agreement.parties))


def _in_rows(buttons: Sequence[Button], size: int) -> list[Row]:
    return [tuple(buttons[start : start + size]) for start in range(0, len(buttons), size)]


def _packed(buttons: Sequence[Button]) -> list[Row]:
    """Neighbours that are both short share a row; a longer name has its own."""
    rows: list[Row] = []
    for button in buttons:
        fits = len(button.label) <= _HALF_A_ROW
        if rows and fits and len(rows[-1]) == 1 and len(rows[-1][0].label) <= _HALF_A_ROW:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return rows
