"""The whole line, from one command to an alert in a chat, seen in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from tests.browser.story import Phone, browser, demonstration, picture

UNDO = 25_000
"""Milliseconds: the pause for undoing (20 s by default) and some to spare."""


async def test_a_stage_is_recorded_in_twelve_taps_and_reaches_readers_in_their_languages(
    chromium: str, tmp_path: Path
) -> None:
    async with demonstration(tmp_path) as address, browser(chromium) as started:
        page = await started.new_page(viewport={"width": 1500, "height": 900})
        await page.goto(address)
        ukrainian, english = Phone(page, "reader-uk"), Phone(page, "reader-en")
        moderator = Phone(page, "moderator-1")

        await ukrainian.tap("Start")
        await ukrainian.tap("Українська")
        await ukrainian.tap("Далі")
        await ukrainian.tap("Так, надсилайте сповіщення")
        await ukrainian.reads("Сповіщення ввімкнено")
        await english.tap("Start")
        await english.tap("English")
        await english.tap("Go on")
        await english.tap("Yes, send me alerts")
        await english.reads("Alerts are on")
        await moderator.tap("Start")
        await expect(moderator.node.get_by_role("button", name="Menu")).to_be_visible()
        await picture(page, "subscribed")

        moderator.taps = 0
        await moderator.menu("record")
        await moderator.tap("Prisoners of war")
        await moderator.tap("Completed")
        await moderator.tap("10")
        await moderator.tap("Seriously wounded")
        await moderator.tap("Next")
        await moderator.tap("Both directions")
        await moderator.types("https://news.example.org/2025/06/10/exchange")
        await moderator.tap("Both sides")
        await moderator.reads("number not published")
        await picture(page, "draft")
        await moderator.tap("Preview")
        await moderator.reads("Publish")
        await picture(page, "preview")
        await moderator.tap("Publish")
        assert moderator.taps <= 12
        await moderator.reads("No. 1")

        await ukrainian.reads("10 червня", UNDO)
        await english.reads("10 June", UNDO)
        await picture(page, "alert")
        await ukrainian.menu("status")
        status = await ukrainian.reads("Завершено 2 етапи")
        await expect(status).to_contain_text("кількість не оприлюднено")
        await english.menu("status")
        status = await english.reads("2 stages completed")
        await expect(status).to_contain_text("number not published")
        await picture(page, "status")
        await english.types("/source R3")
        source = await english.reads("news.example.org")
        await expect(source).to_contain_text("who exactly is not stated")
        await english.types("/source R1")
        await english.reads("Ministry of Defence of Russia")
        await picture(page, "source")
