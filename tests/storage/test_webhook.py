from __future__ import annotations

from storage import webhook
from storage.store import Store

URL = "https://bot.example.org/x"


async def test_an_address_is_known_again_and_its_secret_once_it_was_taken(store: Store) -> None:
    seal = store.seal
    await store.write(lambda conn: webhook.remember(conn, seal, URL))
    assert await store.read(lambda conn: webhook.is_ours(conn, seal, URL))
    assert not await store.read(lambda conn: webhook.is_ours(conn, seal, URL + "y"))
    assert not await store.read(lambda conn: webhook.has_secret(conn, seal, "s"))

    await store.write(lambda conn: webhook.remember(conn, seal, URL, "s"))
    assert await store.read(lambda conn: webhook.has_secret(conn, seal, "s"))
    assert not await store.read(lambda conn: webhook.has_secret(conn, seal, "t"))


async def test_another_address_takes_the_place_of_the_former(store: Store) -> None:
    seal = store.seal
    await store.write(lambda conn: webhook.remember(conn, seal, URL, "s"))
    await store.write(lambda conn: webhook.remember(conn, seal, URL + "y"))
    assert not await store.read(lambda conn: webhook.is_ours(conn, seal, URL))
    assert not await store.read(lambda conn: webhook.has_secret(conn, seal, "s"))

    await store.write(webhook.forget)
    assert not await store.read(lambda conn: webhook.is_ours(conn, seal, URL + "y"))
