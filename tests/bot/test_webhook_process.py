"""The real bot as a process that updates are posted to."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sandbox import faults
from sandbox.standin import Standin
from sandbox.webhook import WebhookSettings
from storage import tables
from tests.bot.posting import SECRET, free_port
from tests.bot.processes import Bot, homeward, settings_for, store_in
from tests.bot.test_commands import check_output

PERSON = 987_654_321


@pytest.fixture
def port() -> int:
    return free_port()


def webhook_at(port: int) -> dict[str, str]:
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_SECRET": SECRET,
        "LISTEN": f"127.0.0.1:{port}",
    }


@asynccontextmanager
async def running(telegram: Standin, folder: Path, **more: str) -> AsyncIterator[Bot]:
    settings = settings_for(telegram, folder, **more)
    async with homeward("run", folder=folder, settings=settings) as bot:
        await telegram.until(lambda: '"ready"' in bot.output or bot.life.is_over, timeout=20)
        assert '"ready"' in bot.output, bot.output
        yield bot


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_it_starts_answers_and_ends_clean(
    telegram: Standin, tmp_path: Path, port: int, sign: signal.Signals
) -> None:
    person = telegram.person(PERSON, language="en")
    person.says("/help")
    async with running(telegram, tmp_path, **webhook_at(port)) as bot:
        await person.hears()
        bot.told(sign)
        bot.told(sign)
        assert await bot.ended() == 0
    assert telegram.world.updates.pending() == []
    assert not telegram.journal.of("getUpdates")
    assert '"ended"' in bot.output
    assert "Traceback" not in bot.output
    assert SECRET not in bot.output


async def test_it_is_killed_again_and_again_and_nothing_is_lost_or_done_twice(
    telegram: Standin, tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.webhook._LONGEST_PAUSE", 0.2)
    people = [telegram.person(PERSON + one, language="en") for one in range(40)]
    async with running(telegram, tmp_path, **webhook_at(port)) as bot:
        for person in people:
            person.says("/subscribe")
        asked = [(person, await person.hears()) for person in people]
        bot.told(signal.SIGTERM)
        assert await bot.ended() == 0
    for person, question in asked:
        person.press(question, question.buttons[0])
    for answered in (3, 12, 24):
        async with running(telegram, tmp_path, **webhook_at(port)) as bot:
            await telegram.until(
                lambda so=answered: len(telegram.journal.of("editMessageText")) >= so,  # type: ignore[misc] # the loop's own value
                timeout=10,
            )
            bot.told(signal.SIGKILL)
            await bot.ended()
        assert telegram.world.updates.pending(), "the kill came after the end: the test is blind"
    async with running(telegram, tmp_path, **webhook_at(port)):
        await telegram.until(lambda: telegram.world.updates.pending() == [], timeout=20)
    assert all(person.unheard for person in people)
    async with store_in(tmp_path) as store:
        effects = [
            await store.read(lambda conn, t=table: conn.scalar(select(func.count()).select_from(t)))  # type: ignore[misc] # the loop's own value
            for table in (tables.updates, tables.subscribers)
        ]
    assert effects == [40, 40]


async def test_back_at_polling_the_own_webhook_is_taken_away_and_no_update_is_lost(
    telegram: Standin, tmp_path: Path, port: int
) -> None:
    async with running(telegram, tmp_path, **webhook_at(port)) as bot:
        bot.told(signal.SIGTERM)
        assert await bot.ended() == 0
    person = telegram.person(PERSON, language="en")
    person.says("/help")
    async with running(telegram, tmp_path):
        await person.hears()
    assert telegram.world.webhook.settings is None


async def test_somebody_elses_webhook_is_one_clear_sentence_and_exit_code_2(
    telegram: Standin, tmp_path: Path
) -> None:
    telegram.world.webhook.set(WebhookSettings("https://foreign.example.org/secret-path"))
    settings = settings_for(telegram, tmp_path)
    async with homeward("run", folder=tmp_path, settings=settings) as bot:
        assert await bot.ended() == 2
    sentence = bot.output.splitlines()[-1]
    assert sentence.startswith("Telegram posts this bot's updates to foreign.example.org, which")
    assert "deleteWebhook" in sentence
    assert "secret-path" not in bot.output
    assert "Traceback" not in bot.output
    assert telegram.world.webhook.settings is not None


async def test_a_webhook_that_telegram_refuses_is_one_clear_sentence(
    telegram: Standin, tmp_path: Path, port: int
) -> None:
    telegram.order(faults.bad_request("bad webhook: wrong port"), method="setWebhook")
    settings = settings_for(telegram, tmp_path, **webhook_at(port))
    async with homeward("run", folder=tmp_path, settings=settings) as bot:
        assert await bot.ended() == 2
    assert bot.output.splitlines()[-1].startswith("Telegram refuses the webhook: ")
    assert "wrong port" in bot.output.splitlines()[-1]


async def test_check_tells_where_updates_go(telegram: Standin, tmp_path: Path, port: int) -> None:
    assert "Updates are asked for." in (await check_output(telegram, tmp_path))[1]
    told = (await check_output(telegram, tmp_path, **webhook_at(port)))[1]
    assert "The webhook is not set yet" in told
    telegram.world.webhook.set(WebhookSettings("https://bot.example.org/secret-path"))
    told = (await check_output(telegram, tmp_path))[1]
    assert "Updates are posted to bot.example.org." in told
    assert "secret-path" not in told
