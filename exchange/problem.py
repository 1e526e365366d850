"""A broken rule, named so that each place can word it for its own people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A broken rule, the field it is about, and the value in question (a key, never free text)."""

    rule: str
    field: str
    value: str = ""
