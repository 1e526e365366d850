"""/progress and /claims: short enough for a phone, and what no screen may ever do with a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.claims import contested
from exchange.ledger import Ledger
from exchange.quantity import Quantity
from exchange.records import (
    BOTH_NOT_SPLIT,
    LANGUAGES,
    NOT_STATED,
    Claim,
    ClaimScope,
    Pledge,
    Stance,
    StanceKind,
    StatedTotal,
    Unit,
)
from messages import values
from messages.catalogue import Say
from messages.claims import claim, claims
from messages.message import Message
from messages.pages import LINES
from messages.progress import progress
from messages.stages import stage
from messages.status import status
from messages.values import Count
from tests.builders import (
    RU,
    UA,
    a_ledger,
    a_pledge,
    an_agreement,
    at_least,
    istanbul,
    label,
    words,
)
from tests.messages.istanbul_cases import ARTICLES, ISTANBUL
from tests.messages.ledger_cases import PARTS, PROGRESSES, WITH_CLAIMS, a_claim, a_stance, a_total
from tests.messages.screens import SUBJECTS, plain, rows
from tests.messages.test_status import QUANTITIES, some_stages

TOLD = {
    f"{subject}: {name}": case
    for subject in ("claims", "stages", "istanbul", "amending", "corrections")
    for name, case in SUBJECTS[subject].items()
    if not name.startswith("progress")
}
"""Screens that tell the same on the same page in every language."""

SPEAKERS = st.sampled_from(["headquarters", "ministry-ru", "president", "red-cross", "outlet-1"])
PARTIES = st.sampled_from([UA, RU, BOTH_NOT_SPLIT, NOT_STATED])
LONG = st.sampled_from(["Lists were exchanged", "The lists which both sides had asked for " * 2])
UNITS = st.sampled_from([Unit.PERSON, Unit.BODY, Unit.CIVILIAN])


def some_pledge(number: int, to: str, quantity: Quantity, unit: Unit, speaker: str) -> Pledge:
    return a_pledge(f"P{number}", to, quantity, unit=unit, speaker=speaker)


def some_total(number: int, to: str, quantity: Quantity, unit: Unit, speaker: str) -> StatedTotal:
    return a_total(f"T{number}", to, quantity, speaker, unit=unit)


NUMBERS = st.integers(1, 9)
PLEDGES = st.builds(some_pledge, NUMBERS, PARTIES, QUANTITIES, UNITS, SPEAKERS)
TOTALS = st.builds(some_total, NUMBERS, PARTIES, QUANTITIES, UNITS, SPEAKERS)
STANCES = st.lists(
    st.builds(a_stance, st.sampled_from(StanceKind), SPEAKERS), min_size=1, max_size=6
)


@st.composite
def some_claims(draw: st.DrawFn) -> Claim:
    stances: list[Stance] = draw(STANCES)
    made = a_claim(f"C{draw(st.integers(1, 99))}", label(draw(LONG)), *stances)
    return replace(made, scope=draw(st.sampled_from(ClaimScope)))


@settings(max_examples=80, deadline=None)
@given(found=st.lists(some_claims(), max_size=6), page=st.integers(1, 4))
@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_take_at_most_twelve_rows(language: str, found: list[Claim], page: int) -> None:
    name = label("The agreement of the contact group on humanitarian matters")
    ledger = a_ledger(an_agreement(name=name), *found)

    assert len(rows(plain(claims(ledger, None, page, language)))) <= LINES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROGRESSES)
def test_progress_takes_at_most_twelve_rows_wherever_one_pledge_does(
    name: str, language: str
) -> None:
    for page in range(1, 6):
        text = plain(progress(PROGRESSES[name], None, page, language))
        pledges_shown = len(re.findall(r"(?m)^[PT]\d+", text))
        assert len(rows(text)) <= LINES or pledges_shown == 1


@settings(max_examples=80, deadline=None)
@given(
    records=st.lists(st.one_of(PLEDGES, TOTALS, some_stages()), max_size=6),
    page=st.integers(1, 9),
    language=st.sampled_from(LANGUAGES),
)
def test_whatever_is_recorded_a_page_of_progress_is_one_screen_or_one_pledge(
    records: list[Any], page: int, language: str
) -> None:
    message = progress(a_ledger(*records), None, page, language)

    titles = [line for line in message.text.split("\n") if line.startswith("<b>")]
    assert len(rows(plain(message))) <= LINES or len(titles) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ISTANBUL)
def test_the_two_articles_fit_a_phone(name: str, language: str) -> None:
    if name.startswith(("status", "progress", "claims")):
        assert len(rows(plain(ISTANBUL[name](language)))) <= LINES


@pytest.mark.parametrize("language", LANGUAGES)
def test_at02_no_digit_is_shown_that_no_source_is_cited_for(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left are numbers that somebody said: what was counted, dated or numbered here is blanked."""
    for kind in (values.Count, values.Page, values.Moment, values.PublicId, values.Grade):
        monkeypatch.setattr(kind, "shown", lambda _self, _locale: "x")
    cited = {number for record in ARTICLES.entries.values() for number in _numbers(record.record)}

    for name, case in ISTANBUL.items():
        shown = set(re.findall(r"\d+", _ungrouped(plain(case(language)))))
        assert shown <= cited, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_at04_a_list_a_claimed_number_and_an_age_change_no_total(language: str) -> None:
    without = Ledger().with_entries(
        [entry for entry in ARTICLES.entries.values() if not isinstance(entry.record, Claim)], 1
    )

    for screen in (status, _all_progress):
        assert _text(screen(ARTICLES, None, language)) == _text(screen(without, None, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_at05_words_stay_words(language: str) -> None:
    said = {
        "en": ("“several busloads”", "“thousands”"),
        "uk": ("«кілька автобусів»", "«тисячі»"),
        "ru": ("«несколько автобусов»", "«тысячи»"),
    }[language]

    assert said[0] in _flat(stage(ARTICLES, "S1", language))
    assert said[1] in _flat(progress(ARTICLES, None, 2, language))


def test_at09_parts_that_add_up_are_no_conflict() -> None:
    text = _flat(stage(istanbul(PARTS), "S2", "en"))

    assert "To Ukraine: 157 (Coordination Headquarters, Ukraine); 152 + seriously" in text
    assert "figures differ" not in text


def test_at10_who_they_are_differs_where_the_number_does_not() -> None:
    text = _flat(stage(istanbul(PARTS), "S2", "en"))

    assert "To Russia: who they are differs: service members: 84" in text


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("uk", {1: "етап", 21: "етап", 22: "етапи", 25: "етапів", 111: "етапів", 1212: "етапів"}),
        ("ru", {1: "этап", 21: "этап", 22: "этапа", 25: "этапов", 111: "этапов", 1212: "этапов"}),
    ],
)
def test_at18_numbers_take_the_right_forms(language: str, forms: dict[int, str]) -> None:
    say = Say(language)

    found = {
        count: say("status-stages", count=Count(count)).split(Count(count).shown(say.locale))[1]
        for count in forms
    }

    assert {count: form.split()[0] for count, form in found.items()} == forms


