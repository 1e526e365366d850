"""What a newcomer types, with a Python that only notes what it is asked to do."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rules.project import ROOT, read

LOCKS = ("requirements.lock", "requirements-dev.lock", "benchmarks/requirements.lock")

_NOTING = """#!/bin/sh
# Says yes to every question, makes environments of itself, and notes the rest.
case "$*" in
    -c*) exit 0 ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    *"pip install"*) [ ! -e no-network ] || exit 1 ;;
esac
echo "$*" >> asked
"""


@dataclass(frozen=True)
class Newcomer:
    """A fresh copy of the project's first files."""

    folder: Path

    def makes(self, *words: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        return subprocess.run(
            ["make", *words],  # noqa: S607 (whichever make the newcomer has)
            cwd=self.folder,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self, *words: str) -> list[str]:
        """What Python was asked to do when this was typed."""
        notes = self.folder / "asked"
        notes.unlink(missing_ok=True)
        done = self.makes("PYTHON=./python", *words)
        assert done.returncode == 0, done.stderr
        return notes.read_text().splitlines()


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    for name in ("Makefile", *LOCKS):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "python").write_text(_NOTING)
    (tmp_path / "python").chmod(0o755)
    return Newcomer(tmp_path)


RUNTIME = "-m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock"
DEVELOPMENT = RUNTIME.replace("requirements", "requirements-dev")
PYTEST = "-m pytest --numprocesses auto --dist worksteal"


@pytest.mark.parametrize(
    ("target", "installs", "runs"),
    [
        ("demo", RUNTIME, "-m sandbox"),
        ("run", RUNTIME, "-m bot run"),
        ("test", DEVELOPMENT, PYTEST),
    ],
)
def test_one_word_sets_up_and_starts(
    newcomer: Newcomer, target: str, installs: str, runs: str
) -> None:
    assert newcomer.asked(target) == ["-m venv .venv", installs, runs]


def test_setting_up_happens_once(newcomer: Newcomer) -> None:
    newcomer.asked("demo")

    assert newcomer.asked("demo") == ["-m sandbox"]
    assert newcomer.asked("test") == [DEVELOPMENT, PYTEST]
    assert newcomer.asked("test") == [PYTEST]


def test_benchmarks_have_environments_of_their_own_for_others_and_for_the_bot_as_deployed(
    newcomer: Newcomer,
) -> None:
    peers = RUNTIME.replace("requirements", "benchmarks/requirements")

    assert newcomer.asked("bench") == [
        *("-m venv .venv", RUNTIME, "-m venv .venv/peers", peers),
        *("-m venv .venv/lean", RUNTIME),
        "-m benchmarks",
    ]
    assert newcomer.asked("bench", "QUICK=1") == ["-m benchmarks --quick"]


def test_newer_requirements_are_set_up_again(newcomer: Newcomer) -> None:
    newcomer.asked("demo")
    lock = newcomer.folder / "requirements.lock"
    later = (newcomer.folder / ".venv" / ".runtime").stat().st_mtime + 1
    os.utime(lock, (later, later))

    assert newcomer.asked("demo") == [RUNTIME, "-m sandbox"]


def test_a_setup_that_was_interrupted_is_done_again(newcomer: Newcomer) -> None:
    (newcomer.folder / "no-network").touch()
    failed = newcomer.makes("PYTHON=./python", "demo")
    (newcomer.folder / "no-network").unlink()

    assert failed.returncode != 0
    assert newcomer.asked("demo") == [RUNTIME, "-m sandbox"]


def test_a_missing_python_is_one_clear_sentence(newcomer: Newcomer) -> None:
    done = newcomer.makes("PYTHON=python9", "demo")

    assert done.returncode != 0
    assert "Homeward needs Python 3.11 or newer" in done.stderr
    assert "make PYTHON=python3.12 demo" in done.stderr


def test_an_older_python_is_one_clear_sentence(newcomer: Newcomer) -> None:
    (newcomer.folder / "python").write_text("#!/bin/sh\nexit 1\n")

    assert "Homeward needs Python 3.11" in newcomer.makes("PYTHON=./python", "test").stderr


def test_a_python_without_venv_is_told_what_to_install(newcomer: Newcomer) -> None:
    stub = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\n'
    (newcomer.folder / "python").write_text(stub)

    assert "apt-get install python3-venv" in newcomer.makes("PYTHON=./python", "test").stderr


def test_the_machine_of_the_project_checks_and_tests() -> None:
    script = ROOT / ".ci" / "run"
    lines = read(".ci/run").splitlines()

    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in lines
    assert lines[-2:] == ["make check", "make test"]
