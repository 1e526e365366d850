"""What a moderator sees: the draft, the line under a preview, what became of it.

A draft is one message, edited in place. What is missing is said, not guessed. The acts of its
buttons are bare; the handlers put the draft's key before each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exchange.claim_draft import ClaimDraft
from exchange.draft import Draft, Screen
from exchange.ledger import Ledger
from exchange.records import LANGUAGES
from exchange.rules import Problem
from exchange.stage_draft import StageDraft
from exchange.total_draft import TotalDraft
from messages.asking import Asking, Row, View, reasons
from messages.catalogue import Say
from messages.claim_draft import CLAIM
from messages.message import Button, Heading, Message, compose
from messages.phrases import capital
from messages.sending import SendingView, duration, progress_card, rounded
from messages.stage_draft import STAGE
from messages.total_draft import TOTAL
from messages.values import AlertNumber, Count, PublicId

__all__ = [
    "Reach",
    "SendingView",
    "already_published",
    "discarded",
    "draft_message",
    "moved_down",
    "no_agreement",
    "no_draft",
    "nothing_to_correct",
    "preview_note",
    "preview_outdated",
    "progress_card",
    "recorded_quietly",
    "undone",
    "unfinished",
]

_MISSING = ("open-field", "no-source", "no-direction", "no-date", "no-number")
"""Rules that say what is not there yet; all others say what is wrong."""


_VIEWS: Mapping[type[Draft], View[Any]] = {
    StageDraft: STAGE,
    ClaimDraft: CLAIM,
    TotalDraft: TOTAL,
}


def draft_message(
    draft: Draft,
    ledger: Ledger,
    language: str,
    *,
    now: datetime,
    problems: Sequence[Problem] = (),
    cautions: Sequence[Problem] = (),
    note: str = "",
) -> Message:
    """The draft as it stands and, under it, what is asked next or what may be done.

    `problems` forbid to publish it, `cautions` do not. `note` is the rule that a press or a typed
    line broke, said first.
    """
    asking, view = Asking(ledger, draft, language, now=now), _VIEWS[type(draft)]
    say = asking.say
    lines: list[str] = [Heading(_title(asking, view))]
    if note:
        lines += [say("draft-note", sentence=_sentence(say, Problem(note, ""))), ""]
    lines += _answers(asking, view)
    if draft.screen in (Screen.OVERVIEW, Screen.PREVIEW):
        judged = ["", *_judgement(say, problems), *_doubts(say, cautions)]
        at_rest = draft.screen is Screen.OVERVIEW
        ready = at_rest and not problems
        why = [(asking.button("button-reason", "open:reason"),)] if draft.correcting else []
        rows = [*view.overview(asking), *why, *_ways_out(say, ready=ready)]
        return compose([*lines, *(judged if at_rest else [])], rows, say("cut"))
    screen = reasons if draft.screen is Screen.REASON else view.screens[draft.screen]
    question, rows = screen(asking)
    return compose([*lines, "", *question], rows, say("cut"))


@dataclass(frozen=True)
class Reach:
    """How far an alert would go. Only rounded counts are ever shown."""

    readers: int | None
    """Who get a message of its own; None where nobody does and earlier ones change in silence."""
    seconds: int
    marked: int | None = None
    """Earlier messages that are changed; None where it corrects nothing."""


def preview_note(reach: Reach | None, language: str, cautions: Sequence[Problem] = ()) -> Message:
    """Under the real messages: how many readers get them, how long that takes, and Publish.

    None: nobody is alerted. What is doubtful is said once more.
    """
    say = Say(language)
    lines = [*reach_lines(say, reach), *(_doubts(say, cautions) or [say("preview-checked")])]
    buttons = [(Button(say("button-publish"), "publish"),), (Button(say("button-back"), "back"),)]
    return compose(lines, buttons)


def reach_lines(say: Say, reach: Reach | None) -> list[str]:
    """How many readers get what, and how long that takes."""
    if reach is None:
        return [say("preview-quiet")]
    lines = [say("preview-silent")]
    if reach.readers is not None:
        count = rounded(say, reach.readers)
        lines = [say("preview-readers", readers=count, languages=Count(len(LANGUAGES)))]
    if reach.marked is not None:
        lines.append(say("preview-marked", count=rounded(say, reach.marked)))
    return [*lines, say("preview-duration", duration=duration(say, reach.seconds))]


def unfinished(draft: Draft, ledger: Ledger, language: str) -> Message:
    """There is an open draft: whether to go on with it."""
    asking, view = Asking(ledger, draft, language), _VIEWS[type(draft)]
    say = asking.say
    lines = [Heading(say("draft-unfinished")), _title(asking, view), *_answers(asking, view)]
    return compose(lines, _continue(say), say("cut"))


def no_agreement(language: str) -> Message:
    """A stage belongs to an agreement, and there is none yet: how to get one."""
    return compose(Say(language).lines("draft-no-agreement"))


def nothing_to_correct(ledger: Ledger, language: str) -> Message:
    """No recorded stage, claim or total has that id: how to write it."""
    example = next(reversed([*ledger.stages]), "S1")
    return compose(Say(language).lines("draft-nothing-to-correct", example=PublicId(example)))


def no_draft(language: str) -> Message:
    return compose([Say(language)("draft-none")])


def discarded(language: str) -> Message:
    return compose([Say(language)("draft-discarded")])


def moved_down(language: str) -> Message:
    """Left in the place of a draft whose message is now further down."""
    return compose([Say(language)("draft-moved-down")])


def recorded_quietly(key: str, language: str) -> Message:
    """Published, and nobody was alerted."""
    say = Say(language)
    return compose([say("recorded-quietly", id=PublicId(key))])


def undone(language: str) -> Message:
    """The alert was called back before anybody got it, and the record with it."""
    say = Say(language)
    return compose(say.lines("draft-undone"), _continue(say))


def already_published(number: int, language: str) -> str:
    """A line over the chat, for a second press on Publish."""
    return Say(language)("already-published", number=AlertNumber(number))


def preview_outdated(language: str) -> str:
    """A line over the chat: the ledger moved since the preview was made."""
    return Say(language)("preview-outdated")


def _title(asking: Asking[Draft], view: View[Any]) -> str:
    if asking.draft.correcting:
        return asking.say("draft-correcting", id=PublicId(asking.draft.base or ""))
    return view.title(asking)


def _answers(asking: Asking[Draft], view: View[Any]) -> list[str]:
    """The fields that have an answer; of a correction also what the changed ones were."""
    draft, say = asking.draft, asking.say
    recorded = draft.afresh(asking.ledger) if draft.correcting else None
    now = view.summary(asking)
    before = view.summary(asking.of(recorded)) if recorded else now
    lines = []
    for field, answer in now:
        lines.append(say("draft-field", field=field, answer=answer))
        if (field, answer) not in before:
            was = "; ".join(old for name, old in before if name == field and (name, old) not in now)
            lines.append(say("draft-was", answer=was or say("nothing")))
    kept = {field for field, _ in now}
    for field, answer in before:
        if field not in kept:
            lines.append(say("draft-field", field=field, answer=say("nothing")))
            lines.append(say("draft-was", answer=answer))
    if draft.reason:
        why = say(f"reason-{draft.reason}")
        lines.append(say("draft-field", field=asking.field("reason"), answer=why))
    return lines


def _judgement(say: Say, problems: Sequence[Problem]) -> list[str]:
    """What is missing, then what is wrong."""
    missing = [_sentence(say, one) for one in problems if one.rule in _MISSING]
    wrong = [capital(_sentence(say, one)) for one in problems if one.rule not in _MISSING]
    lines = [say("draft-missing", what="; ".join(missing) if missing else say("nothing"))]
    return [*lines, *dict.fromkeys(wrong)]


def _doubts(say: Say, cautions: Sequence[Problem]) -> list[str]:
    """What an editor would look at again."""
    found = (say(f"caution-{one.rule}", value=PublicId(one.value)) for one in cautions)
    return [say("draft-doubtful", sentence=sentence) for sentence in dict.fromkeys(found)]


def _sentence(say: Say, problem: Problem) -> str:
    """A broken rule in words; what is open is called by the name of its field."""
    if problem.rule == "open-field":
        return say("field", field=problem.field)
    return say(f"problem-{problem.rule}", value=PublicId(problem.value))


def _ways_out(say: Say, *, ready: bool) -> list[Row]:
    """To the preview, once nothing hinders it, or to nothing at all."""
    discard = (Button(say("button-discard"), "discard"),)
    return [(Button(say("button-preview"), "preview"),), discard] if ready else [discard]


def _continue(say: Say) -> list[tuple[Button, ...]]:
    return [
        (Button(say("button-continue"), "continue"),),
        (Button(say("button-discard"), "discard"),),
    ]
