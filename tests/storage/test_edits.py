"""What was sent is marked when it is corrected: each message, as soon as it is there to edit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from exchange.news import Topic
from storage import outbox
from storage.errors import NothingToReplay
from storage.outbox import OutcomeKind
from storage.store import Connection, Store
from storage.tables import alerts, deliveries
from tests.storage.correcting import all_arrive, correct, progress, told, two_readers
from tests.storage.examples import (
    TEXTS,
    claim,
    correcting,
    delivered,
    publish,
    settle,
    start,
    subscribe,
)
from tests.stores import NOW

_LATER = NOW + timedelta(minutes=1)


@pytest.fixture
async def epoch(store: Store) -> int:
    return await two_readers(store)


async def test_a_correction_goes_as_a_reply_and_then_marks_what_was_sent(
    store: Store, epoch: int
) -> None:
    await all_arrive(store, epoch)

    await correct(store, 1)

    replies = await all_arrive(store, epoch, 80)
    assert told(replies) == [(1, "uk first", None, 71), (2, "uk first", None, 72)]
    edits = await all_arrive(store, epoch)
    assert told(edits) == [(1, "uk edit of 1", 71, None), (2, "uk edit of 1", 72, None)]
    assert await claim(store, epoch) == ()
    found = await progress(store, 2)
    assert (found.total, found.delivered, found.edited, found.edits_waiting) == (2, 2, 2, 0)


async def test_an_update_without_words_for_it_edits_nothing(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await correct(store)
    await all_arrive(store, epoch)

    assert await claim(store, epoch) == ()


async def test_every_message_of_the_chain_is_marked(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1)
    await all_arrive(store, epoch, 80)
    await all_arrive(store, epoch)

    await correct(store, 1, 2, rev=3)

    replies = await all_arrive(store, epoch, 90)
    assert {one.reply_to for one in replies} == {81, 82}
    edits = [*await all_arrive(store, epoch), *await all_arrive(store, epoch)]
    assert told(tuple(edits)) == [
        (1, "uk edit of 1", 71, None),
        (1, "uk edit of 2", 81, None),
        (2, "uk edit of 1", 72, None),
        (2, "uk edit of 2", 82, None),
    ]


async def test_who_was_not_reached_gets_the_correction_and_no_edit(
    store: Store, epoch: int
) -> None:
    [reached] = await claim(store, epoch, limit=1)
    await settle(store, delivered(reached))

    await correct(store, 1)

    first = await all_arrive(store, epoch)
    assert {(one.chat_id, one.reply_to) for one in first} == {
        (reached.chat_id, 7),
        (3 - reached.chat_id, None),
    }
    [edit] = await claim(store, epoch)
    assert (edit.chat_id, edit.message_id) == (reached.chat_id, 7)


async def test_an_edit_waits_until_the_message_has_arrived(store: Store, epoch: int) -> None:
    one, other = await claim(store, epoch)

    await correct(store, 1)

    assert await claim(store, epoch) == ()
    await settle(store, delivered(one, 71))
    [reply] = await claim(store, epoch)
    assert (reply.chat_id, reply.reply_to, reply.edits) == (one.chat_id, 71, 0)
    await settle(store, delivered(reply, 81))
    [edit] = await claim(store, epoch)
    assert (edit.chat_id, edit.message_id) == (one.chat_id, 71)
    assert other.chat_id != one.chat_id


async def test_an_edit_waits_while_its_correction_waits(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1)
    one, other = await claim(store, epoch)
    await settle(store, one.came_to(OutcomeKind.WAIT, until=_LATER), delivered(other))

    assert [each.chat_id for each in await claim(store, epoch)] == [other.chat_id]
    [reply] = await claim(store, epoch, now=_LATER)
    assert (reply.chat_id, reply.edits) == (one.chat_id, 0)


async def test_what_is_not_known_to_be_there_is_not_edited(store: Store, epoch: int) -> None:
    """As it is in a copy that was put back, where nobody knows what was sent since."""
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    put_back = update(deliveries).values(state="unknown", message_id=None, ambiguous=1)
    first = select(alerts.c.id).where(alerts.c.number == 1).scalar_subquery()
    await store.write(lambda c: c.execute(put_back.where(deliveries.c.alert_id == first)))
    assert await claim(store, epoch) == ()

    await store.write(lambda c: c.execute(put_back.where(deliveries.c.alert_id != first)))
    with pytest.raises(NothingToReplay):
        await store.write(lambda conn: outbox.replay(conn, 2, "unknown", NOW))


@pytest.mark.parametrize(
    "kind",
    [OutcomeKind.WAIT, OutcomeKind.UNSURE, OutcomeKind.UNDELIVERABLE],
)
async def test_what_never_arrived_is_not_edited(
    store: Store, epoch: int, kind: OutcomeKind
) -> None:
    one, other = await claim(store, epoch)
    await settle(store, delivered(other))
    await correct(store, 1)

    await settle(store, one.came_to(kind))

    found = await progress(store, 2)
    assert (found.waiting, found.edits_waiting) == (2, 1)
    assert {each.reply_to for each in await all_arrive(store, epoch)} == {7, None}
    assert [each.chat_id for each in await claim(store, epoch)] == [other.chat_id]


async def test_a_typo_is_told_by_edits_alone(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)

    await correct(store, 1, announce=False)

    assert (await progress(store, 2)).total == 0
    edits = await all_arrive(store, epoch)
    assert {(one.edits > 0, one.message_id) for one in edits} == {(True, 71), (True, 72)}
    assert await claim(store, epoch) == ()


async def test_whom_the_news_has_not_reached_gets_it_without_the_typo(
    store: Store, epoch: int
) -> None:
    """One has it, one is being sent to and it never leaves: that one hears of it as news."""
    one, other = await claim(store, epoch)
    await settle(store, delivered(one))
    await store.write(lambda conn: subscribe(conn, store, 3))
    await correct(store, 1, announce=False)
    assert (await progress(store, 2)).total == 0

    await settle(store, other.came_to(OutcomeKind.RETRY, until=NOW))

    claimed = await all_arrive(store, epoch)
    heard = {each.chat_id: (each.text, each.silent) for each in claimed}
    assert heard == {other.chat_id: ("uk first", False), one.chat_id: ("uk edit of 1", False)}


async def test_who_still_waits_for_the_news_is_not_passed_over_by_a_typo(
    store: Store, epoch: int
) -> None:
    [reached] = await claim(store, epoch, limit=1)
    await settle(store, delivered(reached))

    await correct(store, 1, announce=False)

    claimed = await all_arrive(store, epoch)
    assert {one.chat_id: one.text for one in claimed} == {
        reached.chat_id: "uk edit of 1",
        3 - reached.chat_id: "uk first",
    }


async def test_a_message_that_cannot_be_edited_is_followed_by_a_silent_one(
    store: Store, epoch: int
) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    gone, fine = await claim(store, epoch)

    await settle(
        store, gone.came_to(OutcomeKind.UNEDITABLE, reason="not found"), delivered(fine, 72)
    )

    [instead] = await claim(store, epoch)
    assert (instead.chat_id, instead.text, instead.silent) == (gone.chat_id, "uk first", True)
    await settle(store, instead.came_to(OutcomeKind.UNSURE))
    [repeat] = await claim(store, epoch, now=_LATER)
    assert (repeat.text, repeat.silent) == ("uk repeat", True)


async def test_who_has_the_correction_gets_no_other_for_an_edit_that_fails(
    store: Store, epoch: int
) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1)
    await all_arrive(store, epoch)
    edits = await claim(store, epoch)

    await settle(store, *(one.came_to(OutcomeKind.UNEDITABLE, reason="old") for one in edits))

    assert await claim(store, epoch) == ()
    found = await progress(store, 2)
    assert (found.total, found.edited, found.edits_waiting) == (2, 0, 0)


async def test_an_edit_of_unknown_fate_is_made_again_and_given_up_in_the_end(
    store: Store, epoch: int
) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    one, other = await claim(store, epoch)
    await settle(store, delivered(other))
    now = NOW
    for _ in range(3):
        await settle(store, one.came_to(OutcomeKind.UNSURE), now=now)
        now += timedelta(minutes=11)
        [one] = await claim(store, epoch, now=now)
        assert one.text == "uk edit of 1"
    await settle(store, one.came_to(OutcomeKind.UNSURE), now=now)

    assert await claim(store, epoch, now=now + timedelta(days=1)) == ()
    assert await store.write(lambda conn: outbox.replay(conn, 2, "unknown", now)) == 1
    [again] = await claim(store, epoch, now=now)
    assert (again.edits, again.message_id) == (one.edits, one.message_id)


async def test_what_was_being_edited_at_a_crash_is_edited_again(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    await claim(store, epoch)

    epoch = await store.write(start)

    assert told(await claim(store, epoch, now=_LATER)) == [
        (1, "uk edit of 1", 71, None),
        (2, "uk edit of 1", 72, None),
    ]


async def test_news_goes_before_marks_on_what_was_said(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    await store.write(lambda conn: publish(conn, "S2"))

    first = await claim(store, epoch, limit=2)

    assert {(one.number, one.edits) for one in first} == {(3, 0)}
    assert await claim(store, epoch) == (), "one call at a time for a reader"


async def test_a_later_alert_does_not_wait_for_an_edit_in_doubt(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    edits = await claim(store, epoch)
    await settle(store, *(one.came_to(OutcomeKind.UNSURE) for one in edits))
    await store.write(lambda conn: publish(conn, "S2"))

    assert {(one.number, one.edits) for one in await claim(store, epoch)} == {(3, 0)}


async def test_a_correction_can_keep_away_from_who_was_never_to_get_what_it_corrects(
    store: Store, epoch: int
) -> None:
    """One of the two was not reached yet; the third came since."""
    [reached] = await claim(store, epoch, limit=1)
    await settle(store, delivered(reached))
    await store.write(lambda conn: subscribe(conn, store, 3))

    def who(conn: Connection) -> int:
        counted = outbox.readers(conn, Topic.PEOPLE, "S1", to_new_readers=False)
        return sum(counted.values())

    assert await store.read(who) == 2
    await correct(store, 1, to_new_readers=False)

    assert {one.chat_id for one in await claim(store, epoch)} == {1, 2}


async def test_a_withdrawal_reaches_whom_any_alert_of_the_chain_reached(
    store: Store, epoch: int
) -> None:
    """The update between them had not yet reached anybody."""
    await all_arrive(store, epoch)
    await correct(store, 1)

    await correct(store, 1, rev=3, type_="Cancel")

    replies = await all_arrive(store, epoch, 90)
    assert {(one.number, one.chat_id, one.reply_to) for one in replies} == {(3, 1, 71), (3, 2, 72)}
    edits = await claim(store, epoch)
    assert {(one.number, one.message_id) for one in edits} == {(3, 71), (3, 72)}


@pytest.mark.usefixtures("epoch")
async def test_words_for_an_edit_are_there_in_english_and_for_the_chain_alone(
    store: Store,
) -> None:
    only_ukrainian = (*TEXTS, *(one for one in correcting(1) if one.language == "uk"))

    for texts, problem in ((only_ukrainian, "English"), (correcting(2), "refers to")):
        with pytest.raises(ValueError, match=problem):
            await store.write(
                lambda conn, texts=texts: publish(  # type: ignore[misc] # the default binds the words
                    conn, rev=2, type_="Update", refers_to=1, texts=texts
                )
            )


async def test_refused_words_of_an_edit_halt_the_alert(store: Store, epoch: int) -> None:
    await all_arrive(store, epoch)
    await correct(store, 1, announce=False)
    one, other = await claim(store, epoch)
    await settle(store, one.came_to(OutcomeKind.HALT, reason="can't parse"), delivered(other))

    assert (await progress(store, 2)).state == "halted"
    assert await claim(store, epoch, now=_LATER) == ()
