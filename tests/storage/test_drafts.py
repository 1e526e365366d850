from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage import drafts, moderators
from storage.drafts import DraftRow
from storage.errors import DraftOpen, StaleDraft
from storage.store import Connection, Store
from tests.stores import KEY, NOW

_LATER = NOW + timedelta(minutes=1)


@pytest.fixture
async def moderator(store: Store) -> int:
    await store.write(lambda conn: moderators.set_owners(conn, store.seal, [11, 12], NOW))
    return (await store.read(moderators.active))[0].id


@pytest.fixture
async def draft(store: Store, moderator: int) -> DraftRow:
    return await store.write(lambda conn: drafts.open_draft(conn, moderator, "{}", at=NOW))


async def _save(store: Store, draft: DraftRow, body: str = '{"a":1}') -> DraftRow:
    return await store.write(
        lambda conn: drafts.save(conn, draft.id, draft.version, body, at=_LATER)
    )


async def test_an_open_draft_is_found_by_moderator_and_by_key(
    store: Store, moderator: int, draft: DraftRow
) -> None:
    assert await store.read(lambda conn: drafts.of(conn, moderator)) == draft
    assert await store.read(lambda conn: drafts.of(conn, moderator + 1)) is None
    assert await store.read(lambda conn: drafts.by_key(conn, draft.key)) == draft
    assert await store.read(lambda conn: drafts.by_key(conn, "x" * 16)) is None


async def test_a_moderator_has_one_open_draft(
    store: Store, moderator: int, draft: DraftRow
) -> None:
    with pytest.raises(DraftOpen):
        await store.write(lambda conn: drafts.open_draft(conn, moderator, "{}", at=NOW))

    await store.write(lambda conn: drafts.discard(conn, draft.id, at=NOW))
    await store.write(lambda conn: drafts.open_draft(conn, moderator, "{}", at=NOW))


async def test_every_version_has_a_key_of_its_own(store: Store, draft: DraftRow) -> None:
    saved = await _save(store, draft)

    assert (saved.version, saved.body, saved.updated_at) == (2, '{"a":1}', _LATER)
    assert saved.key != draft.key
    assert len(saved.key) == 16
    assert await store.read(lambda conn: drafts.by_key(conn, draft.key)) == saved


async def test_an_old_version_cannot_be_saved(store: Store, draft: DraftRow) -> None:
    saved = await _save(store, draft)

    with pytest.raises(StaleDraft):
        await _save(store, draft, "{}")

    assert await store.read(lambda conn: drafts.of(conn, draft.moderator_id)) == saved


async def test_of_two_who_save_the_same_version_one_does(
    store: Store, url: str, draft: DraftRow
) -> None:
    other = await Store.open(url, KEY)
    outcomes = await asyncio.gather(
        _save(store, draft, '"a"'), _save(other, draft, '"b"'), return_exceptions=True
    )
    await other.close()

    assert [isinstance(one, StaleDraft) for one in outcomes].count(True) == 1


async def test_a_used_key_still_leads_to_what_became_of_its_draft(
    store: Store, draft: DraftRow
) -> None:
    saved = await _save(store, draft)

    def publish(conn: Connection) -> DraftRow:
        return drafts.published(conn, saved.id, 42, "S1", language="uk", at=_LATER)

    done = await store.write(publish)

    assert (done.state, done.alert_number, done.record_key) == ("followed", 42, "S1")
    for key in (draft.key, saved.key):
        assert await store.read(lambda conn, key=key: drafts.by_key(conn, key)) == done  # type: ignore[misc] # the default binds the key
    with pytest.raises(StaleDraft):
        await store.write(publish)
    with pytest.raises(StaleDraft):
        await _save(store, saved)


async def test_a_discarded_draft_is_not_saved_or_published(store: Store, draft: DraftRow) -> None:
    await store.write(lambda conn: drafts.discard(conn, draft.id, at=NOW))

    assert await store.read(lambda conn: drafts.of(conn, draft.moderator_id)) is None
    with pytest.raises(StaleDraft):
        await _save(store, draft)
    with pytest.raises(StaleDraft):
        await store.write(lambda conn: drafts.discard(conn, draft.id, at=NOW))


