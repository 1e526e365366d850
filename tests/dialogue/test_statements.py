"""An answer asks the store a fixed number of questions, however much is recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from telegram import Update

from handlers import checking, exporting, linking, past, reading
from handlers.commands import COMMANDS
from messages.catalogue import LANGUAGES
from sandbox.standin import Standin
from tests.dialogue.house import House
from tests.dialogue.stages import many_stages, publishes_the_usual, record_in
from tests.dialogue.talk import Talker

READER = 7_123_456_789
MOST = 4
ASKED = (
    *("/status", "/stages", "/stage S1", "/stage S99", "/sources", "/source R1"),
    *("/progress", "/claims", "/claim C1", "/cite S1", "/cite x", "/export"),
    *("/history S1", "/corrections", "/corrections X1"),
    *("/start s_S1", "/start p_P1", "/start r_R1", "/start x", "/help", "/settings"),
)
OF_THE_PAST = ("/asof 2025-06-10 15:30", "/asof 9 June 2025", "/asof 2099-01-01", "/asof x")
OF_ALERTS = ("/verify {code}", "/verify 00000000", "/start v_{code}", "/start a_1")
_OF_THE_ANSWER: ContextVar[list[str] | None] = ContextVar("statements", default=None)


class CountingHouse(House):
    """Notes every statement that the handling of an update makes, and no other."""

    def __post_init__(self) -> None:
        self.statements: list[str] = []

    async def start(self) -> None:
        event.listen(Engine, "before_cursor_execute", _note)
        await super().start()

    async def stop(self) -> None:
        await super().stop()
        event.remove(Engine, "before_cursor_execute", _note)

    async def _handle(self, update: Update) -> None:
        self.statements = []
        token = _OF_THE_ANSWER.set(self.statements)
        try:
            await super()._handle(update)
        finally:
            _OF_THE_ANSWER.reset(token)


def _note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    noted = _OF_THE_ANSWER.get()
    if noted is not None and not statement.startswith("BEGIN"):
        noted.append(statement)


@pytest.fixture
async def house(tmp_path: Path, telegram: Standin) -> AsyncIterator[CountingHouse]:
    opened = CountingHouse(telegram, tmp_path)
    await opened.start()
    yield opened
    await opened.stop()


async def _counted(house: CountingHouse, reader: Talker) -> dict[str, int]:
    """How many statements each answer makes, once the ledger as it is has been read."""
    await reader.says("/status")
    counts = {}
    for words in ASKED:
        await reader.says(words)
        counts[words] = len(house.statements)
    return counts


def test_every_command_that_reads_public_records_is_counted() -> None:
    homes = {one.__name__ for one in (checking, exporting, linking, past, reading)}
    public = {one.name for one in COMMANDS if one.run.__module__ in homes}
    counted = {words.split()[0][1:] for words in (*ASKED, *OF_THE_PAST, *OF_ALERTS)}
    assert public <= counted


async def test_every_public_answer_makes_few_statements_and_always_as_many(
    house: CountingHouse,
) -> None:
    on_the_first_day = await _counted(house, house.person(READER))
    await house.load_istanbul()
    loaded = await _counted(house, house.person(READER))
    await record_in(house, *many_stages(20))
    grown = [
        await _counted(house, house.person(READER + number, language))
        for number, language in enumerate(LANGUAGES)
    ]
    assert 0 < min(loaded.values()) <= max(loaded.values()) <= MOST, loaded
    assert all(counts == loaded for counts in (on_the_first_day, *grown))


async def test_checking_an_alert_makes_as_few(house: CountingHouse) -> None:
    await house.load_istanbul()
    await house.subscriber(READER)
    await publishes_the_usual(house.moderator())
    await house.undo_pause_passes()
    code = (await house.rows("alerts"))[0]["code"]
    reader = house.person(READER + 1)
    for words in OF_ALERTS:
        await reader.says(words.format(code=code))
        assert 0 < len(house.statements) <= MOST, words


async def test_the_past_is_read_with_as_few(house: CountingHouse) -> None:
    await house.load_istanbul()
    house.clock.forward(3600)
    await record_in(house, *many_stages(20))
    reader = house.person(READER)
    await reader.says("/status")
    for words in OF_THE_PAST:
        await reader.says(words)
        assert 0 < len(house.statements) <= MOST, words


async def test_an_answer_that_was_given_is_not_read_again(house: CountingHouse) -> None:
    await house.load_istanbul()
    reader = house.person(READER)
    for words in ASKED:
        await reader.says(words)
    for words in ASKED:
        await reader.says(words)
        assert not [one for one in house.statements if " revisions" in one], words
