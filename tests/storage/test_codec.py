from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from exchange.dates import EventDate
from exchange.quantity import Quantity
from exchange.records import Source, Stage
from storage.codec import (
    RecordError,
    canonical,
    from_plain,
    from_text,
    kind_of,
    to_plain,
    to_text,
)
from tests.storage.examples import EVERY_KIND, STAGE


@pytest.mark.parametrize("record", EVERY_KIND, ids=kind_of)
def test_a_record_comes_back_from_plain_json(record: Any) -> None:
    text = canonical(to_plain(record))

    assert from_plain(kind_of(record), json.loads(text)) == record


def test_fields_at_their_default_are_left_out() -> None:
    assert to_plain(Source("R1")) == {"key": "R1"}


def test_canonical_text_does_not_depend_on_order_and_keeps_letters() -> None:
    assert canonical({"b": 1, "a": "Україна"}) == canonical({"a": "Україна", "b": 1})
    assert canonical({"b": [1], "a": "є"}) == '{"a":"є","b":[1]}'


def test_a_day_as_yaml_reads_it_is_a_day() -> None:
    read = from_plain("source", {"key": "R1", "read_on": date(2025, 6, 10)})

    assert read == Source("R1", read_on=date(2025, 6, 10))


def _with(change: dict[str, Any]) -> dict[str, Any]:
    return {**to_plain(STAGE), **change}


def _figure(quantity: dict[str, Any]) -> dict[str, Any]:
    figure = {"quantity": quantity, "stated": {"speaker": "ministry", "source": "R1"}}
    return _with({"transfers": [{"returned_to": "ua", "figures": [figure]}]})


_QUANTITY = ("transfers", 0, "figures", 0, "quantity")


@pytest.mark.parametrize(
    ("plain", "path", "message"),
    [
        (_with({"colour": "red"}), ("colour",), "There is no field of this name."),
        (_with({"date": {"month": 6, "day": 31}}), ("date",), "This month has days from 1 to 30."),
        (_figure({"qualifier": "exact", "value": "5"}), (*_QUANTITY, "value"), "valid integer"),
        (_figure({"qualifier": "exact", "value": True}), (*_QUANTITY, "value"), "valid integer"),
        (_figure({"qualifier": "exact", "value": 5.5}), (*_QUANTITY, "value"), "valid integer"),
        (_figure({"qualifier": "exact"}), _QUANTITY, "has a value exactly when"),
        (_figure({"qualifier": "some"}), (*_QUANTITY, "qualifier"), "'at_least'"),
        (_with({"sources": "R1"}), ("sources",), "valid array"),
        (_with({"lifecycle": None}), ("lifecycle",), "'completed'"),
        (_with({"words": {"original": "en"}}), ("words", "texts"), "This field is missing."),
        ({"key": "S1"}, ("agreement",), "This field is missing."),
        (_with({"key": "\ud800"}), (), ""),
        (_with({"key": float("nan")}), (), "cannot be read"),
        (_with({"key": object()}), (), "not plain data"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    plain: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(RecordError) as refused:
        from_plain("stage", plain)

    assert refused.value.path == path
    assert message in refused.value.message
    assert refused.value.message.endswith(".")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(RecordError, match="no record of the kind 'prisoner'"):
        from_plain("prisoner", {})


@dataclass(frozen=True)
class _Draft:
    stage: Stage | None = None
    quantity: Quantity | None = None
    day: EventDate | None = None
    month: tuple[int | None, int] | None = None


@pytest.mark.parametrize("draft", [_Draft(), _Draft(STAGE, Quantity(), EventDate(6, 9), (None, 6))])
def test_anything_made_of_records_parts_comes_back_from_text(draft: _Draft) -> None:
    assert from_text(_Draft, to_text(draft)) == draft
