"""Who may act on what: the right and the draft, read inside the acting transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from exchange.claim_draft import ClaimDraft
from exchange.draft import Draft
from exchange.stage_draft import StageDraft
from exchange.total_draft import TotalDraft
from handlers import answer
from handlers.fixed import unknown_command
from handlers.visit import Visit
from messages import drafting, fixed
from messages.message import Button, Message
from storage import codec, drafts, moderators
from storage.drafts import DraftRow
from storage.moderators import PUBLISHERS, Moderator
from storage.store import Connection


class StrangerError(Exception):
    """Whoever asked is no moderator, or not any more."""


class OutdatedError(Exception):
    """The button belongs to a version of the draft that is gone, or to somebody else."""


def moderator_of(conn: Connection, visit: Visit) -> Moderator:
    """The moderator who visits, by the right that holds at this moment.

    Raises:
        StrangerError: the person has no such right.

    """
    moderator = moderators.role_of(conn, visit.store.seal, visit.chat_id)
    if moderator is None:
        raise StrangerError
    return moderator


def publisher_of(conn: Connection, visit: Visit) -> Moderator:
    """The visiting moderator, who may send to everybody and hold it back.

    Raises:
        StrangerError: the person has no such right.

    """
    moderator = moderator_of(conn, visit)
    if moderator.role not in PUBLISHERS:
        raise StrangerError
    return moderator


async def answer_publisher(visit: Visit, show: Callable[[Connection, Moderator], Message]) -> None:
    """Answer a command that exists for publishers alone, in one transaction."""
    try:
        shown = await visit.store.write(lambda conn: show(conn, publisher_of(conn, visit)))
    except StrangerError:
        if visit.press:
            await visit.notice(fixed.stale_button(visit.language))
        else:
            await unknown_command(visit)
        return
    await visit.answer(shown)


def behind(conn: Connection, visit: Visit, key: str) -> tuple[Moderator, DraftRow]:
    """The visiting moderator, and the draft of theirs that a button with this key belongs to.

    Raises:
        StrangerError: the visitor is no moderator.
        OutdatedError: the key is unknown or another moderator's.

    """
    moderator = moderator_of(conn, visit)
    row = drafts.by_key(conn, key)
    if row is None or row.moderator_id != moderator.id:
        raise OutdatedError
    return moderator, row


def own_draft(conn: Connection, visit: Visit, key: str) -> DraftRow:
    """The open draft whose present buttons carry this key.

    Raises as `behind` does, and `OutdatedError` also for a key that is used up.
    """
    _, row = behind(conn, visit, key)
    if row.key != key or row.state != "open":
        raise OutdatedError
    return row


def latest(conn: Connection, visit: Visit, key: str) -> DraftRow:
    """The visitor's own draft behind a button that was used up, as far as it has come since.

    For an update that is handed over again: it had its effect, and its answer may be missing.
    Raises as `behind` does, and `OutdatedError` also where the draft is published.
    """
    _, row = behind(conn, visit, key)
    if row.record_key:
        raise OutdatedError
    return row


def keyed(message: Message, key: str) -> Message:
    """The message with its draft's key before each act of its buttons."""
    rows = tuple(
        tuple(Button(one.label, act=f"{key}:{one.act}", url=one.url) for one in row)
        for row in message.buttons
    )
    return replace(message, buttons=rows)


_KINDS: Mapping[str, type[Draft]] = {
    "stage": StageDraft,
    "claim": ClaimDraft,
    "total": TotalDraft,
}


def draft_in(row: DraftRow) -> Draft:
    """The draft that a row keeps."""
    return draft_of(row.body)


def draft_of(body: str) -> Draft:
    """What `body_of` wrote down; before there were others, every draft was of a stage."""
    return codec.from_body(_KINDS, body, otherwise="stage")


def body_of(draft: Draft) -> str:
    """A draft as a row keeps it."""
    return codec.to_body(_KINDS, draft)


async def carry(visit: Visit, row: DraftRow, message: Message) -> None:
    """Show the draft's message: under the press, or anew after a typed line.

    A draft has one living message. When it moves down the chat, the old one says so.
    """
    shown_in = await visit.answer(keyed(message, row.key))
    if shown_in == row.message_id:
        return
    await visit.store.write(lambda conn: drafts.set_message(conn, row.id, shown_in))
    if row.message_id:
        below = drafting.moved_down(visit.language)
        await answer.edit(visit.bot, visit.chat_id, row.message_id, below, or_send=False)
