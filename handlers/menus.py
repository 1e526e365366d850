"""What Telegram shows of the bot before anybody writes: its name, its description, its menus.

Everything is set only where it differs from what Telegram has: these calls are counted strictly.
A menu is no permission; every command asks for the right itself.
"""

from __future__ import annotations

from telegram import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from exchange.records import FALLBACK_LANGUAGE, LANGUAGES
from handlers.commands import COMMANDS, Audience
from handlers.context import Bot
from handlers.visit import Visit
from messages.fixed import command_description, description, name, short_description


async def announce(bot: Bot) -> None:
    """Tell Telegram the bot's name, texts and menu, in every language and in English for others."""
    for code in ("", *LANGUAGES):
        language = code or FALLBACK_LANGUAGE
        if (await bot.get_my_name(code)).name != name(language):
            await bot.set_my_name(name(language), code)
        if (await bot.get_my_description(code)).description != description(language):
            await bot.set_my_description(description(language), code)
        about = await bot.get_my_short_description(code)
        if about.short_description != short_description(language):
            await bot.set_my_short_description(short_description(language), code)
        await _set_menu(bot, BotCommandScopeDefault(), code, Audience.READERS)


async def show_menu(visit: Visit) -> None:
    """Show a moderator the commands that others do not have; to a reader nothing happens."""
    if await visit.moderator() is None:
        return
    for code in ("", *LANGUAGES):
        scope = BotCommandScopeChat(visit.chat_id)
        await _set_menu(visit.bot, scope, code, Audience.READERS, Audience.MODERATORS)


async def _set_menu(
    bot: Bot,
    scope: BotCommandScopeDefault | BotCommandScopeChat,
    code: str,
    *audiences: Audience,
) -> None:
    menu = tuple(
        BotCommand(one.name, command_description(one.name, code or FALLBACK_LANGUAGE))
        for one in COMMANDS
        if one.in_menu and one.audience in audiences
    )
    if tuple(await bot.get_my_commands(scope, code)) != menu:
        await bot.set_my_commands(menu, scope, code)
