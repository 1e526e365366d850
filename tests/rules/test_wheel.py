"""The wheel: what it holds, and that it works in a bare environment, from another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rules.project import PACKAGES, ROOT, files, pyproject

INSTALL = ("install", "--quiet", "--no-index", "--no-deps")


@dataclass(frozen=True)
class Bare:
    """An environment with the libraries and the wheel, and nothing of the checkout."""

    bin: Path
    folder: Path
    """Where commands are given: far from any checkout."""

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.bin / words[0], *words[1:]],
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT / "tests" / "guard"),
                "XDG_CONFIG_HOME": str(self.folder / "config"),
                **settings,
            },
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that the checkout stays as it is."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for package in PACKAGES:
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, source / package, ignore=unwanted)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", out, source],
        check=True,
        capture_output=True,
    )
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Bare:
    """The locked libraries are lent by the tests' own environment; the project is the wheel."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False)
    (site,) = home.glob("lib/*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", home / "bin" / "python", *INSTALL, wheel],
        check=True,
        capture_output=True,
    )
    return Bare(home / "bin", tmp_path_factory.mktemp("elsewhere"))


def test_the_wheel_holds_every_file_of_every_package_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        held = {name for name in opened.namelist() if ".dist-info/" not in name}
    wanted = {
        path.relative_to(ROOT).as_posix() for package in PACKAGES for path in files(under=package)
    }

    assert held == wanted


def test_the_wheel_has_the_projects_name_and_version(wheel: Path) -> None:
    project = pyproject()["project"]

    assert wheel.name == f"{project['name']}-{project['version']}-py3-none-any.whl"


def test_the_command_explains_itself(bare: Bare) -> None:
    done = bare.run("homeward", "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert all(word in done.stdout for word in ("run", "load", "dump", "check", "migrate"))


def test_the_project_is_the_wheels_own(bare: Bare) -> None:
    done = bare.run("python", "-c", "import bot, sandbox; print(bot.__file__, sandbox.__file__)")

    assert str(ROOT) not in done.stdout
    assert done.stdout.count("site-packages") == 2


def test_the_istanbul_ledger_of_the_wheel_can_be_loaded_and_dumped(bare: Bare) -> None:
    where = "from importlib.resources import files; print(files('ledgers') / 'istanbul-2025.yaml')"
    ledger = bare.run("python", "-c", where).stdout.strip()

    loaded = bare.run("homeward", "load", ledger)
    dumped = bare.run("homeward", "dump", "again.yaml")

    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert (dumped.returncode, dumped.stderr) == (0, "")
    assert "istanbul" in (bare.folder / "again.yaml").read_text("utf-8").lower()


def test_check_speaks_in_sentences(bare: Bare) -> None:
    done = bare.run("homeward", "check")

    assert "Traceback" not in done.stdout + done.stderr
    assert "HOMEWARD_TOKEN" in done.stdout + done.stderr


def test_without_a_token_the_bot_says_how_to_get_one(bare: Bare) -> None:
    done = bare.run("homeward", "run")

    assert done.returncode == 2
    assert "BotFather" in done.stderr
    assert len(done.stderr.splitlines()) == 3


def test_the_sandbox_comes_along(bare: Bare) -> None:
    done = bare.run("python", "-m", "sandbox", "--help")

    assert (done.returncode, done.stderr) == (0, "")
