"""docs/ledger-files.md, held true."""

from __future__ import annotations

import re
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest

from bot.ledger_file import load_file
from bot.ledger_history import FURTHER, NEEDED
from bot.marked_yaml import read
from exchange import quantity, records
from exchange.dates import EventDate
from tests.ledger.small import write
from tests.ledger.stores import NOW, Stores

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "ledger-files.md").read_text("utf-8")
WORDS = set(re.findall(r"`(\w+):?`", TEXT))

WRITTEN = (
    *(records.Term, records.Actor, records.Source, records.Agreement, records.Pledge),
    *(records.Stage, records.Transfer, records.Figure, records.Part, records.Composition),
    *(records.Identification, records.StatedDay, records.Ordinal, records.StatedTotal),
    *(records.Claim, records.Stance, records.Statement, quantity.Quantity, quantity.Wording),
)
CHOICES: tuple[type[StrEnum], ...] = (
    *(records.ActorKind, records.SourceType, records.AgreementStatus, records.Unit),
    *(records.StageKind, records.Lifecycle, records.Principle, records.BodyState),
    *(records.StanceKind, records.ClaimScope, records.TotalScope, quantity.Qualifier),
)


async def test_the_example_loads(stores: Stores, ledger_file: Path) -> None:
    [example] = re.findall(r"```yaml\n(format: 1\n.*?)```", TEXT, re.DOTALL)
    write(ledger_file, example)
    async with stores.empty() as store:
        loaded = await load_file(store, ledger_file, NOW)
        assert loaded.recorded == example.count("- key: ")


@pytest.mark.parametrize("written", WRITTEN, ids=lambda one: one.__name__)
def test_every_field_is_described(written: type) -> None:
    assert {field.name for field in fields(written)} <= WORDS


@pytest.mark.parametrize("choice", CHOICES, ids=lambda one: one.__name__)
def test_every_word_to_choose_from_is_described(choice: type[StrEnum]) -> None:
    assert set(choice) <= WORDS


def test_every_part_of_a_history_is_described() -> None:
    assert {*NEEDED, *FURTHER} <= WORDS
    [example] = re.findall(r"```yaml\n(history:\n.*?)```", TEXT, re.DOTALL)
    told = read(example).fields["history"].items
    assert all({*NEEDED} <= set(one.fields) <= {*NEEDED, *FURTHER} for one in told)


def test_a_day_is_described() -> None:
    for field in fields(EventDate):
        assert f"{field.name}:" in TEXT
