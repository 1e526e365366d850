from __future__ import annotations

import pytest

from exchange.quantity import NOT_PUBLISHED, Qualifier, Quantity, Wording


@pytest.mark.parametrize("qualifier", [one for one in Qualifier if one is not Qualifier.UNKNOWN])
def test_every_qualifier_but_unknown_needs_a_number(qualifier: Qualifier) -> None:
    with pytest.raises(ValueError, match="exactly when"):
        Quantity(qualifier)


def test_unknown_has_no_number_not_even_zero() -> None:
    with pytest.raises(ValueError, match="exactly when"):
        Quantity(Qualifier.UNKNOWN, 0)

    assert NOT_PUBLISHED.value is None


def test_a_number_is_never_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Quantity(Qualifier.EXACT, -1)


@pytest.mark.parametrize("upper", [None, 5, 4])
def test_a_range_has_an_upper_end_above_its_lower_end(upper: int | None) -> None:
    with pytest.raises(ValueError, match="range"):
        Quantity(Qualifier.RANGE, 5, upper)


def test_only_a_range_has_an_upper_end() -> None:
    with pytest.raises(ValueError, match="range"):
        Quantity(Qualifier.EXACT, 5, 6)


def test_words_are_kept_beside_an_unknown_number() -> None:
    words = Wording("en", {"en": "several busloads", "uk": "кілька автобусів"})

    assert Quantity(words=words).words == words


@pytest.mark.parametrize("texts", [{}, {"uk": "кілька автобусів"}, {"en": ""}])
def test_words_have_their_original(texts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"original language \(en\)"):
        Wording("en", texts)
