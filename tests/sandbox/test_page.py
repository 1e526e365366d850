"""The chat page in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from telegram import Bot, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.demo import PEOPLE
from sandbox.standin import USERNAME, Standin
from tests.sandbox.test_methods import png

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Publish", callback_data="publish")],
        [
            InlineKeyboardButton("Check", url=f"https://t.me/{USERNAME}?start=v_42"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("words")),
        ],
    ]
)


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as play:
        started = await play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        await started.close()


@pytest.fixture
async def page(browser: Browser, telegram: Standin) -> AsyncIterator[Page]:
    """The page with its five people; an error in its console fails the test."""
    for person_id, key, name, language in PEOPLE:
        telegram.person(person_id, name, language, key=key)
    problems: list[str] = []
    opened = await browser.new_page(viewport={"width": 1440, "height": 800})
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    await opened.goto(telegram.url)
    await expect(opened.locator("[data-person]")).to_have_count(5)
    yield opened
    assert problems == []


def phone(page: Page, key: str) -> Locator:
    return page.locator(f"[data-person={key}]")


async def test_a_newcomer_starts_reads_presses_and_sees_the_edit(
    page: Page, bot: Bot, telegram: Standin
) -> None:
    reader, person = phone(page, "reader-en"), telegram.person(1003)
    await reader.get_by_role("button", name="Start").click()
    await telegram.until(lambda: [m.text for m in person.chat] == ["/start"])
    sent = await bot.send_message(1003, "<b>Draft</b> & more", "HTML", reply_markup=BUTTONS)
    message = reader.locator(f"[data-message-id='{sent.message_id}']")
    await expect(message.locator("b")).to_have_text("Draft")
    publish = message.get_by_role("button", name="Publish")
    await publish.click()
    await expect(publish).to_be_disabled()
    query = (await bot.get_updates(timeout=5))[-1].callback_query
    assert query is not None
    await query.answer("Done")
    await expect(reader.get_by_text("Done")).to_be_visible()
    await expect(publish).to_be_enabled()
    await query.edit_message_text("Published")
    await expect(message).to_contain_text("Published")
    await expect(message).to_contain_text("edited")
    await expect(message.get_by_role("button")).to_have_count(0)


async def test_people_write_with_the_keyboard_and_from_the_command_menu(
    page: Page, bot: Bot, telegram: Standin
) -> None:
    await bot.set_my_commands([("status", "Where the exchange stands")])
    reader, person = phone(page, "reader-uk"), telegram.person(1001)
    await reader.get_by_role("button", name="Start").click()
    field = reader.get_by_role("textbox")
    await field.fill("Привіт")
    await field.press("Enter")
    await reader.get_by_role("button", name="Menu").click()
    await reader.get_by_role("button", name="/status").click()
    await telegram.until(lambda: len(person.chat) == 3)
    assert [m.text for m in person.chat] == ["/start", "Привіт", "/status"]


async def test_an_alert_must_be_closed(page: Page, bot: Bot, telegram: Standin) -> None:
    reader = phone(page, "reader-en")
    telegram.person(1003).says("/start")
    await bot.send_message(1003, "Draft", reply_markup=BUTTONS)
    await reader.get_by_role("button", name="Publish").click()
    query = (await bot.get_updates(timeout=5))[-1].callback_query
    assert query is not None
    await query.answer("Too late", show_alert=True)
    alert = reader.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Too late")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_be_hidden()


async def test_a_link_to_the_bot_starts_it_with_its_words(
    page: Page, bot: Bot, telegram: Standin
) -> None:
    person = telegram.person(1003)
    person.says("/start")
    await bot.send_message(1003, "Alert", reply_markup=BUTTONS)
    await phone(page, "reader-en").get_by_role("button", name="Check").click()
    await telegram.until(lambda: person.chat[-1].text == "/start v_42")


async def test_pictures_documents_replies_and_silence_are_shown(
    page: Page, bot: Bot, telegram: Standin
) -> None:
    telegram.person(1003).says("/start")
    reader = phone(page, "reader-en")
    chart = await bot.send_photo(1003, png(60, 30), caption="Chart", disable_notification=True)
    await bot.send_document(1003, b"a,b", filename="ledger.csv")
    await bot.send_message(1003, "Correction", reply_to_message_id=chart.message_id)
    picture = reader.get_by_role("img", name="Chart")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 60
    await expect(reader.get_by_text("silent")).to_be_visible()
    await expect(reader.get_by_role("link", name="ledger.csv")).to_be_visible()
    await expect(reader.get_by_role("button", name="In reply to: Chart")).to_be_visible()


async def test_a_message_is_never_read_as_html(page: Page, bot: Bot, telegram: Standin) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    person = telegram.person(1003)
    person.says(hostile)
    await bot.send_message(1003, hostile)
    reader = phone(page, "reader-en")
    await expect(reader.get_by_text(hostile)).to_have_count(2)
    assert await reader.locator("img, script").count() == 0


async def test_blocking_and_faults_are_ordered_from_the_page(page: Page, telegram: Standin) -> None:
    reader, person = phone(page, "reader-en"), telegram.person(1003)
    person.says("/start")
    await reader.get_by_text("What if").click()
    await reader.get_by_role("button", name="Let it happen").click()
    await expect(reader.get_by_text("Ordered: too many requests")).to_be_visible()
    assert [o.chat for o in telegram.calls.orders.waiting()] == [1003]
    await reader.get_by_role("button", name="Block the bot").click()
    await expect(reader.get_by_text("has blocked the bot")).to_be_visible()
    assert person.account.blocked
    await reader.locator("footer").get_by_role("button", name="Unblock the bot").click()
    await telegram.until(lambda: not person.account.blocked and person.chat[-1].text == "/start")


async def test_a_phone_shows_one_chat_and_counts_what_is_unread_in_the_others(
    page: Page, bot: Bot, telegram: Standin
) -> None:
    await page.set_viewport_size({"width": 390, "height": 800})
    await expect(phone(page, "reader-uk")).to_be_visible()
    await expect(phone(page, "reader-en")).to_be_hidden()
    telegram.person(1003).says("/start")
    await bot.send_message(1003, "One")
    await bot.send_message(1003, "Two")
    tab = page.locator("[data-tab=reader-en]")
    await expect(tab).to_contain_text("2")
    await tab.click()
    await expect(phone(page, "reader-en").get_by_text("Two")).to_be_visible()
    await expect(tab).to_have_text("English")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


async def test_a_page_opened_later_shows_what_was_said_before(
    page: Page, browser: Browser, bot: Bot, telegram: Standin
) -> None:
    telegram.person(1003).says("/start")
    await bot.send_message(1003, "Earlier")
    await expect(page.get_by_text("Earlier")).to_be_visible()
    later = await browser.new_page()
    await later.goto(telegram.url)
    await expect(later.get_by_text("Earlier")).to_be_visible()
