"""The first minutes, one question at a time: language, what the bot is, whether to get alerts."""

from __future__ import annotations

from messages.catalogue import LANGUAGES, Say
from messages.message import Button, Heading, Message, compose


def choose_language() -> Message:
    """The first question, in all languages at once; each language is called by its own name."""
    says = [Say(language) for language in LANGUAGES]
    lines = [say("choose-language") for say in says]
    buttons = [(Button(say("language-name"), f"start:{say.language}"),) for say in says]
    return compose(lines, buttons)


def what_it_is(language: str) -> Message:
    """What the bot is and what it is not."""
    say = Say(language)
    lines = [Heading(say("bot-name")), *say.lines("what-it-is")]
    buttons = [
        (Button(say("button-onward"), f"start:{say.language}:ask"),),
        (Button(say("button-status"), "status"),),
    ]
    return compose(lines, buttons)


def ask_consent(language: str) -> Message:
    """What alerts would need to be kept, what that may mean, and the question."""
    say = Say(language)
    lines = [Heading(say("consent-heading")), *say.lines("consent")]
    buttons = [
        (Button(say("button-consent"), f"start:{say.language}:yes"),),
        (Button(say("button-no-consent"), f"start:{say.language}:no"),),
    ]
    return compose(lines, buttons)


def subscribed(language: str) -> Message:
    """What comes from now on, what does not, and how to leave."""
    say = Say(language)
    return compose([Heading(say("subscribed-heading")), *say.lines("subscribed")], _onward(say))


def not_subscribed(language: str) -> Message:
    """Everything can be read without alerts; nothing is kept."""
    say = Say(language)
    return compose(say.lines("not-subscribed"), _onward(say))


def _onward(say: Say) -> list[tuple[Button, ...]]:
    return [(Button(say("button-status"), "status"), Button(say("button-settings"), "settings"))]
