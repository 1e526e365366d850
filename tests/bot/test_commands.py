"""The command line, as somebody types it; every mistake is a sentence and never a traceback."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.__main__ import main
from sandbox.standin import Standin
from storage.store import Connection, Store
from storage.tables import deliveries
from tests.bot.house import KEY
from tests.bot.processes import homeward, settings_for
from tests.storage.examples import publish, subscribe

LEDGER = """\
format: 1
"""


@pytest.fixture(autouse=True)
def _a_log_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of the tests stays as it is."""
    monkeypatch.setattr("bot.logs.configure", lambda *_: None)


def run(*words: str) -> int:
    return main(words)


def test_without_words_it_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    out = capsys.readouterr().out
    for command in (
        "run",
        "load",
        "dump",
        "backup",
        "restore",
        "check",
        "migrate",
        "adopt",
        "verify-log",
        "replay",
    ):
        assert f"    {command}" in out


@pytest.mark.parametrize("words", [["nonsense"], ["load"], ["run", "--token", "x"]])
def test_a_slip_of_the_pen_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(("__main__.py", "pytest", "-c"))


@pytest.mark.parametrize("word", ["run", "check", "migrate", "verify-log"])
def test_a_mistake_in_a_setting_is_one_sentence(
    word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOMEWARD_RATE", "canary")
    assert run(word) == 1
    error = capsys.readouterr().err
    assert error.startswith("HOMEWARD_RATE cannot be used: ")
    assert len(error.splitlines()) == 1


def test_the_store_is_made_once_and_then_is_up_to_date(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("migrate") == 0
    assert capsys.readouterr().out.startswith("A store was made")
    assert run("migrate") == 0
    assert "already" in capsys.readouterr().out
    assert Path("homeward.db").exists()


@pytest.mark.parametrize("words", [["dump", "ledger.yaml"], ["backup", "copy.db"], ["verify-log"]])
def test_what_needs_a_store_says_how_to_make_one(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 1
    assert capsys.readouterr().err == (
        "There is no store here yet. Run `homeward migrate` to make one.\n"
    )
    assert not Path("homeward.db").exists()


def test_a_ledger_is_loaded_dumped_and_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = tmp_path / "ledger.yaml"
    ledger.write_text(LEDGER, "utf-8")
    assert run("load", str(ledger)) == 0
    assert capsys.readouterr().out == f"{ledger}: 0 recorded, 0 known already.\n"
    assert run("dump", "copy.json") == 0
    assert Path("copy.json").exists()
    assert run("load", "copy.json") == 0
    assert run("verify-log") == 0
    assert "is whole" in capsys.readouterr().out


def test_a_ledger_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("load", "nowhere.yaml") == 1
    error = capsys.readouterr().err
    assert error.startswith("nowhere.yaml: ")
    assert len(error.splitlines()) == 1


def test_a_log_that_was_tampered_with_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("migrate") == 0
    with sqlite3.connect("homeward.db") as database:
        database.execute(
            "INSERT INTO audit (id, done_at, by, act, subject, digest, link)"
            " VALUES (1, '2025-06-10 12:00:00.000000', 'x', 'x', 'x', x'00', x'00')"
        )
    database.close()
    monkeypatch.setenv("HOMEWARD_DATA_KEY", "00" * 32)
    assert run("verify-log") == 1
    error = capsys.readouterr().err
    assert "1" in error
    assert len(error.splitlines()) == 1


def test_another_key_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "ledger.yaml").write_text(LEDGER)
    assert run("load", "ledger.yaml") == 0
    monkeypatch.setenv("HOMEWARD_DATA_KEY", "11" * 32)
    assert run("verify-log") == 1
    assert capsys.readouterr().err.startswith("The data key does not fit this store.")


async def check_output(telegram: Standin, folder: Path, **more: str) -> tuple[int, str]:
    settings = settings_for(telegram, folder, **more)
    async with homeward("check", folder=folder, settings=settings) as bot:
        code = await bot.ended()
        return code, bot.output


async def test_check_says_that_all_is_well(telegram: Standin, tmp_path: Path) -> None:
    settings = settings_for(telegram, tmp_path)
    (tmp_path / "ledger.yaml").write_text(LEDGER)
    async with homeward("load", "ledger.yaml", folder=tmp_path, settings=settings) as bot:
        assert await bot.ended() == 0, bot.output
    code, report = await check_output(telegram, tmp_path)
    assert code == 0
    assert "The token is accepted: the bot is @" in report
    assert "the data key fits it" in report
    assert "missing" not in report


async def test_check_advises_what_to_put_right(telegram: Standin, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HOMEWARD_OWNER=2001\n")
    code, report = await check_output(
        telegram, tmp_path, TOKEN="4242:canary-canary-canary-canary", OWNERS=""
    )
    assert code == 1
    assert "missing Telegram rejects the token." in report
    assert "advice  HOMEWARD_OWNERS is empty" in report
    assert "advice  HOMEWARD_OWNER is no setting" in report
    assert "advice  There is no store yet" in report
    assert "canary" not in report
    assert not (tmp_path / "homeward.db").exists()


async def test_check_tells_an_unreachable_telegram_from_a_rejected_token(
    telegram: Standin, tmp_path: Path
) -> None:
    code, report = await check_output(telegram, tmp_path, API_URL="http://127.0.0.1:9")
    assert code == 1
    assert "http://127.0.0.1:9 does not answer" in report


async def test_check_makes_no_key(telegram: Standin, tmp_path: Path) -> None:
    _, report = await check_output(telegram, tmp_path, DATA_KEY="")
    assert "The first start will make a data key" in report
    assert not (tmp_path / "config").exists()
    assert "XDG_CONFIG_HOME" in os.environ


async def _an_alert_that_ended_unknown() -> None:
    store = await Store.open("sqlite+aiosqlite:///homeward.db", KEY, create=True)

    def fill(conn: Connection) -> None:
        subscribe(conn, store, 1)
        publish(conn)
        conn.execute(update(deliveries).values(state="unknown", ambiguous=4))

    await store.write(fill)
    await store.close()


def test_replay_says_how_many_are_queued_and_refuses_where_there_are_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOMEWARD_DATA_KEY", KEY.hex())
    asyncio.run(_an_alert_that_ended_unknown())

    assert run("replay", "--alert", "1") == 0
    assert capsys.readouterr().out == "Deliveries of No. 1 that are queued once more: 1.\n"
    assert run("replay", "--alert", "1", "--state", "unknown") == 1
    none = "No delivery of No. 1 to a present reader is unknown.\n"
    assert capsys.readouterr().err == none
    assert run("replay", "--alert", "1", "--state", "undeliverable") == 1
    assert "is undeliverable" in capsys.readouterr().err
    assert run("replay", "--alert", "2") == 1
    assert capsys.readouterr().err == "There is no alert No. 2.\n"
    assert run("verify-log") == 0


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        (["--alert", "x"], "replay.alert cannot be used: "),
        (["--alert", "0"], "replay.alert cannot be used: "),
        (["--alert", "1", "--state", "delivered"], "replay.state cannot be used: "),
    ],
)
def test_replay_of_no_alert_or_no_such_state_is_one_sentence(
    words: list[str], slip: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("replay", *words) == 2
    error = capsys.readouterr().err
    assert error.startswith(slip)
    assert len(error.splitlines()) == 1


def test_a_copy_is_made_and_put_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOMEWARD_DATA_KEY", KEY.hex())
    asyncio.run(_an_alert_that_ended_unknown())

    assert run("backup", "copy.db") == 0
    assert capsys.readouterr().out.startswith("The store is in copy.db.")
    assert run("backup", "copy.db") == 1
    assert capsys.readouterr().err == "copy.db is there already. Name a new file.\n"
    assert run("restore", "copy.db") == 0
    out = capsys.readouterr().out
    assert out.startswith("copy.db is the store now.\nWhat was there before is in ")
    assert "Readers and rights are those of the store that was there" in out
    Path("homeward.db").unlink()
    assert run("restore", "copy.db") == 0
    assert "who left since then gets alerts again" in capsys.readouterr().out
    assert run("restore", "nowhere.db") == 1
    assert capsys.readouterr().err == "There is no file nowhere.db.\n"
    assert run("verify-log") == 0
