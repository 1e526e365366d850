from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.checkcode import ALPHABET, LENGTH, read, written

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@given(CODES)
def test_a_code_that_was_written_is_read(code: str) -> None:
    assert read(written(code)) == read(code) == read(code.lower()) == code


@pytest.mark.parametrize("text", ["7k2m-9qxl", " 7K2M9QXI ", "7K2M-9QX1", "7K2M – 9QXL"])
def test_what_is_easily_confused_is_read_all_the_same(text: str) -> None:
    assert read(text) == "7K2M9QX1"


def test_the_letter_o_is_a_zero() -> None:
    assert read("OOOO-oooo") == "0" * 8


@pytest.mark.parametrize("text", ["", "7K2M-9QX", "7K2M-9QXAA", "7K2M-9QXU", "7K2M-9QXЯ", "№ 42"])
def test_what_is_no_code_is_not_read(text: str) -> None:
    assert read(text) is None


@given(st.text(max_size=20))
def test_whatever_somebody_types_is_read_or_not(text: str) -> None:
    found = read(text)
    assert found is None or (len(found) == LENGTH and set(found) <= set(ALPHABET))
