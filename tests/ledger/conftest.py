from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.ledger.stores import Stores


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """As many empty stores as a test asks for."""
    return asyncio.run(Stores.in_folder(tmp_path_factory.mktemp("stores")))


@pytest.fixture
def ledger_file(tmp_path: Path) -> Path:
    """Where a test writes its file; tests run in this folder."""
    return tmp_path / "ledger.yaml"
