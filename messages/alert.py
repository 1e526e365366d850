"""An alert: what happened first, numbers as said, whose words, and the line about fraud.

Its first line names no kind: a person who looks at a locked phone learns that something happened,
and chooses when to read what.
"""

from __future__ import annotations

from exchange.ledger import Ledger
from exchange.news import News
from exchange.records import Lifecycle, Stage
from messages.message import Button, Heading, Message, compose
from messages.phrases import Phrases
from messages.stages import attribution, directions
from messages.values import AlertNumber


def alert(
    ledger: Ledger,
    stage: Stage,
    number: int,
    refers_to: int | None,
    told: News,
    language: str,
    *,
    repeat: bool = False,
) -> Message:
    """The alert of this number about a stage, which the ledger need not hold yet.

    `refers_to` is the number of the alert that this one updates. `repeat` is for a message of which
    Telegram never said whether it arrived: it may be there already, so it says that it is a repeat.
    """
    phrases = Phrases(ledger, language)
    say = phrases.say
    lines = [
        Heading(_first_line(phrases, stage, number, refers_to, repeat=repeat)),
        _state(phrases, stage, told),
        phrases.who(stage),
        "",
        *directions(phrases, stage),
        "",
        *attribution(phrases, stage),
        "",
        say("scam-line"),
        *([say("alert-repeat")] if repeat else []),
    ]
    buttons = [
        (
            Button(say("button-details"), f"stage:{stage.key}"),
            Button(say("button-sources"), "sources"),
        )
    ]
    return compose(lines, buttons, say("cut"))


def _first_line(
    phrases: Phrases, stage: Stage, number: int, refers_to: int | None, *, repeat: bool
) -> str:
    say = phrases.say
    day = phrases.day(stage.date)
    if refers_to is None:
        news = say("alert-new", day=day)
    else:
        news = say("alert-update", number=AlertNumber(refers_to), day=day)
    first = "alert-first-repeat" if repeat else "alert-first"
    return say(first, number=AlertNumber(number), news=news)


def _state(phrases: Phrases, stage: Stage, told: News) -> str:
    state = phrases.say("alert-state", state=stage.lifecycle.value, told=told.value)
    if stage.lifecycle is Lifecycle.ANNOUNCED and stage.date:
        return f"{state} {phrases.say('alert-expected')}"
    return state
