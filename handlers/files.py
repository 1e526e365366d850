"""The public records as files, made once for each revision of the ledger."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass

from exchange.ledger import Ledger
from messages.export import Form, exported, file_name

LARGEST = 20_000_000
"""Bytes of a file that is sent as it is; a larger one is packed. Telegram takes 50 MB."""


@dataclass(frozen=True)
class Document:
    """A file as it is sent."""

    name: str
    content: bytes


class Files:
    """The files of one revision of the ledger, made off the event loop and each only once."""

    def __init__(self) -> None:
        self._revision = -1
        self._made: dict[tuple[Form, str], Document] = {}
        self._one_by_one = asyncio.Lock()

    async def get(self, ledger: Ledger, form: Form, language: str) -> Document:
        async with self._one_by_one:
            if ledger.revision != self._revision:
                self._revision, self._made = ledger.revision, {}
            if (form, language) not in self._made:
                made = await asyncio.to_thread(_document, ledger, form, language)
                self._made[form, language] = made
            return self._made[form, language]


def _document(ledger: Ledger, form: Form, language: str) -> Document:
    name, content = file_name(ledger, form), exported(ledger, form, language)
    if len(content) <= LARGEST:
        return Document(name, content)
    return Document(f"{name}.gz", gzip.compress(content))
