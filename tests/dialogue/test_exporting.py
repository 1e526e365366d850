"""The public records as files."""

from __future__ import annotations

import csv
import io
import json

import pytest

from handlers import files
from messages.catalogue import LANGUAGES
from messages.export import Form, exported
from tests.dialogue.house import House
from tests.dialogue.stages import many_stages, record_in
from tests.dialogue.talk import Reply

READER = 7_123_456_789


def content_of(house: House, reply: Reply) -> bytes:
    file_id = reply.message.raw["document"]["file_id"]
    return house.telegram.world.files.by_id(file_id).upload.content


async def test_each_button_sends_a_file_in_the_readers_language(house: House) -> None:
    for number, language in enumerate(LANGUAGES):
        reader = house.person(READER + number, language)
        (await reader.says("/export")).tells("export-heading").tells("export-licence")
        for form in Form:
            sent = (await reader.presses(f"export:{form}")).tells(f"export-{form}")
            sent.tells("export-licence")
            name = sent.message.raw["document"]["file_name"]
            assert name == f"homeward-{form}-2025-06-09.{name.rpartition('.')[2]}"
            assert content_of(house, sent)


async def test_the_files_hold_what_the_ledger_holds(house: House) -> None:
    await record_in(house, *many_stages(3))
    reader = house.person(READER)
    rows = io.StringIO(content_of(house, await reader.says("/export numbers")).decode("utf-8-sig"))
    assert {one["stage"] for one in csv.DictReader(rows)} == {"S1", "S2", "S3", "S4"}
    told = json.loads(content_of(house, await reader.says("/export records")))
    ledger = await house.store.ledger()
    assert told["ledger_revision"] == ledger.revision
    assert [one["key"] for one in told["stages"]] == list(ledger.stages)


async def test_a_file_is_made_once_for_each_revision(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    original = exported

    def counting(*asked: object) -> bytes:
        made.append(1)
        return original(*asked)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(files, "exported", counting)
    for number in range(3):
        await house.person(READER + number).says("/export numbers")
    assert len(made) == 1
    await record_in(house, *many_stages(1))
    await house.person(READER).says("/export numbers")
    assert len(made) == 2


async def test_a_file_that_is_too_large_is_packed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 100)
    sent = await house.person(READER).says("/export records")
    assert sent.message.raw["document"]["file_name"].endswith(".json.gz")
    assert content_of(house, sent).startswith(b"\x1f\x8b")


async def test_what_names_no_file_is_answered_with_those_there_are(house: House) -> None:
    reader = house.person(READER)
    for asked in ("x", "json", "../homeward.db", "numbers:1"):
        (await reader.says(f"/export {asked}")).tells("export-heading")


async def test_on_the_first_day_there_is_nothing_to_give(empty_house: House) -> None:
    reader = empty_house.person(READER)
    for asked in ("", "numbers", "records"):
        (await reader.says(f"/export {asked}")).tells("status-empty")
