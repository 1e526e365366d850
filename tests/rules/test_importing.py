"""Importing any module does nothing."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

from tests.rules.project import PACKAGES, ROOT, files

_IMPORT_ALL = """
import importlib, os, sys

ACTS = {
    "socket.__new__", "socket.bind", "socket.connect", "socket.getaddrinfo", "sqlite3.connect",
    "subprocess.Popen", "os.system", "os.fork", "os.mkdir", "os.remove", "os.rename", "os.putenv",
    "_thread.start_new_thread",
}

def watch(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event in ACTS or writes:
        raise RuntimeError(f"importing does {event} {arguments}")

for library in sys.argv[1].split(","):
    importlib.import_module(library)
sys.addaudithook(watch)
environment = dict(os.environ)
for module in sys.argv[2].split(","):
    importlib.import_module(module)
assert dict(os.environ) == environment
"""
LIBRARIES = ("alembic.op", "uvicorn", "telegram.ext", "sqlalchemy.ext.asyncio", "aiosqlite")
"""What is not ours is not watched."""


def modules() -> list[str]:
    found = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in (*PACKAGES, "benchmarks")
        for path in files(".py", under=package)
        if path.parent.name != "peers"  # other libraries, in an environment of their own
    ]
    return sorted(one.removesuffix(".__init__") for one in found)


def _import(names: list[str], folder: Path, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", "-c", _IMPORT_ALL, ",".join(LIBRARIES), ",".join(names)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_importing_every_module_does_nothing(tmp_path: Path) -> None:
    done = _import(modules(), tmp_path)

    assert done.stderr == ""
    assert (done.returncode, done.stdout) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_a_module_that_does_something_is_found(tmp_path: Path) -> None:
    (tmp_path / "busy.py").write_text("open('made-by-import', 'w')\n")

    stderr = _import(["busy"], tmp_path, root=tmp_path).stderr

    assert "busy.py" in stderr
    assert "importing does open" in stderr


def test_the_exchange_stands_on_the_standard_library_alone() -> None:
    nodes = [
        node
        for path in files(".py", under="exchange")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ]
    imported = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}

    assert {one.split(".")[0] for one in imported} - {"exchange"} <= sys.stdlib_module_names
