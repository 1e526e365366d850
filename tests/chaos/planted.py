"""Faults planted on purpose: each is a patch, and each must turn the drills red.

A harness that finds nothing proves something only if it finds these. A patch is applied to a copy
of the tree, and the copy's own drills run against it until the first one fails.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent / "faults"
_COPIED = ("exchange", "messages", "storage", "handlers", "bot", "sandbox", "ledgers", "tests")
_NOT_COPIED = shutil.ignore_patterns("__pycache__")
_PATIENCE = 300
"""Seconds for the drills with one fault."""


@dataclass(frozen=True)
class Verdict:
    """What the drills said of one fault."""

    fault: str
    title: str
    red: bool
    said: str


def patches() -> list[Path]:
    return sorted(FOLDER.glob("*.patch"))


def title(patch: Path) -> str:
    """Its first line says what it breaks."""
    return patch.read_text(encoding="utf-8").split("\n", 1)[0]


async def verdicts() -> AsyncIterator[Verdict]:
    for patch in patches():
        yield await verdict(patch)


async def verdict(patch: Path) -> Verdict:
    """Plant one fault in a copy of the tree and let its drills run."""
    with tempfile.TemporaryDirectory(prefix="homeward-planted-") as folder:
        tree = Path(folder)
        for name in _COPIED:
            shutil.copytree(ROOT / name, tree / name, ignore=_NOT_COPIED)
        await _told("git", "apply", "-C1", str(patch), folder=tree)
        said, code = await _drills(tree)
    red = code == 1 and "RED" in said
    _, _, why = said.partition("RED")
    why = " ".join(why.split("\n")[1].split()) if red else said[-1000:]
    return Verdict(patch.stem, title(patch), red, why)


async def still_applies(patch: Path) -> str:
    """Whether it fits the tree as it is; else what `git apply` says."""
    try:
        await _told("git", "apply", "--check", "-C1", str(patch), folder=ROOT)
    except RuntimeError as error:
        return str(error)
    return ""


async def _told(*command: str, folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {said.decode()}")


async def _drills(tree: Path) -> tuple[str, int]:
    path = os.pathsep.join([str(tree / "tests" / "guard"), str(tree)])
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.chaos", "drills", "--until-red"),
        cwd=tree,
        env={**os.environ, "PYTHONPATH": path},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            said, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return "the drills came to no end", -1
    return said.decode(), process.returncode or 0
