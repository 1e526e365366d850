"""What was published is corrected: the record, the messages that told of it, and who reads them."""

from __future__ import annotations

import pytest

from exchange.history import Past
from messages.catalogue import LANGUAGES
from messages.values import AlertNumber, PublicId
from sandbox import faults
from storage import audit
from storage import ledger as ledger_store
from tests.dialogue.claims import TEXTS, TOTAL_STEPS, latest, publishes_a_claim
from tests.dialogue.house import SECOND, House
from tests.dialogue.stages import drafts_the_usual, publishes_the_usual, takes_steps
from tests.dialogue.talk import Talker
from tests.dialogue.test_news_of_claims import reads_claims

READER = 7_123_456_789
NUMBER = ("figure:UA", "qualifier:exact")
BY_THE_HEADQUARTERS = "speaker:coordination-headquarters"


async def publishes_a_number(house: House, moderator: Talker, number: str = "157") -> None:
    """Stage S2 with a number to Ukraine, as alert No. 1 to everybody."""
    await drafts_the_usual(moderator)
    await takes_steps(moderator, *NUMBER, number, BY_THE_HEADQUARTERS, "preview", "publish")
    await house.undo_pause_passes()


async def corrects_the_number(moderator: Talker, number: str = "152") -> None:
    """From /correct to the overview, with a reason."""
    await moderator.says("/correct S2")
    await takes_steps(moderator, *NUMBER, number, BY_THE_HEADQUARTERS, "reason:source_corrected")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at06_a_corrected_number_reaches_who_got_the_old_one_and_nobody_else(
    house: House, language: str
) -> None:
    reader = await house.subscriber(READER, language)
    moderator = house.moderator(language)
    await publishes_a_number(house, moderator)
    await reader.hears("157")
    later = await house.subscriber(READER + 9, language)
    await corrects_the_number(moderator)
    shown = await moderator.presses("preview")
    assert any("157" in one.text and "152" in one.text for one in shown.messages[:-1])
    await moderator.presses("publish")
    await house.undo_pause_passes()
    correction = await reader.hears("152")
    mark = reader.say("mark-corrected", number=AlertNumber(2))
    old = next(one for one in reader.person.received if mark in one.text)
    assert old.text.startswith(mark)
    assert correction.reply_to == old.id
    assert reader.say("change-was", what="").strip() in correction.text
    assert len(house.sent_to(later)) == 1, "who never got the old number gets no correction of it"
    (was, now) = (await _history(house, "S2"))[-2:]
    assert (was.correction, now.correction, now.reason) == (None, "X1", "source_corrected")
    alerts = await house.rows("alerts")
    assert [(one["type"], one["refers_to"]) for one in alerts] == [("Alert", None), ("Update", 1)]
    assert await house.store.read(audit.verify) is None


