"""What a moderator types or presses that cannot be taken: a sentence says what to do instead, and
nothing changes."""

from __future__ import annotations

from typing import Any

import pytest

from messages.catalogue import LANGUAGES
from tests.dialogue.house import FIRST, House
from tests.dialogue.stages import LINK, USUAL_STEPS, drafts_the_usual, takes_steps
from tests.dialogue.talk import Talker, acts

LONG = "я" * 4096
LINKS = [
    ("news.example.org", "link-broken"),
    ("ftp://news.example.org/x", "link-broken"),
    ("javascript:alert(1)", "link-broken"),
    ("https://localhost/x", "link-broken"),
    ("https://", "link-broken"),
    ("Іван Петренко", "hidden-characters"),
    ("https://user:pass@news.example.org/", "link-disguised"),
    ("https://news.example.org:8080/", "link-disguised"),
    ("https://192.0.2.1/", "link-disguised"),
    ("https://xn--e1afmkfd.example.org/", "link-disguised"),
    ("https://nеws.example.org/", "link-disguised"),
    ("https://news.example.org/a b", "hidden-characters"),
    ("https://news.example.org/\u202egro", "hidden-characters"),
    ("https://news.example.org/\x07", "hidden-characters"),
    ("https://a.example.org/\nhttps://b.example.org/", "hidden-characters"),
    ("https://news.example.org/" + "x" * 490, "text-too-long"),
    (LONG, "text-too-long"),
    ("x" * 4096, "text-too-long"),
    ("<b>https://news.example.org/</b>", "link-broken"),
    ("?", "link-broken"),
]
NUMBERS = [
    "0",
    "-5",
    "five",
    "1.5",
    "1,5",
    "25 people",
    "12 34",
    "10-20",
    "<b>5</b>",
    "५",
    "12345678",
    "1e3",
    "+5",
    "\u202e5",
    LONG,
]
_FILE = {"file_id": "a", "file_unique_id": "b"}
NO_TEXT: list[dict[str, Any]] = [
    {"photo": [_FILE | {"width": 9, "height": 9}]},
    {"photo": [_FILE | {"width": 9, "height": 9}], "caption": LINK},
    {"document": _FILE},
    {"voice": _FILE | {"duration": 3}},
]
RANGES = ["5", "5-5", "9-5", "5-", "-5", "5-6-7", "five-six", "0-5", LONG]


async def _at_number(house: House, language: str, qualifier: str) -> Talker:
    moderator = house.moderator(language)
    await drafts_the_usual(moderator)
    await takes_steps(moderator, "figure:UA", f"qualifier:{qualifier}")
    return moderator


async def _at_sources(house: House, language: str = "en") -> Talker:
    moderator = house.moderator(language)
    await moderator.says("/record")
    await takes_steps(moderator, "kind:persons", "state:announced", "done:categories")
    await moderator.presses("direction:both")
    return moderator


async def test_what_is_no_link_is_refused_with_the_reason(house: House) -> None:
    moderator = await _at_sources(house)
    before = await house.kept()
    for link, rule in LINKS:
        shown = await moderator.says(link)
        shown.tells(f"problem-{rule}", value="").tells("ask-sources")
        assert "<" not in shown.text, link
    assert await house.kept() == before


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_refusal_of_a_link_is_said_in_every_language(
    house: House, language: str
) -> None:
    moderator = await _at_sources(house, language)
    for rule, link in {rule: link for link, rule in LINKS}.items():
        (await moderator.says(link)).tells(f"problem-{rule}", value="")


async def test_a_links_own_signs_are_shown_as_they_are(house: House) -> None:
    """HTML in the part of a link where anything may stand: it is text, and not a tag."""
    moderator = await _at_sources(house)
    link = "https://news.example.org/?a=1&b=<b>2</b>&amp;"
    await moderator.says(link)
    await moderator.presses("done:confirmations")
    await takes_steps(moderator, "preview", "publish")
    reader = house.person(7_123_456_789)
    assert f"Link: {link}" in (await reader.says("/source R3")).text


async def test_what_is_no_number_is_refused(house: House) -> None:
    moderator = await _at_number(house, "en", "exact")
    before = await house.kept()
    for number in NUMBERS:
        rule = "text-too-long" if number == LONG else "number-expected"
        shown = (await moderator.says(number)).tells(f"problem-{rule}", value="")
        shown.tells("ask-number", direction="To Ukraine")
    assert await house.kept() == before


