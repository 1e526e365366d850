"""What was told turns out to be wrong or is denied: each reader ends with the truth."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from tests.browser.people import (
    HEADQUARTERS,
    LINK,
    READERS,
    Words,
    asks_for_alerts,
    code_of_the_first,
    drafts_a_number,
    each,
    phones_of_readers,
    says_the_number,
)
from tests.browser.story import (
    Phone,
    browser,
    load_istanbul,
    phone_of,
    running_bot,
    telegram_with_people,
)

UNDO = 1
"""Seconds: the pause for undoing, as short as this story bears."""
DENIAL = "https://other.example.org/denied"


async def test_a_corrected_number_and_a_denial_reach_those_who_got_the_first_words(
    chromium: str, tmp_path: Path
) -> None:
    async with telegram_with_people() as telegram, browser(chromium) as started:
        await load_istanbul(telegram, tmp_path)
        async with running_bot(telegram, tmp_path, UNDO_SECONDS=UNDO):
            readers = await phones_of_readers(started, telegram)
            moderator = await phone_of(started, telegram.url, "moderator-1")
            await each(readers, asks_for_alerts)
            await each(readers, _asks_for_claims)

            await drafts_a_number(moderator, "157")
            await moderator.tap("Publish")
            await each(readers, _reads_the_first_number)
            await _corrects_the_number(moderator, "152")
            await each(readers, _has_mark_and_correction)

            await _records_a_claim(moderator)
            await each(readers, _reads_the_claim)
            await _records_its_denial(moderator)
            await each(readers, _has_the_denial_in_reply)

            await each(readers, _finds_the_corrected_number)
            await each(readers, _finds_both_sides_of_the_claim)


# What readers do and read


async def _asks_for_claims(reader: Phone, words: Words) -> None:
    await reader.tap(words.settings)
    await reader.tap(words.claims_on)
    await expect(reader.node.get_by_role("button", name=words.claims_off)).to_be_visible()


async def _reads_the_first_number(reader: Phone, words: Words) -> None:
    await expect(await reader.reads("157")).to_contain_text(words.number.format(1))


async def _has_mark_and_correction(reader: Phone, words: Words) -> None:
    correction = await reader.reads(words.correction)
    await expect(correction.locator(".quote")).to_have_text(words.corrected)
    old = reader.node.locator("[data-by=bot]").filter(has_text=f"{words.number.format(1)} · ").first
    await expect(old).to_contain_text(words.corrected)
    for said in words.was_and_now:
        await expect(correction).to_contain_text(said)
        await expect(old).to_contain_text(said)
    await reader.pictured("correction", height=1300)


async def _reads_the_claim(reader: Phone, words: Words) -> None:
    await reader.reads(words.claim)


async def _has_the_denial_in_reply(reader: Phone, words: Words) -> None:
    denial = await reader.reads(words.denial)
    await expect(denial.locator(".quote")).to_contain_text(words.number.format(3))
    await expect(denial).to_contain_text(words.claim)
    await reader.pictured("denial", height=1000)


async def _finds_the_corrected_number(reader: Phone, words: Words) -> None:
    status = await reader.asks("/status")
    await expect(status).to_contain_text("152")
    await expect(status).not_to_contain_text("157")
    await reader.pictured("status")
    for command in ("/history S2", "/corrections"):
        past = await reader.asks(command)
        for said in (*words.was_and_now, "X1"):
            await expect(past).to_contain_text(said)
        await reader.pictured(command[1:].split()[0])
    checked = await reader.asks(f"/verify {await code_of_the_first(reader, words)}")
    for said in (*words.was_and_now, words.number.format(2)):
        await expect(checked).to_contain_text(said)
    await reader.pictured("verify", height=1000)
    await expect(await reader.asks("/cite S2")).to_contain_text("start=s_S2")
    await reader.pictured("cite")


async def _finds_both_sides_of_the_claim(reader: Phone, words: Words) -> None:
    claim = await reader.asks("/claim C18")
    await expect(claim).to_contain_text(words.disputed)
    await reader.pictured("claim")
    await reader.asks("/claims")
    await reader.pictured("claims")
    await reader.asks("/progress")
    await reader.pictured("progress")


# What the moderator does


async def _corrects_the_number(moderator: Phone, number: str) -> None:
    await moderator.types("/correct S2")
    await moderator.reads("Correction of S2")
    await says_the_number(moderator, number)
    await moderator.tap("The source corrected itself")
    await moderator.reads("was: 157")
    await moderator.pictured("correcting")
    await moderator.tap("Preview")
    await moderator.reads("Earlier messages that are changed")
    await moderator.tap("Publish")


async def _records_a_claim(moderator: Phone) -> None:
    await moderator.menu("record")
    await moderator.tap("New claim")
    await moderator.tap("The exchange as a whole")
    for language, key in {"English": "en", "Ukrainian": "uk", "Russian": "ru"}.items():
        await moderator.reads(f"in this language: {language}")
        await moderator.types(READERS[f"reader-{key}"].claim)
    await moderator.tap("About")
    await moderator.tap("Defence Ministry of Russia")
    await moderator.types(LINK)
    await moderator.tap("10")
    await moderator.tap("Next")
    await moderator.tap("Preview")
    await moderator.tap("Publish")


async def _records_its_denial(moderator: Phone) -> None:
    await moderator.types("/record C18")
    await moderator.tap("Denies it")
    await moderator.tap(HEADQUARTERS)
    await moderator.types(DENIAL)
    await moderator.tap("No day stated")
    await moderator.tap("Next")
    await moderator.tap("Preview")
    await moderator.tap("Publish")
