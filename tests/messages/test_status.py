"""/status: what it says first, how short it stays, and what it never says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.ledger import Ledger
from exchange.quantity import Qualifier, Quantity
from exchange.records import BOTH_NOT_SPLIT, NOT_STATED, Lifecycle, Pledge, Record, Stage, Unit
from messages.catalogue import LANGUAGES
from messages.pages import COLUMNS, LINES
from messages.status import status
from tests.builders import (
    AGREEMENT,
    BOTH,
    RU,
    UA,
    a_ledger,
    a_pledge,
    a_stage,
    about,
    an_agreement,
    at_least,
    back_to,
    bodies,
    confirmed_by,
    exactly,
    istanbul,
    label,
    said,
    words,
)
from tests.messages.cases import LEDGERS
from tests.messages.screens import plain, rows

ORDER = {
    "en": ("To Russia:", "To Ukraine:", "Pledged:", "Met:", "As of", "Confirmed"),
    "uk": ("Росія:", "Україна:", "Зобов'язання:", "Чи виконано:", "Дані на", "Підтверджено"),
    "ru": ("Россия:", "Украина:", "Обязательство:", "Выполнено ли:", "Данные на", "Подтверждено"),
}
NOT_PUBLISHED = {
    "en": "number not published",
    "uk": "кількість не оприлюднено",
    "ru": "число не опубликовано",
}


def shown(ledger: Ledger, language: str) -> str:
    return plain(status(ledger, None, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LEDGERS)
def test_status_takes_at_most_twelve_rows_of_a_narrow_phone(name: str, language: str) -> None:
    assert len(rows(shown(LEDGERS[name], language))) <= LINES


@pytest.mark.parametrize("language", LANGUAGES)
def test_status_says_things_in_the_order_in_which_they_are_asked(language: str) -> None:
    text = shown(istanbul(), language)

    places = [text.index(start) for start in ORDER[language]]

    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_number_is_never_a_zero(language: str) -> None:
    text = shown(istanbul(), language)

    assert text.count(NOT_PUBLISHED[language]) == 2
    assert not re.search(r"(?<![\d:.,\u00a0])0(?!\d)", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bound_is_never_printed_for_a_spoken_more_than(language: str) -> None:
    for name in ("more than", "more than, in a sum", "speakers differ"):
        text = shown(LEDGERS[name], language)

        assert not re.search(r"1[,\u00a0]?001|1[,\u00a0]?101|6[,\u00a0]?001", text)


def test_about_is_never_added() -> None:
    assert "at least 100" in shown(LEDGERS["about, beside a number"], "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_and_bodies_are_never_added(language: str) -> None:
    text = shown(istanbul(bodies("S2", exactly(1212), exactly(27))), language)

    assert text.count(NOT_PUBLISHED[language]) == 2
    assert "27" in text


def test_the_agreement_recorded_for_last_is_shown_and_the_others_are_one_press_away() -> None:
    message = status(LEDGERS["two agreements"], None, "en")

    acts = [button.act for row in message.buttons for button in row]
    assert acts == [
        "stages:geneva:1",
        "progress:geneva:1",
        "sources",
        "settings",
        "status:istanbul",
    ]


def test_a_chosen_agreement_is_shown() -> None:
    assert plain(status(LEDGERS["two agreements"], "geneva", "en")).startswith("Geneva agreement\n")


def test_an_unknown_agreement_shows_the_latest() -> None:
    ledger = istanbul()

    assert status(ledger, "nowhere", "en") == status(ledger, None, "en")


QUANTITIES = st.one_of(
    st.just(Quantity()),
    st.just(Quantity(words=words("several busloads of people from many places"))),
    st.builds(exactly, st.integers(1, 9_999_999)),
    st.builds(
        Quantity,
        st.sampled_from(
            [Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.ABOUT, Qualifier.AT_MOST]
        ),
        st.integers(1, 9_999_999),
    ),
    st.builds(lambda low: Quantity(Qualifier.RANGE, low, low * 2), st.integers(1, 4_999_999)),
)
SPEAKERS = st.sampled_from(["headquarters", "ministry-ru", "president", "red-cross"])
FIGURES = st.lists(st.builds(said, QUANTITIES, SPEAKERS), max_size=3).map(tuple)
CONFIRMING = st.sampled_from(
    [(), BOTH, confirmed_by("president"), confirmed_by("ministry-ru"), confirmed_by("red-cross")]
)


@st.composite
def some_stages(draw: st.DrawFn) -> Stage:
    unit = draw(st.sampled_from([Unit.PERSON, Unit.BODY]))
    directions = draw(st.sampled_from([(UA, RU), (UA,), (RU,)]))
    return a_stage(
        f"S{draw(st.integers(1, 9))}",
        *(back_to(one, *draw(FIGURES), unit=unit) for one in directions),
        state=draw(st.sampled_from(Lifecycle)),
        confirmations=draw(CONFIRMING),
    )


PLEDGES = st.builds(
    lambda number, to, quantity, unit, in_principle: a_pledge(
        f"P{number}", to, quantity, unit=unit, in_principle=in_principle
    ),
    st.integers(1, 9),
    st.sampled_from([UA, RU, BOTH_NOT_SPLIT, NOT_STATED]),
    QUANTITIES,
    st.sampled_from([Unit.PERSON, Unit.BODY]),
    st.booleans(),
)
LONG = st.sampled_from(
    ["Istanbul agreement", "The agreement of the contact group on humanitarian matters " * 2]
)


@settings(max_examples=150, deadline=None)
@given(
    stages=st.lists(some_stages(), max_size=5),
    pledges=st.lists(PLEDGES, max_size=5),
    name=LONG,
    language=st.sampled_from(LANGUAGES),
)
def test_whatever_is_recorded_status_keeps_to_twelve_rows(
    stages: list[Stage], pledges: list[Pledge], name: str, language: str
) -> None:
    records: list[Record] = [*pledges, *stages]
    ledger = a_ledger(an_agreement(name=label(name)), *records)

    assert len(rows(shown(ledger, language))) <= LINES


def test_the_width_is_that_of_a_narrow_phone() -> None:
    assert (LINES, COLUMNS) == (12, 40)


def test_pledges_of_different_speakers_stay_apart() -> None:
    ledger = a_ledger(
        a_pledge("P1", UA, at_least(1000)),
        a_pledge("P2", UA, at_least(1200)),
        a_stage(agreement=AGREEMENT),
    )

    text = " ".join(rows(shown(ledger, "en")))

    assert "at least 1,000" in text
    assert "at least 1,200" in text


def test_what_was_pledged_by_about_is_neither_met_nor_unmet() -> None:
    ledger = a_ledger(
        a_pledge("P1", UA, about(100)), a_stage("S1", back_to(UA, said(exactly(500))))
    )

    assert "Met: cannot be calculated" in shown(ledger, "en")
