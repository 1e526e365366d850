"""Every kind of mistake in a ledger file, and how it is named."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import ledger_file as files
from bot.ledger_file import LARGEST, LedgerFileError, load_file
from exchange import claim_rules, references, rules, stage_rules, text
from exchange.ledger import Ledger
from storage import audit
from tests.ledger.small import LEDGER, write
from tests.ledger.stores import NOW, Stores


class Case(NamedTuple):
    """A mistake in the ledger above: what is written instead of what, and how it is named."""

    old: str
    new: str
    field: str
    words: str
    at: str = ""
    """What stands on the line that is named, if not the new text."""


MISTAKES = {
    # what no YAML is
    "a bracket is not closed": Case(
        "parties: [AA, BB]",
        "parties: [AA, BB",
        "agreements.parties",
        "This is not YAML",
        at="  sources: [R1]\npledges",
    ),
    "a quotation mark is not closed": Case(
        "publisher: gazette", 'publisher: "gazette', "sources.publisher", "This is not YAML"
    ),
    "a tab indents": Case("  unit: person", "\tunit: person", "pledges", "This is not YAML"),
    "an indentation is off": Case(
        "  unit: person", "   unit: person", "pledges", "This is not YAML"
    ),
    # what is YAML, but not read
    "an anchor": Case(
        "parties: [AA, BB]", "parties: &both [AA, BB]", "agreements.parties", "Anchors"
    ),
    "an alias": Case("parties: [AA, BB]", "parties: *both", "agreements.parties", "Anchors"),
    "a tag": Case("value: 300", "value: !!int 300", "pledges.quantity.value", "Tags"),
    "a harmful tag": Case(
        "value: 300",
        "value: !!python/object/apply:os.getcwd []",
        "pledges.quantity.value",
        "Tags",
    ),
    "a field given twice": Case(
        "  party: AA\n",
        "  party: AA\n  party: BB\n",
        "actors.party",
        "stands on line 15 already",
        at="party: BB",
    ),
    "a field whose name is a list": Case("format: 1", "format: 1\n[a]: b", "", "a word", at="[a]"),
    "a bottomless list": Case("value: 300", "value: " + "[" * 99, "pledges.quantity.value", "24"),
    "half a sign": Case(
        "en: Gazette", 'en: "\\ud83d"', "actors.label.en", "half a sign", at="ud83d"
    ),
    "a sign that no text holds": Case("en: Gazette", "en: \x07", "", "no text holds"),
    "two documents": Case("actors:", "---\nactors:", "", "another document", at="---"),
    # the outer form
    "no format": Case("format: 1\n", "", "format", "Begin the file", at="terms:"),
    "another format": Case("format: 1", "format: 2", "format", "not ledger format 1"),
    "an unknown section": Case("actors:", "actor:", "actor", "Use format, terms, actors"),
    "an unknown list of terms": Case(
        "  ranks:", "  grades:", "terms.grades", "Use parties, categories, branches, ranks"
    ),
    "a section given twice": Case(
        "actors:", "terms: {}\nactors:", "terms", "on line 2 already", at="terms: {}"
    ),
    "terms that are no sections": Case(
        LEDGER[LEDGER.index("terms:") : LEDGER.index("actors:")],
        "terms: none\n",
        "terms",
        "Here are named parts",
    ),
    "a section that is no list": Case(
        "sources:\n- key", "sources:\n  key", "sources", "a list of records", at="sources:"
    ),
    "a record that is a word": Case(
        "pledges:\n", "pledges:\n- P0\n", "pledges", "a set of named fields", at="- P0"
    ),
    "a withdrawn record that is not there": Case(
        "format: 1\n",
        "format: 1\nwithdrawn:\n- S1\n- S9\n",
        "withdrawn",
        "not the key of a record",
        at="S9",
    ),
    # fields
    "a wrong word": Case(
        "lifecycle: completed",
        "lifecycle: completd",
        "stages.lifecycle",
        "'announced', 'under_way'",
    ),
    "an unknown field": Case(
        "  unit: person",
        "  unit: person\n  colour: red",
        "pledges.colour",
        "no field of this name",
        at="colour",
    ),
    "an unknown field deep inside": Case(
        "value: 40}", "value: 40, sure: true}", "stages.transfers.figures.quantity.sure", "no field"
    ),
    "a missing field": Case(
        "  lifecycle: completed\n", "", "stages.lifecycle", "This field is missing", at="- key: S1"
    ),
    "text for a number": Case(
        "value: 300", "value: '300'", "pledges.quantity.value", "valid integer"
    ),
    "a number for text": Case("- key: ministry", "- key: 12", "actors.key", "valid string"),
    "a word for a list": Case("parties: [AA, BB]", "parties: AA", "agreements.parties", "array"),
    "three parties": Case("[AA, BB]", "[AA, BB, AA]", "agreements.parties", "at most 2"),
    "an unknown number with a value": Case(
        "qualifier: about",
        "qualifier: unknown",
        "stages.transfers.figures.quantity",
        "exactly when",
    ),
    "a day that no month has": Case(
        "month: 3, day: 2", "month: 2, day: 30", "stages.date", "to 29"
    ),
    "a kind where the section says it": Case(
        "{key: AA,", "{key: AA, kind: party,", "terms.parties.kind", "says this already"
    ),
    # keys and references
    "a key given twice": Case(
        "{key: BB,", "{key: AA,", "terms.parties.key", "stands on line 4 already"
    ),
    "a key given in another section": Case(
        "- key: harbour", "- key: gazette", "agreements.key", "stands on line 9 already"
    ),
    "a stage without a public id": Case(
        "- key: S1", "- key: first", "stages.key", "S and a number"
    ),
    "a pledge with a stage's id": Case("- key: P1", "- key: S2", "pledges.key", "P and a number"),
    "a name like a public id": Case("- key: ministry", "- key: M1", "actors.key", "a short name"),
    "a party like a direction": Case(
        "{key: BB,", "{key: not_stated,", "terms.parties.key", "a short name"
    ),
    "a publisher that nobody recorded": Case(
        "publisher: gazette", "publisher: herald", "sources.publisher", "Nothing has the key herald"
    ),
    "a party that nobody recorded": Case(
        "parties: [AA, BB]", "parties: [AA, CC]", "agreements.parties", "Nothing has the key CC"
    ),
    "a speaker that nobody recorded": Case(
        "stated: {speaker: ministry",
        "stated: {speaker: minister",
        "stages.transfers.figures.stated.speaker",
        "Nothing has the key minister",
    ),
    # rules of the ledger
    "a label without a language": Case(
        ", ru: Газета}", "}", "actors.label.ru", "Add this one", at="uk: Газета"
    ),
    "a hidden sign": Case(
        "en: Gazette", 'en: "Gaz\\u202Eette"', "actors.label.en", "cannot be seen", at="Gaz"
    ),
    "a broken link": Case("https://gazette", "gazette", "sources.url", "not a link"),
    "a link to a number": Case(
        "https://gazette.example", "http://127.0.0.1", "sources.url", "plain address"
    ),
    "a stage without a source": Case(
        "BB\n  sources: [R1]",
        "BB\n  sources: []",
        "stages.sources",
        "at least one",
        at="sources: []",
    ),
    "a completed stage without a day": Case(
        "date: {month: 3, day: 2}", "date: null", "stages.date", "has a day"
    ),
    "a completed stage in the future": Case(
        "date: {month: 3,", "date: {year: 2031, month: 6,", "stages.date", "yet to come"
    ),
    "a return to nobody's party": Case(
        "returned_to: BB",
        "returned_to: privates",
        "stages.transfers.returned_to",
        "privates is not a party",
    ),
    "one direction twice": Case(
        "returned_to: BB",
        "returned_to: AA  # again",
        "stages.transfers.returned_to",
        "AA stands twice",
        at="  - returned_to: AA",
    ),
    "people in a stage of bodies": Case(
        "kind: persons",
        "kind: bodies",
        "stages.transfers.returned_to",
        "Bodies are counted",
        at="  - returned_to: AA",
    ),
    "an outlet that confirms": Case(
        "  lifecycle: completed\n",
        "  lifecycle: completed\n  confirmations:\n  - {speaker: gazette, source: R1}\n",
        "stages.confirmations.speaker",
        "gazette is an outlet",
        at="- {speaker: gazette",
    ),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES)
async def test_a_mistake_is_named_by_file_line_and_field_and_nothing_is_recorded(
    stores: Stores, ledger_file: Path, case: Case
) -> None:
    assert LEDGER.count(case.old) == 1
    written = LEDGER.replace(case.old, case.new) + "# end of file"
    start = written.index(case.at) if case.at else LEDGER.index(case.old)
    line = written.count("\n", 0, start) + 1
    write(ledger_file, written)
    async with stores.empty() as store:
        with pytest.raises(LedgerFileError) as refused:
            await load_file(store, ledger_file, NOW)
        place = f"{ledger_file}:{line}: " + (f"{case.field}: " if case.field else "")
        assert str(refused.value).startswith(place)
        assert case.words in str(refused.value).removeprefix(place)
        assert await store.ledger() == Ledger()
        assert await store.read(lambda conn: audit.entries(conn, limit=1)) == ()


def test_every_rule_of_the_ledger_has_a_sentence_for_files() -> None:
    judges = (rules, stage_rules, claim_rules, references)
    named = [
        rule
        for one in judges
        for rule in re.findall(r'Problem\("([a-z-]+)"', inspect.getsource(one))
    ]
    named += re.findall(r'"([a-z]+-[a-z-]*[a-z])"', inspect.getsource(text))
    of_changes = {"lifecycle-moves-back"}  # and a file changes nothing
    assert set(named) - of_changes == set(files._SENTENCES)


async def test_a_file_of_any_size_is_refused_before_it_is_read(
    stores: Stores, ledger_file: Path
) -> None:
    with ledger_file.open("wb") as file:
        file.truncate(LARGEST + 1)
    await refused(stores, ledger_file, "larger than")


async def test_what_is_no_text_is_refused_with_its_line(stores: Stores, ledger_file: Path) -> None:
    write(ledger_file, b"format: 1\n\x89PNG\r\n\x1a\n")
    await refused(stores, ledger_file, "ledger.yaml:2: This is not text in UTF-8")
    write(ledger_file, LEDGER.encode("utf-16"))
    await refused(stores, ledger_file, "ledger.yaml:1: This is not text in UTF-8")


@pytest.mark.parametrize("nothing", ["", "# nothing yet\n", "\ufeff"])
async def test_an_empty_file_is_refused(stores: Stores, ledger_file: Path, nothing: str) -> None:
    write(ledger_file, nothing)
    await refused(stores, ledger_file, "ledger.yaml:1: The file is empty.")


@pytest.mark.parametrize("other", ["a letter", "[1, 2]", "- key: S1", "7"])
async def test_what_is_no_ledger_is_refused(stores: Stores, ledger_file: Path, other: str) -> None:
    write(ledger_file, other)
    await refused(stores, ledger_file, "ledger.yaml:1: Here are named parts: format, terms")


async def test_words_of_the_file_cannot_play_with_the_terminal(
    stores: Stores, ledger_file: Path
) -> None:
    write(ledger_file, LEDGER.replace("format: 1", 'format: 1\n"a\\e[2J\\nb": 1'))
    await refused(stores, ledger_file, "ledger.yaml:2: a?[2J?b: There is no part")
    write(ledger_file, LEDGER.replace("unit: person", f"unit: person\n  {'x' * 900}: 1"))
    await refused(stores, ledger_file, f"ledger.yaml:29: pledges.{'x' * 392}: There is no field")


async def test_a_missing_file_and_a_folder_are_refused(stores: Stores, tmp_path: Path) -> None:
    await refused(stores, tmp_path / "none.yaml", "none.yaml: No such file or directory.")
    await refused(stores, tmp_path, f"{tmp_path}: Is a directory.")


async def refused(stores: Stores, path: Path, words: str) -> None:
    async with stores.empty() as store:
        with pytest.raises(LedgerFileError) as error:
            await load_file(store, path, NOW)
        assert words in str(error.value)
        assert "\n" not in str(error.value)
        assert await store.ledger() == Ledger()
