"""A draft in front of its moderator: the words and buttons that drafts of all kinds share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from exchange.dates import EventDate, days_in
from exchange.draft import REASONS, Draft, Screen, speakers
from exchange.ledger import Ledger
from exchange.quantity import Qualifier
from exchange.records import LANGUAGES, Label
from exchange.saying import Saying
from messages.message import Button, Heading
from messages.phrases import Phrases, capital
from messages.values import Count, Day, Month, PublicId, Year

Row = tuple[Button, ...]
Answer = tuple[str, str]
"""The name of a field, and its answer."""
Screenful = tuple[list[str], list[Row]]
"""What a screen asks, and the buttons that answer it."""

D = TypeVar("D", bound=Draft)

_CHOSEN = "✓ "
_DAYS_IN_A_ROW = 7
_OFFERED_SOURCES = 4
_LONGEST_WORDS = 400
_HALF_A_ROW = 18
"""Letters that a phone shows on a button of half its width."""


class Asking(Generic[D]):
    """A draft, the ledger that it would join, and the moderator's language."""

    def __init__(
        self, ledger: Ledger, draft: D, language: str, *, now: datetime | None = None
    ) -> None:
        self.ledger = ledger
        self.draft = draft
        self.now = now
        self.phrases = Phrases(ledger, language)
        self.say = self.phrases.say
        self.agreement = ledger.agreements[draft.agreement]
        self.parties = self.phrases.parties(self.agreement)

    def of(self, draft: D) -> Asking[D]:
        """Another draft before the same moderator."""
        return Asking(self.ledger, draft, self.phrases.language, now=self.now)

    def question(self, screen: str, direction: str = "") -> list[str]:
        """The question, bold, with a line of help under it where it needs one."""
        first, *rest = self.say.lines(f"ask-{screen}", direction=direction)
        return [Heading(first), *rest]

    def field(self, field: str, language: str = "") -> str:
        """The name of a field, or of its words in one language."""
        name = capital(self.say("field", field=field))
        if not language:
            return name
        return self.say(
            "field-in-language", field=name, language=self.phrases.language_name(language)
        )

    def worded(self, field: str, label: Label | None) -> list[Answer]:
        """The words of a field in each language that has them."""
        texts = label or {}
        return [
            (self.field(field, code), self.phrases.label({code: texts[code]}, _LONGEST_WORDS))
            for code in LANGUAGES
            if code in texts
        ]

    def button(self, key: str, act: str, *, chosen: bool = False) -> Button:
        """A button with the catalogue's words."""
        return named(self.say(key), act, chosen=chosen)

    def back(self) -> list[Row]:
        """The way back to the overview, once there is one to go back to."""
        done = self.draft.rested().next_screen is Screen.OVERVIEW
        return [(self.button("button-back", "back"),)] if done else []

    def way_out(self) -> list[Row]:
        """Out of a draft that has no overview to go back to yet."""
        return [] if self.back() else [(self.button("button-discard", "discard"),)]

    def publisher(self, source: str) -> str:
        """Where a source of the draft appeared."""
        found = self.draft.source(source, self.ledger)
        return self.phrases.publisher(found) if found else self.say("unknown")

    def speakers(self, *, outlets: bool = False) -> list[str]:
        """Who can state something, in the order of the parties' names."""
        return self.phrases.by_party(speakers(self.ledger, self.agreement.parties, outlets=outlets))


@dataclass(frozen=True)
class View(Generic[D]):
    """How drafts of one kind are shown."""

    title: Callable[[Asking[D]], str]
    summary: Callable[[Asking[D]], list[Answer]]
    """The fields that have an answer."""
    overview: Callable[[Asking[D]], list[Row]]
    """A button for each field that may be opened."""
    screens: Mapping[Screen, Callable[[Asking[D]], Screenful]]
    """Those of its own; what all kinds share need not be named."""


def calendar(asking: Asking[Any]) -> Screenful:
    """The days of a month, two of them by name, and the way to other months and years."""
    draft = asking.draft
    year, month = draft.month or (None, 1)
    buttons = [
        Button(asking.say("number", value=Count(day)), f"day:{day}")
        for day in range(1, days_in(month, year) + 1)
        if not (
            draft.day_has_begun and asking.now and EventDate(month, day, year).is_future(asking.now)
        )
    ]
    rows = [*_recent(asking), *in_rows(buttons, _DAYS_IN_A_ROW), _turn(asking, year, month)]
    if draft.day_may_be_open:
        rows.append((asking.button("button-no-day", "day:none"),))
    return asking.question(draft.screen), [*rows, *asking.back()]


