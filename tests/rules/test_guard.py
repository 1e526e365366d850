"""The guard of the tests, tried: what it refuses, what it lets pass, and that children have it."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.guard.sitecustomize import is_here

TELEGRAM = "api.telegram.org"

REFUSED = "a test may not reach .*{}"
"""By its words: a child process has the guard under another module's name, and so has xdist's."""


def test_the_real_api_cannot_be_looked_up() -> None:
    with pytest.raises(RuntimeError, match=REFUSED.format(TELEGRAM)):
        socket.getaddrinfo(TELEGRAM, 443)


def test_no_address_beyond_this_computer_can_be_reached() -> None:
    with socket.socket() as one, pytest.raises(RuntimeError, match=REFUSED.format("149")):
        one.connect(("149.154.167.220", 443))


async def test_the_bots_http_client_is_refused_too() -> None:
    async with aiohttp.ClientSession() as client:
        with pytest.raises(RuntimeError, match=REFUSED.format(TELEGRAM)):
            await client.get(f"https://{TELEGRAM}/bot1:x/getMe")


def test_a_child_process_is_refused_too() -> None:
    child = subprocess.run(
        [sys.executable, "-c", f"import socket; socket.getaddrinfo({TELEGRAM!r}, 443)"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert child.returncode == 1
    assert "OutsideError" in child.stderr


async def test_this_computer_can_be_reached() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    ("address", "here"),
    [
        (("127.0.0.1", 80), True),
        (("::1", 80, 0, 0), True),
        ("localhost", True),
        (None, True),
        ("/run/postgresql/.s.PGSQL.5432", True),
        (("10.0.0.1", 80), False),
        (("0.0.0.0", 80), False),  # noqa: S104 (nothing is bound to it)
        ("localhost.example.org", False),
        (b"api.telegram.org", False),
    ],
)
def test_only_loopback_and_unix_sockets_are_here(address: object, here: bool) -> None:
    assert is_here(address) is here


def test_no_setting_of_whoever_runs_the_tests_is_seen() -> None:
    assert not [name for name in os.environ if name.startswith("HOMEWARD_")]
    assert not Path(".env").exists()
