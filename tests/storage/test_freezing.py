from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from storage import audit, freezing, memos, moderators, outbox, questions
from storage.memos import MemoKind
from storage.moderators import Moderator
from storage.outbox import OutcomeKind
from storage.store import Connection, Store
from storage.tables import drafts
from storage.tables import moderators as table
from tests.storage.examples import claim, publish, settle, start, subscribe
from tests.stores import KEY, NOW

ONE, OTHER, EDITOR = 101, 102, 103
_SECOND = timedelta(seconds=1)


async def _appoint(store: Store, *owners: int) -> list[Moderator]:
    def act(conn: Connection) -> list[Moderator]:
        moderators.set_owners(conn, store.seal, owners, NOW)
        found = [moderators.role_of(conn, store.seal, one) for one in owners]
        return [one for one in found if one]

    return await store.write(act)


async def _untold(store: Store) -> list[tuple[int, MemoKind, str]]:
    found = await store.read(memos.untold)
    return [(one.moderator_id, one.kind, one.about) for one in found]


async def test_while_frozen_nothing_is_claimed_and_nothing_is_due(store: Store) -> None:
    [one] = await _appoint(store, ONE)
    await store.write(lambda conn: subscribe(conn, store, 1))
    await store.write(publish)
    epoch = await store.write(start)

    await store.write(lambda conn: freezing.freeze(conn, one, NOW))

    assert await claim(store, epoch) == ()
    assert await store.read(lambda conn: outbox.next_due(conn, NOW)) is None
    assert (await store.read(lambda conn: outbox.progress(conn, 1))).frozen
    await store.write(publish_another)
    assert await claim(store, epoch) == ()
    await store.write(lambda conn: freezing.thaw(conn, one, NOW))
    assert [claimed.number for claimed in await claim(store, epoch)] == [1]


def publish_another(conn: Connection) -> None:
    """Publishing is possible; a withdrawal waits as well."""
    publish(conn, "S2")
    publish(conn, "S1", 2, type_="Cancel", refers_to=1)
    outbox.call_back(conn, 3, "mod-1", NOW)


async def test_a_freeze_outlives_the_process(store: Store, url: str) -> None:
    [one] = await _appoint(store, ONE)
    await store.write(lambda conn: freezing.freeze(conn, one, NOW))
    await store.close()

    again = await Store.open(url, KEY)

    assert await again.read(freezing.state) == freezing.Freeze(NOW, "mod-1", None)
    await again.close()


async def test_where_two_may_thaw_one_proposes_and_the_other_confirms(store: Store) -> None:
    one, other = await _appoint(store, ONE, OTHER)

    await store.write(lambda conn: freezing.freeze(conn, one, NOW))
    assert await _untold(store) == [(other.id, MemoKind.FROZEN, "mod-1")]
    for _ in range(2):
        await store.write(lambda conn: freezing.thaw(conn, one, NOW))
        assert await store.read(freezing.state) == freezing.Freeze(NOW, "mod-1", "mod-1")
    await store.write(lambda conn: freezing.thaw(conn, other, NOW))

    assert await store.read(freezing.state) is None
    assert (await _untold(store))[1:] == [
        (other.id, MemoKind.THAW_PROPOSED, "mod-1"),
        (one.id, MemoKind.THAWED, "mod-2"),
    ]
    lines = await store.read(audit.entries)
    acts = [(line.by, line.act) for line in lines if line.subject == "sending"]
    assert acts == [("mod-2", "thaw"), ("mod-1", "propose_thaw"), ("mod-1", "freeze")]
    assert await store.read(audit.verify) is None


async def test_who_stands_alone_thaws_alone_also_after_proposing_it(store: Store) -> None:
    one, _other = await _appoint(store, ONE, OTHER)
    await store.write(lambda conn: freezing.freeze(conn, one, NOW))
    await store.write(lambda conn: freezing.thaw(conn, one, NOW))
    await _appoint(store, ONE)

    await store.write(lambda conn: freezing.thaw(conn, one, NOW))

    assert await store.read(freezing.state) is None


async def test_an_editor_is_no_second_one(store: Store) -> None:
    one, editor = await _appoint(store, ONE, EDITOR)
    as_editor = update(table).where(table.c.id == editor.id).values(role="editor")
    await store.write(lambda conn: conn.execute(as_editor))
    await store.write(lambda conn: freezing.freeze(conn, one, NOW))

    await store.write(lambda conn: freezing.thaw(conn, one, NOW))

    assert await store.read(freezing.state) is None


