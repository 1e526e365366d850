"""A moderator's draft: one message, one button after another, kept after every step."""

from __future__ import annotations

import pytest

from exchange.dates import EventDate
from exchange.records import Source
from messages.catalogue import LANGUAGES
from messages.values import PublicId
from tests.dialogue.house import FIRST, SECOND, House
from tests.dialogue.stages import (
    LINK,
    USUAL_STEPS,
    drafts_the_usual,
    publishes_the_usual,
    record_in,
    takes_steps,
)
from tests.dialogue.talk import acts

READER = 7_123_456_789


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_stage_is_recorded_in_a_dozen_acts_and_reaches_every_reader(
    house: House, language: str
) -> None:
    readers = [await house.subscriber(READER + n, code) for n, code in enumerate(LANGUAGES)]
    moderator = house.moderator(language)
    (await moderator.says("/record")).tells("ask-begin")
    (await moderator.presses("kind:persons")).tells("ask-lifecycle")
    (await moderator.presses("state:completed")).tells("ask-date")
    (await moderator.presses("day:10")).tells("ask-categories")
    await moderator.presses("category:seriously_wounded")
    (await moderator.presses("done:categories")).tells("ask-directions")
    (await moderator.presses("direction:both")).tells("ask-sources")
    (await moderator.says(LINK)).tells("ask-confirmations")
    (await moderator.presses("confirm:both")).tells("draft-missing", what=moderator.say("nothing"))
    *previewed, note, _mark = (await moderator.presses("preview")).messages
    assert moderator.say("preview-checked") in note.text
    card = await moderator.presses("publish")
    assert card.acts == ["undo"]
    await house.undo_pause_passes()
    for reader, shown in zip(readers, previewed, strict=True):
        alert = (await reader.hears("10")).text
        assert alert == shown.text, "readers get the words of the preview"
        assert len(house.sent_to(reader)) == 2


async def test_afterwards_everybody_reads_it_with_its_source(house: House) -> None:
    await publishes_the_usual(house.moderator())
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        status = (await reader.says("/status")).tells("not-published")
        assert "2" in status.text.splitlines()[1]
        (await reader.says("/stage S2")).tells("confirmed-both")
        source = await reader.says("/source R3")
        assert LINK in source.text
        assert "stage:S2" in source.acts


