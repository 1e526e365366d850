"""What no file of the project may hold."""

from __future__ import annotations

import re

import pytest

from tests.rules.project import PACKAGES, files, read, texts

LONGEST = 400
FORBIDDEN = {
    "unfinished work": r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
    "a path of somebody's machine": r"(?<![\w.])/(work|root|home|Users|tmp/\w+)/",
    "a package registry": r"pypi\.org|pythonhosted|npmjs\.|devpi|artifactory",
    "a bot's token": r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])

    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        if path.name not in ("test_files.py", "botapi.json")
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_search_finds_what_it_is_for(what: str) -> None:
    planted = {
        "unfinished work": "# TO" + "DO later",
        "a path of somebody's machine": "see /ho" + "me/anna/notes",
        "a package registry": "https://pypi" + ".org/simple",
        "a bot's token": "12345678:" + "A" * 35,
        "a private key": "-----BEGIN RSA PRIVATE KEY-----",
    }

    assert re.search(FORBIDDEN[what], planted[what])


def test_every_file_has_one_subject_and_is_not_long() -> None:
    counted = {path: len(path.read_text("utf-8").splitlines()) for path in files(".py", ".js")}

    assert {path.name: lines for path, lines in counted.items() if lines > LONGEST} == {}


def test_every_text_ends_with_one_new_line() -> None:
    ends = [
        str(path)
        for path, text in texts()
        if text and path.suffix != ".json" and (not text.endswith("\n") or text.endswith("\n\n"))
    ]

    assert ends == []


def test_no_package_has_a_name_that_says_nothing() -> None:
    names = {path.stem for package in PACKAGES for path in files(".py", under=package)}

    assert names.isdisjoint({"utils", "util", "helpers", "helper", "common", "manager", "misc"})


def test_only_the_projects_own_lock_files_are_kept() -> None:
    locks = {path.name for path in files(".lock")} | {
        path.name for path in files() if path.name in ("uv.lock", "package-lock.json")
    }

    assert locks == {"requirements.lock", "requirements-dev.lock"}


def test_ignored_files_are_those_that_hold_secrets_or_are_made_anew() -> None:
    ignored = read(".gitignore").split()

    assert {".env", "*.db", ".venv/"} <= set(ignored)