async def test_a_proposal_of_who_lost_the_right_counts_no_more(store: Store) -> None:
    one, other, third = await _appoint(store, ONE, OTHER, 104)
    await store.write(lambda conn: freezing.freeze(conn, one, NOW))
    await store.write(lambda conn: freezing.thaw(conn, other, NOW))
    await _appoint(store, ONE, 104)

    await store.write(lambda conn: freezing.thaw(conn, third, NOW))

    assert await store.read(freezing.state) == freezing.Freeze(NOW, "mod-1", "mod-3")


async def test_freezing_again_takes_a_proposal_back(store: Store) -> None:
    one, other = await _appoint(store, ONE, OTHER)
    await store.write(lambda conn: freezing.freeze(conn, one, NOW))
    await store.write(lambda conn: freezing.thaw(conn, other, NOW))

    await store.write(lambda conn: freezing.freeze(conn, one, NOW + _SECOND))

    assert await store.read(freezing.state) == freezing.Freeze(NOW, "mod-1", None)


async def test_thawing_what_is_not_frozen_does_nothing(store: Store) -> None:
    [one] = await _appoint(store, ONE)

    await store.write(lambda conn: freezing.thaw(conn, one, NOW))

    assert [line.act for line in await store.read(audit.entries)] == ["appoint"]
    assert await _untold(store) == []


async def test_a_halt_is_told_to_every_moderator_once_and_to_the_author_first(
    store: Store,
) -> None:
    """Alerts of the examples are by mod-1, who is appointed last of all."""
    one, other = await _appoint(store, ONE, OTHER)
    await store.write(lambda conn: [subscribe(conn, store, chat) for chat in (1, 2)])
    epoch = await store.write(start)
    await store.write(publish)
    swapped = table.c.pseudonym == "mod-1"
    await store.write(lambda conn: conn.execute(update(table).where(swapped).values(pseudonym="x")))
    theirs = update(table).where(table.c.id == other.id).values(pseudonym="mod-1")
    await store.write(lambda conn: conn.execute(theirs))

    claimed = await claim(store, epoch)
    refused = [each.came_to(OutcomeKind.HALT, reason="can't parse") for each in claimed]
    await settle(store, *refused)

    assert await _untold(store) == [
        (other.id, MemoKind.HALTED, "1"),
        (one.id, MemoKind.HALTED, "1"),
    ]
    [first, *_] = await store.read(memos.untold)
    await store.write(lambda conn: memos.told(conn, first.id))
    assert await _untold(store) == [(one.id, MemoKind.HALTED, "1")]
    await _appoint(store, OTHER)
    assert await _untold(store) == []


async def test_a_moderator_is_written_to_in_the_language_chosen_or_last_spoken(
    store: Store,
) -> None:
    [one] = await _appoint(store, ONE)

    async def language() -> str | None:
        return await store.read(lambda conn: moderators.language(conn, store.seal, one.id))

    assert await language() is None
    spoken = {
        "moderator_id": one.id, "body": "", "version": 1, "state": "published",
        "key": "k", "language": "ru", "updated_at": NOW,
    }  # fmt: skip
    await store.write(lambda conn: conn.execute(drafts.insert().values(spoken)))
    assert await language() == "ru"
    await store.write(lambda conn: subscribe(conn, store, ONE, "uk"))
    assert await language() == "uk"


@pytest.mark.parametrize(
    "wrong", ["another's", "another act", "too late", "used", "older", "nobody's"]
)
async def test_a_question_is_answered_once_by_whom_it_was_put_to(store: Store, wrong: str) -> None:
    one, other = await _appoint(store, ONE, OTHER)
    key = await store.write(lambda conn: questions.ask(conn, one.id, "freeze", NOW))
    now = NOW + questions.LASTS - _SECOND

    async def answered(
        who: Moderator = one, act: str = "freeze", later: timedelta = _SECOND * 0
    ) -> str | None:
        return await store.write(
            lambda conn: questions.answered(conn, key, who.id, act, now + later)
        )

    if wrong == "used":
        assert await answered() == ""
    if wrong == "older":
        await store.write(lambda conn: questions.ask(conn, one.id, "freeze", NOW))
    if wrong == "nobody's":
        key = "x" * 16
    found = await answered(
        other if wrong == "another's" else one,
        "thaw" if wrong == "another act" else "freeze",
        _SECOND if wrong == "too late" else _SECOND * 0,
    )
    assert found is None
    if wrong in ("another's", "another act"):
        assert await answered() == ""
