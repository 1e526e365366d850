"""The image by its recipe: what can be told without building it."""

from __future__ import annotations

import re

from tests.rules.project import PACKAGES, ROOT, read

RECIPE = re.sub(r"\\\n\s*", "", read("Dockerfile"))
STAGES = re.split(r"(?m)^FROM ", RECIPE)[1:]
COPIED = re.findall(r"(?m)^COPY (?!--from)(\S+) ", RECIPE)


def test_the_bot_runs_without_rights() -> None:
    person = re.findall(r"(?m)^USER (\S+)$", STAGES[-1])

    assert person
    assert person[-1].isdecimal()
    assert int(person[-1]) > 0


def test_every_base_is_slim_and_of_the_locked_python() -> None:
    assert all(stage.startswith("python:3.11-slim") for stage in STAGES)


def test_what_is_copied_exists_and_is_let_through() -> None:
    let_through = {line[1:] for line in read(".dockerignore").split() if line.startswith("!")}

    assert COPIED
    assert all((ROOT / one).exists() for one in COPIED)
    assert set(COPIED) == let_through


def test_only_what_runs_is_in_the_image() -> None:
    assert set(COPIED) == {"requirements.lock", *PACKAGES} - {"sandbox"}


def test_every_library_is_hash_checked() -> None:
    installs = re.findall(r"pip [^&\n]*install[^&\n]*", RECIPE)

    assert installs
    assert all("--require-hashes -r requirements.lock" in one for one in installs)


def test_no_secret_is_baked_in() -> None:
    assert not re.search(r"(?i)(TOKEN|DATA_KEY|OWNERS|PASSWORD)\s*=", RECIPE)
    assert not re.search(r"(?m)^ARG ", RECIPE)


def test_the_key_lies_in_another_volume_than_the_database() -> None:
    volumes = re.search(r'VOLUME \["(.+?)", "(.+?)"\]', RECIPE)

    assert volumes
    data, keys = volumes.groups()
    assert f"HOMEWARD_DATABASE_URL=sqlite+aiosqlite:///{data}/" in RECIPE
    assert f"XDG_CONFIG_HOME={keys}" in RECIPE
    assert data != keys


def test_signals_reach_the_bot_itself() -> None:
    assert 'ENTRYPOINT ["python", "-m", "bot"]' in RECIPE
    assert 'CMD ["run"]' in RECIPE
