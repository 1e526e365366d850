"""What readers ask of the ledger, by command and by button."""

from __future__ import annotations

from datetime import date

import pytest

from exchange.records import Source
from messages.catalogue import LANGUAGES
from messages.values import PublicId
from tests.dialogue.house import House
from tests.dialogue.stages import many_stages, record_in

READER = 7_123_456_789


async def test_status_stages_and_sources_lead_to_each_other_in_place(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        (await reader.says("/status")).tells("not-published")
        (await reader.presses("stages")).tells("stages-heading")
        (await reader.presses("stage:S1")).tells("branches", branches="").tells("confirmed-both")
        (await reader.presses("source:R1")).tells("source-speakers")
        (await reader.presses("sources")).tells("sources-heading")
        await reader.presses("status")
        assert len(house.sent_to(reader)) == 1


async def test_a_stage_is_found_however_its_id_is_typed(house: House) -> None:
    reader = house.person(READER)
    for asked in ("S1", "s1", "1", "S 1", "  s1  "):
        assert "S1 · 9 June" in (await reader.says(f"/stage {asked}")).text


async def test_a_source_tells_the_speaker_and_apart_where_it_was_read(house: House) -> None:
    reader = house.person(READER)
    for asked in ("R1", "r1", "1"):
        shown = (await reader.says(f"/source {asked}")).tells("source-speakers").text
        assert "Ministry of Defence of Russia" in shown


async def test_a_stage_that_is_none_gets_a_sentence_with_an_example(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        before = await house.kept()
        reader = house.person(READER + number, language)
        for asked in ("", "x", "0", "99", "S99", "R1", "-1", "S1 S2", "<b>1</b>"):
            (await reader.says(f"/stage {asked}")).tells("stage-unknown", example=PublicId("S1"))
        assert await house.kept() == before


async def test_a_source_that_is_none_gets_a_sentence_with_an_example(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        for asked in ("", "x", "0", "99", "S1"):
            (await reader.says(f"/source {asked}")).tells("source-unknown", example=PublicId("R2"))


async def test_a_citation_is_copied_with_one_tap_and_its_link_leads_back(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        shown = await reader.says("/cite s1")
        copied = next(
            one["copy_text"]["text"]
            for row in shown.message.rows
            for one in row
            if "copy_text" in one
        )
        assert copied in shown.text
        assert len(copied) <= 256
        payload = copied.rpartition("https://t.me/homeward_sandbox_bot?start=")[2]
        assert (await reader.says(f"/start {payload}")).text == (await reader.says("/stage 1")).text


async def test_what_cannot_be_cited_gets_a_sentence_with_an_example(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        for asked in ("", "1", "S99", "istanbul-2", "UA", "x" * 100):
            (await reader.says(f"/cite {asked}")).tells("cite-unknown", example=PublicId("S1"))


async def test_from_a_citation_a_tap_leads_to_the_record_itself(house: House) -> None:
    reader = house.person(READER)
    for key, screen in {"S1": "/stage S1", "R1": "/source R1", "P1": "/progress"}.items():
        await reader.says(f"/cite {key}")
        shown = await reader.presses(f"known:{key}")
        assert shown.text == (await reader.says(screen)).text


async def test_stages_are_paged_in_place(house: House) -> None:
    agreement = await record_in(house, *many_stages(12))
    reader = house.person(READER, "uk")
    first = await reader.says("/stages")
    assert [one for one in first.acts if one.startswith("stage:")] == [
        f"stage:S{number}" for number in (13, 12, 11, 10, 9)
    ]
    assert f"stages:{agreement}:1" not in first.acts
    second = await reader.presses(f"stages:{agreement}:2")
    third = await reader.presses(f"stages:{agreement}:3")
    assert "stage:S1" in third.acts
    assert f"stages:{agreement}:4" not in third.acts
    back = await reader.presses(f"stages:{agreement}:2")
    assert back.text == second.text
    assert len(house.sent_to(reader)) == 1


async def test_sources_are_paged_in_place(house: House) -> None:
    read_on = date(2025, 6, 10)
    links = [
        Source(f"R{n}", url=f"https://news.example.org/{n}", read_on=read_on) for n in range(3, 12)
    ]
    await record_in(house, *links)
    reader = house.person(READER)
    assert "source:R11" in (await reader.says("/sources")).acts
    assert (
        "source:R1"
        in (await reader.presses("sources:2")).acts + (await reader.presses("sources:3")).acts
    )
    assert len(house.sent_to(reader)) == 1


@pytest.mark.parametrize(
    "data", ["stages:istanbul-2:99", "stages:nobody:1", "sources:0", "sources:x"]
)
async def test_a_page_that_does_not_exist_is_the_nearest_that_does(house: House, data: str) -> None:
    reader = house.person(READER)
    under = (await reader.says("/help")).message
    assert (await reader.sends(data, under)).text


async def test_on_the_first_day_every_question_is_answered(empty_house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = empty_house.person(READER + number, language)
        for command in ("/status", "/stages", "/sources"):
            (await reader.says(command)).tells("status-empty")
        (await reader.says("/stage S1")).tells("stage-unknown", example=PublicId("S1"))
        (await reader.says("/source 1")).tells("source-unknown", example=PublicId("R1"))


FIXED = {
    "/help": "help-words",
    "/privacy": "privacy",
    "/about": "about",
    "/safety": "whom-to-turn-to",
    "/mydata": "nothing-kept",
}


async def test_fixed_texts_come_in_the_readers_language(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        for command, key in FIXED.items():
            (await reader.says(command)).tells(key)


@pytest.mark.parametrize("spelling", ["/STATUS", "/status@homeward_sandbox_bot", "/status now"])
async def test_a_command_is_known_in_any_spelling(house: House, spelling: str) -> None:
    reader = house.person(READER)
    assert (await reader.says(spelling)).text == (await reader.says("/status")).text


async def test_what_was_published_is_read_at_once_by_everybody(house: House) -> None:
    reader = house.person(READER)
    before = (await reader.says("/status")).text
    await record_in(house, *many_stages(1))
    after = (await reader.says("/status")).text
    assert before != after
    assert "2 stages completed" in after


async def test_no_answer_has_a_preview(house: House) -> None:
    """Neither where it is sent nor where it takes another's place."""
    reader = house.person(READER)
    await reader.says("/sources")
    await reader.presses("source:R1")
    calls = house.telegram.journal.of("sendMessage", "editMessageText")
    assert {call.method for call in calls} == {"sendMessage", "editMessageText"}
    assert all(call.parameters["link_preview_options"] == {"is_disabled": True} for call in calls)
