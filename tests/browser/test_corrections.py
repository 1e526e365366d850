"""What was told turns out to be wrong or is denied: each reader ends with the truth."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, expect

from sandbox.people import Message, Person
from sandbox.standin import Standin
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
SLOW_UNDO = 4
SLOW = 6
"""Messages a second: so slow that an alert can be withdrawn while half of it is sent."""
CROWD = 30
LINK = "https://news.example.org/2025/06/10/exchange"
DENIAL = "https://other.example.org/denied"
HEADQUARTERS = "Coordination Headquarters"


@dataclass(frozen=True)
class Words:
    """What a reader taps and reads, in the reader's language."""

    agreeing: tuple[str, ...]
    subscribed: str
    settings: str
    claims_on: str
    claims_off: str
    number: str
    corrected: str
    correction: str
    was_and_now: tuple[str, str]
    claim: str
    denial: str
    disputed: str
    mark: str
    withdrawal: str
    one_stage: str


READERS = {
    "reader-uk": Words(
        agreeing=("Українська", "Далі", "Так, надсилайте сповіщення"),
        subscribed="Сповіщення ввімкнено",
        settings="Налаштування",
        claims_on="Твердження: увімкнути",
        claims_off="Твердження: вимкнути",
        number="№ {}",
        corrected="Виправлено, дивіться № 2",
        correction="Виправлення до № 1",
        was_and_now=("Було: куди: Україна — 157", "Стало: куди: Україна — 152"),
        claim="Списки на 640 осіб надійшли пізно",
        denial="Заперечення до № 3",
        disputed="оспорюється",
        mark="Відкликано, дивіться № 2",
        withdrawal="Відкликано: № 1",
        one_stage="Завершено 1 етап",
    ),
    "reader-ru": Words(
        agreeing=("Русский", "Дальше", "Да, присылайте уведомления"),
        subscribed="Уведомления включены",
        settings="Настройки",
        claims_on="Утверждения: включить",
        claims_off="Утверждения: выключить",
        number="№ {}",
        corrected="Исправлено, смотрите № 2",
        correction="Исправление к № 1",
        was_and_now=("Было: куда: Украина — 157", "Стало: куда: Украина — 152"),
        claim="Списки на 640 человек пришли поздно",
        denial="Возражение к № 3",
        disputed="оспаривается",
        mark="Отозвано, смотрите № 2",
        withdrawal="Отозвано: № 1",
        one_stage="Завершён 1 этап",
    ),
    "reader-en": Words(
        agreeing=("English", "Go on", "Yes, send me alerts"),
        subscribed="Alerts are on",
        settings="Settings",
        claims_on="Claims: turn on",
        claims_off="Claims: turn off",
        number="No. {}",
        corrected="Corrected, see No. 2",
        correction="Correction to No. 1",
        was_and_now=("Was: to Ukraine: 157", "Now: to Ukraine: 152"),
        claim="The lists of 640 came late",
        denial="Denial, to No. 3",
        disputed="disputed",
        mark="Withdrawn, see No. 2",
        withdrawal="Withdrawn: No. 1",
        one_stage="1 stage completed",
    ),
}


async def test_a_corrected_number_and_a_denial_reach_those_who_got_the_first_words(
    chromium: str, tmp_path: Path
) -> None:
    async with telegram_with_people() as telegram, browser(chromium) as started:
        await load_istanbul(telegram, tmp_path)
        async with running_bot(telegram, tmp_path, UNDO_SECONDS=UNDO):
            readers = await _phones(started, telegram)
            moderator = await phone_of(started, telegram.url, "moderator-1")
            await _each(readers, _asks_for_alerts)
            await _each(readers, _asks_for_claims)

            await _drafts_a_number(moderator, "157")
            await moderator.tap("Publish")
            await _each(readers, _reads_the_first_number)
            await _corrects_the_number(moderator, "152")
            await _each(readers, _has_mark_and_correction)

            await _records_a_claim(moderator)
            await _each(readers, _reads_the_claim)
            await _records_its_denial(moderator)
            await _each(readers, _has_the_denial_in_reply)

            await _each(readers, _finds_the_corrected_number)
            await _each(readers, _finds_both_sides_of_the_claim)


async def test_of_an_alert_withdrawn_half_way_nobody_keeps_or_gets_the_wrong_number(
    chromium: str, tmp_path: Path
) -> None:
    async with telegram_with_people() as telegram, browser(chromium) as started:
        await load_istanbul(telegram, tmp_path)
        readers = await _phones(started, telegram)
        moderator = await phone_of(started, telegram.url, "moderator-1")
        async with running_bot(telegram, tmp_path):
            await _each(readers, _asks_for_alerts)
            crowd = await _a_crowd_asks_for_alerts(telegram)
            await _drafts_a_number(moderator, "157")
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
            await _each(had_it, _has_the_withdrawal)
            await _each(readers, _finds_it_withdrawn)
            await _each(had_it, _finds_by_its_code_that_it_was_withdrawn)


async def _phones(started: Browser, telegram: Standin) -> dict[str, Phone]:
    return {key: await phone_of(started, telegram.url, key) for key in READERS}


async def _each(readers: dict[str, Phone], act: Callable[[Phone, Words], Awaitable[None]]) -> None:
    await asyncio.gather(*(act(phone, READERS[key]) for key, phone in readers.items()))


# What readers do and read


async def _asks_for_alerts(reader: Phone, words: Words) -> None:
    await reader.tap("Start")
    for button in words.agreeing:
        await reader.tap(button)
    await reader.reads(words.subscribed)


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
    checked = await reader.asks(f"/verify {await _code_of_the_first(reader, words)}")
    await expect(checked).to_contain_text(words.number.format(2))
    await reader.pictured("verify")
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
    checked = await reader.asks(f"/verify {await _code_of_the_first(reader, words)}")
    await expect(checked).to_contain_text(words.number.format(2))
    await reader.pictured("withdrawn-verify", height=1000)


async def _code_of_the_first(reader: Phone, words: Words) -> str:
    first = reader.node.locator("[data-by=bot]", has_text=f"{words.number.format(1)} · ").first
    return (await first.inner_text()).split("/verify ")[1][:9]


# What the moderator does


async def _drafts_a_number(moderator: Phone, number: str) -> None:
    """From /start to the preview of a stage with a number to Ukraine."""
    await moderator.tap("Start")
    await moderator.menu("record")
    for button in ("Prisoners of war", "Completed", "10", "Nobody in particular"):
        await moderator.tap(button)
    await moderator.tap("Both directions")
    await moderator.types(LINK)
    await moderator.tap("Both sides")
    await _says_the_number(moderator, number)
    await moderator.tap("Preview")
    await moderator.reads("Checks: nothing found")


async def _says_the_number(moderator: Phone, number: str) -> None:
    await moderator.tap("To Ukraine")
    await moderator.tap("Exactly")
    await moderator.types(number)
    await moderator.tap(HEADQUARTERS)


async def _corrects_the_number(moderator: Phone, number: str) -> None:
    await moderator.types("/correct S2")
    await moderator.reads("Correction of S2")
    await _says_the_number(moderator, number)
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
