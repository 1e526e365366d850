from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from sandbox.people import Person
from sandbox.standin import Standin


@pytest.fixture(autouse=True)
def spans_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns about `RetryAfter.retry_after` unless told which type is wanted."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def telegram() -> AsyncIterator[Standin]:
    async with Standin.serve() as standin:
        yield standin


@pytest.fixture
async def bot(telegram: Standin) -> AsyncIterator[Bot]:
    """The real library against the stand-in, with its own transport."""
    made = Bot(
        telegram.token, base_url=f"{telegram.url}/bot", base_file_url=f"{telegram.url}/file/bot"
    )
    async with made:
        telegram.journal.clear()
        yield made


@pytest.fixture
def reader(telegram: Standin) -> Person:
    return telegram.person(1001, "Reader", language="uk", started=True)
