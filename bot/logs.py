"""The log: names of events and counts. No token, no chat id, no word of a person.

Our own events carry only what is listed where they are logged. What libraries log is cut down to
the template of its message, and an error to its kind and place, since texts and arguments may hold
addresses with the token, ids, or an update.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Literal

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor

_LIKE_A_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_HIDDEN = "[hidden]"
_LOUD_LIBRARIES = (
    "aiohttp",
    "aiosqlite",
    "alembic",
    "asyncio",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
    "uvicorn",
)


def configure(level: str, form: Literal["console", "json"], secrets: Iterable[str]) -> None:
    """Everything that is logged from now on goes to standard error, cleaned."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _place_of_error,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _Cleaned(
            secrets,
            foreign_pre_chain=[_template_alone, *shared],
            processors=[ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for library in _LOUD_LIBRARIES:
        logging.getLogger(library).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    sys.excepthook = _crashed


def kind_and_place(error: BaseException) -> str:
    """What an error is and where it arose, without its text: `KeyError at read (ledger.py:42)`."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    last = frames[-1]
    path = "/".join(last.filename.replace("\\", "/").split("/")[-2:])
    return f"{type(error).__name__} at {last.name} ({path}:{last.lineno})"


class _Cleaned(ProcessorFormatter):
    """The last look at each line before it is written: whatever is secret is hidden."""

    def __init__(self, secrets: Iterable[str], **rest: Any) -> None:
        super().__init__(**rest)
        self._secrets = sorted({one for one in secrets if one}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return _LIKE_A_TOKEN.sub(_HIDDEN, line)


def _place_of_error(_logger: Any, _method: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    elif error is True:
        error = sys.exception()
    if isinstance(error, BaseException):
        event["error"] = kind_and_place(error)
    return event


def _template_alone(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """A library's message without its arguments, and of several lines only the first."""
    record: logging.LogRecord = event["_record"]
    lines = str(record.msg).splitlines()
    return {**event, "event": lines[0] if lines else "", "library": record.name}


def _crashed(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    structlog.get_logger("homeward").critical("crashed", exc_info=error)
