"""Readers in three languages and a moderator, as the stories of the browser need them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Browser

from sandbox.standin import Standin
from tests.browser.story import Phone, phone_of

LINK = "https://news.example.org/2025/06/10/exchange"
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


async def phones_of_readers(started: Browser, telegram: Standin) -> dict[str, Phone]:
    return {key: await phone_of(started, telegram.url, key) for key in READERS}


async def each(readers: dict[str, Phone], act: Callable[[Phone, Words], Awaitable[None]]) -> None:
    await asyncio.gather(*(act(phone, READERS[key]) for key, phone in readers.items()))


async def asks_for_alerts(reader: Phone, words: Words) -> None:
    await reader.tap("Start")
    for button in words.agreeing:
        await reader.tap(button)
    await reader.reads(words.subscribed)


async def code_of_the_first(reader: Phone, words: Words) -> str:
    first = reader.node.locator("[data-by=bot]", has_text=f"{words.number.format(1)} · ").first
    return (await first.inner_text()).split("/verify ")[1][:9]


async def drafts_a_number(moderator: Phone, number: str) -> None:
    """From /start to the preview of a stage with a number to Ukraine."""
    await moderator.tap("Start")
    await moderator.menu("record")
    for button in ("Prisoners of war", "Completed", "10", "Nobody in particular"):
        await moderator.tap(button)
    await moderator.tap("Both directions")
    await moderator.types(LINK)
    await moderator.tap("Both sides")
    await says_the_number(moderator, number)
    await moderator.tap("Preview")
    await moderator.reads("Checks: nothing found")


async def says_the_number(moderator: Phone, number: str) -> None:
    await moderator.tap("To Ukraine")
    await moderator.tap("Exactly")
    await moderator.types(number)
    await moderator.tap(HEADQUARTERS)
