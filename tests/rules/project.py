"""The project as files: what a clone of it would hold."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("exchange", "messages", "storage", "handlers", "bot", "sandbox", "ledgers")
_MADE_HERE = {".git", ".venv", "__pycache__", "build", "dist", ".env"}
_BINARY = {".png", ".ico", ".woff2"}


def files(*suffixes: str, under: str = ".") -> Iterator[Path]:
    """Every file of the project, or those that end so, without what tools leave behind."""
    for folder, folders, names in os.walk(ROOT / under):
        folders[:] = [one for one in folders if one not in _MADE_HERE and not _is_left(one)]
        for name in names:
            path = Path(folder, name)
            if name not in _MADE_HERE and (not suffixes or path.suffix in suffixes):
                yield path


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file, by its path within the project."""
    for path in files():
        if path.suffix not in _BINARY and ".db" not in path.name:
            yield path.relative_to(ROOT), path.read_text("utf-8")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def pyproject() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def _is_left(folder: str) -> bool:
    return folder.endswith(("_cache", ".egg-info")) or folder == ".hypothesis"
