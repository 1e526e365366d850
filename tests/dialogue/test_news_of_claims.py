"""Who hears of claims: whoever asked for it, and whoever got what is denied now."""

from __future__ import annotations

import pytest

from messages.catalogue import LANGUAGES
from tests.dialogue.claims import DENIAL_STEPS, TEXTS, publishes_a_claim
from tests.dialogue.house import House
from tests.dialogue.stages import LINK, takes_steps
from tests.dialogue.talk import Talker

READER = 7_123_456_789


async def reads_claims(house: House, person_id: int = READER, language: str = "en") -> Talker:
    """A reader who has asked for news of claims."""
    reader = await house.subscriber(person_id, language)
    await reader.says("/settings")
    (await reader.presses("topic:claims:on")).tells("settings-claims", state="on")
    return reader


@pytest.mark.parametrize("language", LANGUAGES)
async def test_news_of_claims_is_off_until_it_is_chosen(house: House, language: str) -> None:
    others = await house.subscriber(READER, language)
    (await others.says("/mydata")).tells("settings-claims", state="off")
    wants = await reads_claims(house, READER + 1, language)
    (await wants.says("/mydata")).tells("settings-claims", state="on")
    moderator = house.moderator(language)
    await publishes_a_claim(house, moderator)
    await house.undo_pause_passes()
    alert = await wants.hears("640")
    assert TEXTS[LANGUAGES.index(language)] in alert.text
    assert not any("640" in text for text in house.sent_to(others))


async def test_the_preview_is_what_readers_get(house: House) -> None:
    readers = [
        await reads_claims(house, READER + place, language)
        for place, language in enumerate(LANGUAGES)
    ]
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, "claim", "about:S1", *TEXTS, "qualifier:exact")
    await takes_steps(moderator, "speaker:kremlin-spokesperson", LINK, "day:none", "done:stance")
    *shown, note, _mark = (await moderator.presses("preview")).messages
    assert moderator.say("preview-checked") in note.text
    await moderator.presses("publish")
    await house.undo_pause_passes()
    for reader, preview in zip(readers, shown, strict=True):
        assert (await reader.hears("640")).text == preview.text


async def test_a_denial_answers_the_claim_and_reaches_who_got_it(house: House) -> None:
    got_it, stays = await reads_claims(house), await reads_claims(house, READER + 1)
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    await house.undo_pause_passes()
    claim = await got_it.hears(TEXTS[0])
    await got_it.says("/settings")
    await got_it.presses("topic:claims:off")
    await moderator.says(f"/record {key}")
    await takes_steps(moderator, *DENIAL_STEPS, "preview", "publish")
    await house.undo_pause_passes()
    denial = await got_it.hears("Denial, to No. 1")
    assert TEXTS[0] in denial.text
    assert denial.reply_to == claim.id
    await stays.hears("Denial, to No. 1")


async def test_who_neither_confirms_nor_denies_is_recorded_in_silence(house: House) -> None:
    reader = await reads_claims(house)
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    await house.undo_pause_passes()
    await reader.hears(TEXTS[0])
    await moderator.says(f"/record {key}")
    await takes_steps(moderator, "stance:declines", "speaker:president-of-ukraine", LINK)
    await takes_steps(moderator, "day:none", "done:stance")
    (await moderator.presses("preview")).tells("preview-quiet")
    await moderator.presses("publish")
    await house.undo_pause_passes()
    assert len(await house.rows("alerts")) == 1


async def test_what_went_on_around_the_exchange_alerts_nobody(house: House) -> None:
    await reads_claims(house)
    moderator = house.moderator()
    await moderator.says("/record")
    await takes_steps(moderator, "claim", "about:context", *TEXTS, "qualifier:exact")
    await takes_steps(moderator, "speaker:russia", LINK, "day:none", "done:stance")
    (await moderator.presses("preview")).tells("preview-quiet")


async def test_a_claim_can_be_undone_in_the_pause(house: House) -> None:
    reader = await reads_claims(house)
    heard = len(house.sent_to(reader))
    moderator = house.moderator()
    key = await publishes_a_claim(house, moderator)
    (await moderator.presses("undo")).tells("draft-undone")
    await house.undo_pause_passes()
    assert len(house.sent_to(reader)) == heard
    assert key not in (await house.store.ledger()).claims


async def test_an_alert_can_be_checked_by_the_code_it_shows(house: House) -> None:
    reader = await reads_claims(house)
    await publishes_a_claim(house, house.moderator())
    await house.undo_pause_passes()
    alert = await reader.hears("640")
    code = alert.text.split("/verify ")[1].split()[0]
    assert TEXTS[0] in (await reader.says(f"/verify {code}")).text
