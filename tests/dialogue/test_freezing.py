"""All sending held back: by one, let go by two; and moderators are told by the bot itself."""

from __future__ import annotations

import pytest

from messages.catalogue import LANGUAGES
from messages.values import AlertNumber, PublicId
from sandbox import faults
from sandbox.faults import Fault
from storage import audit, moderators
from tests.dialogue.house import FIRST, SECOND, House
from tests.dialogue.stages import publishes_the_usual
from tests.dialogue.talk import Reply, Talker, acts, data_of

READER = 7_123_456_789


async def freezes(moderator: Talker) -> Reply:
    (await moderator.says("/freeze")).tells("freeze-question")
    return await moderator.presses("freeze")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_freezes_with_a_command_and_a_press_and_two_let_it_go_on(
    house: House, language: str
) -> None:
    reader = await house.subscriber(READER)
    one, other = house.moderator(language), house.person(SECOND, "uk")
    await house.subscriber(SECOND, "uk")
    await other.says("/help")

    (await freezes(one)).tells("frozen-heading")
    await other.hears(other.say("memo-frozen", moderator=PublicId("mod-1")))
    heard = len(house.sent_to(reader))
    await publishes_the_usual(one)
    house.clock.forward(60)
    house.sender.wake()
    await one.hears(one.say("sending-title", number=AlertNumber(1), phase="frozen"))
    await house.settled()
    assert len(house.sent_to(reader)) == heard
    (await reader.says("/status")).tells("status-people-returned")

    await one.says("/thaw")
    proposed = (await one.presses("thaw")).tells("thaw-needs-another")
    assert proposed.acts == []
    await other.hears(other.say("memo-thaw_proposed", moderator=PublicId("mod-1")))
    await other.says("/thaw")
    (await other.presses("thaw")).tells("not-frozen")
    await one.hears(one.say("memo-thawed", moderator=PublicId("mod-2")))
    await reader.hears("No. 1")
    # The card may be told before the memo or after it.
    sent = one.say("sending-title", number=AlertNumber(1), phase="sent")
    await house.telegram.until(lambda: any(sent in card.text for card in one.person.received))
    assert await house.store.read(audit.verify) is None


async def test_a_freeze_is_kept_through_a_restart_and_is_told_all_the_same(house: House) -> None:
    one, other = house.moderator(), house.person(SECOND, "en")
    await other.says("/help")
    await house.subscriber(READER)
    await publishes_the_usual(one)
    house.telegram.order(faults.server_error(502), chat=other.person, times=1)
    await freezes(one)
    await house.settled()
    await house.restart()
    await other.hears("All sending was frozen by mod-1")
    assert [row["since_at"] for row in await house.rows("freezes")] == [house.clock()]
    house.clock.forward(60)
    await house.settled()
    assert await house.rows("memos") == []
    (state,) = {row["state"] for row in await house.rows("deliveries")}
    assert state == "queued"


async def test_who_stands_alone_lets_it_go_on_alone(house: House) -> None:
    await house.appoint(FIRST)
    one = house.moderator()
    await freezes(one)
    (await one.presses("thaw")).tells("not-frozen")


async def test_a_button_works_once_for_ten_minutes_and_for_its_moderator_alone(
    house: House,
) -> None:
    one, other = house.moderator(), house.person(SECOND, "en")
    reader = await house.subscriber(READER)
    under = (await reader.says("/help")).message
    await other.says("/help")
    await one.says("/freeze")
    asked = one.showing("freeze")
    data = data_of(asked, "freeze")
    (await other.sends(data, other.lowest)).is_notice("stale-button")
    (await reader.sends(data, under)).is_notice("stale-button")
    house.clock.forward(600)
    (await one.presses("freeze", under=asked)).is_notice("stale-button")
    assert await house.rows("freezes") == []
    await freezes(one)
    thaw = one.showing("thaw")
    await one.presses("thaw")
    (await one.presses("thaw", under=thaw)).is_notice("stale-button")
    assert len(await house.rows("freezes")) == 1


async def test_an_update_handed_over_again_freezes_and_proposes_once(house: House) -> None:
    one = house.moderator()
    await freezes(one)
    await house.again(house.last_handled())
    await one.presses("thaw")
    await house.settled()  # and told
    before = await house.kept()
    await house.again(house.last_handled())
    assert await house.kept() == before
    said = [row["act"] for row in await house.rows("audit") if row["subject"] == "sending"]
    assert said == ["freeze", "propose_thaw"]


