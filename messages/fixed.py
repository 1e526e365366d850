"""Texts that stay as they are, whatever the ledger holds, and how the bot presents itself."""

from __future__ import annotations

from collections.abc import Sequence

from messages.catalogue import Say
from messages.message import Button, Heading, Message, compose


def help(commands: Sequence[str], language: str) -> Message:  # noqa: A001 (named as the command)
    """The commands (their names, without the slash) with what each does."""
    say = Say(language)
    listed = [say("help-command", command=one, does=say(f"command-{one}")) for one in commands]
    lines = [Heading(say("help-heading")), *listed, "", *say.lines("help-words")]
    return compose(lines, [(Button(say("button-status"), "status"),)], say("cut"))


def privacy(language: str) -> Message:
    """What is kept about a reader, what is not, and how to have it erased."""
    return _text("privacy", language, ("mydata", "forget"))


def about(language: str) -> Message:
    """What the bot is, who runs it, and what it promises about alerts."""
    return _text("about", language, ("status", "privacy"))


def safety(language: str) -> Message:
    """How to recognise fraud, what not to publish, and whom to turn to."""
    return _text("safety", language, ("status",))


def warm(language: str) -> Message:
    """The answer to plain words, a person's name among them."""
    say = Say(language)
    return compose(say.lines("warm"), [(_to(say, "safety"), _to(say, "status"))])


def unknown_command(language: str) -> Message:
    """There is no such command: what there is instead."""
    say = Say(language)
    return compose([say("unknown-command")], [(_to(say, "status"), _to(say, "help"))])


def something_went_wrong(language: str) -> Message:
    """A fault of ours; what the reader asked can be asked again."""
    return compose([Say(language)("something-went-wrong")])


def store_full(language: str) -> Message:
    """There is no room to save anything, so nothing of it happened."""
    return compose([Say(language)("store-full")])


def group(language: str) -> Message:
    """The one sentence said to a group before leaving it."""
    return compose([Say(language)("group")])


def stale_button(language: str) -> str:
    """A line over the chat, for a button that no longer does anything."""
    return Say(language)("stale-button")


def crowd(language: str) -> str:
    """A line over the chat, for a press that nothing follows since too many ask at once."""
    return Say(language)("crowd")


def name(language: str) -> str:
    """The bot's name, at most 64 characters; it says nothing of what the bot is about."""
    return Say(language)("bot-name")


def short_description(language: str) -> str:
    """At most 120 characters; travels with the bot where it is shared."""
    return Say(language)("bot-short-description")


def description(language: str) -> str:
    """At most 512 characters; shown before the first message."""
    return Say(language)("bot-description")


def command_description(command: str, language: str) -> str:
    """What a command does, for the menu; at most 256 characters."""
    return Say(language)(f"command-{command}")


def _text(key: str, language: str, onward: Sequence[str]) -> Message:
    say = Say(language)
    lines = [Heading(say(f"{key}-heading")), *say.lines(key)]
    return compose(lines, [tuple(_to(say, one) for one in onward)], say("cut"))


def _to(say: Say, command: str) -> Button:
    return Button(say(f"button-{command}"), command)
