"""An alert reaches each subscriber once, in his language, and nobody else."""

from __future__ import annotations

import pytest

from messages.catalogue import LANGUAGES
from sandbox import faults
from tests.dialogue.house import House
from tests.dialogue.stages import USUAL_STEPS, publishes_the_usual, takes_steps
from tests.dialogue.talk import Talker, acts

READER = 7_123_456_789


async def _publishes_bodies(moderator: Talker) -> None:
    await moderator.says("/record")
    await takes_steps(moderator, "kind:bodies", *USUAL_STEPS[1:], "preview", "publish")


async def test_each_subscriber_gets_it_once_in_the_language_he_has_now(house: House) -> None:
    readers = {code: await house.subscriber(READER + n, code) for n, code in enumerate(LANGUAGES)}
    changed = await house.subscriber(READER + 9, "uk")
    await changed.says("/language")
    await changed.presses("language:ru")
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    await house.all_sent()
    for code, reader in (*readers.items(), ("ru", changed)):
        alerts = [text for text in house.sent_to(reader) if "10" in text.splitlines()[0]]
        assert len(alerts) == 1
        reader.language = code
        assert reader.say("scam-line") in alerts[0]


async def test_an_alert_about_people_is_heard_and_one_about_bodies_comes_silently(
    house: House,
) -> None:
    reader = await house.subscriber(READER)
    await reader.says("/settings")
    await reader.presses("topic:bodies:on")
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    assert not (await reader.hears("Prisoners of war")).silent
    await _publishes_bodies(house.moderator())
    await house.undo_pause_passes()
    assert (await reader.hears("Bodies of the fallen")).silent


async def test_bodies_with_sound_are_so_only_for_who_asked_for_it(house: House) -> None:
    reader = await house.subscriber(READER)
    await reader.says("/settings")
    await reader.presses("topic:bodies:on")
    await reader.presses("topic:bodies_silent:off")
    await _publishes_bodies(house.moderator())
    await house.undo_pause_passes()
    assert not (await reader.hears("Bodies of the fallen")).silent


async def test_news_of_bodies_comes_to_nobody_unasked(house: House) -> None:
    reader = await house.subscriber(READER)
    await _publishes_bodies(house.moderator())
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == 1
    (await reader.says("/stage S2")).tells("who-bodies")


@pytest.mark.parametrize("way", ["/unsubscribe", "/forget yes", "block", "topic"])
async def test_who_leaves_in_the_pause_gets_nothing_any_more(house: House, way: str) -> None:
    stays, leaves = await house.subscriber(READER), await house.subscriber(READER + 1)
    await publishes_the_usual(house.moderator())
    if way == "block":
        leaves.person.blocks()
        await house.handled(house.last_update())
    elif way == "topic":
        await leaves.says("/settings")
        await leaves.presses("topic:people:off")
    else:
        await leaves.says(way)
    heard = len(house.sent_to(leaves))
    await house.undo_pause_passes()
    await stays.hears("No. 1")
    assert len(house.sent_to(leaves)) == heard


async def test_who_comes_in_the_pause_reads_it_by_himself(house: House) -> None:
    """Deliveries are made at publishing: a reader of later finds the stage in the status."""
    await publishes_the_usual(house.moderator())
    late = await house.subscriber(READER)
    await house.undo_pause_passes()
    assert len(house.sent_to(late)) == 1
    assert "2 stages completed" in (await late.says("/status")).text


async def test_at20_who_blocked_the_bot_unnoticed_is_erased_by_the_alert(house: House) -> None:
    stays, gone = await house.subscriber(READER), await house.subscriber(READER + 1)
    gone.person.account.blocked = True
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    await stays.hears("No. 1")
    assert len(await house.rows("subscribers")) == 1


async def test_the_buttons_of_an_alert_lead_on_and_leave_it_as_it_is(house: House) -> None:
    reader = await house.subscriber(READER, "uk")
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    alert = await reader.hears(reader.say("scam-line"))
    (code,) = [row["code"] for row in await house.rows("alerts")]
    assert sorted(acts(alert)) == ["history:S2:1", "sources", "stage:S2", f"verify:{code}"]
    for act in acts(alert):
        answer = await reader.presses(act, under=alert)
        assert not answer.message.edited
        assert answer.message.id != alert.id
    now = next(one for one in reader.person.received if one.id == alert.id)
    assert now.text == alert.text


async def test_an_alert_that_perhaps_arrived_comes_again_and_says_so(house: House) -> None:
    reader = await house.subscriber(READER)
    house.telegram.order(
        faults.dropped(accepted=True), chat=reader.person, method="sendMessage", skip=0
    )
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    await reader.hears("No. 1")
    house.clock.forward(3600)
    await house.all_sent()
    assert (await reader.hears("Repeat of No. 1")).text.endswith(reader.say("alert-repeat"))


async def test_a_moderator_who_subscribes_is_a_reader_as_well(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/subscribe")
    await moderator.presses("start:en:yes")
    await publishes_the_usual(moderator)
    await house.undo_pause_passes()
    texts = house.sent_to(moderator)
    assert sum("New stage: 10 June" in text for text in texts) == 2, "a preview and the alert"


async def test_all_that_was_sent_is_on_record(house: House) -> None:
    await house.subscriber(READER)
    await house.subscriber(READER + 1)
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    assert {row["state"] for row in await house.rows("deliveries")} == {"delivered"}
    acts_on_record = [row["act"] for row in await house.rows("audit")]
    assert acts_on_record.count("alert") == 1