async def test_what_is_no_range_is_refused(house: House) -> None:
    moderator = await _at_number(house, "en", "range")
    before = await house.kept()
    for typed in RANGES:
        rule = "text-too-long" if typed == LONG else "range-expected"
        (await moderator.says(typed)).tells(f"problem-{rule}", value="")
    assert await house.kept() == before


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_wrong_number_is_explained_in_every_language(house: House, language: str) -> None:
    moderator = await _at_number(house, language, "exact")
    (await moderator.says("?")).tells("problem-number-expected", value="")
    await takes_steps(moderator, "back", "figure:UA", "qualifier:range")
    (await moderator.says("?")).tells("problem-range-expected", value="")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_picture_or_file_is_no_answer(house: House, language: str) -> None:
    moderator = await _at_sources(house, language)
    before = await house.kept()
    person = {"id": FIRST, "is_bot": False, "first_name": "A", "language_code": language}
    chat = {"id": FIRST, "type": "private", "first_name": "A"}
    message = {"message_id": 99, "date": 1, "from": person, "chat": chat}
    for instead in NO_TEXT:
        shown = await moderator.injects({"message": message | instead})
        shown.tells("problem-only-text", value="")
    assert await house.kept() == before


async def test_words_that_no_screen_asked_for_are_plain_words(house: House) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    before = await house.kept()
    (await moderator.says("25")).tells("warm")
    assert await house.kept() == before


async def test_a_command_in_the_middle_of_a_draft_is_a_command(house: House) -> None:
    moderator = await _at_sources(house)
    before = await house.kept()
    (await moderator.says("/status")).tells("not-published")
    assert await house.kept() == before
    (await moderator.says(LINK)).tells("ask-confirmations")


async def test_a_day_to_come_is_not_offered_for_what_has_happened(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, "kind:persons", "state:completed", "turn:year")
    days = [one for one in acts(moderator.lowest) if one.startswith("day:")]
    assert "day:10" in days
    assert "day:30" not in days
    key = moderator.lowest.rows[0][0]["callback_data"].split(":")[0]
    shown = await moderator.sends(f"{key}:day:30", moderator.lowest)
    shown.tells("problem-future-date", value="")
    assert "Date:" not in shown.text


async def test_a_stage_that_was_announced_for_a_day_to_come_cannot_be_completed_yet(
    house: House,
) -> None:
    moderator = house.moderator("ru")
    await moderator.says("/record")
    await takes_steps(moderator, "kind:persons", "state:announced", "done:categories")
    await takes_steps(moderator, "direction:both", LINK, "done:confirmations")
    await takes_steps(moderator, "open:date", "turn:year", "day:30")
    assert "preview" in acts(moderator.lowest)
    shown = await takes_steps(moderator, "open:lifecycle", "state:completed")
    sentence = moderator.say("problem-future-date", value="")
    assert sentence[1:] in shown.text
    assert "preview" not in shown.acts


async def test_without_a_source_there_is_no_preview(house: House) -> None:
    moderator = house.moderator("en")
    await drafts_the_usual(moderator)
    await moderator.presses("open:sources")
    shown = (await moderator.presses("drop:new1")).tells("ask-sources")
    assert "done:sources" not in shown.acts
    key = _any_key(moderator)
    before = await house.kept()
    for act in ("preview", "publish"):
        await moderator.sends(f"{_any_key(moderator) or key}:{act}", moderator.lowest)
    assert await house.rows("alerts") == before["alerts"]
    assert await house.rows("revisions") == before["revisions"]


async def test_what_was_read_in_a_dropped_source_goes_with_it(house: House) -> None:
    moderator = house.moderator()
    await drafts_the_usual(moderator)
    await takes_steps(moderator, "figure:UA", "qualifier:exact")
    await takes_steps(moderator, "25", "speaker:ukraine", "open:sources", "drop:new1")
    shown = (await moderator.says("https://other.example.org/")).text
    assert "To Ukraine: number not published" in shown
    assert "Confirmed by: nobody yet" in shown


@pytest.mark.parametrize("party", ["UA", "RU"])
async def test_a_number_has_a_button_only_where_there_is_a_direction(
    house: House, party: str
) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    steps = [step for step in USUAL_STEPS if step != "direction:both"]
    steps.insert(5, f"direction:{party}")
    shown = await takes_steps(moderator, *steps)
    assert [one for one in shown.acts if one.startswith("figure:")] == [f"figure:{party}"]
    other = {"UA": "RU", "RU": "UA"}[party]
    before = await house.rows("drafts")
    await moderator.sends(f"{_any_key(moderator)}:figure:{other}", moderator.lowest)
    assert await house.rows("drafts") == before


async def test_a_day_that_has_a_stage_already_is_not_recorded_twice(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    shown = await takes_steps(moderator, *USUAL_STEPS[:2], "day:9", *USUAL_STEPS[3:])
    assert "S1 is recorded for the same day; add to it instead." in shown.text
    assert "preview" not in shown.acts


def _any_key(moderator: Talker) -> str:
    for row in moderator.lowest.rows:
        for one in row:
            return str(one["callback_data"]).split(":")[0]
    return ""
