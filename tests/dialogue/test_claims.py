"""Claims, stances and stated totals, recorded by buttons, with nothing typed but texts, links and
numbers."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from messages.catalogue import LANGUAGES
from tests.dialogue.claims import (
    CLAIM_STEPS,
    DENIAL_STEPS,
    TEXTS,
    TOTAL_STEPS,
    drafts_a_claim,
    latest,
    publishes_a_claim,
)
from tests.dialogue.house import SECOND, House
from tests.dialogue.stages import LINK, takes_steps
from tests.dialogue.talk import Talker

READER = 7_123_456_789


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_claim_is_recorded_with_its_first_stance(house: House, language: str) -> None:
    moderator = house.moderator(language)
    (await moderator.says("/record")).tells("ask-begin")
    (await moderator.presses("claim")).tells("ask-about")
    (await moderator.presses("about:S1")).tells("ask-text")
    for text in TEXTS[:-1]:
        (await moderator.says(text)).tells("ask-text")
    (await moderator.says(TEXTS[-1])).tells("ask-qualifier")
    (await moderator.presses("qualifier:exact")).tells("ask-speaker")
    (await moderator.presses("speaker:defence-ministry-of-russia")).tells("ask-source")
    (await moderator.says(LINK)).tells("ask-said_on")
    (await moderator.presses("day:10")).tells("ask-stance")
    (await moderator.presses("done:stance")).tells("draft-missing", what=moderator.say("nothing"))
    await takes_steps(moderator, "preview", "publish")
    key = await latest(house, "claim")
    claim = (await house.store.ledger()).claims[key]
    assert claim.text == dict(zip(LANGUAGES, TEXTS, strict=True))
    assert claim.about == "S1"
    assert claim.quantity
    assert claim.quantity.value == 640
    (stance,) = claim.stances
    assert stance.stated.speaker == "defence-ministry-of-russia"
    assert (await house.store.ledger()).sources[stance.stated.source].url == LINK


async def test_each_language_is_asked_by_name_and_the_others_are_shown(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    asked = await takes_steps(moderator, "claim", "about:exchange")
    asked.tells("words-asked", language="English")
    asked = await moderator.says(TEXTS[0])
    asked.tells("words-asked", language="Ukrainian")
    assert TEXTS[0] in asked.text
    asked = await moderator.says(TEXTS[1])
    asked.tells("words-asked", language="Russian")
    assert TEXTS[1] in asked.text


async def test_a_text_without_a_number_needs_no_word_for_it(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, "claim", "about:context", "No date was set", "Дати не було")
    (await moderator.says("Даты не было")).tells("ask-speaker")


async def test_a_text_in_one_language_can_be_typed_anew(house: House) -> None:
    moderator = house.moderator()
    await drafts_a_claim(moderator)
    (await moderator.presses("open:text")).tells("ask-text")
    (await moderator.presses("again:uk")).tells("words-asked", language="Ukrainian")
    shown = await moderator.says("Списки на 640 людей прийшли пізно")
    assert "Списки на 640 людей прийшли пізно" in shown.text
    assert "preview" in shown.acts


async def test_a_number_that_differs_between_the_languages_is_not_published(house: House) -> None:
    moderator = house.moderator()
    await drafts_a_claim(moderator)
    await takes_steps(moderator, "open:text", "again:ru")
    shown = (await moderator.says("Списки на 64 человека пришли поздно")).tells(
        "draft-missing", what="nothing"
    )
    assert "holds a number that is not recorded as its number" in shown.text
    assert "preview" not in shown.acts


async def test_details_and_other_claims_are_added_from_the_overview(house: House) -> None:
    moderator = house.moderator()
    first = await publishes_a_claim(house, moderator)
    await drafts_a_claim(moderator)
    await takes_steps(moderator, "open:detail", "In two parts", "Двома частинами", "В двух частях")
    await takes_steps(moderator, "open:see_also", f"beside:{first}", "done:see_also")
    await takes_steps(moderator, "preview", "publish")
    claim = (await house.store.ledger()).claims[await latest(house, "claim")]
    assert claim.detail
    assert claim.detail["uk"] == "Двома частинами"
    assert claim.see_also == (first,)


async def test_a_stance_is_added_by_the_claims_id_and_nothing_else_can_change(house: House) -> None:
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    (await moderator.says(f"/record {key}")).tells("ask-stance_kind")
    shown = await takes_steps(moderator, *DENIAL_STEPS)
    assert {one for one in shown.acts if one.startswith("open:")} == set()
    assert {one for one in shown.acts if one.startswith("take:")} == {"take:0", "take:new"}
    await takes_steps(moderator, "preview", "publish")
    claim = (await house.store.ledger()).claims[key]
    assert [(one.kind.value, one.general) for one in claim.stances] == [
        ("asserts", False),
        ("denies", True),
    ]


async def test_a_stance_is_added_to_a_claim_that_is_chosen_from_a_list(house: House) -> None:
    moderator = house.moderator("ru")
    key = await publishes_a_claim(house, moderator)
    await moderator.says("/record")
    (await moderator.presses("claims")).tells("ask-claims")
    (await moderator.presses(f"stance:{key}")).tells("ask-stance_kind")
    await takes_steps(moderator, *DENIAL_STEPS, "preview", "publish")
    assert len((await house.store.ledger()).claims[key].stances) == 2


async def test_only_an_assertion_can_be_an_outlets(house: House) -> None:
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    outlets = [
        f"speaker:{one.key}"
        for one in (await house.store.ledger()).actors.values()
        if one.kind.value == "outlet"
    ]
    await moderator.says(f"/record {key}")
    assert not set(outlets) & set((await moderator.presses("stance:denies")).acts)
    await takes_steps(moderator, "discard")
    await moderator.says(f"/record {key}")
    assert set(outlets) <= set((await moderator.presses("stance:asserts")).acts)


async def test_a_stated_total_is_recorded_and_nobody_is_alerted(house: House) -> None:
    reader = await house.subscriber(READER)
    moderator = house.moderator("uk")
    await moderator.says("/record")
    await takes_steps(moderator, *TOTAL_STEPS)
    (await moderator.presses("preview")).tells("preview-quiet")
    await moderator.presses("publish")
    await house.undo_pause_passes()
    total = (await house.store.ledger()).totals[await latest(house, "total")]
    assert (total.returned_to, total.quantity.value, total.through) == (
        "UA",
        1000,
        total.through,
    )
    assert total.through
    assert total.through.day == 10
    assert len(house.sent_to(reader)) == 1


async def test_a_total_of_something_else_says_what_it_counts(house: House) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, *TOTAL_STEPS[:-2], "counted:other", "All ways together")
    await takes_steps(moderator, "Усіма шляхами разом", "Всеми путями вместе", "day:none")
    await takes_steps(moderator, "open:since", "day:2", "preview", "publish")
    total = (await house.store.ledger()).totals[await latest(house, "total")]
    assert total.words
    assert total.words["ru"] == "Всеми путями вместе"
    assert total.since
    assert (total.since.day, total.through) == (2, None)


@pytest.mark.parametrize("steps", [CLAIM_STEPS, TOTAL_STEPS], ids=["claim", "total"])
async def test_a_restart_between_any_two_steps_loses_nothing(
    house: House, steps: tuple[str, ...]
) -> None:
    moderator = house.moderator()
    await moderator.says("/record")
    before = len(await house.rows("records"))
    for step in (*steps, "preview", "publish"):
        await house.restart()
        await takes_steps(moderator, step)
    assert len(await house.rows("records")) == before + 2


PERSONAL = {
    "Call +380 44 123 45 67": "phone-number",
    "Write to @someone_here": "handle-in-text",
    "Born on 12.03.1990 in a town": "birth-date",
    "He served in в/ч 12345": "unit-number",
    "See https://lists.example.org/all": "link-in-text",
    "Mail to a.b@example.org": "mail-address",
    "A b\u202ec d": "hidden-characters",
    "two\nlines of it": "one-line-expected",
    "word " * 16: "wording-too-long",
    "word " * 120: "text-too-long",
}


async def test_what_could_lead_to_a_person_is_refused_and_neither_kept_nor_logged(
    house: House, log: Callable[[], io.StringIO]
) -> None:
    written = log()
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, "claim", "about:exchange")
    before = await house.kept()
    for words, rule in PERSONAL.items():
        (await moderator.says(words)).tells(f"problem-{rule}", value="").tells("ask-text")
    assert await house.kept() == before
    for canary in ("123 45 67", "someone_here", "12.03.1990"):
        assert canary.encode() not in house.files()
        assert canary not in written.getvalue()


async def test_another_moderators_button_and_an_old_one_do_nothing(house: House) -> None:
    one, other = house.moderator(), house.moderator("uk", SECOND)
    await one.says("/record")
    await takes_steps(one, "claim", "about:exchange")
    old = one.lowest
    await takes_steps(one, *TEXTS)
    stolen = one.lowest.rows[0][0]["callback_data"]
    await other.says("/record")
    before = await house.kept()
    (await other.sends(stolen, other.lowest)).is_notice("stale-button")
    (await one.presses("discard", under=old)).is_notice("stale-button")
    assert await house.kept() == before


async def test_a_right_revoked_before_publishing_publishes_no_claim(house: House) -> None:
    moderator = house.moderator()
    await drafts_a_claim(moderator)
    await moderator.presses("preview")
    await house.appoint(SECOND)
    before = await house.kept()
    (await moderator.presses("publish")).is_notice("stale-button")
    (await moderator.says("Some more words")).tells("warm")
    assert await house.kept() == before


async def test_two_who_add_a_stance_to_one_claim_both_stand(house: House) -> None:
    one, other = house.moderator(), house.moderator("uk", SECOND)
    key = await publishes_a_claim(house, one)
    for moderator, kind in ((one, "denies"), (other, "declines")):
        await moderator.says(f"/record {key}")
        await _takes_a_stance(moderator, kind)
        await moderator.presses("preview")
    await one.presses("publish")
    await other.presses("publish")
    stances = (await house.store.ledger()).claims[key].stances
    assert [one.kind.value for one in stances] == ["asserts", "denies", "declines"]


async def _takes_a_stance(moderator: Talker, kind: str) -> None:
    await takes_steps(moderator, f"stance:{kind}", "speaker:coordination-headquarters", LINK)
    await takes_steps(moderator, "day:none", "done:stance")
