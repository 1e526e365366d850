"""An alert turns out to be wrong while it is sent: each reader ends with the truth."""

from __future__ import annotations

import asyncio
from pathlib import Path

from playwright.async_api import expect

from sandbox.people import Message, Person
from sandbox.standin import Standin
from tests.browser.people import (
    READERS,
    Words,
    asks_for_alerts,
    code_of_the_first,
    drafts_a_number,
    each,
    phones_of_readers,
)
from tests.browser.story import (
    Phone,
    browser,
    load_istanbul,
    phone_of,
    running_bot,
    telegram_with_people,
)

SLOW_UNDO = 4
SLOW = 6
"""Messages a second: so slow that an alert can be withdrawn while half of it is sent."""
CROWD = 30


async def test_of_an_alert_withdrawn_half_way_nobody_keeps_or_gets_the_wrong_number(
    chromium: str, tmp_path: Path
) -> None:
    async with telegram_with_people() as telegram, browser(chromium) as started:
        await load_istanbul(telegram, tmp_path)
        readers = await phones_of_readers(started, telegram)
        moderator = await phone_of(started, telegram.url, "moderator-1")
        async with running_bot(telegram, tmp_path):
            await each(readers, asks_for_alerts)
            crowd = await _a_crowd_asks_for_alerts(telegram)
            await drafts_a_number(moderator, "157")
        async with running_bot(telegram, tmp_path, UNDO_SECONDS=SLOW_UNDO, RATE=SLOW):
            watched = {key: _person(telegram, key) for key in readers}
            everybody = [*crowd, *watched.values()]
            await moderator.tap("Publish")
            await _is_about_to_withdraw(moderator)
            await telegram.until(lambda: len(_reached(everybody)) >= CROWD // 2, timeout=30)
            withdrawn_at = await _withdraws(telegram, moderator)
            await _all_is_sent(moderator)

            reached = _reached(everybody)
            assert len(reached) < len(everybody), "it was to be withdrawn half way"
            _nothing_wrong_left_after(telegram, withdrawn_at)
            for person in everybody:
                if person in reached:
                    _has_mark_and_withdrawal(person)
                else:
                    assert _alerts_of(person) == []
            had_it = {key: phone for key, phone in readers.items() if watched[key] in reached}
            await each(had_it, _has_the_withdrawal)
            await each(readers, _finds_it_withdrawn)
            await each(had_it, _finds_by_its_code_that_it_was_withdrawn)


async def _has_the_withdrawal(reader: Phone, words: Words) -> None:
    withdrawal = await reader.reads(words.withdrawal)
    await expect(withdrawal.locator(".quote")).to_contain_text(words.mark)
    await reader.pictured("withdrawal", height=1300)


async def _finds_it_withdrawn(reader: Phone, words: Words) -> None:
    await expect(await reader.asks("/status")).to_contain_text(words.one_stage)
    for command in ("/history S2", "/corrections"):
        await expect(await reader.asks(command)).to_contain_text("X1")
        await reader.pictured(f"withdrawn-{command[1:].split()[0]}")


async def _finds_by_its_code_that_it_was_withdrawn(reader: Phone, words: Words) -> None:
    checked = await reader.asks(f"/verify {await code_of_the_first(reader, words)}")
    await expect(checked).to_contain_text(words.number.format(2))
    await reader.pictured("withdrawn-verify", height=1000)


# What the moderator does


async def _is_about_to_withdraw(moderator: Phone) -> None:
    """The command and the first tap, while the alert waits or begins."""
    await moderator.types("/withdraw S2")
    await moderator.reads("Why?")
    await moderator.pictured("withdrawing")
    await moderator.tap("The source took it back")
    await moderator.reads("There is no undo")


async def _withdraws(telegram: Standin, moderator: Phone) -> float:
    """The last tap; gives the moment when the bot said that it is done."""
    await moderator.tap("Withdraw S2 now")
    await moderator.reads("No. 2 ·")
    answers = telegram.journal.of("editMessageText", chat=_person(telegram, moderator.key).id)
    return next(one.at for one in answers if "No. 2 ·" in str(one.parameters["text"]))


async def _all_is_sent(moderator: Phone) -> None:
    await moderator.reads("No. 2 · sent", 60_000)
    await moderator.pictured("withdrawn")


# The crowd, and what it got


async def _a_crowd_asks_for_alerts(telegram: Standin) -> list[Person]:
    languages = [key.removeprefix("reader-") for key in READERS]
    crowd = [
        telegram.person(5001 + place, language=languages[place % len(languages)])
        for place in range(CROWD)
    ]
    for person in crowd:
        person.says("/subscribe")
    await asyncio.gather(*map(_agrees, crowd))
    return crowd


async def _agrees(person: Person) -> None:
    words = _words(person)
    question = await person.hears(timeout=30)
    person.press(question, words.agreeing[-1])
    await person.hears(words.subscribed, timeout=30)


def _person(telegram: Standin, key: str) -> Person:
    return next(one for one in telegram.people.values() if one.account.key == key)


def _words(person: Person) -> Words:
    return READERS[f"reader-{person.account.language}"]


def _alerts_of(person: Person) -> list[Message]:
    """The alerts among a person's messages, as they read now."""
    return [one for one in person.received if "/verify" in one.text]


def _reached(people: list[Person]) -> list[Person]:
    """Whoever has the message with the number that turns out to be wrong."""
    return [person for person in people if any("157" in one.text for one in _alerts_of(person))]


def _has_mark_and_withdrawal(person: Person) -> None:
    old, withdrawal = _alerts_of(person)
    words = _words(person)
    assert old.text.startswith(words.mark)
    assert words.withdrawal in withdrawal.text
    assert "157" not in withdrawal.text
    assert withdrawal.reply_to == old.id


def _nothing_wrong_left_after(telegram: Standin, moment: float) -> None:
    """No new message with the number; and in an edit it stands below the mark alone."""
    readers = {one.id for one in telegram.people.values() if "moderator" not in one.account.key}
    for call in telegram.journal.of("sendMessage", "editMessageText"):
        text = str(call.parameters["text"])
        if call.at > moment and "157" in text and call.chat_id in readers:
            assert call.method == "editMessageText"
            assert any(words.mark in text.splitlines()[0] for words in READERS.values())
