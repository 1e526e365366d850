"""Ledger files: from a file into the store, and from the store into a file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import ledger_file as files
from bot import marked_yaml
from bot.ledger_contents import document
from bot.ledger_file import LedgerFileError, Loaded, dump_file, load_file
from bot.marked_yaml import read
from exchange.ledger import Entry, Ledger
from exchange.records import Lifecycle, Record
from storage import audit
from storage import ledger as kept
from storage.store import Store
from tests.ledger.ledgers import records
from tests.ledger.small import LEDGER, SIZE, write
from tests.ledger.stores import NOW, Stores

_ABOUT_S1 = """claims:
- key: C1
  agreement: harbour
  text: {en: It came late, uk: Це сталося пізно, ru: Это случилось поздно}
  about: S1
  stances:
  - kind: asserts
    stated: {speaker: ministry, source: R1}
"""


async def test_a_file_is_recorded_whole_and_as_it_stands(stores: Stores, ledger_file: Path) -> None:
    write(ledger_file, LEDGER)
    async with stores.empty() as store:
        assert await load_file(store, ledger_file, NOW) == Loaded(recorded=SIZE, unchanged=0)
        ledger = await store.ledger()
        lines = await store.read(lambda conn: audit.entries(conn, limit=SIZE + 1))
    assert document(ledger) == read(LEDGER).plain()
    assert {entry.at for entry in ledger.entries.values()} == {NOW}
    assert [line.by for line in lines] == ["ledger file"] * SIZE


async def test_loading_again_changes_nothing(stores: Stores, ledger_file: Path) -> None:
    write(ledger_file, LEDGER)
    async with stores.empty() as store:
        await load_file(store, ledger_file, NOW)
        before = await state(store)
        assert await load_file(store, ledger_file, NOW) == Loaded(recorded=0, unchanged=SIZE)
        assert await state(store) == before


async def test_loading_again_leaves_alone_what_was_changed_or_withdrawn_since(
    stores: Stores, ledger_file: Path
) -> None:
    write(ledger_file, LEDGER.replace("lifecycle: completed", "lifecycle: under_way"))
    async with stores.empty() as store:
        await load_file(store, ledger_file, NOW)
        stage = replace((await store.ledger()).stages["S1"], lifecycle=Lifecycle.COMPLETED)
        await store.write(lambda conn: kept.record(conn, [stage], by="mod-1", at=NOW))
        await store.write(lambda conn: kept.withdraw(conn, "P1", by="mod-1", at=NOW))
        before = await state(store)
        assert await load_file(store, ledger_file, NOW) == Loaded(recorded=0, unchanged=SIZE)
        assert await state(store) == before


async def test_other_content_for_a_known_key_is_refused_and_nothing_of_the_file_is_taken(
    stores: Stores, ledger_file: Path
) -> None:
    async with stores.empty() as store:
        write(ledger_file, LEDGER)
        await load_file(store, ledger_file, NOW)
        before = await state(store)
        other = LEDGER.replace("value: 300", "value: 301")
        other = other.replace(
            "sources:\n", "- key: herald\n  kind: outlet\n  label: *\nsources:\n", 1
        )
        other = other.replace("label: *", "label: {en: Herald, uk: Вісник, ru: Вестник}")
        write(ledger_file, other)
        line = other[: other.index("  quantity:")].count("\n") + 1
        with pytest.raises(LedgerFileError, match=f":{line}: pledges.quantity: P1 is recorded"):
            await load_file(store, ledger_file, NOW)
        assert await state(store) == before


async def test_a_key_of_another_kind_of_record_is_refused(
    stores: Stores, ledger_file: Path
) -> None:
    async with stores.empty() as store:
        write(ledger_file, LEDGER)
        await load_file(store, ledger_file, NOW)
        label = "{en: Privates, uk: Рядові, ru: Рядовые}"
        write(
            ledger_file, f"format: 1\nactors:\n- {{key: privates, kind: outlet, label: {label}}}\n"
        )
        with pytest.raises(LedgerFileError, match=r":3: actors\.kind: privates is recorded"):
            await load_file(store, ledger_file, NOW)


async def test_a_file_may_build_on_what_the_store_holds(stores: Stores, ledger_file: Path) -> None:
    async with stores.empty() as store:
        write(ledger_file, LEDGER)
        await load_file(store, ledger_file, NOW)
        write(ledger_file, "format: 1\nsources:\n- {key: R5, publisher: gazette}\nstages:\n")
        assert await load_file(store, ledger_file, NOW) == Loaded(recorded=1, unchanged=0)
        assert list((await store.ledger()).sources) == ["R1", "R5"]
        given = await store.write(lambda conn: kept.next_key(conn, "R"))
    assert given == "R6"


async def test_json_is_read_as_other_programs_write_it(stores: Stores, tmp_path: Path) -> None:
    plain = read(LEDGER).plain()
    plain["actors"][0]["label"]["en"] = "Gazette 𝒢"
    file = tmp_path / "ledger.json"
    write(file, json.dumps(plain, indent="\t", ensure_ascii=True))
    async with stores.empty() as store:
        await load_file(store, file, NOW)
        assert document(await store.ledger()) == plain


async def test_withdrawn_records_stay_withdrawn_in_a_dumped_file(
    stores: Stores, ledger_file: Path
) -> None:
    again = LEDGER[LEDGER.index("- key: S1") :].replace("S1", "S2")
    write(ledger_file, f"{LEDGER}{again}withdrawn: [S1]\n")
    async with stores.empty() as store, stores.empty() as other:
        await load_file(store, ledger_file, NOW)
        ledger = await store.ledger()
        assert ledger.entries["S1"].withdrawn
        assert list(ledger.stages) == ["S2"]
        await dump_file(store, ledger_file)
        await load_file(other, ledger_file, NOW)
        assert await other.ledger() == ledger
        before = await state(other)
        await load_file(other, ledger_file, NOW)
        assert await state(other) == before


async def test_a_claim_may_be_about_what_was_withdrawn(stores: Stores, ledger_file: Path) -> None:
    """Whoever takes back a false stage at once has no time to look for claims about it."""
    write(ledger_file, f"{LEDGER}{_ABOUT_S1}withdrawn: [S1]\n")
    async with stores.empty() as store, stores.empty() as other:
        await load_file(store, ledger_file, NOW)
        ledger = await store.ledger()
        assert {one.about for one in ledger.claims.values()} == {"S1"}
        await dump_file(store, ledger_file)
        await load_file(other, ledger_file, NOW)
        assert await other.ledger() == ledger


async def test_a_file_withdraws_nothing_that_stands(stores: Stores, ledger_file: Path) -> None:
    async with stores.empty() as store:
        write(ledger_file, LEDGER)
        await load_file(store, ledger_file, NOW)
        write(ledger_file, f"{LEDGER}withdrawn: [S1]\n")
        with pytest.raises(LedgerFileError, match="withdrawn: S1 is recorded and stands"):
            await load_file(store, ledger_file, NOW)
        assert "S1" in (await store.ledger()).stages


async def test_an_empty_store_makes_a_file_that_loads(stores: Stores, ledger_file: Path) -> None:
    async with stores.empty() as store:
        await dump_file(store, ledger_file)
        assert await load_file(store, ledger_file, NOW) == Loaded(recorded=0, unchanged=0)


async def test_a_dump_that_fails_leaves_what_was_there(stores: Stores, tmp_path: Path) -> None:
    folder = tmp_path / "ledger.yaml"
    write(tmp_path / "file", "")
    make(folder)
    async with stores.empty() as store:
        for place in (folder, tmp_path / "none" / "ledger.yaml", tmp_path / "file" / "ledger.yaml"):
            with pytest.raises(LedgerFileError, match="Nothing was written"):
                await dump_file(store, place)
    assert sorted(names(tmp_path)) == ["file", "ledger.yaml"]


@given(whole=records(), as_json=st.booleans())
@settings(max_examples=8, deadline=None)
def test_both_parsers_read_the_same_on_the_same_lines(
    whole: tuple[Record, ...], as_json: bool
) -> None:
    text = files._text(document(ledger_of(whole)), as_json=as_json)
    [quick, slow] = [marked_yaml._Reader(text, one) for one in (yaml.CBaseLoader, yaml.BaseLoader)]
    assert quick.document() == slow.document() == read(text)


@given(whole=records(), suffix=st.sampled_from(["yaml", "json"]))
@settings(max_examples=8, deadline=None)
def test_what_is_dumped_and_loaded_into_an_empty_store_is_the_same_ledger(
    stores: Stores, whole: tuple[Record, ...], suffix: str
) -> None:
    async def round_trip() -> None:
        file = stores.folder / f"dumped.{suffix}"
        async with stores.empty() as store, stores.empty() as other:
            await store.write(lambda conn: kept.record(conn, whole, by="mod-1", at=NOW))
            await dump_file(store, file)
            await load_file(other, file, NOW)
            assert await other.ledger() == await store.ledger()
            assert list((await other.ledger()).entries) == [record.key for record in whole]

    asyncio.run(round_trip())


@given(whole=records(), seed=st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_records_may_come_in_any_order_and_in_several_files(
    stores: Stores, whole: tuple[Record, ...], seed: Random
) -> None:
    async def loaded() -> Mapping[str, Record]:
        file = stores.folder / "shuffled.json"
        written = document(ledger_of(whole))
        async with stores.empty() as store:
            for part in (without(written, "pledges", "stages"), shuffled(written, seed)):
                write(file, json.dumps(part))
                await load_file(store, file, NOW)
            return {key: one.record for key, one in (await store.ledger()).entries.items()}

    assert asyncio.run(loaded()) == {record.key: record for record in whole}


def ledger_of(whole: tuple[Record, ...]) -> Ledger:
    entries = [Entry(one, rev=1, order=n, at=NOW) for n, one in enumerate(whole)]
    return Ledger().with_entries(entries, 1)


def without(written: dict[str, Any], *sections: str) -> dict[str, Any]:
    return {name: part for name, part in written.items() if name not in sections}


def shuffled(part: Any, seed: Random) -> Any:
    """The same sections and records in another order; what is in a record stays as it is."""
    if isinstance(part, dict) and "key" not in part:
        return {name: shuffled(part[name], seed) for name in seed.sample(list(part), len(part))}
    return seed.sample(part, len(part)) if isinstance(part, list) else part


async def state(store: Store) -> tuple[Ledger, object, object]:
    """Everything that loading a file could move."""
    lines = await store.read(lambda conn: audit.entries(conn, limit=100))
    return await store.ledger(), lines, await store.read(kept.changes)


def make(folder: Path) -> None:
    folder.mkdir()


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]
