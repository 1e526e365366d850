"""What readers decide about themselves, and what is kept of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from telegram import Update

from messages.catalogue import LANGUAGES
from tests.dialogue.house import House
from tests.dialogue.talk import Talker

READER = 7_123_456_789


async def test_a_subscription_is_people_without_bodies_and_bodies_silent(house: House) -> None:
    await house.subscriber(READER, "uk")
    (row,) = await house.rows("subscribers")
    kept = {name: row[name] for name in ("language", "people", "bodies", "bodies_silent")}
    assert kept == {"language": "uk", "people": True, "bodies": False, "bodies_silent": True}
    assert (row["subscribed"], row["consent_version"]) == (True, 1)


async def test_each_topic_is_turned_on_and_off_in_place(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = await house.subscriber(READER + number, language)
        (await reader.says("/settings")).tells("settings-bodies", state="off")
        shown = len(house.sent_to(reader))
        (await reader.presses("topic:bodies:on")).tells("settings-bodies", state="silent")
        (await reader.presses("topic:bodies_silent:off")).tells("settings-bodies", state="on")
        (await reader.presses("topic:bodies:off")).tells("settings-bodies", state="off")
        (await reader.presses("topic:people:off")).tells("settings-people", state="off")
        (await reader.presses("topic:people:on")).tells("settings-people", state="on")
        assert len(house.sent_to(reader)) == shown


@pytest.mark.parametrize("data", ["topic:sport:on", "topic:people:maybe", "topic:", "topic:id:on"])
async def test_a_topic_that_does_not_exist_changes_nothing(house: House, data: str) -> None:
    reader = await house.subscriber(READER)
    under = (await reader.says("/settings")).message
    before = await house.kept()
    await reader.sends(data, under)
    assert await house.kept() == before


async def test_an_old_topic_button_of_one_who_was_erased_brings_nothing_back(house: House) -> None:
    reader = await house.subscriber(READER)
    settings = (await reader.says("/settings")).message
    await reader.says("/forget yes")
    (await reader.presses("topic:bodies:on", under=settings)).tells("settings-no-alerts")
    assert await house.rows("subscribers") == []


async def test_unsubscribing_keeps_the_choices_and_says_so(house: House) -> None:
    reader = await house.subscriber(READER, "ru")
    (await reader.says("/unsubscribe")).tells("unsubscribed")
    (row,) = await house.rows("subscribers")
    assert not row["subscribed"]
    (await reader.says("/mydata")).tells("mydata-alerts", state="off")
    (await reader.says("/settings")).tells("settings-no-alerts")


async def test_who_never_subscribed_is_not_told_that_something_is_kept(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        (await reader.says("/unsubscribe")).tells("nothing-kept")
        assert await house.rows("subscribers") == []


async def test_the_language_changes_at_once_for_who_is_kept(house: House) -> None:
    reader = await house.subscriber(READER, "uk")
    (await reader.says("/language")).tells("language-question")
    reader.language = "ru"
    (await reader.presses("language:ru")).tells("language-kept")
    (await reader.says("/help")).tells("help-heading")
    (await reader.says("/mydata")).tells("mydata-language", language=reader.say("language-name"))


async def test_the_language_of_others_is_kept_only_if_they_agree(house: House) -> None:
    before = await house.kept()
    reader = house.person(READER, "de")
    await reader.says("/language")
    reader.language = "uk"
    (await reader.presses("language:uk")).tells("language-not-kept")
    reader.language = "en"
    (await reader.says("/help")).tells("help-heading")
    assert await house.kept() == before
    await reader.says("/language")
    reader.language = "uk"
    await reader.presses("language:uk")
    (await reader.presses("language:uk:keep")).tells("language-kept")
    (await reader.says("/help")).tells("help-heading")
    (row,) = await house.rows("subscribers")
    assert (row["language"], row["subscribed"]) == ("uk", False)


async def test_who_keeps_a_language_alone_did_not_agree_to_alerts(house: House) -> None:
    reader = house.person(READER, "uk")
    await reader.says("/language")
    await reader.presses("language:uk")
    await reader.presses("language:uk:keep")
    shown = (await reader.says("/mydata")).tells("mydata-alerts", state="off").text
    agreed = reader.say("mydata-consent", version="").strip()
    assert agreed not in shown
    await reader.says("/subscribe")
    await reader.presses("start:uk:yes")
    await reader.says("/language")
    await reader.presses("language:uk")
    assert agreed in (await reader.says("/mydata")).text


async def test_to_say_no_changes_nothing(house: House) -> None:
    reader = await house.subscriber(READER)
    before = await house.kept()
    await reader.says("/forget")
    (await reader.presses("no")).tells("nothing-changed")
    assert await house.kept() == before


async def test_mydata_shows_every_column_that_is_kept(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = await house.subscriber(READER + number, language)
        await reader.says("/settings")
        await reader.presses("topic:bodies:on")
        shown = await reader.says("/mydata")
        shown.tells("mydata-address").tells("mydata-language", language=reader.say("language-name"))
        shown.tells("settings-people", state="on").tells("settings-bodies", state="silent")
        shown.tells("mydata-alerts", state="on").tells("mydata-nothing-else")
        assert "10" in shown.text
        assert "2025" in shown.text


async def test_forget_erases_everything_after_one_question(house: House) -> None:
    reader = await house.subscriber(READER, "uk")
    (await reader.says("/forget")).tells("forget-ask")
    assert len(await house.rows("subscribers")) == 1
    (await reader.presses("forget:yes")).tells("forgotten")
    assert await house.rows("subscribers") == []
    (await reader.says("/mydata")).tells("nothing-kept")
    (await reader.says("/start")).tells("choose-language")


async def test_forget_has_nothing_to_erase_of_others(house: House) -> None:
    reader = house.person(READER)
    await reader.says("/forget")
    (await reader.presses("forget:yes")).tells("nothing-kept")


async def test_who_blocks_the_bot_is_erased_at_once_and_may_come_back(house: House) -> None:
    reader = await house.subscriber(READER, "ru")
    reader.person.blocks()
    await house.handled(house.last_update())
    assert await house.rows("subscribers") == []
    reader.person.unblocks()
    await house.handled(house.last_update())
    assert await house.rows("subscribers") == []
    (await reader.says("/start")).tells("choose-language")


async def test_one_readers_choices_are_no_others(house: House) -> None:
    one = await house.subscriber(READER, "uk")
    other = await house.subscriber(READER + 1, "uk")
    await one.says("/settings")
    await one.presses("topic:people:off")
    (await other.says("/settings")).tells("settings-people", state="on")


async def _blocks_and_unblocks(house: House, reader: Talker) -> Update:
    reader.person.blocks()
    await house.handled(house.last_update())
    blocked = house.last_handled()
    reader.person.unblocks()
    await house.handled(house.last_update())
    return blocked


async def _forgets(house: House, reader: Talker) -> Update:
    await reader.says("/forget")
    await reader.presses("forget:yes")
    return house.last_handled()


async def test_an_update_handed_over_twice_has_one_effect(house: House) -> None:
    """A reader says yes, then leaves; an old yes that comes again does not bring him back."""
    reader = await house.subscriber(READER)
    yes = house.last_handled()
    await reader.says("/unsubscribe")
    await house.again(yes)
    (row,) = await house.rows("subscribers")
    assert not row["subscribed"]


@pytest.mark.parametrize("leaves", [_blocks_and_unblocks, _forgets], ids=["block", "forget"])
async def test_who_left_and_came_back_stays_though_the_leaving_is_handed_over_again(
    house: House, leaves: Callable[[House, Talker], Awaitable[Update]]
) -> None:
    """After a crash both come again, the leaving and the yes; the yes has had its effect."""
    reader = await house.subscriber(READER)
    left = await leaves(house, reader)
    await reader.says("/subscribe")
    await reader.presses("start:en:yes")
    yes = house.last_handled()
    await house.again(left)
    await house.again(yes)
    (row,) = await house.rows("subscribers")
    assert row["subscribed"]
