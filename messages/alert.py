"""An alert: what happened first, numbers as said, whose words, and the line about fraud.

Its first line names no kind: a person who looks at a locked phone learns that something happened,
and chooses when to read what.
"""

from __future__ import annotations

from collections.abc import Iterable

from exchange.claims import status
from exchange.ledger import Ledger
from exchange.news import News
from exchange.records import Claim, Lifecycle, Stage
from messages.claims import everybody, status_words
from messages.message import Button, Heading, Message, compose
from messages.onward import history, to_details
from messages.phrases import Phrases
from messages.stages import attribution, directions
from messages.values import AlertNumber, CheckCode, PublicId


def alert(
    ledger: Ledger,
    stage: Stage,
    number: int,
    refers_to: int | None,
    told: News,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    """The alert of this number about a stage, which the ledger need not hold yet.

    `refers_to` is the number of the alert that this one updates. `repeat` is for a message of which
    Telegram never said whether it arrived: it may be there already, so it says that it is a repeat.
    `code` is the check code, by which anybody can see whether these words are ours.
    """
    phrases = Phrases(ledger, language)
    lines = [
        _state(phrases, stage, told),
        phrases.who(stage),
        "",
        *directions(phrases, stage),
        "",
        *attribution(phrases, stage),
    ]
    day = phrases.day(stage.date)
    if refers_to is None:
        news = phrases.say("alert-new", day=day)
    else:
        news = phrases.say("alert-update", number=AlertNumber(refers_to), day=day)
    return framed(phrases, stage.key, number, news, lines, repeat=repeat, code=code)


def claim_alert(
    ledger: Ledger,
    claim: Claim,
    number: int,
    refers_to: int | None,
    told: News,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    """The alert about a claim, a denial of it, or a move of its status; both sides are in it."""
    phrases = Phrases(ledger, language)
    say = phrases.say
    lines = [
        say(
            "claim-title",
            id=PublicId(claim.key),
            status=status_words(phrases, status(claim, ledger)),
        ),
        phrases.label(claim.text),
        "",
        *everybody(phrases, claim),
        *([say("claim-counts-nowhere")] if claim.quantity else []),
        "",
        say("alert-judges-nothing"),
    ]
    if refers_to is None:
        news = say("alert-claim", told=told.value)
    else:
        news = say("alert-claim-to", told=told.value, number=AlertNumber(refers_to))
    return framed(phrases, claim.key, number, news, lines, repeat=repeat, code=code)


def framed(
    phrases: Phrases,
    key: str,
    number: int,
    news: str,
    lines: Iterable[str],
    *,
    repeat: bool,
    code: str,
) -> Message:
    """What every alert has around its news: its number, the line about fraud, how to check it."""
    say = phrases.say
    first = "alert-first-repeat" if repeat else "alert-first"
    whole = [
        Heading(say(first, number=AlertNumber(number), news=news)),
        *lines,
        "",
        say("scam-line"),
        *([say("alert-code", code=CheckCode(code))] if code else []),
        *([say("alert-repeat")] if repeat else []),
    ]
    check = [Button(say("button-check"), f"verify:{code}")] if code else []
    buttons = [
        (Button(say("button-details"), to_details(key)), Button(say("button-sources"), "sources")),
        [history(phrases, key), *check],
    ]
    return compose(whole, buttons, say("cut"))


def _state(phrases: Phrases, stage: Stage, told: News) -> str:
    state = phrases.say("alert-state", state=stage.lifecycle.value, told=told.value)
    if stage.lifecycle is Lifecycle.ANNOUNCED and stage.date:
        return f"{state} {phrases.say('alert-expected')}"
    return state
