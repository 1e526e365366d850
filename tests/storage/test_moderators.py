from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from storage import audit, moderators
from storage import tables as t
from storage.errors import NotAPerson
from storage.moderators import Moderator, Role
from storage.store import Store
from tests.stores import NOW

_LATER = NOW + timedelta(days=1)


async def _set(store: Store, *user_ids: int) -> None:
    await store.write(lambda conn: moderators.set_owners(conn, store.seal, user_ids, NOW))


async def _role_of(store: Store, user_id: int) -> Moderator | None:
    return await store.read(lambda conn: moderators.role_of(conn, store.seal, user_id))


async def _acts(store: Store) -> list[tuple[str, str, str]]:
    lines = await store.read(audit.entries)
    return [(line.by, line.act, line.subject) for line in reversed(lines)]


async def test_owners_of_the_settings_have_their_rights(store: Store) -> None:
    await _set(store, 11, 12)

    found = await _role_of(store, 12)

    assert found is not None
    assert (found.role, found.pseudonym, found.origin) == (Role.OWNER, "mod-2", "settings")
    assert await _role_of(store, 13) is None
    assert [one.pseudonym for one in await store.read(moderators.active)] == ["mod-1", "mod-2"]
    assert await store.read(lambda conn: moderators.address(conn, store.seal, found.id)) == 12


async def test_setting_the_same_owners_again_changes_nothing(store: Store) -> None:
    await _set(store, 11, 12)
    await _set(store, 12, 11)

    assert await _acts(store) == [
        ("settings", "appoint", "mod-1"),
        ("settings", "appoint", "mod-2"),
    ]


async def test_an_owner_no_longer_listed_has_no_rights(store: Store) -> None:
    await _set(store, 11, 12)
    await _set(store, 12)

    assert await _role_of(store, 11) is None
    assert (await _acts(store))[-1] == ("settings", "revoke", "mod-1")


async def test_an_owner_listed_again_is_the_same_moderator(store: Store) -> None:
    await _set(store, 11)
    await _set(store)
    await _set(store, 11)

    found = await _role_of(store, 11)

    assert found is not None
    assert found.pseudonym == "mod-1"


async def test_an_invited_moderator_is_not_the_settings_to_revoke(store: Store) -> None:
    await _set(store, 11)
    invited = update(t.moderators).values(role="publisher", origin="invited")
    await store.write(lambda conn: conn.execute(invited))

    await _set(store)

    found = await _role_of(store, 11)
    assert found is not None
    assert found.role is Role.PUBLISHER


async def test_an_invited_moderator_whom_the_settings_name_becomes_owner(store: Store) -> None:
    await _set(store, 11)
    invited = update(t.moderators).values(role="editor", origin="invited")
    await store.write(lambda conn: conn.execute(invited))

    await _set(store, 11)

    found = await _role_of(store, 11)
    assert found is not None
    assert (found.role, found.since_at) == (Role.OWNER, NOW)


@pytest.mark.parametrize("user_id", [777000, 1087968824, 136817688, 0, -1001])
async def test_nobody_but_a_person_becomes_a_moderator(store: Store, user_id: int) -> None:
    with pytest.raises(NotAPerson):
        await _set(store, 11, user_id)

    assert await store.read(moderators.active) == ()
