"""Every screen of a moderator's draft, and what becomes of an alert."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from exchange.dates import EventDate
from exchange.draft import Screen
from exchange.ledger import Ledger
from exchange.quantity import Qualifier
from exchange.records import Lifecycle, StageKind
from exchange.rules import Problem
from exchange.stage_draft import Asked, StageDraft, adding_to
from messages import drafting, freezing
from messages.drafting import Reach, SendingView
from messages.freezing import FreezeView
from tests.builders import AGREEMENT, RU, UA, an_agreement, at_least, istanbul, label
from tests.messages.cases import SECOND_STAGE, Case, lines_alone

NOW = datetime(2026, 6, 11, 10, tzinfo=UTC)
LEDGER = istanbul()
TWO_AGREEMENTS = istanbul(an_agreement("geneva", name=label("Geneva agreement"), day=None))

BEGIN = StageDraft(AGREEMENT)
KIND = BEGIN.of_kind(StageKind.PERSONS)
STATE = replace(KIND.in_state(Lifecycle.COMPLETED), month=(None, 6))
WHO = STATE.on(EventDate(6, 10)).with_category("wounded")
DIRECTION = WHO.onward()
SOURCE = DIRECTION.towards(UA, RU)
CONFIRMED = SOURCE.read_in(LEDGER, "https://office.example.org/exchange", date(2026, 6, 11))
FULL = CONFIRMED.confirmed_by("voice-ua").confirmed_by("voice-ru").onward()
FIGURE = replace(FULL, screen=Screen.FIGURE, asked=Asked(UA))
NUMBER = replace(FULL, screen=Screen.NUMBER, asked=Asked(UA, Qualifier.AT_LEAST))
RANGE = replace(FULL, screen=Screen.NUMBER, asked=Asked(UA, Qualifier.RANGE))
SPEAKER = replace(FULL, screen=Screen.SPEAKER, asked=Asked(UA, Qualifier.AT_LEAST, at_least(150)))
EMPTY = BEGIN.at(Screen.OVERVIEW)
FIELDS = [
    screen.value
    for screen in (
        Screen.BEGIN,
        Screen.LIFECYCLE,
        Screen.DATE,
        Screen.CATEGORIES,
        Screen.DIRECTIONS,
        Screen.SOURCES,
        Screen.CONFIRMATIONS,
    )
]
_OF_STAGES = (
    *("stale-button", "text-too-long", "nothing-asked", "only-text", "number-expected"),
    *("range-expected", "lifecycle-moves-back", "source-recorded", "figure-recorded"),
    *("correction-needed", "nothing-added", "hidden-characters", "link-broken"),
    *("link-disguised", "link-too-long", "no-source", "no-direction", "no-date", "future-date"),
    *("same-stage", "source-not-listed", "outlet-confirms", "not-a-party", "direction-twice"),
    *("people-and-bodies", "figure-zero", "label-missing", "same-party-twice"),
    *("unknown-reference",),
)
_FURTHER = (
    *("ordinal-below-one", "day-not-another", "parts-do-not-fit", "identified-people"),
    *("identified-beyond-returned", "several-speakers", "counts-what", "no-number"),
    *("ends-before-it-begins", "nobody-asserts", "refers-to-itself", "wording-too-long"),
    *("number-without-figure", "link-in-text", "mail-address", "handle-in-text", "bank-account"),
    *("unit-number", "birth-date", "card-number", "phone-number"),
)
_DRAFTING = ("one-line-expected", "nothing-changed", "changed-meanwhile")
CAUTIONS = (
    *("mixed-scripts", "published-in-the-future", "read-before-published", "source-twice"),
    *("figures-apart", "perhaps-same-stage", "source-before-event", "said-before-event"),
    *("total-through-no-day", "total-does-not-fit", "claim-twice", "said-after-published"),
    "outlet-counts",
)
PROBLEMS = _OF_STAGES + _FURTHER + _DRAFTING


def _draft(
    draft: StageDraft,
    *problems: Problem,
    note: str = "",
    ledger: Ledger = LEDGER,
) -> Case:
    return lambda language: drafting.draft_message(
        draft, ledger, language, problems=problems, note=note, now=NOW
    )


def _sending(**counts: int | str | None) -> Case:
    nothing: dict[str, int | str | None] = {
        "number": 3,
        "total": 12480,
        "delivered": 0,
        "undeliverable": 0,
        "cancelled": 0,
        "unknown": 0,
        "waiting": 0,
        "starts_in": None,
        "seconds_left": 0,
        "state": "live",
    }
    view = SendingView(**{**nothing, **counts})  # type: ignore[arg-type] # fields, by name
    return lambda language: drafting.progress_card(view, language)


def _memo(kind: str, about: str) -> Case:
    return lambda language: freezing.memo(kind, about, language)


DRAFTING: dict[str, Case] = {
    "what to record": _draft(BEGIN),
    "what to record, of two agreements": _draft(BEGIN, ledger=TWO_AGREEMENTS),
    "another kind": _draft(replace(FULL, screen=Screen.BEGIN)),
    "how far": _draft(KIND),
    "how far, of a recorded stage": _draft(
        replace(
            adding_to(replace(SECOND_STAGE, lifecycle=Lifecycle.ANNOUNCED)), screen=Screen.LIFECYCLE
        ),
        ledger=istanbul(replace(SECOND_STAGE, lifecycle=Lifecycle.ANNOUNCED)),
    ),
    "which day": _draft(STATE),
    "which day, with a year": _draft(replace(STATE, month=(2026, 6))),
    "which day, announced": _draft(
        replace(STATE, lifecycle=Lifecycle.ANNOUNCED, screen=Screen.DATE, month=(2026, 12))
    ),
    "who": _draft(replace(WHO, categories=None)),
    "who, chosen": _draft(WHO),
    "which direction": _draft(DIRECTION),
    "where it was read": _draft(SOURCE),
    "where else it was read": _draft(replace(CONFIRMED, screen=Screen.SOURCES)),
    "who confirms": _draft(CONFIRMED),
    "who confirms, chosen": _draft(replace(FULL, screen=Screen.CONFIRMATIONS)),
    "nobody confirms": _draft(replace(FULL, confirmations=())),
    "how many": _draft(FIGURE),
    "which number": _draft(NUMBER),
    "which numbers": _draft(RANGE),
    "who says so": _draft(SPEAKER),
    "complete": _draft(FULL),
    "complete, with a number": _draft(SPEAKER.with_figure("headquarters")),
    "nobody named": _draft(replace(FULL, categories=())),
    "empty": _draft(EMPTY, *(Problem("open-field", field) for field in FIELDS)),
    "everything wrong": _draft(FULL, *(Problem(rule, "", "S1") for rule in _OF_STAGES)),
    "everything else wrong": _draft(FULL, *(Problem(rule, "") for rule in _FURTHER)),
    "everything doubtful": lambda language: drafting.draft_message(
        FULL, LEDGER, language, cautions=[Problem(rule, "", "R1") for rule in CAUTIONS], now=NOW
    ),
    "not understood": _draft(SOURCE, note="link-broken"),
    "more about a stage": _draft(adding_to(LEDGER.stages["S1"]), Problem("nothing-added", "")),
    "an open draft": lambda language: drafting.unfinished(FULL, LEDGER, language),
    "no agreement": drafting.no_agreement,
    "no draft": drafting.no_draft,
    "nothing to correct": lambda language: drafting.nothing_to_correct(LEDGER, language),
    "discarded": drafting.discarded,
    "moved down": drafting.moved_down,
}

SENDING: dict[str, Case] = {
    "preview": lambda language: drafting.preview_note(Reach(12_487, 420), language),
    "preview of something doubtful": lambda language: drafting.preview_note(
        Reach(12_487, 420), language, [Problem("source-before-event", "sources", "R1")]
    ),
    "preview, few readers": lambda language: drafting.preview_note(Reach(3, 1), language),
    "preview, no reader": lambda language: drafting.preview_note(Reach(0, 0), language),
    "preview, nobody is alerted": lambda language: drafting.preview_note(None, language),
    "preview of a correction": lambda language: drafting.preview_note(
        Reach(12_487, 840, marked=12_470), language
    ),
    "preview, mended in silence": lambda language: drafting.preview_note(
        Reach(None, 420, marked=12_470), language
    ),
    "waiting": _sending(waiting=12480, starts_in=18, seconds_left=420),
    "sending": _sending(delivered=8126, undeliverable=31, waiting=4323, seconds_left=145),
    "marking earlier messages": _sending(
        delivered=8126, edited=40, edits_waiting=12_410, waiting=4323, seconds_left=560
    ),
    "sent": _sending(delivered=12449, undeliverable=31),
    "sent to few": _sending(total=8, delivered=8),
    "stopped": _sending(state="stopped", delivered=4000, cancelled=8473, unknown=7),
    "halted": _sending(state="halted", delivered=40, waiting=12440),
    "frozen": _sending(frozen=True, delivered=40, waiting=12440),
    "frozen before it began": _sending(frozen=True, waiting=12480, starts_in=18),
    "superseded": _sending(state="superseded", delivered=40, cancelled=12440),
    "recorded quietly": lambda language: drafting.recorded_quietly("S1", language),
    "undone": drafting.undone,
    "lines over the chat": lines_alone(
        lambda language: drafting.already_published(4, language),
        drafting.preview_outdated,
    ),
}

FREEZING: dict[str, Case] = {
    "the question": freezing.ask_freeze,
    "frozen": lambda language: freezing.frozen(FreezeView(NOW, "mod-1"), language),
    "frozen, thawing proposed by another": lambda language: freezing.frozen(
        FreezeView(NOW, "mod-1", "mod-2"), language
    ),
    "frozen, thawing proposed by oneself": lambda language: freezing.frozen(
        FreezeView(NOW, "mod-1", "mod-2", is_mine=True), language
    ),
    "not frozen": freezing.not_frozen,
    "memo: frozen": _memo("frozen", "mod-1"),
    "memo: thawing proposed": _memo("thaw_proposed", "mod-2"),
    "memo: thawed": _memo("thawed", "mod-1"),
    "memo: an alert halted": _memo("halted", "42"),
    "memo: withdrawn": _memo("withdrawn", "mod-1 S2"),
    "memo: erasing proposed": _memo("redaction_proposed", "mod-1 C1"),
    "memo: erased": _memo("redacted", "mod-2 C1"),
    "memo: updates missed": _memo("missed", "2026-03-08T09:30:00+00:00 2026-03-10T04:00:00+00:00"),
}
