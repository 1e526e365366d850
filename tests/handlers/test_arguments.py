from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.arguments import alert_number, any_id, check_code, numbers, page, public_id

PREFIXES = st.sampled_from("SPCTRX")


@pytest.mark.parametrize(
    ("written", "prefix", "meant"),
    [
        ("S1", "S", "S1"),
        ("s12", "S", "S12"),
        ("12", "S", "S12"),
        (" s 1 2 ", "S", "S12"),
        ("С1", "C", "C1"),  # Cyrillic
        ("р7", "P", "P7"),
        ("S123456789", "S", "S123456789"),
        ("R1", "S", None),
        ("S0", "S", None),
        ("S01", "S", None),
        ("S1234567890", "S", None),
        ("S-1", "S", None),
        ("S1.5", "S", None),
        ("SS1", "S", None),
        ("1S", "S", None),
        ("S", "S", None),
        ("", "S", None),
        ("x", "S", None),
        ("S१", "S", None),  # a digit, but none of ours
        ("S1\x00", "S", None),
    ],
)
def test_a_public_id_is_read_as_people_write_it(
    written: str, prefix: str, meant: str | None
) -> None:
    assert public_id(written, prefix) == meant


@given(PREFIXES, st.integers(1, 999_999_999), st.booleans(), st.sampled_from(["", " ", "  "]))
def test_every_public_id_is_read_back(prefix: str, number: int, lower: bool, space: str) -> None:
    written = f"{prefix.lower() if lower else prefix}{space}{number}"
    assert public_id(written, prefix) == f"{prefix}{number}"
    assert public_id(str(number), prefix) == f"{prefix}{number}"


@given(st.text(), PREFIXES)
def test_whatever_is_written_is_an_id_of_this_kind_or_nothing(written: str, prefix: str) -> None:
    meant = public_id(written, prefix)
    assert meant is None or (meant[0] == prefix and 0 < int(meant[1:]) < 10**9)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1", 1),
        ("7", 7),
        ("999999", 999999),
        ("0", 1),
        ("-1", 1),
        ("", 1),
        ("x", 1),
        ("1000000", 1),
    ],
)
def test_a_page_is_a_number_from_1(written: str, meant: int) -> None:
    assert page(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("25", (25,)),
        (" 25 ", (25,)),
        ("1212", (1212,)),
        ("1 212", (1212,)),
        ("1,212", (1212,)),
        ("1.212", (1212,)),
        ("1\u00a0212", (1212,)),
        ("1\u202f212", (1212,)),
        ("1 000 000", (1000000,)),
        ("40-45", (40, 45)),
        ("40 - 45", (40, 45)),
        ("40–45", (40, 45)),
        ("1 200 — 1 300", (1200, 1300)),
        ("5-6-7", (5, 6, 7)),
        ("0", ()),
        ("007", ()),
        ("-5", ()),
        ("5-", ()),
        ("+5", ()),
        ("1.5", ()),
        ("1,21", ()),
        ("12 34", ()),
        ("1e3", ()),
        ("five", ()),
        ("25 people", ()),
        ("", ()),
        (" ", ()),
        ("-", ()),
        ("५", ()),
        ("²", ()),
        ("10000000", ()),
    ],
)
def test_a_number_is_read_as_people_group_it(written: str, meant: tuple[int, ...]) -> None:
    assert numbers(written) == meant


@given(st.integers(1, 9_999_999), st.sampled_from(["", " ", ",", ".", "\u00a0", "\u202f"]))
def test_every_number_is_read_back_however_its_thousands_are_grouped(
    number: int, group: str
) -> None:
    assert numbers(f"{number:,}".replace(",", group)) == (number,)


@given(
    st.integers(1, 9_999_999),
    st.integers(1, 9_999_999),
    st.sampled_from(["-", "–", "—", " - ", " – "]),
)
def test_two_ends_of_a_range_are_read_back(low: int, high: int, dash: str) -> None:
    assert numbers(f"{low}{dash}{high}") == (low, high)


@given(st.text())
def test_whatever_is_typed_gives_whole_numbers_or_none(written: str) -> None:
    assert all(0 < number < 10**7 for number in numbers(written))


@pytest.mark.parametrize("asked", ["C5", "c5", " c 5 ", "С5", "с5"])
def test_any_record_is_known_by_its_letter(asked: str) -> None:
    assert any_id(asked) == "C5"


@pytest.mark.parametrize("asked", ["", "5", "C", "C0", "CC5", "C5 C6", "istanbul-2", "C-5"])
def test_without_a_letter_and_a_number_it_is_no_record(asked: str) -> None:
    assert any_id(asked) is None


@pytest.mark.parametrize(
    "typed",
    ["7K2M9QXA", "7K2M-9QXA", "7k2m 9qxa", " 7К2М-9QХА ", "7K2M\n9QXA", "7K2M\u20119QXA"],
)
def test_a_check_code_is_known_however_it_is_typed(typed: str) -> None:
    assert check_code(typed) == "7K2M9QXA"


def test_a_check_code_forgives_what_looks_alike() -> None:
    assert check_code("OIL0-ОІ00") == "01100100"


@pytest.mark.parametrize("typed", ["", "7K2M-9QX", "7K2M-9QXAA", "7K2M-9QXU", "No. 42", "х" * 8000])
def test_what_can_be_no_check_code_is_none(typed: str) -> None:
    assert check_code(typed) is None


@pytest.mark.parametrize("typed", ["42", "No. 42", "no 42", "№ 42", "№42"])
def test_an_alert_is_known_by_its_number(typed: str) -> None:
    assert alert_number(typed) == 42


@pytest.mark.parametrize("typed", ["", "0", "-1", "No.", "S42", "4 2", "9" * 10])
def test_what_is_no_number_of_an_alert_is_none(typed: str) -> None:
    assert alert_number(typed) is None
