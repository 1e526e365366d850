"""Holding all sending back, and what moderators are told of by the bot itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from messages.catalogue import Say
from messages.message import Button, Heading, Message, compose
from messages.values import AlertNumber, Moment, PublicId


@dataclass(frozen=True)
class FreezeView:
    """A freeze as one moderator sees it; people are named by pseudonym."""

    since_at: datetime
    by: str
    thaw_by: str | None = None
    """Who proposes to let sending go on; it takes another one to confirm."""
    is_mine: bool = False
    """Whether that is the moderator who reads this."""


def ask_freeze(language: str) -> Message:
    """What freezing does, and the button that does it."""
    say = Say(language)
    lines = [Heading(say("freeze-question")), *say.lines("freeze-explained")]
    return compose(lines, [(Button(say("button-freeze"), "freeze"),)])


def frozen(view: FreezeView, language: str) -> Message:
    """Since when and by whom all is held back, and the button with which it goes on."""
    say = Say(language)
    since = Moment(view.since_at)
    lines: list[str] = [
        Heading(say("frozen-heading")),
        say("frozen-since", moment=since, moderator=PublicId(view.by)),
        *say.lines("frozen-explained"),
    ]
    if view.thaw_by:
        lines.append(say("thaw-proposed-by", moderator=PublicId(view.thaw_by)))
    if view.is_mine:
        return compose([*lines, *say.lines("thaw-needs-another")])
    label = say("button-thaw-confirm" if view.thaw_by else "button-thaw")
    return compose(lines, [(Button(label, "thaw"),)])


def not_frozen(language: str) -> Message:
    """Alerts go out as they should."""
    return compose([Say(language)("not-frozen")])


def memo(kind: str, about: str, language: str) -> Message:
    """What a moderator is told by itself.

    `about` is an alert's number, or two moments, or a pseudonym, which a record's public id may
    follow.
    """
    say = Say(language)
    if kind == "missed":
        since, until = (Moment(datetime.fromisoformat(one)) for one in about.split())
        return compose(
            [Heading(say("memo-missed", since=since, until=until)), *say.lines("memo-missed-more")]
        )
    if kind == "halted":
        number = AlertNumber(int(about))
        return compose([Heading(say("memo-halted", number=number)), *say.lines("sending-halted")])
    who, _, key = about.partition(" ")
    named = {"moderator": PublicId(who), **({"id": PublicId(key)} if key else {})}
    more = say.lines(f"memo-{kind}-more", **({"id": PublicId(key)} if key else {}))
    look = [(Button(say("button-redact-look"), f"redaction:{key}"),)]
    rows = look if kind == "redaction_proposed" else []
    return compose([Heading(say(f"memo-{kind}", **named)), *more], rows)
