"""The bot's parts against the stand-in for Telegram: real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.transport import AiohttpRequest, BotApi
from sandbox.standin import Standin
from tests.bot.house import House, a_house


@pytest.fixture(autouse=True)
def _waits_as_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the transport has it once it is opened, whatever ran in this process before."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def telegram() -> AsyncIterator[Standin]:
    async with Standin.serve() as standin:
        yield standin


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(connections=16, connect_timeout=1, read_timeout=5) as opened:
        yield opened


@pytest.fixture
def api(telegram: Standin, request_: AiohttpRequest) -> BotApi:
    return BotApi(request_, telegram.url, telegram.token)


@pytest.fixture
async def house(tmp_path: Path, telegram: Standin) -> AsyncIterator[House]:
    async with a_house(tmp_path, telegram) as opened:
        yield opened
