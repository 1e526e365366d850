"""The lock files: everything named, pinned and hashed, and no address of a registry."""

from __future__ import annotations

import re

import pytest

from tests.rules.project import pyproject, read

LOCKS = ("requirements.lock", "requirements-dev.lock", "benchmarks/requirements.lock")
_PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)(?: ; .*)? \\$", re.MULTILINE)


def pinned(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for project, version in _PINNED.findall(read(name)):
        found.setdefault(project, set()).add(version)
    return found


def named(requirements: list[str]) -> set[str]:
    return {
        re.split(r"[\[<>=]", one)[0].lower().replace("_", "-").replace(".", "-")
        for one in requirements
    }


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    text = read(name)

    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_a_hash(name: str) -> None:
    lines = [line for line in read(name).splitlines() if not line.lstrip().startswith("#")]
    blocks = "\n".join(lines).replace("\\\n", " ").splitlines()

    assert len(blocks) > 20
    assert [one for one in blocks if "==" not in one or "--hash=sha256:" not in one] == []


def test_the_locks_hold_everything_that_the_project_asks_for() -> None:
    asked = pyproject()

    assert named(asked["project"]["dependencies"]) <= set(pinned("requirements.lock"))
    assert named(asked["dependency-groups"]["dev"]) <= set(pinned("requirements-dev.lock"))


def test_tests_run_on_the_versions_that_run() -> None:
    runtime, development = pinned("requirements.lock"), pinned("requirements-dev.lock")

    assert {one: development.get(one) for one in runtime} == runtime


def test_what_runs_holds_nothing_for_development() -> None:
    assert {"pytest", "mypy", "ruff", "uv"}.isdisjoint(pinned("requirements.lock"))


def test_locks_say_how_they_are_made() -> None:
    assert all("#    make lock\n" in read(name) for name in LOCKS)
