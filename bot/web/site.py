"""What is served where: the webhook at the path of its own address, and whether all is well."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def site(
    webhook_url: str,
    receive: Callable[[Request], Awaitable[Response]],
    is_well: Callable[[], bool],
) -> Starlette:
    async def health(_: Request) -> Response:
        return PlainTextResponse("ok\n") if is_well() else PlainTextResponse("not ready\n", 503)

    path = unquote(urlsplit(webhook_url).path) or "/"
    return Starlette(
        routes=[
            Route(path, receive, methods=["POST"]),
            Route("/health", health, methods=["GET"]),
        ]
    )
