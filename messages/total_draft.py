"""The draft of a stated total: what is asked, and the buttons that answer."""

from __future__ import annotations

from exchange.draft import Screen
from exchange.quantity import Qualifier
from exchange.records import BOTH_NOT_SPLIT, NOT_STATED, TotalScope, Unit
from exchange.saying import Saying
from exchange.total_draft import TotalDraft
from messages.asking import (
    Answer,
    Asking,
    Row,
    Screenful,
    View,
    calendar,
    in_rows,
    named,
    number,
    qualifiers,
    said,
    source,
    speaker,
    statement_fields,
    typed_words,
)
from messages.message import Button
from messages.values import Count

Total = Asking[TotalDraft]


def _title(asking: Total) -> str:
    return asking.say("draft-new-total")


def _summary(asking: Total) -> list[Answer]:
    draft, say = asking.draft, asking.say
    fields: list[tuple[str, str | None]] = [
        ("unit", say(f"total-unit-{draft.unit}") if draft.unit else None),
        ("directions", _direction(asking, draft.returned_to) if draft.returned_to else None),
        ("qualifier", asking.phrases.quantity(draft.quantity) if draft.quantity else None),
    ]
    statements = [Saying.of(one, place) for place, one in enumerate(draft.stated)]
    fields += [("speaker", "; ".join(said(asking, one))) for one in statements]
    fields.append(("counted", say(f"counted-{draft.scope}") if draft.scope else None))
    found = [(asking.field(field), answer) for field, answer in fields if answer]
    found += asking.worded("words", draft.words)
    if draft.since:
        found.append((asking.field("since"), asking.phrases.day(draft.since)))
    if draft.bounded:
        found.append((asking.field("through"), asking.phrases.day(draft.through)))
    return found


def _overview(asking: Total) -> list[Row]:
    draft = asking.draft
    words = ["words"] if draft.scope is TotalScope.OTHER else []
    fields = ["unit", "directions", "figure", "counted", *words, "since", "through"]
    labels = {"figure": "button-number"}
    statements = [
        (
            Button(
                asking.say(
                    "button-statement",
                    place=Count(place + 1),
                    speaker=asking.phrases.short_actor(one.speaker),
                ),
                f"say:{place}",
            ),
        )
        for place, one in enumerate(draft.stated)
    ]
    return [
        *in_rows(
            [asking.button(labels.get(one, f"button-{one}"), f"open:{one}") for one in fields], 2
        ),
        *statements,
        (asking.button("button-add-statement", "say:new"),),
    ]


def _unit(asking: Total) -> Screenful:
    buttons = [
        asking.button(f"total-unit-{one}", f"unit:{one}", chosen=one is asking.draft.unit)
        for one in Unit
    ]
    return asking.question("unit"), [*in_rows(buttons, 2), *asking.back(), *asking.way_out()]


def _directions(asking: Total) -> Screenful:
    rows = [
        (
            named(
                _direction(asking, one), f"direction:{one}", chosen=one == asking.draft.returned_to
            ),
        )
        for one in (*asking.parties, BOTH_NOT_SPLIT, NOT_STATED)
    ]
    return asking.question("directions"), [*rows, *asking.back()]


def _figure(asking: Total) -> Screenful:
    offered = [one for one in Qualifier if one is not Qualifier.UNKNOWN]
    lines = asking.question("figure", _where(asking))
    return lines, [*qualifiers(asking, offered), *asking.back()]


def _number(asking: Total) -> Screenful:
    return number(asking, asking.draft.qualifier or Qualifier.EXACT, _where(asking))


def _speaker(asking: Total) -> Screenful:
    return speaker(asking, outlets=True)


def _whole(asking: Total) -> Screenful:
    """One statement, whole."""
    saying = asking.draft.saying or Saying()
    lines = asking.question("stated")
    lines.append("; ".join(said(asking, saying)))
    rows = [*in_rows(statement_fields(asking), 2), (asking.button("button-next", "done:stated"),)]
    if saying.place is not None:
        rows.append((asking.button("button-drop-statement", "drop"),))
    return lines, [*rows, *asking.back()]


def _counted(asking: Total) -> Screenful:
    rows = [
        (asking.button(f"counted-{one}", f"counted:{one}", chosen=one is asking.draft.scope),)
        for one in TotalScope
    ]
    return asking.question("counted"), [*rows, *asking.back()]


def _words(asking: Total) -> Screenful:
    return typed_words(asking, "words", asking.draft.words)


def _direction(asking: Total, direction: str) -> str:
    if direction in (BOTH_NOT_SPLIT, NOT_STATED):
        return asking.say(f"total-{direction}")
    return asking.phrases.direction(direction, Unit.PERSON)


def _where(asking: Total) -> str:
    return _direction(asking, asking.draft.returned_to or NOT_STATED)


TOTAL = View(
    title=_title,
    summary=_summary,
    overview=_overview,
    screens={
        Screen.UNIT: _unit,
        Screen.DIRECTIONS: _directions,
        Screen.FIGURE: _figure,
        Screen.NUMBER: _number,
        Screen.SPEAKER: _speaker,
        Screen.SOURCE: source,
        Screen.SAID_ON: calendar,
        Screen.STATED: _whole,
        Screen.COUNTED: _counted,
        Screen.WORDS: _words,
        Screen.SINCE: calendar,
        Screen.THROUGH: calendar,
    },
)
