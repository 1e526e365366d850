"""One visit of one person: what was asked, in which language, and the way back.

A command and a button that asks the same are the same visit; a command is answered by a new
message, a button by changing the message that it stands under.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from telegram import CallbackQuery, Update

from exchange.ledger import Ledger
from handlers import answer
from handlers.context import Bot
from handlers.deps import Deps
from messages.catalogue import language_for
from messages.message import Message
from storage import ledger, moderators, subscribers
from storage.moderators import Moderator
from storage.store import Store
from storage.subscribers import Subscriber


class Press:
    """A pressed button, whose waiting mark is ended once."""

    def __init__(self, query: CallbackQuery) -> None:
        self.query = query
        self._done = False

    async def acknowledge(self, text: str = "") -> None:
        if not self._done:
            self._done = True
            await answer.acknowledge(self.query, text)


@dataclass(frozen=True)
class Visit:
    """A person's question in the private chat with the bot."""

    bot: Bot
    deps: Deps
    update_id: int
    chat_id: int
    argument: str
    """What follows the command or the button's verb; "" where nothing does."""
    language: str
    reader: Subscriber | None
    """What is kept about the person; None where nothing is."""
    revision: int
    """The ledger's revision when the visit began."""
    press: Press | None = None
    message_id: int | None = None
    """The message whose button was pressed."""
    in_place: bool = False
    """Whether the answer takes the place of that message."""

    @property
    def store(self) -> Store:
        return self.deps.store

    @property
    def now(self) -> datetime:
        return self.deps.now()

    async def ledger(self) -> Ledger:
        """The ledger as it stood when the visit began, or newer."""
        return await self.store.ledger(self.revision)

    async def moderator(self) -> Moderator | None:
        """The visitor as a moderator: for what is shown. Acts read the right for themselves."""
        return await self.store.read(
            lambda conn: moderators.role_of(conn, self.store.seal, self.chat_id)
        )

    async def answer(self, message: Message, *, silent: bool = False) -> int:
        """Show the message; returns the id of the message that now carries it."""
        if self.in_place and self.message_id is not None:
            return await answer.edit(self.bot, self.chat_id, self.message_id, message)
        return await answer.send(self.bot, self.chat_id, message, silent=silent)

    async def notice(self, text: str) -> None:
        """A short line over the chat, for a press that changes nothing."""
        if self.press:
            await self.press.acknowledge(text)

    def asking(self, argument: str) -> Visit:
        return replace(self, argument=argument)

    def speaking(self, language: str) -> Visit:
        """The same visit in a language that was just chosen."""
        return replace(self, language=language)

    def anew(self) -> Visit:
        """The same visit, answered by a new message in any case."""
        return replace(self, in_place=False)


async def visit(update: Update, bot: Bot, deps: Deps, press: Press | None = None) -> Visit:
    """The visit that an update in a private chat is; the caller has made sure that it is one."""
    person, chat = update.effective_user, update.effective_chat
    if person is None or chat is None:
        raise ValueError("an update without a person is no visit")
    reader, revision = await deps.store.read(
        lambda conn: (
            subscribers.find(conn, deps.store.seal, chat.id),
            ledger.revision(conn),
        )
    )
    under = press.query.message if press else None
    return Visit(
        bot=bot,
        deps=deps,
        update_id=update.update_id,
        chat_id=chat.id,
        argument="",
        language=reader.language if reader else language_for(person.language_code),
        reader=reader,
        revision=revision,
        press=press,
        message_id=under.message_id if under else None,
        in_place=press is not None,
    )
