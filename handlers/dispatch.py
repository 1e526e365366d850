"""Which handler an update belongs to. The only place where that is decided, in reading order."""

from __future__ import annotations

import re
from contextlib import suppress

import structlog
from telegram import Chat, ChatMember, ChatMemberUpdated, Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from handlers import answer, freezing, recording, redacting, withdrawing
from handlers.commands import BUTTONS, BY_NAME, Audience
from handlers.context import App, Bot, Context
from handlers.fixed import plain_words, unknown_command
from handlers.gate import is_fresh
from handlers.menus import show_menu
from handlers.visit import Press, Visit, visit
from messages import fixed, links
from messages.catalogue import language_for
from storage import subscribers, updates
from storage.errors import StoreFull
from storage.store import Connection

_COMMAND = re.compile(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_KEYED_BUTTON = re.compile(r"([A-Za-z0-9_-]{16}):(.+)")
_KEYED = {
    **dict.fromkeys(freezing.ACTS, freezing.press_button),
    **dict.fromkeys(withdrawing.ACTS, withdrawing.press_button),
    **dict.fromkeys(redacting.ACTS, redacting.press_button),
}
"""Acts of buttons under a question; those of all others are of a draft's."""
_ARGUMENT_LENGTH = 100
"""No argument of ours is longer; the beginning of a longer one is enough to refuse it."""

_log = structlog.get_logger(__name__)


UPDATES = ("message", "callback_query", "my_chat_member")
"""The kinds of update that a handler takes; Telegram is asked for no others."""


def register(application: App) -> None:
    """Give the application its handlers; what none of them takes is left unanswered on purpose."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, on_message))
    application.add_handler(CallbackQueryHandler(on_press))
    application.add_handler(ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER))


async def on_message(update: Update, context: Context) -> None:
    """A command, the answer that a draft waits for, or simply a person's words."""
    message = update.message
    if message is None or message.from_user is None:
        return
    asked = await visit(update, context.bot, context.deps)
    if not is_fresh(update):
        await plain_words(asked)
        return
    found = _COMMAND.fullmatch(message.text or "")
    if found is None:
        await recording.type_line(asked, message.text)
        return
    command = BY_NAME.get(found[1].lower())
    argument = (found[2] or "").strip()[:_ARGUMENT_LENGTH]
    await (command.run if command else unknown_command)(asked.asking(argument))
    if command and command.name == "start" and not links.read(argument):
        await show_menu(asked)


async def on_press(update: Update, context: Context) -> None:
    """A button: a moderator's under a draft, or a reader's."""
    query = update.callback_query
    if query is None:
        return
    press = Press(query)
    if is_fresh(update):
        asked = await visit(update, context.bot, context.deps, press)
        await _pressed(asked, query.data or "")
    await press.acknowledge()


async def _pressed(asked: Visit, data: str) -> None:
    if keyed := _KEYED_BUTTON.fullmatch(data):
        key, act = keyed.groups()
        press = _KEYED.get(act.partition(":")[0], recording.press_button)
        await press(asked, key, act)
        return
    if data.startswith(answer.NEW_MESSAGE):
        asked, data = asked.anew(), data.removeprefix(answer.NEW_MESSAGE)
    verb, _, argument = data.partition(":")
    command = BY_NAME.get(verb)
    if command and command.audience is Audience.READERS:
        await command.run(asked.asking(argument))
    elif verb in BUTTONS:
        await BUTTONS[verb](asked.asking(argument))
    else:
        await asked.notice(fixed.stale_button(asked.language))


async def apologise(update: Update, error: BaseException, bot: Bot) -> None:
    """Tell the person whose update could not be handled, after all tries, that it was our fault."""
    said = fixed.store_full if isinstance(error, StoreFull) else fixed.something_went_wrong
    person, chat = update.effective_user, update.effective_chat
    if person and chat and chat.type == Chat.PRIVATE:
        language = language_for(person.language_code)
        await answer.send(bot, chat.id, said(language))
    if update.callback_query:
        await answer.acknowledge(update.callback_query)


async def on_membership(update: Update, context: Context) -> None:
    """The bot was blocked by a reader, or added to a group, where it has nothing to do."""
    change = update.my_chat_member
    if change is None:
        return
    if change.chat.type == Chat.PRIVATE:
        if change.new_chat_member.status == ChatMember.BANNED:
            await _forget(update.update_id, change, context)
    elif change.new_chat_member.status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR):
        await _leave(change, context)


async def _forget(update_id: int, change: ChatMemberUpdated, context: Context) -> None:
    """Whoever blocks the bot is erased at once; coming back is a new start.

    Told of it again after a crash, we erase nobody who has come back since.
    """
    store, now = context.deps.store, context.deps.now()

    def erase(conn: Connection) -> None:
        subscribers.blocked(conn, store.seal, change.chat.id)

    await store.write(lambda conn: updates.once(conn, update_id, now, erase))
    _log.info("reader.blocked")


async def _leave(change: ChatMemberUpdated, context: Context) -> None:
    """Say why, where that is allowed, and leave in any case."""
    language = language_for(change.from_user.language_code)
    with suppress(BadRequest):
        await answer.send(context.bot, change.chat.id, fixed.group(language))
    with suppress(BadRequest, Forbidden):
        await context.bot.leave_chat(change.chat.id)
    _log.info("group.left")
