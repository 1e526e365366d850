"""From Publish to the last reader: once, by the right person, and taken back while that is time."""

from __future__ import annotations

import pytest

from messages.catalogue import LANGUAGES
from messages.values import AlertNumber
from sandbox import faults
from storage import audit
from storage.store import Connection
from tests.dialogue.house import FIRST, SECOND, House
from tests.dialogue.stages import (
    LINK,
    USUAL_STEPS,
    drafts_the_usual,
    is_typed,
    publishes_the_usual,
    takes_steps,
)
from tests.dialogue.talk import acts

READER = 7_123_456_789


async def test_publish_pressed_twice_publishes_once(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator("uk")
    await drafts_the_usual(moderator)
    await moderator.presses("preview")
    preview = moderator.showing("publish")
    await moderator.presses("publish", under=preview)
    again = await moderator.presses("publish", under=preview)
    again.is_notice("already-published", number=AlertNumber(1))
    assert len(again.notice) <= 200
    await house.undo_pause_passes()
    late = await moderator.presses("publish", under=preview)
    assert late.notice == again.notice
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == 2
    assert [row["key"] for row in await house.rows("records") if row["kind"] == "stage"] == [
        "S1",
        "S2",
    ]


async def test_two_presses_at_once_publish_once(house: House) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await moderator.presses("preview")
    preview = moderator.showing("publish")
    presses = [moderator.person.press(preview, "Publish") for _ in range(2)]
    answers = [await press.answer() for press in presses]
    assert [one.get("text", "") for one in answers] == ["", "Already published as No. 1."]
    assert len(await house.rows("alerts")) == 1


async def test_publish_under_an_old_message_says_what_it_was_published_as(house: House) -> None:
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    card = moderator.showing("undo")
    await house.undo_pause_passes()
    await moderator.hears("sent")
    (await moderator.presses("undo", under=card)).is_notice("stale-button")
    assert len(await house.rows("alerts")) == 1


async def test_a_draft_that_changed_after_the_preview_is_not_published_by_the_old_button(
    house: House,
) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await moderator.presses("preview")
    old = moderator.showing("publish")
    await takes_steps(moderator, "back", "open:categories", "category:women", "done:categories")
    (await moderator.presses("publish", under=old)).is_notice("stale-button")
    await moderator.presses("preview")
    (await moderator.presses("publish", under=old)).is_notice("stale-button")
    assert await house.rows("alerts") == []
    await moderator.presses("publish")
    assert len(await house.rows("alerts")) == 1


async def test_a_right_revoked_between_preview_and_publish_publishes_nothing(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await moderator.presses("preview")
    await house.appoint(SECOND)
    before = await house.kept()
    refused = await moderator.presses("publish")
    assert (refused.messages, bool(refused.notice)) == ((), True)
    (await moderator.presses("back")).is_notice("stale-button")
    (await moderator.says("/record")).tells("unknown-command")
    (await moderator.says(LINK)).tells("warm")
    assert await house.kept() == before
    assert len(house.sent_to(reader)) == 1


async def test_a_right_revoked_in_the_pause_undoes_nothing_any_more(house: House) -> None:
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await house.appoint(SECOND)
    (await moderator.presses("undo")).is_notice("stale-button")
    assert [row["state"] for row in await house.rows("alerts")] == ["live"]


async def test_undo_in_the_pause_reaches_nobody_and_gives_the_draft_back(house: House) -> None:
    reader = await house.subscriber(READER, "ru")
    status = (await reader.says("/status")).text
    moderator = house.moderator("ru")
    await publishes_the_usual(moderator)
    assert (await reader.says("/status")).text != status
    undone = (await moderator.presses("undo")).tells("draft-undone")
    assert undone.acts == ["continue", "discard"]
    heard = len(house.sent_to(reader))
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == heard
    shown = (await reader.says("/status")).text
    assert shown.splitlines()[:4] == status.splitlines()[:4]
    assert "S2" in (await reader.says("/stage S2")).text
    assert await house.store.read(audit.verify) is None


@pytest.mark.parametrize("on_its_way", [FIRST, SECOND])
async def test_a_card_on_its_way_does_not_come_over_what_was_undone(
    house: House, on_its_way: int
) -> None:
    """Neither one that is under way, nor one that waits behind another moderator's."""
    first, second = house.moderator(), house.moderator("en", SECOND)
    await publishes_the_usual(first)
    await second.says("/record")
    await takes_steps(second, "kind:bodies", *USUAL_STEPS[1:], "preview", "publish")
    late = house.telegram.order(
        faults.slow(0.3, accepted_late=True), chat=on_its_way, method="editMessageText"
    )
    house.clock.forward(1)  # so the cards count down
    await house.telegram.until(lambda: bool(late.used))
    await second.presses("undo")
    for _ in range(2):  # the second round began after the press, and the one before it has ended
        await _a_card_comes(house, FIRST)
    assert second.say("draft-undone") in second.lowest.text


async def _a_card_comes(house: House, chat: int) -> None:
    """The clock goes on until a moderator's card counts down once more."""
    before = len(house.telegram.journal.of("editMessageText", chat=chat, accepted=True))
    house.clock.forward(1)
    await house.telegram.until(
        lambda: len(house.telegram.journal.of("editMessageText", chat=chat, accepted=True)) > before
    )


async def test_a_card_waits_as_long_as_telegram_asks_for(house: House) -> None:
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    house.telegram.order(faults.too_many_requests(8), chat=FIRST, method="editMessageText")
    before = len(house.telegram.journal.of("editMessageText", chat=FIRST))
    for _ in range(4):  # the card counts down
        house.clock.forward(1)
        await house.settled()
    assert len(house.telegram.journal.of("editMessageText", chat=FIRST)) == before + 1
    house.clock.forward(6)
    await house.settled()
    assert len(house.telegram.journal.of("editMessageText", chat=FIRST)) == before + 2


async def test_what_was_undone_can_be_mended_and_published_as_the_next_number(
    house: House,
) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await moderator.presses("undo")
    await moderator.presses("continue")
    await takes_steps(moderator, "back", "open:categories", "category:women", "done:categories")
    await takes_steps(moderator, "preview", "publish")
    await house.undo_pause_passes()
    alert = (await reader.hears("New stage: 10 June")).text
    assert alert.startswith("No. 2")
    assert "women" in alert
    assert [row["record_key"] for row in await house.rows("alerts")] == ["S2", "S3"]


async def test_undo_after_the_pause_is_too_late(house: House) -> None:
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    card = moderator.showing("undo")
    house.clock.forward(20)
    assert (await moderator.presses("undo", under=card)).notice == moderator.say("stale-button")
    assert [row["state"] for row in await house.rows("alerts")] == ["live"]


async def test_a_clock_that_is_put_back_lets_nobody_undo_what_was_sent(house: House) -> None:
    reader = await house.subscriber(1001)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    card = moderator.showing("undo")
    await house.undo_pause_passes()
    await reader.hears("New stage")
    house.clock.forward(-3600)
    assert (await moderator.presses("undo", under=card)).notice == moderator.say("stale-button")
    assert [row["state"] for row in await house.rows("alerts")] == ["live"]


async def test_undo_pressed_twice_is_undone_once(house: House) -> None:
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    card = moderator.showing("undo")
    await moderator.presses("undo", under=card)
    before = await house.kept()
    (await moderator.presses("undo", under=card)).is_notice("stale-button")
    assert await house.kept() == before


async def test_undo_works_although_another_draft_was_begun(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await moderator.says("/record")
    (await moderator.presses("undo")).tells("draft-undone")
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == 1
    await takes_steps(moderator, "continue", "publish")
    await house.undo_pause_passes()
    await reader.hears("No. 2")


async def test_undo_takes_back_nobody_elses_words(house: House) -> None:
    """Another moderator added a source in the pause: the stage is not the first one's alone."""
    one, other = house.moderator(), house.moderator("en", SECOND)
    await publishes_the_usual(one)
    house.clock.forward(1)
    await other.says("/record")
    await takes_steps(other, "add:S2", "open:sources", "https://other.example.org/", "preview")
    await other.presses("publish")
    before = await house.kept()
    (await one.presses("undo")).is_notice("stale-button")
    assert await house.kept() == before


async def test_a_stage_undone_under_a_draft_that_adds_to_it_is_not_recorded_again(
    house: House,
) -> None:
    one, other = house.moderator(), house.moderator("en", SECOND)
    await publishes_the_usual(one)
    await other.says("/record")
    await takes_steps(other, "add:S2", "open:sources", "https://other.example.org/", "preview")
    await one.presses("undo")
    before = await house.kept()
    (await other.presses("publish")).is_notice("preview-outdated")
    assert await house.kept() == before
    assert "not in the ledger" in (await other.presses("back")).text


async def test_stop_in_mid_send_spares_those_who_wait(house: House) -> None:
    readers = [await house.subscriber(READER + number) for number in range(4)]
    waits = readers[3]
    house.telegram.order(faults.too_many_requests(300), chat=waits.person, method="sendMessage")
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await house.undo_pause_passes()
    await moderator.hears("sending")
    stopped = (await moderator.presses("stop")).messages[-1]
    assert moderator.say("sending-title", number=AlertNumber(1), phase="stopped") in stopped.text
    house.clock.forward(600)
    await house.all_sent()
    assert [len(house.sent_to(reader)) for reader in readers] == [2, 2, 2, 1]


async def test_a_press_on_stop_when_all_is_sent_changes_nothing(house: House) -> None:
    await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    card = moderator.showing("undo")
    await house.undo_pause_passes()
    before = await house.kept()
    key = card.rows[0][0]["callback_data"].removesuffix("undo")
    await moderator.sends(f"{key}stop", card)
    assert await house.kept() == before


async def test_the_card_follows_the_alert_to_its_end_also_after_a_restart(house: House) -> None:
    await house.subscriber(READER)
    moderator = house.moderator("uk")
    await publishes_the_usual(moderator)
    house.clock.forward(5)
    await moderator.hears(moderator.say("duration-seconds", count="15"))
    await house.restart()
    await house.undo_pause_passes()
    await moderator.hears(moderator.say("sending-title", number=AlertNumber(1), phase="sent"))
    assert moderator.lowest.buttons == []


async def test_an_alert_for_nobody_can_be_undone_and_ends_as_sent(house: House) -> None:
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    house.clock.forward(5)
    await moderator.hears("15 s")
    await house.undo_pause_passes()
    await moderator.hears("sent")
    assert moderator.lowest.buttons == []


@pytest.mark.parametrize("step", ["publish", "undo", "preview", "back", "discard"])
async def test_an_update_handed_over_again_has_no_second_effect(house: House, step: str) -> None:
    """The bot was killed after the act and before the update was confirmed."""
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await moderator.presses("preview")
    if step == "undo":
        await moderator.presses("publish")
    elif step in ("preview", "discard"):
        await moderator.presses("back")
    await moderator.presses(step)
    update = house.last_handled()
    before = await house.kept()
    await house.again(update)
    assert await house.kept() == before


async def test_a_step_whose_answer_was_lost_shows_the_draft_when_it_comes_again(
    house: House,
) -> None:
    """Telegram stumbles once over each answer: the update is tried again and shows what it did."""
    moderator = house.moderator()
    await moderator.says("/record")
    for step in USUAL_STEPS:
        answer = "sendMessage" if is_typed(step) else "editMessageText"
        house.telegram.order(faults.server_error(), method=answer)
        reply = await takes_steps(moderator, step)
        assert (reply.notice, reply.text.splitlines()[0]) == ("", "New stage, draft"), step
    await takes_steps(moderator, "preview", "publish")
    assert len(await house.rows("alerts")) == 1


@pytest.mark.parametrize("step", ["publish", "undo", "preview"])
async def test_an_act_whose_answer_was_lost_is_told_when_it_comes_again(
    house: House, step: str
) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    for before in {"preview": [], "publish": ["preview"], "undo": ["preview", "publish"]}[step]:
        await moderator.presses(before)
    house.telegram.order(faults.server_error(), method="editMessageText")
    await moderator.presses(step)
    following = {"preview": "publish", "publish": "undo", "undo": "continue"}[step]
    assert following in acts(moderator.lowest)


async def test_two_moderators_publish_side_by_side(house: House) -> None:
    reader = await house.subscriber(READER)
    one, other = house.moderator(), house.moderator("uk", SECOND)
    await drafts_the_usual(one)
    await other.says("/record")
    await takes_steps(other, "kind:urgent_medical", *USUAL_STEPS[1:])
    await one.presses("preview")
    await other.presses("preview")
    await one.presses("publish")
    await other.presses("publish")
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == 3
    assert len({text.splitlines()[0] for text in house.sent_to(reader)[1:]}) == 2


@pytest.mark.parametrize("language", LANGUAGES)
async def test_on_a_full_disk_nothing_is_published_and_the_moderator_is_told_so(
    house: House, language: str
) -> None:
    house.may_fail = True
    reader = await house.subscriber(READER)
    moderator = house.moderator(language)
    await drafts_the_usual(moderator)
    await moderator.presses("preview")
    preview, before, heard = moderator.showing("publish"), await house.kept(), house.sent_to(reader)

    await house.store.write(lambda conn: allow_pages(conn, 1))
    (await moderator.presses("publish", under=preview)).tells("store-full")
    assert await house.kept() == before
    assert house.sent_to(reader) == heard
    (await reader.says("/status")).tells("status-people-returned")

    await house.store.write(lambda conn: allow_pages(conn, 10_000))
    await moderator.presses("publish", under=preview)
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == len(heard) + 2


def allow_pages(conn: Connection, pages: int) -> None:
    """How large the file may grow; it never shrinks below what it is."""
    conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
