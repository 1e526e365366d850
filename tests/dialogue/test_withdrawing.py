"""What was published is taken back: by one person, at once, for whomever it may have reached."""

from __future__ import annotations

import pytest

from exchange.corrections import WITHDRAWS
from exchange.history import Past
from messages.catalogue import LANGUAGES
from messages.values import AlertNumber, PublicId
from sandbox import faults
from storage import audit
from storage import ledger as ledger_store
from tests.dialogue.claims import TOTAL_STEPS, latest, publishes_a_claim
from tests.dialogue.house import SECOND, House
from tests.dialogue.stages import drafts_the_usual, publishes_the_usual, takes_steps
from tests.dialogue.talk import Reply, Talker, acts, data_of
from tests.dialogue.test_news_of_claims import reads_claims

READER = 7_123_456_789
FIGURE = ("figure:UA", "qualifier:exact", "157", "speaker:coordination-headquarters")


async def publishes_a_number(moderator: Talker) -> None:
    """Stage S2 with 157 to Ukraine, as alert No. 1."""
    await drafts_the_usual(moderator)
    await takes_steps(moderator, *FIGURE, "preview", "publish")


async def withdraws(moderator: Talker, key: str = "S2", reason: str = "duplicate") -> Reply:
    await moderator.says(f"/withdraw {key}")
    await moderator.presses(f"withdraw:{reason}")
    return await moderator.presses("withdraw_now")


async def history(house: House, key: str) -> list[Past]:
    return list(await house.store.read(lambda conn: ledger_store.history(conn, key)))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at24_a_withdrawn_stage_leaves_the_totals_and_stays_in_the_history(
    house: House, language: str
) -> None:
    reader = await house.subscriber(READER, language)
    moderator = house.moderator(language)
    before = (await reader.says("/status")).text
    await publishes_a_number(moderator)
    await house.undo_pause_passes()
    await reader.hears("157")
    with_it = (await reader.says("/status")).text
    assert "157" in with_it

    asked = await moderator.says("/withdraw S2")
    asked.tells("withdraw-question", id=PublicId("S2"))
    assert asked.acts == [f"withdraw:{one}" for one in WITHDRAWS]
    shown = await moderator.presses("withdraw:duplicate")
    assert shown.messages[-1].text.startswith(moderator.say("withdraw-question", id=PublicId("S2")))
    previewed = [one.text for one in shown.messages[:-1]]
    assert (await reader.says("/status")).text == with_it, "nothing is done by looking"
    await moderator.presses("withdraw_now")
    await house.all_sent()

    taken_back = await reader.hears(reader.say("alert-withdrawal", number=AlertNumber(1)))
    mark = reader.say("mark-withdrawn", number=AlertNumber(2))
    old = next(one for one in reader.person.received if one.text.startswith(mark))
    assert taken_back.reply_to == old.id
    assert taken_back.text in previewed
    assert old.text in previewed
    assert (await reader.says("/status")).text == before
    (*_, now) = await history(house, "S2")
    assert (now.withdrawn, now.reason, now.correction) == (True, "duplicate", "X1")
    alerts = await house.rows("alerts")
    assert [(one["type"], one["refers_to"]) for one in alerts] == [("Alert", None), ("Cancel", 1)]
    assert await house.store.read(audit.verify) is None


async def test_withdrawn_while_half_is_sent_each_reader_ends_with_the_truth(house: House) -> None:
    """Nobody gets the figure once it was withdrawn; whom nothing reached gets nothing at all."""
    languages = ["en", "uk", "ru", "uk", "ru"]
    readers = [
        await house.subscriber(READER + number, language)
        for number, language in enumerate(languages)
    ]
    *reached, perhaps, waiting = readers
    house.telegram.order(faults.server_error(502), chat=perhaps.person, method="sendMessage")
    house.telegram.order(faults.too_many_requests(30), chat=waiting.person, method="sendMessage")
    before = [len(house.sent_to(one)) for one in (perhaps, waiting)]
    moderator = house.moderator()
    await publishes_a_number(moderator)
    house.clock.forward(20)
    house.sender.wake()
    for one in reached:
        await one.hears("157")
    await house.settled()

    await withdraws(moderator, reason="retracted_by_source")
    house.clock.forward(60)
    await house.all_sent()

    for one in (*reached, perhaps):
        await one.hears(one.say("alert-withdrawal", number=AlertNumber(1)))
    for one in reached:
        mark = one.say("mark-withdrawn", number=AlertNumber(2))
        assert len([text for text in house.sent_to(one) if "157" in text]) == 1
        assert sum(message.text.startswith(mark) for message in one.person.received) == 1
    assert [len(house.sent_to(one)) for one in (perhaps, waiting)] == [before[0] + 1, before[1]]
    assert not any("157" in text for one in (perhaps, waiting) for text in house.sent_to(one))