async def test_freezing_while_frozen_shows_it_and_takes_a_proposal_back(house: House) -> None:
    one = house.moderator()
    (await one.says("/thaw")).tells("not-frozen")
    await freezes(one)
    assert (await one.says("/freeze")).tells("frozen-heading").acts == ["thaw"]
    await one.presses("thaw")
    assert acts((await freezes(one)).message) == ["thaw"]
    assert [row["thaw_by"] for row in await house.rows("freezes")] == [None]


async def test_before_the_start_a_frozen_alert_can_be_undone_and_after_it_stopped(
    house: House,
) -> None:
    await house.subscriber(READER)
    one = house.moderator()
    await freezes(one)
    await publishes_the_usual(one)
    (await one.presses("undo")).tells("draft-undone")
    for act in ("continue", "preview", "publish"):
        if act in acts(one.lowest):
            await one.presses(act)
    house.clock.forward(60)
    await house.settled()
    (await one.presses("stop")).tells("sending-title", number=AlertNumber(2), phase="stopped")


async def test_who_lost_the_right_freezes_nothing(house: House) -> None:
    one = house.moderator()
    await one.says("/freeze")
    asked = one.showing("freeze")
    await house.appoint(SECOND)
    (await one.presses("freeze", under=asked)).is_notice("stale-button")
    (await one.says("/freeze")).tells("unknown-command")
    (await one.says("/thaw")).tells("unknown-command")


async def test_an_alert_whose_words_are_refused_is_told_to_the_moderators_once(
    house: House,
) -> None:
    readers = [await house.subscriber(READER + count) for count in range(3)]
    one, other = house.moderator("uk"), house.person(SECOND, "en")
    await other.says("/help")
    await publishes_the_usual(one)
    for reader in readers:
        house.telegram.order(
            faults.bad_request("can't parse entities"), chat=reader.person, method="sendMessage"
        )
    house.clock.forward(60)
    house.sender.wake()
    await one.hears("№ 1 зупинено: помилка тексту.")
    await other.hears("No. 1 stopped: text error.")
    await house.settled()
    for moderator, words in ((one, "помилка тексту"), (other, "text error")):
        assert sum(words in text for text in house.sent_to(moderator)) == 1
    told = [
        call.chat_id
        for call in house.telegram.journal.of("sendMessage", accepted=True)
        if "помилка тексту" in call.parameters["text"] or "text error" in call.parameters["text"]
    ]
    assert told == [FIRST, SECOND]


async def test_a_moderator_who_never_started_the_bot_holds_up_nobody(house: House) -> None:
    """The second owner never wrote to the bot: Telegram refuses to write to them first."""
    third = house.person(7_000_002_003, "en")
    await third.says("/help")
    await house.appoint(FIRST, SECOND, third.id)
    await freezes(house.moderator())
    await third.hears("All sending was frozen")
    await house.settled()
    assert await house.rows("memos") == []


@pytest.mark.parametrize("fault", [faults.cut_json(), faults.server_error(502, accepted=True)])
async def test_a_memo_that_may_have_arrived_is_repeated_as_an_alert_is(
    house: House, fault: Fault
) -> None:
    other = house.person(SECOND, "en")
    await other.says("/help")
    house.telegram.order(fault, chat=other.person, method="sendMessage", times=None)
    await freezes(house.moderator())
    for wait, copies in ((0, 1), (29, 1), (1, 2), (120, 3), (600, 4), (3600, 4)):
        house.clock.forward(wait)
        await house.settled()
        assert sum("frozen" in text for text in house.sent_to(other)) == copies
    assert await house.rows("memos") == []
    assert await house.store.read(lambda conn: len(moderators.active(conn))) == 2


async def test_a_moderator_whose_chat_is_to_wait_is_told_later_and_in_order(house: House) -> None:
    one, other = house.moderator(), house.person(SECOND, "en")
    await other.says("/help")
    wait = faults.too_many_requests(40)
    house.telegram.order(wait, chat=other.person, method="sendMessage", times=1)
    before = len(house.telegram.journal.of("sendMessage", chat=SECOND))
    await freezes(one)
    await one.presses("thaw")
    for _ in range(3):
        await house.settled()
    assert len(house.telegram.journal.of("sendMessage", chat=SECOND)) == before + 1
    house.clock.forward(41)
    await house.settled()
    first, then = house.sent_to(other)[-2:]
    assert other.say("memo-frozen", moderator=PublicId("mod-1")) in first
    assert other.say("memo-thaw_proposed", moderator=PublicId("mod-1")) in then
    assert await house.rows("memos") == []
