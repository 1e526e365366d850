from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.ledger_file import load_file
from exchange.ledger import Ledger
from tests.ledger.istanbul import FILE
from tests.ledger.stores import NOW, Stores


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """As many empty stores as a test asks for."""
    return asyncio.run(Stores.in_folder(tmp_path_factory.mktemp("stores")))


@pytest.fixture
def ledger_file(tmp_path: Path) -> Path:
    """Where a test writes its file; tests run in this folder."""
    return tmp_path / "ledger.yaml"


@pytest.fixture(scope="session")
def ledger(stores: Stores) -> Ledger:
    """The shipped ledger as a store that loaded it gives it back."""

    async def loaded() -> Ledger:
        async with stores.empty() as store:
            await load_file(store, FILE, NOW)
            return await store.ledger()

    return asyncio.run(loaded())
