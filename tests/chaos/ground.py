"""The store that a scene begins with: a small ledger whose labels are traps, and nobody in it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.ledger_file import load_file
from storage.store import Store
from tests.chaos.life import BEGINNING

KEY = bytes(range(32))
LEDGER = """\
format: 1
terms:
  parties:
  - {key: AA, label: {en: "A<b>land", uk: "А<b>ланд & Ко", ru: "А</i>ланд"}}
  - {key: BB, label: {en: "B & <u>land", uk: "Беланд", ru: "Беланд"}}
  categories:
  - {key: wounded, label: {en: "<wounded>", uk: "<поранені>", ru: "<раненые>"}}
actors:
- {key: gazette, kind: outlet, label: {en: "G<a href=x>", uk: "Газета &lt;", ru: "Газета"}}
- {key: ministry, kind: institution, label: {en: "M & M", uk: "М", ru: "М"}, party: AA}
- {key: agency, kind: institution, label: {en: "A > B", uk: "А", ru: "А"}, party: BB}
sources:
- {key: R1, publisher: gazette, url: "https://gazette.example/1"}
agreements:
- key: harbour
  label: {en: "Harbour <2>", uk: "Гавань <2>", ru: "Гавань <2>"}
  parties: [AA, BB]
  sources: [R1]
"""
"""Its labels would break any message in which one of them is not escaped."""


async def prepare(folder: Path) -> None:
    """Make the store; for scenes side by side, one after the other: two cannot migrate at once."""
    ledger = await asyncio.to_thread(_ledger_in, folder)
    store = await Store.open(url(folder), KEY, create=True)
    await load_file(store, ledger, BEGINNING)
    await store.close()


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'homeward.db'}"


def _ledger_in(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "ledger.yaml"
    file.write_text(LEDGER)
    return file


def integrity(file: Path) -> list[str]:
    """What the database's own checks find wrong."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        orphans: list[Any] = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [one for one in found if one != "ok"] + [f"orphan {one}" for one in orphans]
