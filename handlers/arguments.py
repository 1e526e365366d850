"""What people write after a command, understood or not; never more than that."""

from __future__ import annotations

import re

from exchange import checkcode

_PUBLIC_ID = re.compile(r"([A-Z]?)([1-9][0-9]{0,8})")
_ALERT = re.compile(r"(?:No\.?|№)?\s*([1-9][0-9]{0,8})", re.IGNORECASE)
_PAGE = re.compile(r"[1-9][0-9]{0,5}")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_LATIN = str.maketrans("АВЕІКМНОРСТУХавеікмнорстух", "ABEIKMHOPCTYXabeikmhopctyx")
"""Cyrillic letters that look like Latin ones: who types on such a keyboard means ours."""


def public_id(argument: str, prefix: str) -> str | None:
    """`S12` from "S12", "s 12" or "12"; None for anything else, "R12" included."""
    compact = "".join(argument.split()).translate(_LATIN).upper()
    found = _PUBLIC_ID.fullmatch(compact)
    if not found or found[1] not in ("", prefix):
        return None
    return f"{prefix}{found[2]}"


def any_id(argument: str) -> str | None:
    """`C5` from "C5" or "c 5"; None where the letter that says what it is is missing."""
    compact = "".join(argument.split()).translate(_LATIN).upper()
    found = _PUBLIC_ID.fullmatch(compact)
    return compact if found and found[1] else None


def check_code(argument: str) -> str | None:
    """The code of an alert, however it was copied or typed; None where it can be none."""
    return checkcode.read("".join(argument.split()).translate(_LATIN))


def alert_number(argument: str) -> int | None:
    """`42` from "42", "No. 42" or "№ 42"."""
    found = _ALERT.fullmatch(argument)
    return int(found[1]) if found else None


def page(argument: str) -> int:
    """A page number, counted from 1; 1 for anything that is none."""
    return int(argument) if _PAGE.fullmatch(argument) else 1


def numbers(text: str) -> tuple[int, ...]:
    """The whole numbers that a text consists of, thousands grouped or not; () if anything else.

    "1 212" and "1,212" are one number, "40-45" and "40 – 45" are two.
    """
    ends = re.split(r"\s*[-–—]\s*", text.strip())
    compact = [re.sub(r"(?<=\d)[ ,.\u00a0\u202f](?=\d{3}(?!\d))", "", end) for end in ends]
    if not all(_NUMBER.fullmatch(end) for end in compact):
        return ()
    return tuple(int(end) for end in compact)
