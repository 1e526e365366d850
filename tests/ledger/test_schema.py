"""docs/ledger.schema.json: the form of a ledger file, for editors and other programs.

After a change of the records: `UPDATE_GOLDEN=1 pytest tests/ledger/test_schema.py`.
"""

from __future__ import annotations

import json
import os
import re

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from bot.ledger_contents import document
from bot.ledger_schema import schema
from bot.marked_yaml import read
from exchange.ledger import Entry, Ledger
from exchange.records import Record
from tests.ledger.istanbul import ROOT, TEXT
from tests.ledger.ledgers import records
from tests.ledger.small import LEDGER
from tests.ledger.stores import NOW
from tests.ledger.test_history import WITH_HISTORY

FILE = ROOT / "docs" / "ledger.schema.json"
DOCUMENT = (ROOT / "docs" / "ledger-files.md").read_text("utf-8")
[EXAMPLE] = re.findall(r"```yaml\n(format: 1\n.*?)```", DOCUMENT, re.DOTALL)

FILES = {"istanbul": TEXT, "example": EXAMPLE, "small": LEDGER, "with a history": WITH_HISTORY}

MISSHAPEN = {
    "no format": ("format: 1\n", ""),
    "another format": ("format: 1", "format: 2"),
    "an unknown section": ("actors:", "actor:"),
    "an unknown field": ("  unit: person", "  unit: person\n  colour: red"),
    "a missing field": ("  lifecycle: completed\n", ""),
    "a word that is no choice": ("lifecycle: completed", "lifecycle: completd"),
    "text for a number": ("value: 300", "value: '300'"),
    "a label without a language": (", ru: Газета}", "}"),
    "a term that says its kind": ("{key: AA,", "{key: AA, kind: party,"),
    "a stage without a public id": ("- key: S1", "- key: first"),
    "a name like a public id": ("- key: ministry", "- key: M1"),
    "three parties": ("[AA, BB]", "[AA, BB, AA]"),
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(FILE.read_text("utf-8")))


def test_the_document_is_the_schema_of_the_records_as_they_are() -> None:
    written = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        FILE.write_text(written, "utf-8")

    assert FILE.read_text("utf-8") == written


def test_the_schema_is_one(validator: Draft202012Validator) -> None:
    validator.check_schema(validator.schema)


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_every_file_of_the_project_fits_the_schema(
    validator: Draft202012Validator, text: str
) -> None:
    assert [one.message for one in validator.iter_errors(read(text).plain())] == []


@given(whole=records())
@settings(max_examples=25, deadline=None)
def test_whatever_is_dumped_fits_the_schema(whole: tuple[Record, ...]) -> None:
    entries = [Entry(one, rev=1, order=n, at=NOW) for n, one in enumerate(whole)]
    validator = Draft202012Validator(schema())

    assert validator.is_valid(document(Ledger().with_entries(entries, 1)))


@pytest.mark.parametrize(("old", "new"), MISSHAPEN.values(), ids=MISSHAPEN)
def test_what_has_another_form_does_not_fit(
    validator: Draft202012Validator, old: str, new: str
) -> None:
    assert LEDGER.count(old) == 1
    assert not validator.is_valid(read(LEDGER.replace(old, new)).plain())
