"""Where Telegram is told to bring updates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.registration import Address, ForeignWebhook, WebhookRefused, post_nowhere, post_to
from bot.transport import BotApi
from sandbox import faults
from sandbox.webhook import WebhookSettings
from tests.bot.house import House

ADDRESS = Address("https://bot.example.org/path-that-is-secret", "the-secret", 64)
KINDS = ("message", "callback_query")


def times_set(house: House) -> int:
    return len(house.telegram.journal.of("setWebhook"))


async def test_a_webhook_is_set_once_with_all_that_belongs_to_it(house: House, api: BotApi) -> None:
    for _ in range(3):
        await post_to(ADDRESS, api, house.store, KINDS)
    (call,) = house.telegram.journal.of("setWebhook")
    assert call.parameters["url"] == ADDRESS.url
    assert call.parameters["secret_token"] == ADDRESS.secret
    assert call.parameters["max_connections"] == 64
    assert house.telegram.world.updates.allowed() == sorted(KINDS)
    assert "drop_pending_updates" not in call.parameters


@pytest.mark.parametrize(
    "change", [{"url": "https://other.example.org"}, {"secret": "another"}, {"at_once": 5}]
)
async def test_whatever_is_new_is_told_to_telegram(
    house: House, api: BotApi, change: dict[str, object]
) -> None:
    await post_to(ADDRESS, api, house.store, KINDS)
    changed = replace(ADDRESS, **change)  # type: ignore[arg-type] # of the fields' own types
    await post_to(changed, api, house.store, KINDS)
    await post_to(changed, api, house.store, KINDS)
    assert times_set(house) == 2


async def test_other_kinds_of_update_are_told_to_telegram(house: House, api: BotApi) -> None:
    await post_to(ADDRESS, api, house.store, KINDS)
    await post_to(ADDRESS, api, house.store, ("message",))
    assert times_set(house) == 2


async def test_a_webhook_that_somebody_else_has_put_in_its_place_is_replaced(
    house: House, api: BotApi
) -> None:
    await post_to(ADDRESS, api, house.store, KINDS)
    house.telegram.world.webhook.set(WebhookSettings("https://foreign.example.org"))
    await post_to(ADDRESS, api, house.store, KINDS)
    settings = house.telegram.world.webhook.settings
    assert settings is not None
    assert settings.url == ADDRESS.url


async def test_a_secret_that_telegram_did_not_get_is_told_again(house: House, api: BotApi) -> None:
    await post_to(ADDRESS, api, house.store, KINDS)
    new = replace(ADDRESS, secret="new")
    house.telegram.order(faults.bad_request("bad webhook: wrong port"), method="setWebhook")
    with pytest.raises(WebhookRefused, match="wrong port"):
        await post_to(new, api, house.store, KINDS)
    await post_to(new, api, house.store, KINDS)
    settings = house.telegram.world.webhook.settings
    assert settings is not None
    assert settings.secret == "new"


async def test_polling_takes_the_own_webhook_away_and_no_update_with_it(
    house: House, api: BotApi
) -> None:
    await post_to(ADDRESS, api, house.store, KINDS)
    house.telegram.person(1001).says("kept")
    for _ in range(2):
        await post_nowhere(api, house.store)
    (call,) = house.telegram.journal.of("deleteWebhook")
    assert not call.parameters.get("drop_pending_updates")
    assert len(house.telegram.world.updates.pending()) == 1


async def test_polling_leaves_a_webhook_that_is_not_its_own(house: House, api: BotApi) -> None:
    await post_to(ADDRESS, api, house.store, KINDS)
    house.telegram.world.webhook.set(WebhookSettings("https://foreign.example.org/x"))
    with pytest.raises(ForeignWebhook) as raised:
        await post_nowhere(api, house.store)
    assert raised.value.host == "foreign.example.org"
    assert not house.telegram.journal.of("deleteWebhook")


async def test_the_store_keeps_neither_address_nor_secret_in_clear(
    house: House, api: BotApi
) -> None:
    await post_to(ADDRESS, api, house.store, KINDS)
    rows = await house.store.read(lambda c: c.exec_driver_sql("SELECT * FROM meta").all())
    assert "secret" not in "".join(value for _, value in rows)
    assert "example" not in "".join(value for _, value in rows)
