"""What readers decide about themselves, and everything that is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from messages.catalogue import LANGUAGES, Say
from messages.message import Button, Heading, Message, Rows, compose
from messages.values import Count, Moment, PublicId


@dataclass(frozen=True)
class Choices:
    """What a reader chose, and all else that is kept and can be said in words."""

    language: str
    subscribed: bool
    people: bool
    bodies: bool
    bodies_silent: bool
    claims: bool
    since_at: datetime
    consent_version: int = 0
    """The version of the text that the reader agreed to; 0 where no alerts were asked for."""


def settings(choices: Choices | None, language: str) -> Message:
    """Alerts, topics and language, with a button to change each; None: nothing is choices."""
    say = Say(language)
    lines = [
        Heading(say("settings-heading")),
        say("settings-language", language=say("language-name")),
    ]
    if choices is None or not choices.subscribed:
        lines.append(say("settings-no-alerts"))
        return compose(lines, [*_alerts_off(say), *_language(say)])
    lines += [
        say("settings-alerts"),
        say("settings-people", state=_state(choices.people)),
        say("settings-bodies", state=_bodies(choices)),
        say("settings-claims", state=_state(choices.claims)),
        "",
        *say.lines("settings-explained"),
    ]
    return compose(lines, [*_topics(say, choices), *_language(say), *_alerts_on(say)])


def unsubscribed(language: str) -> Message:
    """No more alerts come; what is still kept, and how to erase that too."""
    say = Say(language)
    buttons = [
        (Button(say("button-subscribe"), "subscribe"), Button(say("button-forget"), "forget"))
    ]
    return compose(say.lines("unsubscribed"), buttons)


def language_menu(language: str) -> Message:
    """The languages, each by its own name."""
    say = Say(language)
    buttons = [(Button(Say(one)("language-name"), f"language:{one}"),) for one in LANGUAGES]
    return compose([say("language-question")], buttons)


def language_kept(language: str) -> Message:
    """The bot speaks this language from now on."""
    say = Say(language)
    return compose([say("language-kept")], _home(say))


def language_not_kept(language: str) -> Message:
    """To remember a language, something of the reader must be kept: whether that is wanted."""
    say = Say(language)
    buttons = [
        (Button(say("button-keep-language"), f"language:{say.language}:keep"),),
        (Button(say("button-keep-nothing"), "no"),),
    ]
    return compose(say.lines("language-not-kept"), buttons)


def mydata(choices: Choices | None, language: str, moderator: str = "") -> Message:
    """Everything that is kept about a person, in words; `moderator` is the pseudonym of one."""
    say = Say(language)
    role = say.lines("mydata-moderator", pseudonym=PublicId(moderator)) if moderator else ()
    if choices is None:
        return compose([Heading(say("mydata-heading")), *role]) if role else nothing_kept(language)
    lines = [
        Heading(say("mydata-heading")),
        *role,
        *say.lines("mydata-address"),
        say("mydata-language", language=Say(choices.language)("language-name")),
        say("mydata-alerts", state=_state(choices.subscribed)),
        say("settings-people", state=_state(choices.people)),
        say("settings-bodies", state=_bodies(choices)),
        say("settings-claims", state=_state(choices.claims)),
        *_consent(say, choices),
        *say.lines("mydata-deliveries"),
        "",
        *say.lines("mydata-nothing-else"),
    ]
    return compose(lines, [(Button(say("button-forget"), "forget"),)])


def nothing_kept(language: str) -> Message:
    say = Say(language)
    return compose(say.lines("nothing-kept"), _home(say))


def forget_ask(language: str) -> Message:
    """The one question before everything is erased."""
    say = Say(language)
    buttons = [
        (Button(say("button-forget-yes"), "forget:yes"),),
        (Button(say("button-forget-no"), "no"),),
    ]
    return compose(say.lines("forget-ask"), buttons)


def forgotten(language: str) -> Message:
    return compose(Say(language).lines("forgotten"))


def nothing_changed(language: str) -> Message:
    """The answer to a no."""
    say = Say(language)
    return compose([say("nothing-changed")], _home(say))


def _consent(say: Say, choices: Choices) -> list[str]:
    lines = [say("mydata-since", moment=Moment(choices.since_at))]
    if choices.consent_version:
        lines.append(say("mydata-consent", version=Count(choices.consent_version)))
    return lines


def _state(on: bool) -> str:
    return "on" if on else "off"


def _bodies(choices: Choices) -> str:
    return ("silent" if choices.bodies_silent else "on") if choices.bodies else "off"


def _topics(say: Say, choices: Choices) -> Rows:
    """Each button says what pressing it does."""
    rows = [
        (_toggle(say, "people", choices.people),),
        (_toggle(say, "bodies", choices.bodies),),
    ]
    if choices.bodies:
        rows.append((_toggle(say, "bodies_silent", choices.bodies_silent),))
    rows.append((_toggle(say, "claims", choices.claims),))
    return tuple(rows)


def _toggle(say: Say, topic: str, on: bool) -> Button:
    to = _state(not on)
    return Button(say(f"button-{topic}-{to}"), f"topic:{topic}:{to}")


def _language(say: Say) -> Rows:
    return ((Button(say("button-language"), "language"),),)


def _alerts_on(say: Say) -> Rows:
    return ((Button(say("button-unsubscribe"), "unsubscribe"),),)


def _alerts_off(say: Say) -> Rows:
    return ((Button(say("button-subscribe"), "subscribe"),),)


def _home(say: Say) -> Rows:
    return ((Button(say("button-status"), "status"), Button(say("button-settings"), "settings")),)