async def test_the_message_that_shows_a_draft_is_remembered(store: Store, draft: DraftRow) -> None:
    await store.write(lambda conn: drafts.set_message(conn, draft.id, 2**40))

    saved = await _save(store, draft)

    assert saved.message_id == 2**40


async def test_drafts_live_through_a_restart(url: str, store: Store, draft: DraftRow) -> None:
    await store.close()

    again = await Store.open(url, KEY)
    found = await again.read(lambda conn: drafts.of(conn, draft.moderator_id))
    await again.close()

    assert found == draft


async def _published(store: Store, draft: DraftRow, number: int | None) -> DraftRow:
    return await store.write(
        lambda conn: drafts.published(conn, draft.id, number, "S1", language="uk", at=_LATER)
    )


async def test_a_published_draft_is_followed_until_its_alert_has_ended(
    store: Store, draft: DraftRow
) -> None:
    done = await _published(store, draft, 42)

    assert await store.read(drafts.followed) == (done,)

    await store.write(lambda conn: drafts.not_followed(conn, done))

    assert await store.read(drafts.followed) == ()


async def test_what_was_undone_and_published_anew_is_followed_for_its_new_alert_alone(
    store: Store, draft: DraftRow
) -> None:
    first = await _published(store, draft, 42)
    await store.write(lambda conn: drafts.reopen(conn, draft.id, "{}", at=_LATER))
    second = await _published(store, draft, 43)

    await store.write(lambda conn: drafts.not_followed(conn, first))

    assert not await store.read(lambda conn: drafts.is_followed(conn, first))
    assert await store.read(lambda conn: drafts.is_followed(conn, second))


async def test_a_draft_published_without_an_alert_is_not_followed(
    store: Store, draft: DraftRow
) -> None:
    done = await _published(store, draft, None)

    assert done.state == "published"
    assert await store.read(drafts.followed) == ()


async def test_a_draft_whose_record_was_taken_back_is_open_again(
    store: Store, draft: DraftRow
) -> None:
    done = await _published(store, draft, 42)

    opened = await store.write(lambda conn: drafts.reopen(conn, draft.id, draft.body, at=_LATER))

    assert (opened.state, opened.body, opened.alert_number) == ("open", draft.body, None)
    assert opened.key != done.key
    assert await store.read(lambda conn: drafts.of(conn, draft.moderator_id)) == opened


async def test_a_draft_is_not_opened_again_beside_another(store: Store, draft: DraftRow) -> None:
    await _published(store, draft, 42)
    await store.write(lambda conn: drafts.open_draft(conn, draft.moderator_id, "{}", at=NOW))

    with pytest.raises(DraftOpen):
        await store.write(lambda conn: drafts.reopen(conn, draft.id, draft.body, at=_LATER))


async def test_ended_drafts_are_erased_with_their_keys_so_many_at_a_time(
    store: Store, moderator: int
) -> None:
    def end_three(conn: Connection) -> list[DraftRow]:
        made = []
        for minutes in range(3):
            at = NOW + timedelta(minutes=minutes)
            made.append(drafts.open_draft(conn, moderator, "{}", at=at))
            drafts.discard(conn, made[-1].id, at=at)
        return made

    def erase(conn: Connection) -> int:
        return drafts.erase(conn, "discarded", before=NOW + timedelta(minutes=2), at_most=1)

    rows = await store.write(end_three)
    assert [await store.write(erase) for _ in range(3)] == [1, 1, 0]
    found = await store.read(lambda conn: [drafts.by_key(conn, row.key) for row in rows])
    assert [row is not None for row in found] == [False, False, True]


async def test_an_open_draft_is_never_erased(store: Store, draft: DraftRow) -> None:
    later = NOW + timedelta(days=1000)
    for state in ("discarded", "published"):
        await store.write(lambda conn, state=state: drafts.erase(conn, state, before=later))  # type: ignore[misc] # the loop's own value
    assert await store.read(lambda conn: drafts.by_key(conn, draft.key)) == draft
