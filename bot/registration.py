"""Where Telegram is told to bring updates: to the webhook of the settings, or nowhere.

The store remembers what was registered. So a webhook of our own can be taken away when the bot goes
over to polling, one of somebody else is never touched by that, and a new secret is noticed, which
Telegram does not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram.error import BadRequest

from bot.transport import BotApi
from storage import webhook
from storage.store import Store

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Address:
    """Where Telegram is to post updates, with which secret, and how many of them side by side."""

    url: str
    secret: str
    at_once: int


class ForeignWebhook(Exception):  # noqa: N818 - says what is there
    """Telegram posts the updates to a webhook that this store did not register."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class WebhookRefused(Exception):  # noqa: N818 - says what happened
    """Telegram does not take the webhook; the text is its reason."""


async def post_to(
    address: Address, api: BotApi, store: Store, allowed_updates: Sequence[str]
) -> None:
    """Have updates posted to the webhook; nothing is changed where that is so already."""
    wanted: dict[str, Any] = {
        "url": address.url,
        "max_connections": address.at_once,
        "allowed_updates": sorted(allowed_updates),
    }
    info = await api.call("getWebhookInfo", {})
    found = {name: info.get(name) for name in wanted}
    found["allowed_updates"] = sorted(found["allowed_updates"] or ())
    seal = store.seal
    known = await store.read(lambda conn: webhook.has_secret(conn, seal, address.secret))
    if found == wanted and known:
        return
    if found["url"] not in (None, "", address.url):
        log.warning("webhook.replaced", host=host_of(found["url"]))
    await store.write(lambda conn: webhook.remember(conn, seal, address.url))
    try:
        await api.call("setWebhook", {**wanted, "secret_token": address.secret})
    except BadRequest as refused:
        raise WebhookRefused(refused.message) from None
    await store.write(lambda conn: webhook.remember(conn, seal, address.url, address.secret))
    log.info("webhook.set", host=host_of(address.url))


async def post_nowhere(api: BotApi, store: Store) -> None:
    """Make way for polling: a webhook of our own is taken away, and no update with it.

    Raises:
        ForeignWebhook: there is one that is not ours.

    """
    info = await api.call("getWebhookInfo", {})
    url = info.get("url") or ""
    if not url:
        return
    if not await store.read(lambda conn: webhook.is_ours(conn, store.seal, url)):
        raise ForeignWebhook(host_of(url))
    await api.call("deleteWebhook", {})
    await store.write(webhook.forget)
    log.info("webhook.taken_away", host=host_of(url))


def host_of(url: str) -> str:
    return urlsplit(url).hostname or "an unknown place"
