"""`homeward check`: what is set up, what is missing, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.commands import CommandMistake, asking_telegram, opened, prepared, say
from bot.data_key import location
from bot.housekeeping import FILLING
from bot.registration import host_of
from bot.settings import PREFIX, Settings, SettingsMistake
from storage import belonging, moderators
from storage.errors import NoStore, StoreError


@dataclass(frozen=True)
class Finding:
    """One line of the report; `fine` is None for advice, which is no mistake."""

    fine: bool | None
    text: str

    def __str__(self) -> str:
        mark = {True: "ok", False: "missing", None: "advice"}[self.fine]
        return f"{mark:8}{self.text}"


async def check() -> None:
    """Say what is set up; raises when something is missing that the bot needs."""
    settings = prepared()
    findings = [finding async for finding in _findings(settings)]
    say("\n".join(str(one) for one in findings))
    missing = sum(one.fine is False for one in findings)
    if missing:
        raise CommandMistake(f"{missing} of these must be put right before the bot can run.")


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    bot_id, of_telegram = await _telegram(settings)
    for finding in of_telegram:
        yield finding
    async for finding in _store(settings, bot_id):
        yield finding
    if not settings.owners:
        yield Finding(
            None, "HOMEWARD_OWNERS is empty: nobody can record. Put your Telegram user id there."
        )
    for name in unknown_names(os.environ):
        yield Finding(None, f"{name} is no setting of this program; look for a slip in its name.")


async def _telegram(settings: Settings) -> tuple[int | None, tuple[Finding, ...]]:
    """The bot's id, where Telegram says it, and what else it says."""
    if settings.token is None:
        missing = "HOMEWARD_TOKEN: https://t.me/BotFather gives you one."
        return None, (Finding(False, missing),)
    try:
        async with asking_telegram(settings) as api:
            bot, webhook = await api.call("getMe", {}), await api.call("getWebhookInfo", {})
    except CommandMistake as mistake:
        return None, (Finding(False, str(mistake)),)
    accepted = Finding(True, f"The token is accepted: the bot is @{bot.get('username')}.")
    return bot.get("id"), (accepted, _webhook(settings, webhook))


def _webhook(settings: Settings, info: Mapping[str, Any]) -> Finding:
    there = info.get("url") or ""
    if there and settings.webhook_url is None:
        return Finding(
            None,
            f"Updates are posted to {host_of(there)}. `homeward run` takes this webhook away "
            "if its store set it, and else does not start.",
        )
    if there != (settings.webhook_url or ""):
        return Finding(None, "The webhook is not set yet: the next start sets it.")
    if trouble := info.get("last_error_message"):
        return Finding(None, f"The last time Telegram could not reach the webhook: {trouble}.")
    return Finding(
        True, "Updates are posted to the webhook." if there else "Updates are asked for."
    )


async def _store(settings: Settings, bot_id: int | None) -> AsyncIterator[Finding]:
    if settings.for_sqlite and settings.data_key is None and not location(os.environ).exists():
        yield Finding(None, f"The first start will make a data key: {location(os.environ)}")
        return
    try:
        async with opened(settings) as store:
            if bot_id is not None:
                await store.read(partial(belonging.check, bot_id=bot_id))
            active = await store.read(moderators.active)
            ledger = await store.ledger()
            filled = store.filled
    except NoStore:
        yield Finding(None, "There is no store yet: the first start will make one.")
    except (StoreError, SettingsMistake) as mistake:
        yield Finding(False, str(mistake))
    else:
        yield Finding(True, "The store is there, up to date, and the data key fits it.")
        yield Finding(True, f"{len(ledger.entries)} records, {len(active)} moderators.")
        if filled >= FILLING:
            yield Finding(None, f"The disk of the store is {filled:.0%} full. Make room on it.")


def unknown_names(environment: Mapping[str, str]) -> Iterable[str]:
    """Names that look like settings of ours and are none, from the environment and `.env`."""
    file = Path(".env")
    lines = file.read_text("utf-8", errors="replace").splitlines() if file.is_file() else []
    in_file = (line.removeprefix("export ").partition("=")[0].strip() for line in lines)
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    names = dict.fromkeys([*environment, *in_file])
    return [one for one in names if one.startswith(PREFIX) and one not in known]
