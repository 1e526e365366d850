"""Mistakes of an operator: each one sentence and an exit code, and nothing of theirs is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main


@pytest.fixture(autouse=True)
def _a_log_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of the tests stays as it is."""
    monkeypatch.setattr("bot.logs.configure", lambda *_: None)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence that a command ends with."""
    capsys.readouterr()
    assert main(words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    [sentence] = said.err.splitlines()
    return sentence


def test_a_dump_does_not_replace_the_store(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert "a store" in refused(capsys, "dump", "homeward.db")
    assert main(["verify-log"]) == 0


def test_a_dump_does_not_replace_a_pipe_or_a_device(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    os.mkfifo("pipe")
    assert "not an ordinary file" in refused(capsys, "dump", "pipe")
    assert Path("pipe").is_fifo()


def test_a_dump_goes_where_a_link_leads_and_leaves_the_link() -> None:
    assert main(["migrate"]) == 0
    Path("real.yaml").write_text("old")
    Path("link.yaml").symlink_to("real.yaml")
    assert main(["dump", "link.yaml"]) == 0
    assert Path("link.yaml").is_symlink()
    assert Path("real.yaml").read_text().startswith("format: 1")


@pytest.mark.parametrize("name", ["", "/", ".", ".."])
def test_a_dump_into_a_folder_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert "Nothing was written" in refused(capsys, "dump", name)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://u:canary@127.0.0.1:canary/x",
        "postgresql+asyncpg://u:canary@127.0.0.1:1/x?canary=1",
        "sqlite+aiosqlite:///x.db?timeout=canary",
        "sqlite+aiosqlite:///x%00canary",
    ],
)
def test_an_odd_database_url_is_one_sentence_without_it(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOMEWARD_DATABASE_URL", url)
    sentence = refused(capsys, "migrate")
    assert sentence.startswith("HOMEWARD_DATABASE_URL ")
    assert "canary" not in sentence


@pytest.mark.parametrize("word", ["migrate", "load", "dump", "verify-log"])
@pytest.mark.parametrize("version", [None, "0001", "0002", "abc123"])
def test_a_database_of_another_program_is_left_as_it_is(
    word: str, version: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect("homeward.db") as database:
        database.execute("CREATE TABLE users (name TEXT)")
        if version:
            database.execute("CREATE TABLE alembic_version (version_num TEXT)")
            database.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    database.close()
    Path("ledger.yaml").write_text("format: 1\n")
    words = [word, "ledger.yaml"] if word in ("load", "dump") else [word]
    assert refused(capsys, *words)
    with sqlite3.connect("homeward.db") as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    database.close()
    assert tables <= {"users", "alembic_version"}


@pytest.mark.parametrize("owner", ["9" * 23, str(1 << 63), str(1 << 52)])
def test_an_owner_that_no_person_can_be_is_refused(
    owner: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOMEWARD_OWNERS", owner)
    assert refused(capsys, "migrate").startswith("HOMEWARD_OWNERS cannot be used: ")


def test_a_settings_file_that_is_no_text_is_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path(".env").write_bytes(b"HOMEWARD_TOKEN=\xff\xfe")
    assert refused(capsys, "migrate").startswith(".env cannot be read.")


def test_a_lock_that_cannot_be_had_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOMEWARD_TOKEN", "4242:canary")
    Path("homeward.db.lock").mkdir()
    assert refused(capsys, "run").startswith("The store cannot be reached.")


@pytest.mark.parametrize("word", ["check", "migrate"])
def test_a_reader_who_stops_reading_sees_no_traceback(word: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "bot", word], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_true_is_not_the_number_of_a_ledger_format(capsys: pytest.CaptureFixture[str]) -> None:
    Path("ledger.yaml").write_text("format: true\n")
    assert "format 1" in refused(capsys, "load", "ledger.yaml")