async def test_a_withdrawal_in_the_pause_before_the_first_send_leaves_nothing_to_send(
    house: House,
) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    card = moderator.lowest
    heard = len(house.sent_to(reader))
    await withdraws(moderator)
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == heard
    if "undo" in acts(card):
        (await moderator.presses("undo", under=card)).is_notice("stale-button")
    assert (await history(house, "S2"))[-1].withdrawn


async def test_a_correction_and_its_marks_are_taken_back_with_it(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(moderator)
    await house.undo_pause_passes()
    await moderator.says("/correct S2")
    again = ("figure:UA", "qualifier:exact", "152", "speaker:coordination-headquarters")
    await takes_steps(moderator, *again, "reason:source_corrected", "preview", "publish")
    await house.undo_pause_passes()
    await withdraws(moderator)
    await house.all_sent()
    await reader.hears("Withdrawn: No. 2")
    mark = reader.say("mark-withdrawn", number=AlertNumber(3))
    marked = [one.text for one in reader.person.received if one.text.startswith(mark)]
    assert len(marked) == 2, "the first message and the correction"


async def test_the_others_are_told_at_once_and_can_freeze(house: House) -> None:
    moderator, other = house.moderator(), house.person(SECOND, "uk")
    await house.subscriber(SECOND, "uk")
    await publishes_the_usual(moderator)
    await withdraws(moderator)
    told = await other.hears(
        other.say("memo-withdrawn", moderator=PublicId("mod-1"), id=PublicId("S2"))
    )
    assert "/freeze" in told.text
    assert not any("memo" in text or "withdrew" in text for text in house.sent_to(moderator))


async def test_while_all_is_frozen_the_button_says_so_and_the_withdrawal_waits(
    house: House,
) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(moderator)
    await house.undo_pause_passes()
    await moderator.says("/freeze")
    await moderator.presses("freeze")
    await moderator.says("/withdraw S2")
    shown = await moderator.presses("withdraw:duplicate")
    assert moderator.say("sending-frozen") in shown.messages[-1].text
    heard = len(house.sent_to(reader))
    await moderator.presses("withdraw_now")
    await house.settled()
    assert len(house.sent_to(reader)) == heard


@pytest.mark.parametrize("kind", ["stage", "pledge", "claim", "total"])
async def test_what_nobody_was_alerted_of_is_withdrawn_quietly(house: House, kind: str) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    key = {"stage": "S1", "pledge": "P1", "claim": "C1"}.get(kind, "")
    if kind == "total":
        await moderator.says("/record")
        await takes_steps(moderator, *TOTAL_STEPS, "preview", "publish")
        key = await latest(house, "total")
    heard = len(house.sent_to(reader))
    (await withdraws(moderator, key)).tells("withdrawn-quietly", id=PublicId(key))
    await house.all_sent()
    assert len(house.sent_to(reader)) == heard
    assert (await history(house, key))[-1].withdrawn
    assert await house.rows("alerts") == []


async def test_a_claim_is_withdrawn_for_those_who_got_it(house: House) -> None:
    reader = await reads_claims(house)
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    await house.undo_pause_passes()
    await withdraws(moderator, key, "wrong_attribution")
    await house.all_sent()
    told = await reader.hears("Withdrawn: No. 1")
    assert "The lists of 640 came late" in told.text


async def test_personal_data_is_told_to_nobody_once_more(house: House) -> None:
    reader = await reads_claims(house)
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    await house.undo_pause_passes()
    await reader.hears("The lists of 640 came late")
    await withdraws(moderator, key, "personal_data_redacted")
    await house.all_sent()
    await reader.hears("Withdrawn: No. 1")
    assert not any("The lists of 640" in one.text for one in reader.person.received)


async def test_what_others_rest_on_stays_and_they_are_named(house: House) -> None:
    moderator = house.moderator()
    said = await moderator.says("/withdraw R1")
    assert said.text.startswith("R1 cannot be withdrawn now")
    assert "stage S1" in said.text
    assert said.acts == []


@pytest.mark.parametrize("argument", ["", "S99", "C99", "X1", "x", "UA", "withdraw"])
async def test_without_something_published_it_says_how_to_write_it(
    house: House, argument: str
) -> None:
    moderator = house.moderator("uk")
    (await moderator.says(f"/withdraw {argument}")).tells(
        "withdraw-nothing", example=PublicId("S1")
    )
    assert await house.rows("questions") == []


async def test_a_button_works_once_for_ten_minutes_and_for_its_moderator_alone(
    house: House,
) -> None:
    one, other = house.moderator(), house.person(SECOND, "en")
    reader = await house.subscriber(READER)
    under = (await reader.says("/help")).message
    await other.says("/help")
    await publishes_the_usual(one)
    await one.says("/withdraw S2")
    await one.presses("withdraw:duplicate")
    last = one.lowest
    data = data_of(last, "withdraw_now")
    (await other.sends(data, other.lowest)).is_notice("stale-button")
    (await reader.sends(data, under)).is_notice("stale-button")
    house.clock.forward(600)
    await house.all_sent()  # so that the card of the alert changes no more by itself
    (await one.presses("withdraw_now", under=last)).is_notice("stale-button")
    assert not (await history(house, "S2"))[-1].withdrawn
    await withdraws(one)
    await house.settled()
    (await one.sends(data_of(last, "withdraw_now"), last)).is_notice("stale-button")
    (await one.says("/withdraw S2")).tells("withdraw-nothing", example=PublicId("S1"))
    assert [row["type"] for row in await house.rows("alerts")] == ["Alert", "Cancel"]


async def test_an_update_handed_over_again_withdraws_once_and_shows_its_card(house: House) -> None:
    await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await house.undo_pause_passes()
    await withdraws(moderator)
    await house.settled()
    before = await house.kept()
    await house.again(house.last_handled())
    assert await house.kept() == before


async def test_what_changed_since_it_was_shown_is_to_be_looked_at_again(house: House) -> None:
    one, other = house.moderator(), house.moderator("en", SECOND)
    await publishes_the_usual(one)
    await one.says("/withdraw S2")
    await one.presses("withdraw:duplicate")
    await other.says("/record S2")
    await takes_steps(other, *FIGURE, "preview", "publish")
    await house.settled()
    (await one.presses("withdraw_now")).is_notice("stale-button")
    assert not (await history(house, "S2"))[-1].withdrawn


async def test_of_two_who_withdraw_the_same_one_does(house: House) -> None:
    one, other = house.moderator(), house.moderator("en", SECOND)
    await publishes_the_usual(one)
    for each in (one, other):
        await each.says("/withdraw S2")
        await each.presses("withdraw:duplicate")
    await one.presses("withdraw_now")
    await other.hears("mod-1 withdrew S2")
    await house.settled()
    (await other.presses("withdraw_now")).is_notice("stale-button")
    assert [row["type"] for row in await house.rows("alerts")] == ["Alert", "Cancel"]


async def test_who_lost_the_right_withdraws_nothing(house: House) -> None:
    one = house.moderator()
    await publishes_the_usual(one)
    await one.says("/withdraw S2")
    asked = one.showing("withdraw:duplicate")
    await one.presses("withdraw:duplicate")
    last = one.lowest
    await house.appoint(SECOND)
    (await one.presses("withdraw:duplicate", under=asked)).is_notice("stale-button")
    (await one.presses("withdraw_now", under=last)).is_notice("stale-button")
    (await one.says("/withdraw S2")).tells("unknown-command")
    assert not (await history(house, "S2"))[-1].withdrawn


async def test_a_restart_between_any_two_steps_loses_nothing(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(moderator)
    await house.undo_pause_passes()
    await moderator.says("/withdraw S2")
    for act in ("withdraw:wrong_date", "withdraw_now"):
        await house.restart()
        await moderator.presses(act)
    await house.restart()
    await house.all_sent()
    await reader.hears("Withdrawn: No. 1")


async def test_a_reason_that_is_none_is_answered_and_does_nothing(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/withdraw S1")
    key = moderator.lowest.rows[0][0]["callback_data"].split(":")[0]
    for act in ("withdraw:typo", "withdraw:", "withdraw", "withdraw_now", "withdraw_now:S1"):
        (await moderator.sends(f"{key}:{act}", moderator.lowest)).is_notice("stale-button")
    assert "S1" in (await house.store.ledger()).stages
