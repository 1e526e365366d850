"""The whole line, from one command to an alert in a chat, seen in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.story import Phone, browser, demonstration, picture

UNDO = 25_000
"""Milliseconds: the pause for undoing (20 s by default) and some to spare."""
MOST_TAPS = 12


async def test_a_stage_is_recorded_in_twelve_taps_and_reaches_readers_in_their_languages(
    chromium: str, tmp_path: Path
) -> None:
    async with demonstration(tmp_path) as address, browser(chromium) as started:
        page = await started.new_page(viewport={"width": 1500, "height": 900})
        await page.goto(address)
        ukrainian, english = Phone(page, "reader-uk"), Phone(page, "reader-en")
        moderator = Phone(page, "moderator-1")

        await _two_readers_subscribe(ukrainian, english)
        await picture(page, "subscribed")
        await _the_moderator_records(page, moderator)
        assert moderator.taps <= MOST_TAPS
        await _both_get_the_alert(page, ukrainian, english, moderator)
        await _each_asks(page, ukrainian, english)
        await _on_a_phone_one_chat_is_seen_at_a_time(page)


async def _two_readers_subscribe(ukrainian: Phone, english: Phone) -> None:
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


async def _the_moderator_records(page: Page, moderator: Phone) -> None:
    await moderator.tap("Start")
    await expect(moderator.node.get_by_role("button", name="Menu")).to_be_visible()
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
    await moderator.reads("Missing: nothing")
    await picture(page, "draft")
    await moderator.tap("Preview")
    await moderator.reads("Checks: nothing found")
    await picture(page, "preview")
    await moderator.tap("Publish")
    await moderator.reads("No. 1")


async def _both_get_the_alert(
    page: Page, ukrainian: Phone, english: Phone, moderator: Phone
) -> None:
    await ukrainian.reads("№ 1 · Новий етап: 10 червня", UNDO)
    await english.reads("No. 1 · New stage: 10 June", UNDO)
    await moderator.reads("No. 1 · sent")
    await picture(page, "alert")


async def _each_asks(page: Page, ukrainian: Phone, english: Phone) -> None:
    await ukrainian.menu("status")
    status = await ukrainian.reads("Завершено 2 етапи")
    await expect(status).to_contain_text("кількість не оприлюднено")
    await english.menu("status")
    status = await english.reads("2 stages completed")
    await expect(status).to_contain_text("number not published")
    await picture(page, "status")
    await english.types("/source R3")
    await expect(await english.reads("news.example.org")).to_contain_text("not stated): stage S2")
    await english.types("/source R1")
    source = await english.reads("Ministry of Defence of Russia: stage S1")
    await expect(source).to_contain_text("News outlet of the first article")
    await picture(page, "source")


async def _on_a_phone_one_chat_is_seen_at_a_time(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.locator("[data-tab=reader-uk]").click()
    await expect(page.locator("[data-person=reader-uk]")).to_be_visible()
    await expect(page.locator("[data-person=reader-en]")).to_be_hidden()
    await picture(page, "phone")