async def test_a_restart_between_any_two_steps_loses_nothing(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await moderator.says("/record")
    for step in (*USUAL_STEPS, "preview", "publish"):
        await house.restart()
        await takes_steps(moderator, step)
    await house.restart()
    await house.undo_pause_passes()
    await reader.hears("New stage: 10 June")
    assert len(await house.rows("alerts")) == 1


async def test_a_draft_that_was_left_is_offered_again(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    before = await moderator.presses("kind:persons")
    await moderator.says("/status")
    for command in ("/record", "/drafts"):
        (await moderator.says(command)).tells("draft-unfinished")
    (await moderator.presses("continue")).tells("ask-lifecycle")
    assert moderator.lowest.text == before.text


async def test_one_message_carries_the_draft_and_the_older_ones_say_so(house: House) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await moderator.says("/record")
    with_buttons = [one for one in moderator.person.received if one.buttons]
    assert [acts(one) for one in with_buttons] == [["continue", "discard"]]


async def test_a_discarded_draft_leaves_nothing_in_the_ledger(house: House) -> None:
    before = await house.rows("revisions")
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    (await moderator.presses("discard")).tells("draft-discarded")
    assert await house.rows("revisions") == before
    assert await house.rows("alerts") == []
    (await moderator.says("/record")).tells("ask-begin")


async def test_drafts_begins_none(house: House) -> None:
    moderator = house.moderator()
    (await moderator.says("/drafts")).tells("draft-none")
    assert await house.rows("drafts") == []


async def test_each_field_can_be_opened_again_from_the_overview(house: House) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await takes_steps(moderator, "open:begin", "kind:urgent_medical")
    await takes_steps(moderator, "open:lifecycle", "state:under_way")
    await takes_steps(moderator, "open:date", "turn:back", "turn:next", "day:9")
    await takes_steps(moderator, "open:categories", "category:women", "done:categories")
    await takes_steps(moderator, "open:directions", "direction:UA")
    await takes_steps(moderator, "open:confirmations", "confirm:russia", "done:confirmations")
    await takes_steps(moderator, "open:sources", "https://other.example.org/x")
    shown = (await takes_steps(moderator, "open:sources", "done:sources")).text
    assert "Kind: urgent exchange, medical grounds" in shown
    assert "State: under way" in shown
    assert "Date: 9 June" in shown
    assert "Who: seriously wounded, women" in shown
    assert "To Russia" not in shown
    assert "Confirmed by: Ukraine" in shown
    assert "Sources: news.example.org; other.example.org" in shown


async def test_a_number_is_typed_in_a_direction_and_read_as_it_was_said(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    (await moderator.presses("figure:UA")).tells("ask-figure", direction="To Ukraine")
    await moderator.presses("qualifier:more_than")
    (await moderator.says("1 000")).tells("ask-speaker")
    await moderator.presses("speaker:president-of-ukraine")
    await takes_steps(moderator, "figure:RU", "qualifier:range")
    await takes_steps(moderator, "900 - 950", "speaker:defence-ministry-of-russia")
    await takes_steps(moderator, "preview", "publish")
    await house.undo_pause_passes()
    alert = (await reader.hears("New stage")).text
    assert "To Ukraine: more than 1,000" in alert
    assert "To Russia: from 900 to 950" in alert


async def test_a_number_can_be_taken_out_again(house: House) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await takes_steps(moderator, "figure:UA", "qualifier:exact")
    await takes_steps(moderator, "25", "speaker:president-of-ukraine")
    shown = await takes_steps(moderator, "figure:UA", "qualifier:unknown")
    assert "To Ukraine: number not published" in shown.text


async def test_a_stage_that_is_announced_needs_no_day(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, "kind:persons", "state:announced", "done:categories")
    await takes_steps(moderator, "direction:both", LINK, "done:confirmations")
    assert "open:date" in acts(moderator.lowest)
    await takes_steps(moderator, "preview", "publish")
    await house.undo_pause_passes()
    await reader.hears("Announced, not yet begun.")


async def test_a_figure_added_to_a_recorded_stage_updates_its_alert(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await publishes_the_usual(moderator)
    await house.undo_pause_passes()
    await reader.hears("No. 1")
    await moderator.says("/record")
    (await moderator.presses("add:S2")).tells("draft-missing", what="nothing")
    await takes_steps(moderator, "figure:UA", "qualifier:at_least")
    await takes_steps(moderator, "120", "speaker:president-of-ukraine", "preview", "publish")
    await house.undo_pause_passes()
    update = (await reader.hears("Update to No. 1")).text
    assert "A number has been published." in update
    assert "To Ukraine: at least 120" in update
    (reference,) = {row["refers_to"] for row in await house.rows("alerts")} - {None}
    assert reference == 1


async def test_a_figure_added_to_a_stage_from_the_ledger_file_is_told_for_the_first_time(
    house: House,
) -> None:
    """S1 came with the file and was never alerted, so there is nothing to refer to."""
    reader = await house.subscriber(READER)
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, "add:S1", "figure:UA", "qualifier:about")
    await takes_steps(moderator, "300", "speaker:president-of-ukraine", "preview", "publish")
    await house.undo_pause_passes()
    alert = (await reader.hears("9 June")).text
    assert "To Ukraine: about 300" in alert


async def test_a_source_alone_is_recorded_and_nobody_is_alerted(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator("uk")
    await moderator.says("/record")
    await takes_steps(moderator, "add:S1", "open:sources", LINK)
    note = (await moderator.presses("preview")).tells("preview-quiet")
    assert note.acts == ["publish", "back"]
    assert moderator.say("recorded-quietly", id="S1") in (await moderator.presses("publish")).text
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == 1
    assert await house.rows("alerts") == []
    assert "R3" in (await reader.says("/sources")).text
    again = await moderator.says("/record")
    assert "add:S1" in again.acts


async def test_nothing_added_is_not_published(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    shown = await moderator.presses("add:S1")
    assert "preview" not in shown.acts
    assert "Nothing was added yet." in shown.text


async def test_two_moderators_draft_at_once_and_each_publishes_his_own(house: House) -> None:
    reader = await house.subscriber(READER)
    one, other = house.moderator("uk"), house.moderator("ru", SECOND)
    await one.says("/record")
    await other.says("/record")
    for step in USUAL_STEPS:
        await takes_steps(one, step)
        await takes_steps(other, step if not step.startswith("day") else "day:9")
    await takes_steps(one, "preview", "publish")
    await takes_steps(other, "open:date", "turn:back", "day:30", "preview", "publish")
    await house.undo_pause_passes()
    await reader.hears("No. 1")
    await reader.hears("No. 2")
    assert {row["record_key"] for row in await house.rows("alerts")} == {"S2", "S3"}


async def test_of_two_drafts_of_one_stage_the_second_is_refused_and_told_why(house: House) -> None:
    one, other = house.moderator(), house.moderator("en", SECOND)
    for moderator in (one, other):
        await drafts_the_usual(moderator)
        await moderator.presses("preview")
    await one.presses("publish")
    before = await house.kept()
    (await other.presses("publish")).is_notice("preview-outdated")
    assert await house.kept() == before
    shown = await other.presses("back")
    assert "S2 is recorded for the same day" in shown.text
    assert "preview" not in shown.acts


async def test_without_an_agreement_there_is_nothing_to_record_yet(empty_house: House) -> None:
    for person_id, language in ((FIRST, "uk"), (SECOND, "ru")):
        moderator = empty_house.moderator(language, person_id)
        for command in ("/record", "/record"):
            (await moderator.says(command)).tells("draft-no-agreement")
        (await moderator.says("/drafts")).tells("draft-none")


async def test_once_an_agreement_is_loaded_recording_begins(
    empty_house: House,
) -> None:
    moderator = empty_house.moderator()
    await moderator.says("/record")
    await empty_house.load_istanbul()
    (await moderator.says("/record")).tells("ask-begin")
    await takes_steps(moderator, *USUAL_STEPS, "preview", "publish")


async def test_any_recorded_stage_can_be_added_to_by_its_id(house: House) -> None:
    moderator = house.moderator()
    for command in ("/record S1", "/record 1"):
        shown = await moderator.says(command)
        assert "figure:UA" in shown.acts
        await moderator.presses("discard")
    (await moderator.says("/record S99")).tells("ask-begin")


async def test_the_first_link_can_be_refused_by_discarding_the_draft(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, *USUAL_STEPS[: USUAL_STEPS.index("direction:both") + 1])
    (await moderator.presses("discard")).tells("draft-discarded")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at14_a_page_older_than_the_event_is_doubtful_and_forbids_nothing(
    house: House, language: str
) -> None:
    older = Source("R9", url=LINK, published=EventDate(6, 8, 2025))
    await record_in(house, older)
    moderator = house.moderator(language)
    sentence = moderator.say("caution-source-before-event", value=PublicId("R9"))
    doubt = moderator.say("draft-doubtful", sentence=sentence)
    shown = await drafts_the_usual(moderator)
    assert doubt in shown.text
    *_, note, _mark = (await moderator.presses("preview")).messages
    assert doubt in note.text
    assert moderator.say("preview-checked") not in note.text
    assert (await moderator.presses("publish")).acts == ["undo"]
