"""The first minutes of a reader, and what the store knows of him before and after."""

from __future__ import annotations

import pytest

from messages.catalogue import LANGUAGES
from tests.dialogue.house import FIRST, House

READER = 7_123_456_789
WORDS = "Canary Petrenko, born in Canaryville"


async def test_start_asks_one_question_at_a_time(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        first = (await reader.says("/start")).tells("choose-language")
        assert first.acts == [f"start:{one}" for one in LANGUAGES]
        (await reader.presses(f"start:{language}")).tells("what-it-is")
        (await reader.presses(f"start:{language}:ask")).tells("consent-heading").tells("consent")
        (await reader.presses(f"start:{language}:yes")).tells("subscribed-heading")
        assert len(house.sent_to(reader)) == 1, "each question takes the place of the one before"


async def test_the_language_chosen_at_the_start_is_spoken_until_the_end_of_it(
    house: House,
) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, "de")
        await reader.says("/start")
        reader.language = language
        (await reader.presses(f"start:{language}")).tells("what-it-is")
        (await reader.presses(f"start:{language}:ask")).tells("consent-heading")
        (await reader.presses(f"start:{language}:yes")).tells("subscribed-heading")
        (await reader.says("/settings")).tells("settings-heading")


async def test_who_speaks_another_language_is_answered_in_english(house: House) -> None:
    for number, language in enumerate((None, "", "de", "zh-hans", "en-GB")):
        (await house.person(READER + number, language).says("/help")).tells("help-heading")


async def test_a_language_is_known_in_any_spelling_of_its_code(house: House) -> None:
    for number, (code, language) in enumerate({"uk-UA": "uk", "ru_RU": "ru", "UK": "uk"}.items()):
        reader = house.person(READER + number, code)
        reader.language = language
        (await reader.says("/help")).tells("help-heading")


@pytest.mark.parametrize("answer", ["no", "yes"])
async def test_nothing_is_stored_before_consent(house: House, answer: str) -> None:
    before = await house.kept()
    reader = house.person(READER, "uk")
    await reader.says("/start")
    await reader.says(WORDS)
    await reader.presses("start:uk")
    await reader.presses("start:uk:ask")
    await reader.says("/status")
    await reader.says("/subscribe")
    assert await house.kept() == before
    if answer == "no":
        (await reader.presses("start:uk:no")).tells("not-subscribed")
        assert await house.kept() == before
        (await reader.says("/mydata")).tells("nothing-kept")
    else:
        await reader.presses("start:uk:yes")
        assert len(await house.rows("subscribers")) == 1


async def test_the_store_never_holds_a_chat_id_a_name_or_a_word_of_a_person(house: House) -> None:
    """A byte search of the files, with a subscriber and a moderator at work."""
    reader = await house.subscriber(READER, "uk")
    moderator = house.moderator()
    await moderator.says("/record")
    await moderator.presses("kind:persons")
    for person in (reader, moderator):
        await person.says(WORDS)
        await person.says("/stage Canary")
        await person.says("/canary")
    found = house.files()
    assert b"Istanbul" in found
    for person_id in (READER, FIRST):
        assert str(person_id).encode() not in found
        for size in (5, 6, 8):
            assert person_id.to_bytes(size, "big") not in found
        assert person_id.to_bytes(8, "little") not in found
    for canary in ("anary", "Petrenko", f"Person {READER}"):
        assert canary.encode() not in found
        assert canary.encode("utf-16-le") not in found


async def test_typed_words_are_nobodys_consent(house: House) -> None:
    reader = house.person(READER, "uk")
    for typed in ("/start uk:yes", "/start yes", "/start uk", "/subscribe yes"):
        await reader.says(typed)
    assert await house.rows("subscribers") == []


async def test_a_forged_answer_is_no_consent_either(house: House) -> None:
    reader = house.person(READER, "uk")
    question = (await reader.says("/start")).message
    for data in ("start:xx:yes", "start::yes", "start:uk:maybe", "+start:uk:yes"):
        await reader.sends(data, question)
    assert await house.rows("subscribers") == []


async def test_who_is_subscribed_finds_the_settings_at_start(house: House) -> None:
    reader = await house.subscriber(READER, "ru")
    (await reader.says("/start")).tells("settings-heading")


async def test_who_left_is_asked_anew(house: House) -> None:
    reader = await house.subscriber(READER, "ru")
    await reader.says("/unsubscribe")
    (await reader.says("/start")).tells("choose-language")
    (await reader.says("/subscribe")).tells("consent-heading")


async def test_a_reader_keeps_the_readers_menu(house: House) -> None:
    reader = house.person(READER, "uk")
    await reader.says("/start")
    assert "setMyCommands" not in {call.method for call in house.telegram.journal}


async def test_a_moderator_finds_the_command_to_record_in_the_menu(house: House) -> None:
    moderator = house.moderator("uk")
    await moderator.says("/start")
    assert "record" in [name for name, _ in moderator.person.commands]
