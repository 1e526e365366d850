"""The code by which an alert is checked: eight signs that are hard to confuse when read aloud.

A code proves nothing by itself, since a forgery can carry a real one. Whoever looks it up is shown
the words that were really sent.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U."""
LENGTH = 8

_READ_AS = str.maketrans("OIL", "011", "- \u00a0\u2010\u2011\u2013")


def written(code: str) -> str:
    """The code as people see it: "7K2M-9QXA"."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def read(text: str) -> str | None:
    """The code that somebody typed, with what is easily confused; None where it can be none."""
    code = text.strip().upper().translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
