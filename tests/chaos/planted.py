"""Faults planted on purpose: each is a patch, and each must turn a drill red.

A harness that finds nothing proves something only if it finds these. The head of a patch says what
it breaks and which drill is to find it. The drill is run in a copy of the tree without the patch,
where it must be kept, and with it, where it must not.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent / "faults"
_COPIED = ("exchange", "messages", "storage", "handlers", "bot", "sandbox", "ledgers", "tests")
_NOT_COPIED = shutil.ignore_patterns("__pycache__")
_PATIENCE = 120
"""Seconds for a drill."""
_FOUND_BY = "Found by "


@dataclass(frozen=True)
class Verdict:
    """What a drill said of a fault."""

    fault: str
    title: str
    drill: str
    kept_without: bool
    red: bool
    said: str

    @property
    def found(self) -> bool:
        return self.kept_without and self.red


def patches() -> list[Path]:
    return sorted(FOLDER.glob("*.patch"))


def title(patch: Path) -> str:
    """Its first line says what it breaks."""
    return patch.read_text(encoding="utf-8").split("\n", 1)[0]


def found_by(patch: Path) -> str:
    """Its second line names the drill."""
    line = patch.read_text(encoding="utf-8").split("\n", 2)[1]
    return line.removeprefix(_FOUND_BY).removesuffix(".")


async def verdicts() -> AsyncIterator[Verdict]:
    for patch in patches():
        yield await verdict(patch)


async def verdict(patch: Path) -> Verdict:
    """Let its drill run in a copy of the tree, then plant the fault and let it run again."""
    drill = found_by(patch)
    with tempfile.TemporaryDirectory(prefix="homeward-planted-") as folder:
        tree = Path(folder)
        for name in _COPIED:
            shutil.copytree(ROOT / name, tree / name, ignore=_NOT_COPIED)
        before, code = await _drill(tree, drill)
        kept = code == 0
        await _told("git", "apply", "-C1", str(patch), folder=tree)
        said, code = await _drill(tree, drill)
    red = code == 1 and "RED" in said
    said = _why(said) if red else said[-1000:]
    return Verdict(
        patch.stem, title(patch), drill, kept, red, said if kept else f"without: {before[-1000:]}"
    )


def _why(said: str) -> str:
    _, _, after = said.partition("RED")
    return " ".join(after.split("\n")[1].split())


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


async def _drill(tree: Path, name: str) -> tuple[str, int]:
    path = os.pathsep.join([str(tree / "tests" / "guard"), str(tree)])
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.chaos", "drills", name),
        cwd=tree,
        env={**os.environ, "PYTHONPATH": path},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            said, _ = await process.communicate()
    except TimeoutError:
        return "the drill came to no end", -1
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)  # with the bot, which would hold its output open
            await process.wait()
    return said.decode(), process.returncode or 0
