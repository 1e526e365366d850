"""Every command, once: what it runs, who it is for, whether it stands in the menu.

This table feeds the dispatch, the menus of each language and role, /help and the README.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from handlers import (
    checking,
    correcting,
    exporting,
    fixed,
    freezing,
    linking,
    past,
    reading,
    recording,
    redacting,
    subscribing,
    withdrawing,
)
from handlers.visit import Visit
from messages.fixed import help as help_message


class Audience(StrEnum):
    """Who finds a command; to everybody else it does not exist."""

    READERS = "readers"
    MODERATORS = "moderators"


@dataclass(frozen=True)
class Command:
    """A command by its name; its description stands in the catalogues as `command-<name>`."""

    name: str
    run: Callable[[Visit], Awaitable[None]]
    audience: Audience = Audience.READERS
    in_menu: bool = False


async def help_(visit: Visit) -> None:
    """All that readers can ask."""
    names = [one.name for one in COMMANDS if one.audience is Audience.READERS]
    await visit.answer(help_message(names, visit.language))


COMMANDS = (
    Command("status", reading.status, in_menu=True),
    Command("stages", reading.stages, in_menu=True),
    Command("stage", reading.stage),
    Command("progress", reading.progress),
    Command("claims", reading.claims),
    Command("claim", reading.claim),
    Command("sources", reading.sources, in_menu=True),
    Command("source", reading.source),
    Command("history", past.history),
    Command("corrections", past.corrections),
    Command("asof", past.asof),
    Command("cite", reading.cite),
    Command("verify", checking.verify),
    Command("export", exporting.export),
    Command("settings", subscribing.settings_screen, in_menu=True),
    Command("subscribe", subscribing.subscribe),
    Command("unsubscribe", subscribing.unsubscribe),
    Command("language", subscribing.language),
    Command("help", help_, in_menu=True),
    Command("safety", fixed.safety, in_menu=True),
    Command("privacy", fixed.privacy, in_menu=True),
    Command("mydata", subscribing.mydata),
    Command("forget", subscribing.forget),
    Command("about", fixed.about),
    Command("start", linking.start),
    Command("record", recording.record, Audience.MODERATORS, in_menu=True),
    Command("drafts", recording.resume, Audience.MODERATORS),
    Command("correct", correcting.correct, Audience.MODERATORS),
    Command("withdraw", withdrawing.withdraw, Audience.MODERATORS),
    Command("redact", redacting.redact, Audience.MODERATORS),
    Command("freeze", freezing.freeze, Audience.MODERATORS, in_menu=True),
    Command("thaw", freezing.thaw, Audience.MODERATORS),
)

BY_NAME = {command.name: command for command in COMMANDS}

BUTTONS: dict[str, Callable[[Visit], Awaitable[None]]] = {
    "known": reading.record,
    "alert": checking.alert,
    "topic": subscribing.topic,
    "no": subscribing.nothing_changes,
    "redaction": redacting.redact,
}
"""Acts of buttons that are no commands of readers; a moderator's is only shown something by it."""
