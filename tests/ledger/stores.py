"""Real stores in SQLite files, each a copy of one that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Self

from storage.store import Store
from tests.stores import KEY

NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
"""When the tests load their files."""


@dataclass(frozen=True)
class Stores:
    """A folder of stores."""

    folder: Path
    numbers: count[int] = field(default_factory=count)

    @classmethod
    async def in_folder(cls, folder: Path) -> Self:
        store = await Store.open(_url(folder / "empty.db"), KEY, create=True)
        await store.close()
        return cls(folder)

    @asynccontextmanager
    async def empty(self) -> AsyncIterator[Store]:
        """A store in which nothing is recorded."""
        path = self.folder / f"{next(self.numbers)}.db"
        shutil.copy(self.folder / "empty.db", path)
        store = await Store.open(_url(path), KEY)
        try:
            yield store
        finally:
            await store.close()


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
