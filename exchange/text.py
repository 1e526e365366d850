"""What may stand in a text or a link that people will read.

Both checks name the broken rule, or None. A text is refused for signs that hide or reorder what is
read; a link for whatever could show one address and lead to another.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

LINK_LENGTH = 500
"""More than any article needs, and little enough for a message."""

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories without a shape of their own: controls, bidirectional marks, separators."""

_NAMED_HOST = re.compile(r"([a-z0-9-]+\.)+[a-z][a-z0-9-]*")
"""Only plain letters, and no number at the end, which browsers would read as an address."""


def text_fault(text: str) -> str | None:
    """`hidden-characters` where a sign cannot be seen; new lines are seen."""
    hidden = any(unicodedata.category(sign) in _HIDDEN for sign in text if sign != "\n")
    return "hidden-characters" if hidden else None


def link_fault(link: str) -> str | None:
    """Why a link cannot be a source: an open address of a named host, and nothing else, can."""
    if len(link) > LINK_LENGTH:
        return "link-too-long"
    if text_fault(link) or any(sign.isspace() for sign in link):
        return "hidden-characters"
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return "link-broken"
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "." not in host:
        return "link-broken"
    disguises = (
        parts.username is not None,
        port is not None,
        not _NAMED_HOST.fullmatch(host),
        any(part.startswith("xn--") for part in host.split(".")),
    )
    return "link-disguised" if any(disguises) else None


def host_of(link: str) -> str:
    """The host of a link that `link_fault` accepts, without a leading "www."."""
    return (urlsplit(link).hostname or "").removeprefix("www.")
