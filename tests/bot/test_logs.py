from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr

import pytest
import structlog

from bot import logs

TOKEN = "4242424242:AAcanary-canary-canary-canary-canary"
PASSWORD = "canary-of-the-database"


@pytest.fixture
def log() -> Iterator[Callable[[str], io.StringIO]]:
    """Configure the log into a text; afterwards everything is as it was."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    configured = structlog.get_config()
    written = io.StringIO()

    def configure(form: str) -> io.StringIO:
        with redirect_stderr(written):
            logs.configure("DEBUG", "json" if form == "json" else "console", [TOKEN, PASSWORD, ""])
        return written

    yield configure
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook = hook
    structlog.configure(**configured)


def failed() -> Exception:
    try:
        raise ValueError(f"chat 10017700 said hello with {TOKEN}")  # noqa: TRY301 - to have a place
    except ValueError as error:
        return error


@pytest.mark.parametrize("form", ["console", "json"])
def test_no_secret_gets_through_however_it_is_logged(
    log: Callable[[str], io.StringIO], form: str
) -> None:
    written = log(form)
    ours = structlog.get_logger("bot.anything")
    ours.info("event", url=f"http://127.0.0.1/bot{TOKEN}/getMe", database=PASSWORD)
    ours.error("failed", exc_info=failed())
    logging.getLogger("telegram").error("calling %s", TOKEN)
    logging.getLogger("any.library").error(f"calling {TOKEN}")  # noqa: G004 - as others do
    logging.getLogger("any.library").error("failed", exc_info=failed())
    logging.getLogger("any.library").error("another bot's 99999:AAAAAAAAAAAAAAAAAAAAAAAAAA")
    sys.excepthook(ValueError, failed(), None)
    text = written.getvalue()
    assert len(text.splitlines()) == 7
    assert "canary" not in text
    assert "99999:" not in text
    assert text.count("[hidden]") == 4


def test_an_error_is_told_by_kind_and_place_without_its_words(
    log: Callable[[str], io.StringIO],
) -> None:
    written = log("json")
    structlog.get_logger("bot.anything").error("failed", exc_info=failed())
    logging.getLogger("any.library").error("failed", exc_info=failed())
    for line in written.getvalue().splitlines():
        assert json.loads(line)["error"].startswith("ValueError at failed (bot/test_logs.py:")
        assert "10017700" not in line
        assert "said" not in line


def test_a_librarys_message_is_cut_down_to_its_template(
    log: Callable[[str], io.StringIO],
) -> None:
    written = log("json")
    logging.getLogger("telegram.Bot").error("Can not load %s of %d", "people's words", 1001)
    logging.getLogger("any").error("Task was never retrieved\nfuture: <people's words>")
    first, second = (json.loads(line) for line in written.getvalue().splitlines())
    assert first["event"] == "Can not load %s of %d"
    assert first["library"] == "telegram.Bot"
    assert second["event"] == "Task was never retrieved"


def test_talkative_libraries_are_silent_even_at_debug(
    log: Callable[[str], io.StringIO],
) -> None:
    written = log("json")
    for name in ("telegram.ext.Application", "aiohttp.client", "httpx", "sqlalchemy.engine"):
        logging.getLogger(name).info("calling %s", TOKEN)
    structlog.get_logger("bot.anything").debug("ours")
    assert [json.loads(line)["event"] for line in written.getvalue().splitlines()] == ["ours"]


async def test_an_error_that_nobody_fetched_is_told_without_its_words(
    log: Callable[[str], io.StringIO],
) -> None:
    written = log("json")
    asyncio.get_running_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": failed()}
    )
    line = json.loads(written.getvalue())
    assert line["event"] == "Task exception was never retrieved"
    assert line["error"].startswith("ValueError at failed")


def test_every_line_of_json_is_one_object_with_time_and_level(
    log: Callable[[str], io.StringIO],
) -> None:
    written = log("json")
    structlog.get_logger("bot.anything").warning("Подія", alert=42)
    line = json.loads(written.getvalue())
    assert (line["event"], line["alert"], line["level"]) == ("Подія", 42, "warning")
    assert line["timestamp"].endswith("Z")