async def test_a_corrected_alert_is_checked_with_what_was_corrected(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    for number in ("152", "150"):
        await corrects_the_number(moderator, number)
        await takes_steps(moderator, "preview", "publish")
        await house.undo_pause_passes()
    checked = await reader.says("/start a_1")
    checked.tells("verify-corrected", numbers="2, 3")
    assert "Was: to Ukraine: 157\nNow: to Ukraine: 150\n" in checked.text
    (await reader.says("/start a_3")).tells("verify-current")


async def test_who_was_not_reached_yet_gets_the_correction_alone(house: House) -> None:
    reached, waits = await house.subscriber(READER), await house.subscriber(READER + 1)
    house.telegram.order(faults.too_many_requests(30), chat=waits.person, method="sendMessage")
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    await reached.hears("157")
    await corrects_the_number(moderator)
    await takes_steps(moderator, "preview", "publish")
    house.clock.forward(60)
    await house.all_sent()
    texts = [text for text in house.sent_to(waits) if "No. " in text]
    assert [text.splitlines()[0] for text in texts] == ["<b>No. 2 · Correction to No. 1</b>"]


async def test_the_draft_shows_was_and_now_and_asks_why(house: House) -> None:
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    shown = await moderator.says("/correct S2")
    assert shown.text.startswith("Correction of S2, draft")
    assert "preview" not in shown.acts
    shown = await takes_steps(moderator, *NUMBER, "152", BY_THE_HEADQUARTERS)
    shown.tells("ask-reason")
    assert "To Ukraine: 152\n– was: 157" in shown.text
    shown = await moderator.presses("reason:new_figure")
    assert "Reason: a new number" in shown.text
    assert "preview" in shown.acts


async def test_every_field_of_a_stage_can_be_corrected(house: House) -> None:
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    await moderator.says("/correct 2")
    await takes_steps(moderator, "open:begin", "kind:urgent_medical", "reason:wrong_attribution")
    await takes_steps(moderator, "open:lifecycle", "state:under_way")
    await takes_steps(moderator, "open:date", "day:9")
    await takes_steps(moderator, "open:categories", "category:women", "done:categories")
    await takes_steps(moderator, "open:directions", "direction:RU")
    await takes_steps(moderator, "open:confirmations", "confirm:russia", "done:confirmations")
    await takes_steps(
        moderator, "open:sources", "https://other.example.org/x", "open:confirmations"
    )
    await takes_steps(moderator, "confirm:ukraine", "confirm:ukraine", "done:confirmations")
    shown = await takes_steps(moderator, "preview", "publish")
    assert shown.acts == ["undo"]
    stage = (await house.store.ledger()).stages["S2"]
    assert (stage.kind, stage.lifecycle) == ("urgent_medical", "under_way")
    assert stage.date
    assert stage.date.day == 9
    assert [one.returned_to for one in stage.transfers] == ["RU"]
    assert {one.speaker for one in stage.confirmations} == {"ukraine"}
    assert len(stage.sources) == 2


async def test_what_was_never_told_is_corrected_in_silence_and_stands_in_the_log(
    house: House,
) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await moderator.says("/correct S1")
    await takes_steps(moderator, "open:date", "day:8", "reason:wrong_date")
    (await moderator.presses("preview")).tells("preview-quiet")
    await moderator.presses("publish")
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == 1
    ((was, now),) = await house.store.read(ledger_store.corrections)
    assert (now.key, now.correction, now.reason) == ("S1", "X1", "wrong_date")
    assert was.record != now.record


async def test_a_slip_in_a_claims_words_is_mended_in_the_old_message_without_a_new_one(
    house: House,
) -> None:
    reader = await reads_claims(house)
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    await house.undo_pause_passes()
    await reader.hears(TEXTS[0])
    heard = len(house.sent_to(reader))
    await moderator.says(f"/correct {key}")
    await takes_steps(moderator, "open:text", "again:en", "The lists of 640 arrived late")
    await takes_steps(moderator, "reason:typo")
    (await moderator.presses("preview")).messages[-1]
    assert moderator.say("preview-silent") in moderator.lowest.text
    await moderator.presses("publish")
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == heard
    assert any("The lists of 640 arrived late" in one.text for one in reader.person.received)
    assert not any(TEXTS[0] in one.text for one in reader.person.received)


async def test_a_source_alone_is_corrected_without_touching_any_message(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    before = [one.text for one in reader.person.received]
    await moderator.says("/correct S2")
    await takes_steps(moderator, "open:sources", "https://better.example.org/", "reason:typo")
    (await moderator.presses("preview")).tells("preview-quiet")
    await moderator.presses("publish")
    await house.undo_pause_passes()
    assert [one.text for one in reader.person.received] == before
    assert len(await house.rows("alerts")) == 1


async def test_undo_in_the_pause_leaves_the_old_message_as_it_was(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    before = [one.text for one in reader.person.received]
    await corrects_the_number(moderator)
    await takes_steps(moderator, "preview", "publish")
    (await moderator.presses("undo")).tells("draft-undone")
    await house.undo_pause_passes()
    assert [one.text for one in reader.person.received] == before
    stage = (await house.store.ledger()).stages["S2"]
    figures = [figure.quantity.value for one in stage.transfers for figure in one.figures]
    assert figures == [157]
    await takes_steps(moderator, "continue", "publish")
    await house.undo_pause_passes()
    await reader.hears("152")


async def test_a_correction_of_a_correction_marks_both_messages(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    for number in ("152", "150"):
        await corrects_the_number(moderator, number)
        await takes_steps(moderator, "preview", "publish")
        await house.undo_pause_passes()
        await reader.hears(number)
    mark = reader.say("mark-corrected", number=AlertNumber(3))
    marked = [one.text for one in reader.person.received if one.text.startswith(mark)]
    assert len(marked) == 2
    assert all("150" in one for one in marked)


async def test_news_of_a_stage_goes_on_with_the_marks_that_a_correction_began(
    house: House,
) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    await corrects_the_number(moderator)
    await takes_steps(moderator, "preview", "publish")
    house.telegram.order(faults.too_many_requests(30), chat=reader.person, method="editMessageText")
    await house.undo_pause_passes()
    await reader.hears("Correction to No. 1")
    await moderator.says("/record S2")
    await takes_steps(moderator, "figure:RU", "qualifier:exact", "150")
    await takes_steps(moderator, "speaker:defence-ministry-of-russia", "preview", "publish")
    house.clock.forward(60)
    await house.all_sent()
    mark = reader.say("mark-corrected", number=AlertNumber(2))
    assert any(one.text.startswith(mark) for one in reader.person.received)
    await reader.hears("Update to No. 2")


async def test_a_total_is_corrected(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, *TOTAL_STEPS, "preview", "publish")
    key = await latest(house, "total")
    await moderator.says(f"/correct {key}")
    await takes_steps(moderator, "open:figure", "qualifier:exact", "1 005", "reason:new_figure")
    await takes_steps(moderator, "say:0", "open:said_on", "day:9", "done:stated")
    await takes_steps(moderator, "preview", "publish")
    total = (await house.store.ledger()).totals[key]
    assert (total.quantity.qualifier, total.quantity.value) == ("exact", 1005)
    assert total.stated[0].said_on
    assert total.stated[0].said_on.day == 9


async def test_a_stance_of_a_claim_is_corrected_and_told(house: House) -> None:
    reader = await reads_claims(house)
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    await house.undo_pause_passes()
    await moderator.says(f"/correct {key}")
    await takes_steps(moderator, "take:0", "open:speaker", "speaker:kremlin-spokesperson")
    await takes_steps(moderator, "done:stance", "reason:wrong_attribution", "preview", "publish")
    await house.undo_pause_passes()
    await reader.hears("Correction to No. 1")
    claim = (await house.store.ledger()).claims[key]
    assert [one.stated.speaker for one in claim.stances] == ["kremlin-spokesperson"]


@pytest.mark.parametrize("argument", ["", "S99", "C99", "R1", "x", "P1"])
async def test_without_something_published_it_says_how_to_write_it(
    house: House, argument: str
) -> None:
    moderator = house.moderator("uk")
    example = list((await house.store.ledger()).stages)[-1]
    said = await moderator.says(f"/correct {argument}")
    said.tells("draft-nothing-to-correct", example=example)
    assert await house.rows("drafts") == []


async def test_to_a_reader_there_is_no_such_command(house: House) -> None:
    reader = await house.subscriber(READER)
    (await reader.says("/correct S1")).tells("unknown-command")
    assert await house.rows("drafts") == []


async def test_an_unfinished_draft_is_offered_before_another_is_begun(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    await moderator.presses("kind:persons")
    (await moderator.says("/correct S1")).tells("draft-unfinished")
    await moderator.presses("discard")
    shown = await moderator.says("/correct S1")
    assert shown.text.startswith("Correction of S1")


async def test_a_restart_between_any_two_steps_of_a_correction_loses_nothing(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    await moderator.says("/correct S2")
    steps = (*NUMBER, "152", BY_THE_HEADQUARTERS, "reason:source_corrected", "preview", "publish")
    for step in steps:
        await house.restart()
        await takes_steps(moderator, step)
    await house.restart()
    await house.undo_pause_passes()
    await reader.hears("Correction to No. 1")


async def test_of_two_who_correct_the_same_the_second_sees_what_the_first_made(
    house: House,
) -> None:
    one, other = house.moderator(), house.moderator("en", SECOND)
    await publishes_a_number(house, one)
    await corrects_the_number(one, "152")
    await corrects_the_number(other, "152")
    await other.presses("preview")
    await takes_steps(one, "preview", "publish")
    before = await house.kept()
    (await other.presses("publish")).is_notice("preview-outdated")
    assert await house.kept() == before
    assert "Nothing was changed yet." in (await other.presses("back")).text


async def test_a_right_revoked_before_publishing_corrects_nothing(house: House) -> None:
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await moderator.says("/correct S2")
    await takes_steps(moderator, "open:date", "day:8", "reason:wrong_date", "preview")
    await house.appoint(SECOND)
    before = await house.kept()
    (await moderator.presses("publish")).is_notice("stale-button")
    (await moderator.says("/correct S2")).tells("unknown-command")
    assert await house.kept() == before


async def _history(house: House, key: str) -> list[Past]:
    return list(await house.store.read(lambda conn: ledger_store.history(conn, key)))


async def test_of_two_who_correct_a_record_at_once_the_second_sees_the_first_before_he_publishes(
    house: House,
) -> None:
    first, second = house.moderator(), house.moderator(person_id=SECOND)
    await publishes_a_number(house, first)
    await corrects_the_number(first, "152")
    await corrects_the_number(second, "140")
    await second.presses("preview")
    await takes_steps(first, "preview", "publish")
    (await second.presses("publish")).is_notice("preview-outdated")
    shown = await second.presses("back")
    assert second.say("problem-changed-meanwhile", value=PublicId("S2")) in shown.text
    assert "preview" not in shown.acts
    await second.presses("discard")
    await corrects_the_number(second, "140")
    await takes_steps(second, "preview", "publish")
    stage = (await house.store.ledger()).stages["S2"]
    assert [f.quantity.value for one in stage.transfers for f in one.figures] == [140]


async def test_a_word_that_was_mended_and_is_again_as_it_was_stands_so_in_the_old_message(
    house: House,
) -> None:
    reader = await reads_claims(house)
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    await house.undo_pause_passes()
    await reader.hears(TEXTS[0])
    for words in ("The lists of 640 arrived late", TEXTS[0]):
        await moderator.says(f"/correct {key}")
        await takes_steps(moderator, "open:text", "again:en", words, "reason:typo")
        await takes_steps(moderator, "preview", "publish")
        await house.undo_pause_passes()
    assert not any("arrived late" in one.text for one in reader.person.received)


async def test_what_is_published_after_the_clock_was_put_back_can_be_undone(house: House) -> None:
    moderator = house.moderator()
    await publishes_a_number(house, moderator)
    house.clock.forward(-60)
    await corrects_the_number(moderator)
    await takes_steps(moderator, "preview", "publish")
    (await moderator.presses("undo")).tells("draft-undone")
