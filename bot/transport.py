"""How requests reach Telegram: aiohttp under python-telegram-bot, honest about what has left us.

A failed request either never left (`NotSent`: repeat it freely) or may have been accepted although
no answer came (`Unsure`: a repeat may be a second copy). Nothing is repeated in here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from aiohttp.connector import Connection
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 30.0
"""Seconds on top of those for connecting; a shorter wait makes doubt where there was slowness."""
IDLE_CONNECTION = 15.0
"""Seconds; a connection kept longer may be closed by the other side just as we write to it."""

LEAVES: ContextVar[Callable[[], None] | None] = ContextVar("leaves", default=None)
"""What is called as soon as a request has its connection, just before it is written."""

_JSON = {"Content-Type": "application/json"}
_FAILURES = (aiohttp.ClientError, OSError)
"""A time-out is an OSError, too. Their texts hold the address, and with it the token: they are left
behind."""


class NotSent(NetworkError):  # noqa: N818 - says what happened, like its siblings
    """No byte of the request has left: Telegram cannot have seen it."""


class Unsure(NetworkError):  # noqa: N818 - as above
    """The request may have been accepted, but no readable answer came."""


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API. `proxy` is the only proxy that is used."""

    def __init__(
        self,
        *,
        connections: int,
        proxy: str | None = None,
        connect_timeout: float = CONNECT_TIMEOUT,
        read_timeout: float = READ_TIMEOUT,
    ) -> None:
        self._connections = connections
        self._proxy = proxy
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        # The library then speaks of waits as spans of time, as it will from its next version on.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=_Connector(limit=self._connections, keepalive_timeout=IDLE_CONNECTION),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
                proxy=self._proxy,
                trust_env=False,
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of reading here
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of connecting here
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("The connections to Telegram are closed.")
        read = self._read_timeout if read_timeout is self.DEFAULT_NONE else read_timeout
        connect = self._connect_timeout if connect_timeout is self.DEFAULT_NONE else connect_timeout
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                allow_redirects=False,
                timeout=_patience(connect, read),
            ) as answer:
                payload = await answer.read()
        except aiohttp.InvalidURL as error:
            raise NotSent(type(error).__name__) from None
        except _FAILURES as error:
            raise Unsure(type(error).__name__) from None
        return answer.status, self._heard(answer.status, payload)

    def _heard(self, status: int, payload: bytes) -> bytes:
        """The answer, if it is one of Telegram's.

        Of an error, a page that a proxy puts in Telegram's place proves nothing; the library would
        take it for a refusal, and quote it, with our address. Too many requests are the exception:
        they are that whoever says so.
        """
        if status < HTTPStatus.MULTIPLE_CHOICES:
            if _NO_SUCCESS.match(payload):
                raise Unsure("A success that is none.")
            return payload
        try:
            self.parse_json_payload(payload)
        except Unsure:
            if status != HTTPStatus.TOO_MANY_REQUESTS:
                raise
            return b'{"ok":false,"description":"Too Many Requests"}'
        return payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as an object; what cannot be read may still have been accepted.

        The library's own version writes the answer, and with it people's words, to the log.
        """
        try:
            parsed = json.loads(payload.decode())
        except ValueError:
            raise Unsure("The answer cannot be read.") from None
        if not isinstance(parsed, dict) or not (_is_refusal(parsed) or "result" in parsed):
            raise Unsure("The answer is not one of Telegram's.")
        return parsed


class AlertRequest(AiohttpRequest):
    """The pool for alerts. Of a message that Telegram took, nothing but its number is read.

    To make objects of the rest costs a fortieth of all that an alert costs.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Whatever is not the whole answer to a message is read as usual."""
        if (taken := _MESSAGE_TAKEN.match(payload)) and payload.endswith(b"}}"):
            return {"result": {"message_id": int(taken[1])}}
        return AiohttpRequest.parse_json_payload(payload)


_NO_SUCCESS = re.compile(rb'\s*\{\s*"ok":\s*false')
_MESSAGE_TAKEN = re.compile(rb'\{"ok": ?true, ?"result": ?\{"message_id": ?(\d+),')


class _Connector(aiohttp.TCPConnector):
    """Says when a request leaves: a new connection may take longer than the call itself.

    And what fails before, at the name server, at a proxy or in the greeting of TLS, never left.
    """

    async def connect(self, *what: Any, **more: Any) -> Connection:
        try:
            connection = await super().connect(*what, **more)
        except _FAILURES as error:
            raise NotSent(type(error).__name__) from None
        if leaves := LEAVES.get():
            leaves()
        return connection


class BotApi:
    """The Bot API without objects: a method and its parameters in, the raw result out.

    Who calls it often brings the parameters as JSON, of which it may have the most part ready.
    """

    def __init__(self, request: BaseRequest, api_url: str, token: str) -> None:
        self._request = request
        self._root = f"{api_url}/bot{token}"

    async def call(
        self, method: str, parameters: Mapping[str, Any] | str, *, read_timeout: float | None = None
    ) -> Any:
        """Raises what the library raises: a `TelegramError` that says what happened."""
        return await self._request.post(
            f"{self._root}/{method}",
            cast("RequestData", _Parameters(parameters)),
            read_timeout=self._request.DEFAULT_NONE if read_timeout is None else read_timeout,
        )


class _Parameters:
    """What `_body` needs of the library's final `RequestData`, at a fraction of its cost."""

    contains_files = False

    def __init__(self, parameters: Mapping[str, Any] | str) -> None:
        ready = parameters if isinstance(parameters, str) else json.dumps(parameters)
        self.json_payload = ready.encode()


def _is_refusal(parsed: dict[str, Any]) -> bool:
    return parsed.get("ok") is False and "description" in parsed


@cache
def _patience(connect: float, read: float) -> aiohttp.ClientTimeout:
    """One clock for the whole call: another, wound up anew for each piece, costs as much again."""
    return aiohttp.ClientTimeout(total=connect + read, connect=connect)


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """JSON, which costs a third of a form; files need a form."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return data.json_payload, _JSON
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form, {}
