"""A web server inside the running bot: it begins and ends with a block, and takes no signals."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.settings import PREFIX, SettingsMistake

FINISH_SECONDS = 1
"""For answers under way when it ends: whatever they wait for has come to its end before."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None: the process knows how it is to end."""
        yield


@asynccontextmanager
async def listening(app: ASGIApp, address: str) -> AsyncIterator[None]:
    """Serve `app` at an address, `HOST:PORT`, until the block ends.

    Raises:
        SettingsMistake: it cannot be listened on.

    """
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    server = _Server(config)
    with _bound(address) as sock:
        serving = asyncio.create_task(server.serve([sock]), name="web")
        try:
            yield
        finally:
            server.should_exit = True
            await serving


@contextmanager
def _bound(address: str) -> Iterator[socket.socket]:
    host, _, port = address.rpartition(":")
    try:
        found = socket.getaddrinfo(
            host.strip("[]"), int(port), type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )
        family, kind, protocol, _, place = found[0]
        sock = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot(error) from None
    with sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(place)
            sock.listen()
        except OSError as error:
            raise _cannot(error) from None
        yield sock


def _cannot(error: OSError) -> SettingsMistake:
    return SettingsMistake(f"{PREFIX}LISTEN cannot be used: {error.strerror}.")
