"""What each command of the command line does, apart from `check`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from telegram.error import InvalidToken, TelegramError

from bot import application, logs
from bot.data_key import KeyMistake, decoded, of_this_user
from bot.registration import ForeignWebhook, WebhookRefused
from bot.settings import Settings, SettingsMistake, read_settings
from bot.transport import BotApi
from storage import audit, backup, belonging, migrate, outbox
from storage.errors import OtherBot
from storage.store import Store

HOW_TO_GET_ONE = """\
No token. In Telegram, write /newbot to https://t.me/BotFather: it gives you one.
Put it into a file named .env as HOMEWARD_TOKEN=..., and your own user id as HOMEWARD_OWNERS=...
To try the bot without a token or an account: make demo"""
REJECTED = (
    "Telegram rejects the token. Copy it once more from https://t.me/BotFather into HOMEWARD_TOKEN."
)

SILENT = "{address} does not answer. Check the network and HOMEWARD_PROXY."
TAKEN = (
    "Telegram posts this bot's updates to {host}, which is no webhook of this store. If it is "
    "yours, set HOMEWARD_WEBHOOK_URL, or take it away with the Bot API's deleteWebhook; if you do "
    "not know it, somebody else has the token: get a new one from https://t.me/BotFather."
)


class CommandMistake(Exception):  # noqa: N818 - it is the operator's mistake, said in a sentence
    """A command cannot be done; the text is what the operator reads."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


async def run() -> None:
    """Run the bot."""
    settings = prepared()
    if settings.token is None:
        raise CommandMistake(HOW_TO_GET_ONE, exit_code=2)
    async with opened(settings, create=True, exclusive=True) as store:
        try:
            await application.run(settings, settings.token.get_secret_value(), store)
        except OtherBot as mistake:
            raise CommandMistake(str(mistake), exit_code=2) from None
        except application.TokenRejected:
            raise CommandMistake(REJECTED, exit_code=2) from None
        except ForeignWebhook as foreign:
            raise CommandMistake(TAKEN.format(host=foreign.host), exit_code=2) from None
        except WebhookRefused as refused:
            raise CommandMistake(f"Telegram refuses the webhook: {refused}.", exit_code=2) from None


async def load(path: Path) -> None:
    # YAML is large, and the running bot reads none.
    from bot.ledger_file import LedgerFileError, load_file  # noqa: PLC0415

    try:
        async with opened(prepared(), create=True) as store:
            loaded = await load_file(store, path, datetime.now(UTC))
    except LedgerFileError as mistake:
        raise CommandMistake(str(mistake)) from None
    say(f"{path}: {loaded.recorded} recorded, {loaded.unchanged} known already.")


async def dump(path: Path) -> None:
    from bot.ledger_file import LedgerFileError, dump_file  # noqa: PLC0415 - as above

    try:
        async with opened(prepared()) as store:
            await dump_file(store, path)
    except LedgerFileError as mistake:
        raise CommandMistake(str(mistake)) from None
    say(f"The ledger is in {path}.")


async def bring_up_to_date() -> None:
    done = await migrate.migrate(prepared().database_url.get_secret_value())
    if done.before is None:
        say(f"A store was made, of version {done.after}.")
    elif done.before == done.after:
        say(f"The store is of version {done.after} already.")
    else:
        say(f"The store was brought from version {done.before} to {done.after}.")
    if done.backup:
        say(f"What it was before is in {done.backup}.")


async def back_up(path: Path) -> None:
    """A whole copy of the store, also while the bot runs."""
    url = prepared().database_url.get_secret_value()
    await asyncio.to_thread(backup.back_up, url, path)
    say(f"The store is in {path}. Keep it apart from the key: each is worthless without the other.")


async def restore(path: Path) -> None:
    """Put a copy back; nothing that waits in it is sent by itself."""
    settings = prepared()
    url = settings.database_url.get_secret_value()
    done = await asyncio.to_thread(backup.restore, url, data_key(settings), path, datetime.now(UTC))
    say(f"{path} is the store now.")
    if done.replaced:
        say(f"What was there before is in {done.replaced}.")
    if done.redacted is None:
        say(
            "What happened since the copy was made is not known: who left since then gets alerts "
            "again, who lost rights may have them, and numbers that people know may be given anew."
        )
    else:
        say(
            "Readers and rights are those of the store that was there, and no public id and no "
            "number of an alert is given twice."
        )
    if done.redacted:
        say(f"Redacted since the copy, and to be redacted again: {', '.join(done.redacted)}.")
    for number, count in done.unknown.items():
        say(
            f"No. {number}: {count} deliveries were waiting in the copy and may have been sent "
            f"since. To send them, as repeats: homeward replay --alert {number}"
        )


async def adopt() -> None:
    """Give the store to the bot of the token, without the readers of the former."""
    settings = prepared()
    async with asking_telegram(settings) as api:
        bot = await api.call("getMe", {})
    async with opened(settings, exclusive=True) as store:
        count = await store.write(lambda conn: belonging.adopt(conn, bot["id"], datetime.now(UTC)))
    say(f"The store is of @{bot['username']} now. Readers that were erased: {count}.")


async def verify_log() -> None:
    async with opened(prepared()) as store:
        problem = await store.read(audit.verify)
    if problem is not None:
        raise CommandMistake(problem.sentence)
    say("The audit log is whole: every line fits the one before, and every revision its line.")


async def replay(number: int, state: Literal["unknown", "undeliverable"]) -> None:
    """Queue once more what ended in this state; the running bot finds it."""
    async with opened(prepared()) as store:
        count = await store.write(
            lambda conn: outbox.replay(conn, number, state, datetime.now(UTC))
        )
    say(f"Deliveries of No. {number} that are queued once more: {count}.")


def prepared() -> Settings:
    """The settings; from here on the log is clean of them."""
    settings = read_settings()
    logs.configure(settings.log_level, settings.log_format, settings.secrets)
    return settings


@asynccontextmanager
async def opened(
    settings: Settings, *, create: bool = False, exclusive: bool = False
) -> AsyncIterator[Store]:
    store = await Store.open(
        settings.database_url.get_secret_value(),
        data_key(settings),
        create=create,
        exclusive=exclusive,
    )
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def asking_telegram(settings: Settings) -> AsyncIterator[BotApi]:
    """Telegram, for a few questions; raises `CommandMistake` where it does not answer them."""
    if settings.token is None:
        raise CommandMistake(HOW_TO_GET_ONE, exit_code=2)
    async with application.connections(settings, 1) as request:
        try:
            yield BotApi(request, settings.api_url, settings.token.get_secret_value())
        except InvalidToken:
            raise CommandMistake(REJECTED, exit_code=2) from None
        except TelegramError:
            raise CommandMistake(SILENT.format(address=settings.api_url)) from None


def data_key(settings: Settings) -> bytes:
    """The key as it is set, or this user's own; only SQLite goes with the latter."""
    if settings.data_key is not None:
        return decoded(settings.data_key.get_secret_value())
    if not settings.for_sqlite:
        raise SettingsMistake(
            "HOMEWARD_DATA_KEY is missing: for PostgreSQL it must be given, 32 bytes in base64."
        )
    try:
        return of_this_user(os.environ)
    except KeyMistake as mistake:
        raise SettingsMistake(str(mistake)) from None


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
