"""The webhook: Telegram posts each update here, and posts it again until it is answered with 200.

It is answered so only when the update is done with. The secret is looked at before anything of the
body is read, and what is too large or too deep to be an update is refused.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from telegram.error import InvalidToken, TelegramError

from bot.inbox import number_of
from bot.intake import Intake
from bot.registration import WebhookRefused
from storage.errors import StoreError

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LARGEST = 1024 * 1024
"""Bytes of a body; Telegram's own are a few thousand."""
DEEPEST = 64
"""Arrays and objects within one another."""
BODY_SECONDS = 10
"""For a body to arrive."""
LOOK_SECONDS = 300
"""Between two looks whether Telegram still posts to us."""


class RefusedError(Exception):
    """A request that brings no update."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Webhook:
    """Takes updates for as long as `run` runs; before and after that Telegram is told to wait."""

    def __init__(
        self,
        intake: Intake,
        register: Callable[[], Awaitable[None]],
        secret: str,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._intake = intake
        self._register = register
        self._secret = secret.encode()
        self._look_seconds = look_seconds
        self._stopping = asyncio.Event()
        self.is_open = False
        self.is_heard = True
        """Whether Telegram answered the last question; before the first it has registered us."""

    async def run(self) -> None:
        """Until `stop` is called, or the token is rejected (`InvalidToken`)."""
        self.is_open = True
        try:
            while not await self._stopped():
                await self._look()
        finally:
            self.is_open = False
            await self._intake.finish()

    def stop(self) -> None:
        """Take nothing more; `run` ends when what is in hand is handled."""
        self.is_open = False
        self._stopping.set()

    async def receive(self, request: Request) -> Response:
        """One update; never says why a request was refused."""
        try:
            self._admit(request)
            update = _parsed(await _body(request))
        except RefusedError as refused:
            return _refusal(refused.status)
        if self.is_open and await self._intake.done_with(update):
            return Response()
        return _refusal(HTTPStatus.SERVICE_UNAVAILABLE)

    def _admit(self, request: Request) -> None:
        """By what stands in the head of the request alone."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            raise RefusedError(HTTPStatus.UNAUTHORIZED)
        if request.headers.get("Content-Encoding", "identity") != "identity":
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if int(request.headers.get("Content-Length", 0)) > LARGEST:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    async def _look(self) -> None:
        try:
            await self._register()
        except InvalidToken:
            raise
        except (TelegramError, WebhookRefused, StoreError) as error:  # perhaps not the next time
            self.is_heard = False
            log.warning("webhook.not_looked_after", kind=type(error).__name__)
        else:
            self.is_heard = True

    async def _stopped(self) -> bool:
        """Wait for the end, but not longer than until the next look."""
        stopped = asyncio.create_task(self._stopping.wait(), name="stopping")
        await asyncio.wait({stopped}, timeout=self._look_seconds)
        stopped.cancel()
        return self._stopping.is_set()


def _refusal(status: HTTPStatus) -> Response:
    """Without waiting for the rest of the body, if there is any."""
    log.warning("webhook.refused", status=status.value)
    return Response(status_code=status, headers={"Connection": "close"})


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except (ClientDisconnect, TimeoutError):
        raise RefusedError(HTTPStatus.REQUEST_TIMEOUT) from None
    return bytes(body)


def _parsed(body: bytes) -> Any:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError(HTTPStatus.BAD_REQUEST) from None
    if number_of(update) is None or is_deeper(update, DEEPEST):
        raise RefusedError(HTTPStatus.BAD_REQUEST)
    return update


def is_deeper(value: dict[str, Any] | list[Any], levels: int) -> bool:
    """Whether arrays and objects lie deeper in one another than so many levels."""
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return bool(level)
