"""The stand-in for floods: nginx with one fixed answer for each method, after 50 ms or at once.

It is many times as fast as whatever talks to it, so that it is not what is measured.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import FIRST, WORDS

ANSWER_SECONDS = 0.05
_ECHO = Path("/usr/lib/nginx/modules/ngx_http_echo_module.so")
MISSING = (
    "The floods are served by nginx with its echo module, which is missing. "
    "On Debian and Ubuntu: apt-get install nginx-light libnginx-mod-http-echo"
)
_BOT = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_SENT = {
    "message_id": 77,
    "from": _BOT,
    "chat": {"id": FIRST, "first_name": "Reader", "type": "private"},
    "date": 1_750_000_000,
    "text": WORDS,
}
_CONFIGURATION = """
load_module {module};
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log crit;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    keepalive_timeout 3600;
    default_type application/json;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{slow};
        location / {{ echo_sleep {seconds}; echo_exec @sent; }}
        location ~ /getMe$ {{ return 200 '{me}'; }}
        location @sent {{ return 200 '{sent}'; }}
    }}
    server {{
        listen 127.0.0.1:{fast};
        location / {{ return 200 '{sent}'; }}
        location ~ /getMe$ {{ return 200 '{me}'; }}
    }}
}}
"""


@dataclass(frozen=True)
class Standin:
    """Two addresses of one nginx."""

    slow: str
    """Answers after `ANSWER_SECONDS`."""
    fast: str
    """Answers at once."""


class NoNginx(Exception):  # noqa: N818 - says what is missing
    """Why there is no stand-in, in one sentence."""


@asynccontextmanager
async def serving() -> AsyncIterator[Standin]:
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None or not _ECHO.exists():
        raise NoNginx(MISSING)
    slow, fast = _free_port(), _free_port()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "nginx.conf")
        file.write_text(_configuration(folder, slow, fast), "utf-8")
        child = await asyncio.create_subprocess_exec(
            program, "-c", str(file), "-e", f"{folder}/error.log"
        )
        try:
            await _listening(slow)
            yield Standin(f"http://127.0.0.1:{slow}", f"http://127.0.0.1:{fast}")
        finally:
            child.terminate()
            await child.wait()


def _configuration(folder: str, slow: int, fast: int) -> str:
    return _CONFIGURATION.format(
        module=_ECHO,
        folder=folder,
        slow=slow,
        fast=fast,
        seconds=ANSWER_SECONDS,
        sent=_quoted(_SENT),
        me=_quoted(_BOT),
    )


def _quoted(result: object) -> str:
    """An answer as nginx reads it between single quotes."""
    answer = json.dumps({"ok": True, "result": result})
    return answer.replace("\\", "\\\\").replace("'", "\\'")


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


async def _listening(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return