def reasons(asking: Asking[Any]) -> Screenful:
    """Why something published is corrected."""
    rows = [
        (asking.button(f"reason-{one}", f"reason:{one}", chosen=one is asking.draft.reason),)
        for one in REASONS
    ]
    return asking.question("reason"), [*rows, *asking.back()]


def speaker(asking: Asking[Any], *, outlets: bool) -> Screenful:
    """Who made a single statement."""
    buttons = [
        named(asking.phrases.short_actor(key), f"speaker:{key}")
        for key in asking.speakers(outlets=outlets)
    ]
    return asking.question("speaker"), [*packed(buttons), *asking.back(), *asking.way_out()]


def source(asking: Asking[Any]) -> Screenful:
    """Where a single statement was read: a link is typed, or a known source chosen."""
    known = [*asking.draft.new_sources, *[*asking.ledger.sources.values()][-_OFFERED_SOURCES:]]
    rows = [
        (
            Button(
                asking.say(
                    "button-known-source",
                    id=PublicId(one.key),
                    publisher=asking.phrases.publisher(one),
                )
                if one.key in asking.ledger.sources
                else asking.phrases.publisher(one),
                f"from:{one.key}",
            ),
        )
        for one in reversed(known)
    ]
    return asking.question("source"), [*rows, *asking.back(), *asking.way_out()]


def said(asking: Asking[Any], saying: Saying) -> list[str]:
    """What is known of a statement: who, when, where it was read."""
    parts = []
    if saying.speaker:
        parts.append(asking.phrases.short_actor(saying.speaker))
    if saying.said_on:
        parts.append(asking.phrases.day(saying.said_on))
    if saying.source:
        parts.append(asking.say("read-at", place=asking.publisher(saying.source)))
    return parts


def statement_fields(asking: Asking[Any]) -> list[Button]:
    """The way to each part of a single statement."""
    return [
        asking.button("button-speaker", "open:speaker"),
        asking.button("button-where", "open:source"),
        asking.button("button-said_on", "open:said_on"),
    ]


def typed_words(asking: Asking[Any], screen: str, label: Label | None) -> Screenful:
    """Words in one language after another: which one is asked, else which to type anew."""
    language = asking.draft.asked_language
    lines = asking.question(screen)
    if language:
        name = asking.phrases.language_name(language)
        lines.append(asking.say("words-asked", language=name))
        return lines, [*asking.back(), *asking.way_out()]
    rows = [
        (named(asking.phrases.language_name(code), f"again:{code}"),)
        for code in LANGUAGES
        if code in (label or {})
    ]
    return lines, [*rows, *asking.back()]


def number(asking: Asking[Any], qualifier: Qualifier, direction: str = "") -> Screenful:
    """The number is typed; which word of the speaker's it will follow is said."""
    lines = asking.question("number", direction)
    lines.append(asking.say("number-asked", qualifier=asking.say(f"qualifier-{qualifier}")))
    if qualifier is Qualifier.RANGE:
        lines.append(asking.say("number-range"))
    return lines, asking.back()


def qualifiers(asking: Asking[Any], offered: Iterable[Qualifier]) -> list[Row]:
    """The words that a speaker binds himself to a number with."""
    return in_rows([asking.button(f"qualifier-{one}", f"qualifier:{one}") for one in offered], 2)


def named(label: str, act: str, *, chosen: bool = False) -> Button:
    """A button; labels begin with a capital, wherever their words come from."""
    return Button(f"{_CHOSEN}{capital(label)}" if chosen else capital(label), act)


def in_rows(buttons: Sequence[Button], size: int) -> list[Row]:
    return [tuple(buttons[start : start + size]) for start in range(0, len(buttons), size)]


def packed(buttons: Sequence[Button]) -> list[Row]:
    """Neighbours that are both short share a row; a longer name has its own."""
    rows: list[Row] = []
    for button in buttons:
        fits = len(button.label) <= _HALF_A_ROW
        if rows and fits and len(rows[-1]) == 1 and len(rows[-1][0].label) <= _HALF_A_ROW:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return rows


def _recent(asking: Asking[Any]) -> list[Row]:
    """The two days that are recorded most often, each with its date."""
    if asking.now is None:
        return []
    row = []
    for name, days in (("yesterday", 1), ("today", 0)):
        day = (asking.now - timedelta(days=days)).date()
        label = asking.say(f"button-{name}", day=Day(EventDate(day.month, day.day)))
        row.append(Button(label, f"day:{name}"))
    return [tuple(row)]


def _turn(asking: Asking[Any], year: int | None, month: int) -> Row:
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
