"""No test reaches beyond this computer, and no child process of a test does.

Python imports a module of this name at its start, from a folder in PYTHONPATH: so the guard stands
in every child as well. It listens to the interpreter's own audit events, which no library can go
around.
"""

from __future__ import annotations

import sys
from ipaddress import ip_address

_WATCHED = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}
"""Audit events, and which of their arguments names the host."""


class OutsideError(RuntimeError):
    """A test tried to reach another computer."""


def is_here(address: object) -> bool:
    """Whether an address is of this computer: loopback, or a Unix socket's path."""
    if isinstance(address, tuple):
        address = address[0]
    elif isinstance(address, str) and "/" in address:
        return True
    if isinstance(address, bytes):
        address = address.decode(errors="replace")
    if address in (None, "", "localhost"):
        return True
    try:
        return ip_address(str(address)).is_loopback
    except ValueError:
        return False


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _WATCHED and not is_here(arguments[_WATCHED[event]]):
        raise OutsideError(f"a test may not reach {arguments[_WATCHED[event]]!r}")


def stand_guard() -> None:
    """Begin to refuse; it cannot be ended, and beginning twice is harmless."""
    if not getattr(sys, "homeward_guard", False):
        sys.addaudithook(_refuse)
        sys.homeward_guard = True  # type: ignore[attr-defined] # one mark for the whole process


stand_guard()
