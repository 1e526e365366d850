"""What may stand in a text or a link that people will read.

Each check names the broken rule, or None. A text is refused for signs that hide or reorder what is
read, and for what leads to a single person; a link for whatever could show one address and lead to
another.

What leads to a person can be told from its form only in part: no pattern knows a name. The rest is
for the one who records, and for the second who looks.
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


_PERSONAL = {
    "mail-address": re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
    "link-in-text": re.compile(
        r"://|\bwww\.|\b(?:t|telegram)\.me\b"
        r"|\b[\w-]+\.(?:com|org|net|info|gov|biz|io|me|ru|ua|by|su|рф|укр)\b",
        re.IGNORECASE,
    ),
    "handle-in-text": re.compile(r"(?<!\w)@[a-z]\w{3,}", re.IGNORECASE),
    "bank-account": re.compile(
        r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b"  # IBAN
        r"|\b(?:0x[0-9a-fA-F]{40}|bc1[a-z0-9]{25,60}|[13T][1-9A-HJ-NP-Za-km-z]{25,33})\b"
    ),
    "unit-number": re.compile(
        r"\b[АA]-?\d{4}\b"
        r"|(?:\bв\s?/\s?ч|військов\w+ частин\w+|(?:войсков|воинск)\w+ част\w+|military unit)"
        r"\W{0,4}(?:no\.?\s?)?[АA]?-?\d{4,5}\b",
        re.IGNORECASE,
    ),
    "birth-date": re.compile(
        r"\b(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19\d\d|200\d)\b"
        r"|\b(?:19\d\d|200\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b"
        r"|\b(?:19\d\d|20\d\d)\s?(?:г\.\s?р\.|р\.\s?н\.|року народження|года рождения)"
        r"|\b(?:born|народжен\w*|народи(?:в|л)\w*|рожд[её]н\w*|родил\w*)\W(?:\D{0,20}?)\d",
        re.IGNORECASE,
    ),
}

_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_PHONE = re.compile(r"\+?\(?\d(?:[ \u00a0().-]{0,2}\d){6,14}(?!\d)")
_COUNT = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0.]\d{3})*|[1-9]\d*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d?\.\d\d?\.\d{4}")
_PHONE_DIGITS = 9
"""As many as a national number has; counts of people have fewer."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN, _CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")


def text_fault(text: str) -> str | None:
    """`hidden-characters` where a sign cannot be seen; new lines are seen."""
    hidden = any(unicodedata.category(sign) in _HIDDEN for sign in text if sign != "\n")
    return "hidden-characters" if hidden else None


def personal_fault(text: str) -> str | None:
    """What in a free text could lead to a person, a unit or a purse; counts and days may stand."""
    for rule, pattern in _PERSONAL.items():
        if pattern.search(text):
            return rule
    if any(_is_card(number) for number in _CARD.findall(text)):
        return "card-number"
    if any(_is_phone(number) for number in _PHONE.findall(text)):
        return "phone-number"
    return None


def mixes_scripts(text: str) -> bool:
    """Whether a word has both Latin and Cyrillic letters, which often are taken for each other."""
    return any(_LATIN.search(word) and _CYRILLIC.search(word) for word in _WORD.findall(text))


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


def _is_card(number: str) -> bool:
    """Whether the digits pass the check that every payment card passes (Luhn)."""
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_phone(number: str) -> bool:
    """Whether digits are dialled, not counted: "+380…" and "067 650 83 32", not "12 000-12 500"."""
    if number.startswith("+"):
        return True
    if sum(sign.isdigit() for sign in number) < _PHONE_DIGITS or _DAY.match(number):
        return False
    return not all(_COUNT.fullmatch(part) for part in number.split("-"))
