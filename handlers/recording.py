"""How a moderator records a stage: one draft, one message, one button after another.

Every step is one transaction that reads the moderator's right, applies the press or the typed
line, and keeps the draft under a new key for its buttons. The key is opaque, bound to the moderator
and to this version of the draft: an old button, a stranger's press and a second press find nothing
to act on. To whoever is no moderator, none of this exists.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from exchange.claim_draft import stance_to
from exchange.draft import TYPED, Draft, Screen
from exchange.ledger import Ledger
from exchange.proposal import cautions_of, problems_of
from exchange.stage_draft import StageDraft, adding_to
from handlers import publishing
from handlers.acting import (
    OutdatedError,
    StrangerError,
    body_of,
    carry,
    draft_in,
    latest,
    moderator_of,
    own_draft,
)
from handlers.arguments import public_id
from handlers.fixed import plain_words, unknown_command
from handlers.steps import NotUnderstoodError, press, typed
from handlers.visit import Visit
from messages import drafting, fixed
from messages.message import Message
from storage import drafts, outbox, updates
from storage.drafts import DraftRow
from storage.store import Connection


@dataclass(frozen=True)
class Shown:
    """A draft as it stands after an act, and the rule that the act broke, if any."""

    row: DraftRow
    draft: Draft
    broken: str = ""


async def record(visit: Visit) -> None:
    """Open a draft; one that was left unfinished is offered first.

    After the id of a recorded stage, "/record S1", the draft adds to that stage; after that of a
    claim it asks for a stance to it.
    """
    ledger = await visit.ledger()
    nothing = drafting.no_agreement(visit.language)
    await open_draft(visit, ledger, _beginning(visit.argument, ledger), otherwise=nothing)


async def open_draft(
    visit: Visit, ledger: Ledger, first: Draft | None, *, otherwise: Message
) -> None:
    """Open this draft, unless one was left unfinished: that is offered first.

    Where there is nothing to draft, a moderator is told `otherwise`.
    """

    def begin(conn: Connection) -> DraftRow | None:
        moderator = moderator_of(conn, visit)
        if first is None:
            return None
        body = body_of(first)
        row = drafts.of(conn, moderator.id) or drafts.open_draft(
            conn, moderator.id, body, at=visit.now
        )
        body = body if draft_in(row).is_untouched else row.body
        return drafts.save(conn, row.id, row.version, body, at=visit.now)

    try:
        row = await visit.store.write(begin)
    except StrangerError:
        await unknown_command(visit)
        return
    if row is None:
        await visit.answer(otherwise)
        return
    draft = draft_in(row)
    if draft == first:
        await show(visit, Shown(row, draft), ledger)
    else:
        await carry(visit, row, drafting.unfinished(draft, ledger, visit.language))


def _beginning(argument: str, ledger: Ledger) -> Draft | None:
    """The draft that "/record" and what follows it ask for; None where there is no agreement."""
    if stage := ledger.stages.get(public_id(argument, "S") or ""):
        return adding_to(stage)
    if claim := ledger.claims.get(public_id(argument, "C") or ""):
        return stance_to(claim)
    agreement = ledger.latest_agreement()
    return StageDraft(agreement.key) if agreement else None


async def resume(visit: Visit) -> None:
    """The draft that was left unfinished; where there is none, none is begun."""
    try:
        row = await visit.store.read(lambda conn: drafts.of(conn, moderator_of(conn, visit).id))
    except StrangerError:
        await unknown_command(visit)
        return
    if row is None:
        await visit.answer(drafting.no_draft(visit.language))
    else:
        await record(visit)


async def press_button(visit: Visit, key: str, act: str) -> None:
    """A press under the draft's message."""
    if act in ("publish", "undo", "stop"):
        await publishing.press_button(visit, key, act)
        return
    ledger = await visit.ledger()

    def step(conn: Connection) -> Shown | None:
        if not updates.first_time(conn, visit.update_id, visit.now):
            row = latest(conn, visit, key)
            return None if row.state == "discarded" else Shown(row, draft_in(row))
        row = own_draft(conn, visit, key)
        if act == "discard":
            drafts.discard(conn, row.id, at=visit.now)
            return None
        return _apply(conn, visit, row, ledger, act)

    try:
        shown = await visit.store.write(step)
    except (StrangerError, OutdatedError):
        await visit.notice(fixed.stale_button(visit.language))
        return
    if shown is None:
        await visit.answer(drafting.discarded(visit.language))
    elif shown.draft.screen is Screen.PREVIEW and not shown.broken:
        await publishing.preview(visit, shown.row, shown.draft, ledger)
    else:
        await show(visit, shown, ledger)


async def type_line(visit: Visit, text: str | None) -> None:
    """A line from somebody in private: the draft's answer if one waits for it, else plain words.

    `text` is None for a picture, a file, a voice: none of these can answer.
    """
    ledger = await visit.ledger()

    def step(conn: Connection) -> Shown | None:
        moderator = moderator_of(conn, visit)
        row = drafts.of(conn, moderator.id)
        if row is None:
            return None
        draft = draft_in(row)
        if updates.had_effect(conn, visit.update_id):
            return Shown(row, draft)
        if draft.screen not in TYPED:
            return None
        updates.first_time(conn, visit.update_id, visit.now)
        if text is None:
            return _kept(conn, visit, row, draft, broken="only-text")
        try:
            following = typed(draft, text, ledger, visit.now)
        except NotUnderstoodError as error:
            return _kept(conn, visit, row, draft, broken=error.rule)
        return _kept(conn, visit, row, following)

    try:
        shown = await visit.store.write(step)
    except StrangerError:
        shown = None
    if shown is None:
        await plain_words(visit)
    else:
        await show(visit, shown, ledger)


async def show(visit: Visit, shown: Shown, ledger: Ledger) -> None:
    """The draft's message, with what is missing and what was not understood."""
    message = drafting.draft_message(
        shown.draft,
        ledger,
        visit.language,
        problems=problems_of(shown.draft, ledger, visit.now),
        cautions=cautions_of(shown.draft, ledger, visit.now),
        note=shown.broken,
        now=visit.now,
    )
    await carry(visit, shown.row, message)


def _apply(conn: Connection, visit: Visit, row: DraftRow, ledger: Ledger, act: str) -> Shown:
    draft = draft_in(row)
    if act == "continue":
        return _kept(conn, visit, row, draft)
    if act == "preview":
        ready = not problems_of(draft, ledger, visit.now)
        return _kept(conn, visit, row, draft.at(Screen.PREVIEW if ready else Screen.OVERVIEW))
    try:
        return _kept(conn, visit, row, press(draft, act, ledger, visit.now))
    except NotUnderstoodError as error:
        return _kept(conn, visit, row, draft, broken=error.rule)


def _kept(
    conn: Connection, visit: Visit, row: DraftRow, draft: Draft, *, broken: str = ""
) -> Shown:
    """The draft, kept with new keys for its buttons."""
    if draft.screen is Screen.PREVIEW:
        draft = replace(draft, code=outbox.new_code(conn))
    saved = drafts.save(conn, row.id, row.version, body_of(draft), at=visit.now)
    return Shown(saved, draft, broken)
