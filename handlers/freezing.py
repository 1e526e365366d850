"""Holding all sending back: one moderator freezes, two let it go on where there are two.

Each act takes a command and a press. The button's key is for that moderator alone, for one use, and
for some minutes; to whoever may not publish, none of this exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.acting import (
    OutdatedError,
    StrangerError,
    answer_publisher,
    keyed,
    publisher_of,
)
from handlers.visit import Visit
from messages import fixed
from messages import freezing as words
from messages.message import Message
from storage import freezing, questions, updates
from storage.moderators import Moderator
from storage.store import Connection

ACTS: Mapping[str, Callable[..., None]] = {"freeze": freezing.freeze, "thaw": freezing.thaw}


async def freeze(visit: Visit) -> None:
    """Ask whether to hold everything back; while that is so already, say it."""
    await answer_publisher(visit, lambda conn, who: _question(conn, visit, who))


async def thaw(visit: Visit) -> None:
    """Show what is held back since when, with the button to let it go on."""
    await answer_publisher(visit, lambda conn, who: _state(conn, visit, who))


async def press_button(visit: Visit, key: str, act: str) -> None:
    """Freeze, propose to thaw, or confirm it; once, however often the update is handed to us."""

    def do(conn: Connection) -> Message:
        who = publisher_of(conn, visit)
        if updates.first_time(conn, visit.update_id, visit.now):
            if questions.answered(conn, key, who.id, act, visit.now) is None:
                raise OutdatedError
            ACTS[act](conn, who, visit.now)
        return _state(conn, visit, who)

    try:
        shown = await visit.store.write(do)
    except (StrangerError, OutdatedError):
        await visit.notice(fixed.stale_button(visit.language))
        return
    visit.deps.wake_sender()
    await visit.answer(shown)


def _question(conn: Connection, visit: Visit, who: Moderator) -> Message:
    """Whether to freeze; also where that is so and somebody proposes to thaw."""
    held = freezing.state(conn)
    if held is not None and held.thaw_by is None:
        return _state(conn, visit, who)
    key = questions.ask(conn, who.id, "freeze", visit.now)
    return keyed(words.ask_freeze(visit.language), key)


def _state(conn: Connection, visit: Visit, who: Moderator) -> Message:
    held = freezing.state(conn)
    if held is None:
        return words.not_frozen(visit.language)
    view = words.FreezeView(held.since_at, held.by, held.thaw_by, held.thaw_by == who.pseudonym)
    message = words.frozen(view, visit.language)
    if not message.buttons:
        return message
    return keyed(message, questions.ask(conn, who.id, "thaw", visit.now))
