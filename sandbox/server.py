"""The stand-in over HTTP: the Bot API, files, and the sandbox's own pages beside them."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

import uvicorn
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from sandbox.calls import Answer, Calls
from sandbox.files import MAX_UPLOAD, Upload

_NOT_FOUND: Final = Answer(404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
_TOO_LARGE: Final = Answer(
    413, b'{"ok":false,"error_code":413,"description":"Request Entity Too Large"}'
)
_UNREADABLE: Final = Answer(
    400, b'{"ok":false,"error_code":400,"description":"Bad Request: can\'t parse the request"}'
)


class Line(H11Protocol):
    """A connection that can be cut: each request's state holds the knife."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {"hang_up": transport.abort}


@asynccontextmanager
async def listening(app: ASGIApp, sock: socket.socket) -> AsyncIterator[None]:
    """Serve `app` on a bound socket.

    uvicorn's own server would take the signals of the process, and some tenths of a second to
    end, so only its protocol is used.
    """
    config = uvicorn.Config(app, lifespan="off", ws="none", log_config=None, access_log=False)
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(config, state, {}), sock=sock)
    try:
        yield
    finally:
        server.close()
        for connection in list(state.connections):
            connection.shutdown()
        if state.tasks:
            await asyncio.wait(state.tasks, timeout=1)
        for task in state.tasks:
            task.cancel()
        for connection in list(state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await server.wait_closed()


class Site:
    """The ASGI application: calls of the bot go the short way, all else to `pages`."""

    def __init__(self, calls: Calls, pages: ASGIApp) -> None:
        self.calls = calls
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path.startswith("/bot"):
            await self._call(scope, receive, send)
        elif path.startswith("/file/bot"):
            response = self._file(path.removeprefix("/file/bot"))
            await response(scope, receive, send)
        else:
            await self.pages(scope, receive, send)

    async def _call(self, scope: Scope, receive: Receive, send: Send) -> None:
        token, _, method = unquote(scope["path"]).removeprefix("/bot").partition("/")
        try:
            given = await _parameters(scope, receive)
        except (ValueError, MultiPartException):
            await _send(send, _UNREADABLE)
            return
        if given is None:
            await _send(send, _TOO_LARGE)
            return
        answer = await self.calls.take(token, method, given)
        if answer is None:
            await _hang_up(scope["state"]["hang_up"], receive)
        else:
            await _send(send, answer)

    def _file(self, rest: str) -> Response:
        token, _, path = rest.partition("/")
        stored = self.calls.world.files.by_path(path)
        if token != self.calls.world.token or stored is None:
            return Response(_NOT_FOUND.body, 404, media_type=_NOT_FOUND.content_type)
        return Response(stored.upload.content, media_type="application/octet-stream")


async def _send(send: Send, answer: Answer) -> None:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
    ]
    if answer is _TOO_LARGE:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _hang_up(cut: Callable[[], None], receive: Receive) -> None:
    cut()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _parameters(scope: Scope, receive: Receive) -> dict[str, object] | None:
    """Parameters from query and body; None when the body is too large."""
    given: dict[str, object] = dict(parse_qsl(scope["query_string"].decode(), True))
    headers = dict(scope["headers"])
    if int(headers.get(b"content-length", b"0")) > MAX_UPLOAD:
        return None
    kind = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return given | await _multipart(Request(scope, receive))
    body = await _body(receive)
    if kind == "application/json" and body:
        return given | _json_object(body)
    return given | dict(parse_qsl(body.decode(), True))


async def _body(receive: Receive) -> bytes:
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _multipart(request: Request) -> dict[str, object]:
    given: dict[str, object] = {}
    async with request.form(max_part_size=MAX_UPLOAD) as form:
        for name, value in form.multi_items():
            given[name] = await _upload(value) if isinstance(value, UploadFile) else value
    return given


async def _upload(part: UploadFile) -> Upload:
    kind = part.content_type or "application/octet-stream"
    return Upload(part.filename or "file", kind, await part.read())


def _json_object(body: bytes) -> dict[str, Any]:
    value = json.loads(body)
    if not isinstance(value, dict):
        raise ValueError("an object is expected")  # noqa: TRY004 - like any body not understood
    return value
