"""A quantity as it was said, never as somebody would like it.

A quantity keeps the speaker's qualifier ("at least", "about") and, where no number was given, the
words as printed. What it says about the true number is an `Interval`; see `exchange.arithmetic`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Qualifier(StrEnum):
    """How a speaker bound himself to a number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    AT_MOST = "at_most"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Wording:
    """Words as they were printed, in the language they were printed in, with our translations."""

    original: str
    """The language code of the printed words; `texts` always has it."""
    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        if not self.texts.get(self.original):
            raise ValueError(f"the words in their original language ({self.original}) are missing")


@dataclass(frozen=True)
class Quantity:
    """A number with its qualifier; `value` is None exactly when the number is unknown."""

    qualifier: Qualifier = Qualifier.UNKNOWN
    value: int | None = None
    value_hi: int | None = None
    """The upper end of a range, inclusive; None for every other qualifier."""
    words: Wording | None = None

    def __post_init__(self) -> None:
        unknown = self.qualifier is Qualifier.UNKNOWN
        if unknown != (self.value is None):
            raise ValueError("a quantity has a value exactly when its qualifier is not 'unknown'")
        if (self.qualifier is Qualifier.RANGE) != (self.value_hi is not None):
            raise ValueError("a quantity has an upper end exactly when its qualifier is 'range'")
        if self.value is not None and self.value < 0:
            raise ValueError("a quantity is never below zero")
        if self.value is not None and self.value_hi is not None and self.value_hi <= self.value:
            raise ValueError("the upper end of a range is above its lower end")


NOT_PUBLISHED = Quantity()
