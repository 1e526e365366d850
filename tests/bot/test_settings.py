from __future__ import annotations

import base64
import os
import stat
from pathlib import Path

import pytest

from bot import settings as settings_module
from bot.commands import data_key
from bot.data_key import KeyMistake, decoded, of_this_user
from bot.settings import Settings, SettingsMistake, read_settings

TOKEN = "4242:canary-canary-canary-canary-canary"


def set_all(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"HOMEWARD_{name}", value)


def test_nothing_but_the_token_and_the_owners_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, TOKEN=TOKEN, OWNERS="2001, 2002,2001")
    settings = read_settings()
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.owners == (2001, 2002)
    assert (settings.undo_seconds, settings.rate) == (20, 30)
    assert settings.api_url == "https://api.telegram.org"


def test_without_anything_there_are_settings_too() -> None:
    assert read_settings().token is None
    assert read_settings().owners == ()


def test_the_environment_goes_before_the_file_and_an_empty_value_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("HOMEWARD_RATE=7\nHOMEWARD_UNDO_SECONDS=9\nOTHER=1\n")
    set_all(monkeypatch, UNDO_SECONDS="11", TOKEN="")
    settings = read_settings()
    assert (settings.rate, settings.undo_seconds, settings.token) == (7, 11, None)


def test_the_example_can_be_copied_as_it_is() -> None:
    example = Path(settings_module.__file__).parent.parent / ".env.example"
    plain = read_settings()
    Path(".env").write_text(example.read_text("utf-8"), "utf-8")
    assert read_settings() == plain
    Path(".env").write_text(example.read_text("utf-8").replace("# HOMEWARD_", "HOMEWARD_"), "utf-8")
    assert read_settings() == plain


def test_a_folder_of_secrets_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "homeward_token").write_text(f"{TOKEN}\n")
    monkeypatch.setitem(Settings.model_config, "secrets_dir", tmp_path)
    monkeypatch.setattr(settings_module, "SECRETS_FOLDER", tmp_path)
    settings = read_settings()
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("OWNERS", "2001;canary", "write Telegram user ids with commas between them"),
        ("OWNERS", "2001,canary", "write Telegram user ids with commas between them"),
        ("OWNERS", "777000", "one of the ids does not belong to a person"),
        ("OWNERS", "-1002001", "one of the ids does not belong to a person"),
        ("RATE", "canary", "Input should be a valid integer"),
        ("RATE", "31", "Input should be less than or equal to 30"),
        ("RATE", "0", "Input should be greater than or equal to 1"),
        ("UNDO_SECONDS", "-1", "Input should be greater than or equal to 0"),
        ("API_URL", "canary", "String should match pattern"),
        ("DATABASE_URL", "mysql://canary", "it must start with sqlite+aiosqlite:///"),
        ("DATA_KEY", "canary", "it must be 32 bytes, written in base64 or hex"),
        ("WEBHOOK_URL", "http://canary.example.org", "String should match pattern"),
        ("WEBHOOK_URL", "https://", "String should match pattern"),
        ("WEBHOOK_URL", "https://example.org/{canary}", "String should match pattern"),
        ("WEBHOOK_SECRET", "canary canary", "it must be 1 to 256 letters, digits, _ and -"),
        ("WEBHOOK_SECRET", "canary" * 50, "it must be 1 to 256 letters, digits, _ and -"),
        ("WEBHOOK_SECRET", "canary", "it and HOMEWARD_WEBHOOK_URL are set together or not at all"),
        ("LISTEN", "canary", "String should match pattern"),
        ("LISTEN", "127.0.0.1:65536", "the port is at most 65535"),
        ("PROXY", "socks5://canary", "it must start with http:// or https://"),
        ("LOG_LEVEL", "canary", "Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("LOG_FORMAT", "canary", "Input should be 'console' or 'json'"),
    ],
)
def test_a_mistake_is_one_sentence_with_the_name_and_without_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    set_all(monkeypatch, **{name: value})
    with pytest.raises(SettingsMistake) as raised:
        read_settings()
    sentence = str(raised.value)
    assert sentence.startswith(f"HOMEWARD_{name} cannot be used: {reason}")
    assert "\n" not in sentence
    assert "canary" not in sentence
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_no_secret_is_in_the_settings_own_description(monkeypatch: pytest.MonkeyPatch) -> None:
    key = base64.b64encode(b"canary-canary-canary-canary-cana").decode()
    set_all(
        monkeypatch,
        TOKEN=TOKEN,
        DATA_KEY=key,
        DATABASE_URL="postgresql+asyncpg://homeward:canary@localhost/homeward",
        PROXY="http://me:canary@localhost:3128",
        WEBHOOK_URL="https://example.org",
        WEBHOOK_SECRET="canary",
    )
    settings = read_settings()
    assert "canary" not in f"{settings!r} {settings}"
    assert key not in repr(settings)
    assert len(settings.secrets) == 5


