"""The real bot as a process: how it starts, serves, ends, and what it never says."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from sandbox import faults
from sandbox.faults import Fault
from sandbox.standin import Standin
from storage import belonging, moderators, tables
from tests.bot.house import Clock, House
from tests.bot.processes import OWNER, Bot, homeward, settings_for, store_in
from tests.stores import NOW, postgres

PERSON = 987_654_321
WORDS = "canary: my brother was taken near the river"


@asynccontextmanager
async def running(telegram: Standin, folder: Path, **more: str) -> AsyncIterator[Bot]:
    """The bot, ready; asked before it is started are only the calls before this one."""
    settings = settings_for(telegram, folder, **more)
    async with homeward("run", folder=folder, settings=settings) as bot:
        asked = len(telegram.journal.of("getUpdates"))
        try:
            await telegram.until(lambda: len(telegram.journal.of("getUpdates")) > asked, timeout=20)
        except TimeoutError:
            pytest.fail(f"the bot did not start: {bot.output}")
        yield bot


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_it_starts_answers_and_ends_clean(
    telegram: Standin, tmp_path: Path, sign: signal.Signals
) -> None:
    person = telegram.person(PERSON, language="en")
    async with running(telegram, tmp_path) as bot:
        person.says("/help")
        await person.hears()
        began = time.monotonic()
        bot.told(sign)
        bot.told(sign)
        assert await bot.ended() == 0
    assert time.monotonic() - began < 25
    assert len(telegram.world.updates.pending()) == 0
    assert '"ready"' in bot.output
    assert '"ended"' in bot.output
    assert "Traceback" not in bot.output


async def test_its_log_holds_no_token_no_chat_and_no_words(
    telegram: Standin, tmp_path: Path
) -> None:
    """At DEBUG, with everything going wrong: refused calls, poison, cut answers, a crash."""
    person = telegram.person(PERSON, name="Canary Name", language="uk")
    async with running(telegram, tmp_path) as bot:
        person.says("/start")
        await person.hears()
        for fault in (faults.cut_json(), faults.bad_request("odd"), faults.server_error()):
            telegram.order(fault, method="sendMessage")
        person.says(WORDS)
        telegram.inject({"message": {"chat": {"id": PERSON}, "text": WORDS}})
        telegram.order(faults.cut_json(), method="getUpdates")
        await telegram.until(lambda: len(telegram.world.updates.pending()) == 0, timeout=15)
        telegram.order(faults.unauthorized(), method="getUpdates", times=None)
        person.says(WORDS)
        assert await bot.ended() == 2
    assert "intake.set_aside" in bot.output
    for canary in (telegram.token, str(PERSON), "canary", "Canary"):
        assert canary not in bot.output
    assert not re.search(rf"(?<!\d){OWNER}(?!\d)", bot.output)  # moments have such digits as well


async def test_without_a_token_it_says_in_three_lines_how_to_get_one(tmp_path: Path) -> None:
    async with homeward("run", folder=tmp_path, settings={}) as bot:
        assert await bot.ended() == 2
    assert len(bot.output.splitlines()) == 3
    assert "https://t.me/BotFather" in bot.output
    assert not (tmp_path / "homeward.db").exists()


async def test_a_rejected_token_is_one_sentence_and_exit_code_2(
    telegram: Standin, tmp_path: Path
) -> None:
    settings = settings_for(telegram, tmp_path, TOKEN="4242:canary-canary-canary-canary")
    async with homeward("run", folder=tmp_path, settings=settings) as bot:
        assert await bot.ended() == 2
    assert bot.output.splitlines()[-1].startswith("Telegram rejects the token.")
    assert "Traceback" not in bot.output
    assert "canary" not in bot.output


async def test_a_token_rejected_later_ends_it_with_the_same_sentence(
    telegram: Standin, tmp_path: Path
) -> None:
    async with running(telegram, tmp_path) as bot:
        telegram.revoke_token("4242:another")
        telegram.person(PERSON).says("/help")
        assert await bot.ended() == 2
    assert bot.output.splitlines()[-1].startswith("Telegram rejects the token.")
    assert "Traceback" not in bot.output


async def test_with_the_token_of_another_bot_nobody_is_written_to_until_it_is_meant_so(
    telegram: Standin, tmp_path: Path
) -> None:
    """Of its readers none has started that other bot: the first alert would erase them."""
    async with store_in(tmp_path) as store:
        house = House(store, telegram, Clock())
        await store.write(partial(belonging.bind, bot_id=1))
        await store.write(partial(moderators.set_owners, seal=store.seal, user_ids=[7], at=NOW))
        (reader,) = await house.readers(1)
        await house.publish()
    settings = settings_for(telegram, tmp_path)
    for word in ("run", "check"):
        async with homeward(word, folder=tmp_path, settings=settings) as bot:
            assert await bot.ended() == (2 if word == "run" else 1)
        assert "This store is of the bot 1, " in bot.output
        assert "Traceback" not in bot.output
    assert telegram.journal.of("sendMessage", "setWebhook", "getUpdates") == []
    async with store_in(tmp_path) as store:
        assert [one.pseudonym for one in await store.read(moderators.active)] == ["mod-1"]
    async with homeward("adopt", folder=tmp_path, settings=settings) as bot:
        assert await bot.ended() == 0
    assert bot.output.endswith(" now. Readers that were erased: 1.\n")
    async with running(telegram, tmp_path):
        reader.says("/status")
        await reader.hears()
    assert len(telegram.journal.of("sendMessage")) == 1


async def test_it_waits_for_telegram_at_the_start(telegram: Standin, tmp_path: Path) -> None:
    telegram.order(faults.dropped(), method="getMe")
    person = telegram.person(PERSON)
    async with running(telegram, tmp_path) as bot:
        person.says("/help")
        await person.hears()
    assert "telegram.not_reached" in bot.output


@pytest.mark.parametrize("fault", [faults.dropped(), faults.slow(60)])
async def test_told_to_end_while_waiting_for_telegram_it_ends(
    telegram: Standin, tmp_path: Path, fault: Fault
) -> None:
    telegram.order(fault, method="getMe", times=None)
    settings = settings_for(telegram, tmp_path)
    async with homeward("run", folder=tmp_path, settings=settings) as bot:
        await telegram.until(lambda: len(telegram.journal.of("getMe")) >= 1, timeout=20)
        bot.told(signal.SIGTERM)
        assert await bot.ended(10) == 0


async def test_a_second_bot_on_the_same_store_is_refused(telegram: Standin, tmp_path: Path) -> None:
    async with running(telegram, tmp_path):
        settings = settings_for(telegram, tmp_path)
        async with homeward("run", folder=tmp_path, settings=settings) as second:
            assert await second.ended() == 1
    assert (
        second.output.splitlines()[-1] == "Another `homeward run` uses this store. Stop it first."
    )


async def test_the_owners_of_the_settings_are_owners(telegram: Standin, tmp_path: Path) -> None:
    async with running(telegram, tmp_path), store_in(tmp_path) as store:
        owner = await store.read(lambda conn: moderators.role_of(conn, store.seal, OWNER))
    assert owner is not None
    assert owner.role is moderators.Role.OWNER


async def test_told_to_end_in_mid_send_it_leaves_nothing_in_doubt(
    telegram: Standin, tmp_path: Path
) -> None:
    """Row 28: Telegram answers after the signal, and the answer is written down."""
    async with store_in(tmp_path) as store:
        house = House(store, telegram, Clock())
        await house.readers(20)
        await house.publish()
        telegram.order(faults.slow(0.7), method="sendMessage", times=None)
        async with running(telegram, tmp_path) as bot:
            await telegram.until(lambda: len(house.sent()) >= 5, timeout=10)
            began = time.monotonic()
            bot.told(signal.SIGTERM)
            assert await bot.ended() == 0
        assert time.monotonic() - began < 25
        rows = await house.deliveries()
    assert {row.ambiguous for row in rows} == {0}
    assert {row.state for row in rows} == {"delivered", "queued"}
    delivered = {row.message_id for row in rows if row.state == "delivered"}
    assert delivered == {call.message_id for call in house.sent() if call.accepted}


async def test_told_to_end_while_its_database_says_nothing_it_ends_in_time(
    telegram: Standin, tmp_path: Path
) -> None:
    with postgres() as server:
        settings = {"DATABASE_URL": await server.empty_url()}
        async with running(telegram, tmp_path, **settings) as bot:
            telegram.person(PERSON).says("/status")
            with server.silent():
                await asyncio.sleep(0.5)
                began = time.monotonic()
                bot.told(signal.SIGTERM)
                assert await bot.ended(90) == 0
                assert time.monotonic() - began < 25


async def test_told_to_end_while_a_moderator_is_told_something_it_is_not_told_again(
    telegram: Standin, tmp_path: Path
) -> None:
    one, other = (telegram.person(number, started=True) for number in (2001, 2002))
    async with running(telegram, tmp_path, OWNERS="2001,2002") as bot:
        one.says("/freeze")
        asked = await one.hears()
        telegram.order(faults.slow(1), method="sendMessage", chat=other)
        one.press(asked, asked.buttons[0])
        await telegram.until(lambda: len(telegram.journal.of("sendMessage", chat=2002)) == 1)
        bot.told(signal.SIGTERM)
        assert await bot.ended() == 0
    async with running(telegram, tmp_path, OWNERS="2001,2002") as bot:
        await asyncio.sleep(1.5)
        bot.told(signal.SIGTERM)
        assert await bot.ended() == 0
    assert len(telegram.journal.of("sendMessage", chat=2002)) == 1


async def test_killed_in_the_middle_of_handling_it_answers_everybody_after_the_next_start(
    telegram: Standin, tmp_path: Path
) -> None:
    people = [telegram.person(PERSON + one, language="en") for one in range(40)]
    for person in people:
        person.says("/help")
    for answered in (8, 20):
        async with running(telegram, tmp_path) as bot:
            await telegram.until(
                lambda so=answered: len(telegram.journal.of("sendMessage")) >= so,  # type: ignore[misc] # the loop's own value
                timeout=10,
            )
            bot.told(signal.SIGKILL)
            await bot.ended()
    async with running(telegram, tmp_path) as bot:
        await telegram.until(lambda: all(person.received for person in people), timeout=10)
        await telegram.until(lambda: len(telegram.world.updates.pending()) == 0)
        bot.told(signal.SIGTERM)
        assert await bot.ended() == 0


async def test_an_alert_published_beside_it_is_found_and_sent(
    telegram: Standin, tmp_path: Path
) -> None:
    async with store_in(tmp_path) as store:
        house = House(store, telegram, Clock())
        (reader,) = await house.readers(1)
        async with running(telegram, tmp_path):
            await house.publish()
            await reader.hears("No. 1")
            await asyncio.sleep(0.2)
        query = select(tables.deliveries.c.state)
        assert await store.read(lambda conn: conn.scalars(query).all()) == ["delivered"]
