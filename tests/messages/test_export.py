from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.records import Claim, Part, Source, Stance, StanceKind, Statement, Unit
from messages.catalogue import LANGUAGES
from messages.export import LICENCE, Form, exported, file_name
from messages.export_screens import caption
from messages.message import utf16_length
from tests.builders import (
    AGREEMENT,
    AT,
    RU,
    UA,
    a_ledger,
    a_stage,
    back_to,
    between,
    exactly,
    istanbul,
    label,
    said,
    words,
)

CLAIM = Claim(
    "C1",
    AGREEMENT,
    label("Two lists were handed over", "Передано два списки", "Переданы два списка"),
    (
        Stance(StanceKind.ASSERTS, Statement("president", "R1", EventDate(6, 9))),
        Stance(StanceKind.DENIES, Statement("ministry-ru", "R2"), general=True),
    ),
)


LONGEST_CAPTION = 1024
"""Telegram's limit, in UTF-16 units."""


def table(ledger: Ledger, form: Form, language: str = "en") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(ledger, form, language).decode("utf-8-sig"))))


def records(ledger: Ledger) -> dict[str, Any]:
    return dict(json.loads(exported(ledger, Form.RECORDS, "en")))


def test_a_table_begins_with_the_mark_by_which_spreadsheets_know_its_encoding() -> None:
    for form in (Form.NUMBERS, Form.CLAIMS):
        assert exported(istanbul(), form, "uk").startswith("\ufeff".encode())


def test_every_number_has_a_row_with_who_said_it_and_where() -> None:
    figures = said(exactly(5)), said(between(5, 7), "ministry-ru", "R2")
    rows = table(a_ledger(a_stage("S1", back_to(UA, *figures), back_to(RU))), Form.NUMBERS)
    told = [(row["returned_to"], row["number"], row["up_to"], row["source"]) for row in rows]
    assert told == [("Ukraine", "5", "", "R1"), ("Ukraine", "5", "7", "R2"), ("Russia", "", "", "")]
    assert [row["qualifier"] for row in rows] == ["exact", "range", "unknown"]
    assert {(row["stage"], row["day"], row["state"]) for row in rows} == {
        ("S1", "XXXX-06-09", "completed")
    }
    assert {row["licence"] for row in rows} == {LICENCE}
    assert {row["as_of"] for row in rows} == {AT.isoformat()}


def test_a_part_is_marked_so_that_nobody_adds_it_to_the_whole() -> None:
    whole = replace(said(exactly(157)), parts=(Part(exactly(5), Unit.CIVILIAN),))
    rows = table(a_ledger(a_stage("S1", back_to(UA, whole))), Form.NUMBERS)
    assert [(row["number"], row["part"], row["unit"]) for row in rows] == [
        ("157", "", "person"),
        ("5", "yes", "civilian"),
    ]


def test_every_stance_has_a_row() -> None:
    rows = table(istanbul().with_records([CLAIM], AT), Form.CLAIMS)
    told = [(row["claim"], row["status"], row["stance"], row["general"]) for row in rows]
    assert told == [("C1", "disputed", "asserts", ""), ("C1", "disputed", "denies", "yes")]
    assert rows[0]["said_on"] == "XXXX-06-09"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_in_the_language_asked_for_and_numbers_the_same_in_all(language: str) -> None:
    ledger = a_ledger(a_stage("S1", back_to(UA, said(exactly(1212))))).with_records([CLAIM], AT)
    assert table(ledger, Form.NUMBERS, language)[0]["number"] == "1212"
    assert table(ledger, Form.CLAIMS, language)[0]["text"] == CLAIM.text[language]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "  =1", "=HYPERLINK(1)"])
def test_no_cell_is_a_formula(text: str) -> None:
    unknown = said(replace(exactly(5), words=words(text)))
    claim = replace(CLAIM, text=label(text))
    ledger = a_ledger(a_stage("S1", back_to(UA, unknown))).with_records([claim], AT)
    for form in (Form.NUMBERS, Form.CLAIMS):
        for row in table(ledger, form):
            assert [one for one in row.values() if one.lstrip()[:1] in tuple("=+-@")] == []


def test_everything_public_is_among_the_records_and_nothing_else() -> None:
    ledger = istanbul().with_records([CLAIM], AT)
    told = records(ledger)
    kept = [one["key"] for kind in told.values() if isinstance(kind, list) for one in kind]
    assert sorted(kept) == sorted(ledger.entries)
    assert (told["licence"], told["as_of"]) == (LICENCE, AT.isoformat())
    [claim] = told["claims"]
    assert claim["status"] == "disputed"
    assert claim["text"] == dict(CLAIM.text)
    assert "by" not in json.dumps(told).split('"')


def test_what_was_withdrawn_is_left_out() -> None:
    before = istanbul().with_records([CLAIM], AT)
    entry = replace(before.entries["C1"], withdrawn=True)
    after = before.with_entries([entry], 2)
    assert table(after, Form.CLAIMS) == []
    assert records(after)["claims"] == []


def test_a_number_of_nought_is_kept() -> None:
    ledger = a_ledger(a_stage("S1", back_to(UA, said(exactly(0)))))
    assert table(ledger, Form.NUMBERS)[0]["number"] == "0"
    [stage] = records(ledger)["stages"]
    assert stage["transfers"][0]["figures"][0]["quantity"]["value"] == 0


def test_a_link_stays_a_link() -> None:
    ledger = istanbul().with_records([Source("R9", url="https://example.org/")], AT)
    assert {one["key"]: one.get("url") for one in records(ledger)["sources"]}["R9"] == (
        "https://example.org/"
    )


def test_a_file_is_named_by_what_it_holds_and_how_new_it_is() -> None:
    assert file_name(istanbul(), Form.NUMBERS) == "homeward-numbers-2026-06-09.csv"
    assert file_name(istanbul(), Form.RECORDS) == "homeward-records-2026-06-09.json"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", Form)
def test_a_caption_is_short_enough_in_every_language(form: Form, language: str) -> None:
    assert utf16_length(caption(istanbul(), form, language).text) <= LONGEST_CAPTION