def test_at23_a_year_that_no_source_prints_is_printed_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(values.Moment, "shown", lambda _self, _locale: "x")

    for language in LANGUAGES:
        for name, case in ISTANBUL.items():
            assert not re.search(r"\b(19|20)\d\d\b", plain(case(language))), name


@pytest.mark.parametrize("name", TOLD)
def test_every_language_shows_the_same_numbers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for how many names found no room, which depends on how long they are."""
    monkeypatch.setattr(values.Count, "shown", lambda _self, _locale: "x")

    numbers = {language: _digits(TOLD[name](language)) for language in LANGUAGES}

    assert numbers["uk"] == numbers["en"]
    assert numbers["ru"] == numbers["en"]


@pytest.mark.parametrize("name", PROGRESSES)
def test_every_language_tells_the_same_progress(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values.Page, "shown", lambda _self, _locale: "x")

    numbers = [
        {found for page in _all_progress(PROGRESSES[name], None, one) for found in _digits(page)}
        for one in LANGUAGES
    ]

    assert numbers[0] == numbers[1] == numbers[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_percentage_and_no_remainder_is_told_of_bodies(language: str) -> None:
    for page in range(1, 5):
        assert "%" not in plain(progress(PROGRESSES["bodies"], None, page, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_returned_is_never_shown_as_identified(language: str) -> None:
    shown = [progress(PROGRESSES["bodies"], None, page, language) for page in range(1, 5)]

    assert _text(shown).count(Say(language)("returned-not-identified")) == 2


def test_an_upper_end_of_what_is_missing_is_told_with_a_stated_total_only_where_it_fits() -> None:
    tightened = _text(_all_progress(PROGRESSES["a stated total"], None, "en"))
    unfit = _text(_all_progress(PROGRESSES["a stated total that does not fit"], None, "en"))

    assert "Of the pledge: at least 83 %\nRemaining: at most 199" in tightened
    assert "Stated totals and stages do not fit." in unfit
    assert "Documented: 300" in unfit
    assert "1,001" not in tightened


def test_the_button_counts_what_is_disputed_about_the_exchange_itself() -> None:
    labels = [one.label for row in status(ARTICLES, None, "en").buttons for one in row]

    assert contested(ARTICLES, "istanbul-2") == 4
    assert "Disputed (4)" in labels


def test_disputed_claims_come_first_and_context_last() -> None:
    first = plain(claims(WITH_CLAIMS, None, 1, "en"))
    last = plain(claims(WITH_CLAIMS, None, 99, "en"))

    assert re.findall(r"(?m)^C\d", first) == ["C1", "C2"]
    assert re.findall(r"(?m)^C\d", last) == ["C9"]
    assert last.startswith("Besides the exchange")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_of_a_claim_are_told_in_the_same_form(language: str) -> None:
    here = claim(WITH_CLAIMS, "C1", language)
    swapped = {
        StanceKind.ASSERTS: StanceKind.DENIES,
        StanceKind.DENIES: StanceKind.ASSERTS,
    }
    turned = replace(
        WITH_CLAIMS.claims["C1"],
        stances=tuple(
            replace(one, kind=swapped[one.kind]) for one in WITH_CLAIMS.claims["C1"].stances
        ),
    )
    there = claim(istanbul(turned), "C1", language)

    say = Say(language)
    says, denies = (say(f"stance-{one}", speakers="").strip() for one in ("asserts", "denies"))
    lines = Counter(plain(here).split("\n"))
    exchanged = Counter(
        line.replace(says, "\x00").replace(denies, says).replace("\x00", denies)
        for line in plain(there).split("\n")
    )
    assert exchanged == lines


@pytest.mark.parametrize("name", ["a claim in words", "a claim with a number"])
def test_a_claims_number_is_said_to_count_nowhere(name: str) -> None:
    key = {"a claim in words": "C1", "a claim with a number": "C2"}[name]

    told = "counts towards no total" in plain(claim(WITH_CLAIMS, key, "en"))

    assert told == (WITH_CLAIMS.claims[key].quantity is not None)


def test_a_page_that_does_not_exist_is_the_nearest_one() -> None:
    assert claims(WITH_CLAIMS, None, 99, "en") == claims(WITH_CLAIMS, None, 5, "en")
    assert progress(ARTICLES, None, 99, "en") == progress(ARTICLES, None, 2, "en")


def test_untranslated_words_are_marked_with_their_language() -> None:
    pledge = replace(a_pledge("P1", UA, Quantity(words=words("hundreds"))), categories=("wounded",))

    assert "«hundreds» (мова: англійська)" in _flat(progress(a_ledger(pledge), None, 1, "uk"))
    assert "at least 5" in _flat(progress(a_ledger(a_pledge("P1", UA, at_least(5))), None, 1, "en"))


def _all_progress(ledger: Ledger, agreement: str | None, language: str) -> list[Message]:
    return [progress(ledger, agreement, page, language) for page in range(1, 6)]


def _text(shown: Message | list[Message]) -> str:
    return "\n".join(plain(one) for one in (shown if isinstance(shown, list) else [shown]))


def _flat(message: Message) -> str:
    return " ".join(rows(plain(message)))


def _ungrouped(text: str) -> str:
    return re.sub(r"(?<=\d)[, \u00a0](?=\d{3}(?!\d))", "", text)


def _digits(message: Message) -> Counter[str]:
    labels = " ".join(one.label for row in message.buttons for one in row)
    return Counter(re.findall(r"\d+", _ungrouped(f"{plain(message)} {labels}")))


def _numbers(value: Any) -> Iterator[str]:
    """Every number that stands in a record, in its texts as well."""
    if isinstance(value, str):
        yield from re.findall(r"\d+", _ungrouped(value))
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _numbers(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _numbers(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "key":
                yield from _numbers(getattr(value, field.name))
