"""What a claim must be: short, in every language, with somebody who says it and no stray number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exchange.problem import Problem
from exchange.quantity import Quantity
from exchange.records import Claim, Label, StanceKind

TEXT_LENGTH = 75
"""What ClaimReview allows the short form of a claim."""
DETAIL_LENGTH = 400

_NUMBER = re.compile(r"\d{1,3}(?:[ ,.'’\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+")
"""Digits, grouped in any way: "1212", "1,212", "1 212"."""
_DIGIT = re.compile(r"\d")


def claim_problems(claim: Claim) -> Iterator[Problem]:
    """Everything that forbids a claim, apart from its references."""
    if not any(one.kind is StanceKind.ASSERTS for one in claim.stances):
        yield Problem("nobody-asserts", "stances")
    if claim.key in claim.see_also:
        yield Problem("refers-to-itself", "see_also", claim.key)
    yield from _text(claim, "text", claim.text, TEXT_LENGTH)
    if claim.detail:
        yield from _text(claim, "detail", claim.detail, DETAIL_LENGTH)


def _text(claim: Claim, field: str, label: Label, longest: int) -> Iterator[Problem]:
    for language, text in label.items():
        if len(text) > longest:
            yield Problem("wording-too-long", f"{field}.{language}")
        if numbers_in(text) - _numbers_of(claim.quantity):
            yield Problem("number-without-figure", f"{field}.{language}")


def numbers_in(text: str) -> frozenset[int]:
    """The numbers that stand in a text in digits."""
    found = (_DIGIT.findall(number) for number in _NUMBER.findall(text))
    return frozenset(int("".join(digits)) for digits in found)


def _numbers_of(quantity: Quantity | None) -> set[int]:
    ends = (quantity.value, quantity.value_hi) if quantity else ()
    return {end for end in ends if end is not None}