def test_a_webhook_without_its_secret_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, WEBHOOK_URL="https://bot.example.org/telegram")
    with pytest.raises(SettingsMistake, match=r"^HOMEWARD_WEBHOOK_SECRET cannot be used: it and"):
        read_settings()


@pytest.mark.parametrize(
    "url",
    ["https://bot.example.org", "https://bot.example.org:8443/a/b", "http://127.0.0.1:8000/x"],
)
def test_a_webhook_is_an_https_address_or_one_of_this_computer(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    set_all(monkeypatch, WEBHOOK_URL=url, WEBHOOK_SECRET="s" * 256, LISTEN="[::1]:8443")
    assert read_settings().webhook_url == url


def test_settings_do_not_change() -> None:
    settings = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.rate = 5


def test_the_address_of_the_api_needs_no_care_about_its_last_stroke(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_all(monkeypatch, API_URL="http://127.0.0.1:8081/")
    assert read_settings().api_url == "http://127.0.0.1:8081"


KEY = bytes(range(220, 252))


@pytest.mark.parametrize(
    "written",
    [
        KEY.hex(),
        KEY.hex().upper(),
        base64.b64encode(KEY).decode(),
        base64.urlsafe_b64encode(KEY).decode(),
        base64.b64encode(KEY).decode().rstrip("="),
        f"  {KEY.hex()}\n",
    ],
)
def test_a_key_may_be_written_in_hex_or_base64(written: str) -> None:
    assert decoded(written) == KEY


@pytest.mark.parametrize("written", ["", "ab", "x" * 64, KEY.hex()[:-2], "ключ", "=" * 44])
def test_a_key_of_another_shape_is_refused(written: str) -> None:
    with pytest.raises(KeyMistake):
        decoded(written)


def test_the_key_is_made_once_for_this_user_alone(tmp_path: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path / "new" / "config")}
    first = of_this_user(environment)
    path = tmp_path / "new" / "config" / "homeward" / "data.key"
    assert len(first) == 32
    assert of_this_user(environment) == first == decoded(path.read_text())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["data.key"]


def test_of_two_processes_that_make_the_key_both_get_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is quicker, between our look and our making."""
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    path = tmp_path / "homeward" / "data.key"
    path.parent.mkdir()
    path.write_text(KEY.hex())
    with monkeypatch.context() as patched:
        patched.setattr(Path, "exists", lambda _: False)
        assert of_this_user(environment) == KEY
    assert [one.name for one in path.parent.iterdir()] == ["data.key"]


def test_a_damaged_key_is_a_sentence_and_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "homeward" / "data.key"
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(KeyMistake, match=r"data\.key cannot be read"):
        of_this_user({"XDG_CONFIG_HOME": str(tmp_path)})
    path.write_text("too short")
    with pytest.raises(KeyMistake, match=r"data\.key is damaged"):
        of_this_user({"XDG_CONFIG_HOME": str(tmp_path)})
    assert path.read_text() == "too short"


def test_where_no_key_can_be_made_the_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / "homeward").write_text("a file where a folder should be")
    with pytest.raises(KeyMistake, match="HOMEWARD_DATA_KEY"):
        of_this_user({"XDG_CONFIG_HOME": str(tmp_path)})


def test_postgresql_needs_a_key_that_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, DATABASE_URL="postgresql+asyncpg://homeward@localhost/homeward")
    with pytest.raises(SettingsMistake, match="HOMEWARD_DATA_KEY is missing"):
        data_key(read_settings())
    set_all(monkeypatch, DATA_KEY=KEY.hex())
    assert data_key(read_settings()) == KEY
    assert not (Path(os.environ["XDG_CONFIG_HOME"]) / "homeward").exists()
