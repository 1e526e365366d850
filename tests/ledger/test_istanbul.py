"""The ledger of the two source articles, loaded as it is shipped, against the acceptance set."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import pytest

from exchange.arithmetic import total, transferred
from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.progress import progress
from exchange.quantity import Quantity, Wording
from exchange.records import ActorKind, Claim, Pledge, Stage, TermKind, Transfer
from tests.ledger.istanbul import ACTORS, EXPECTED, FACTS, READ_IN, TEXT, sources_of

T = TypeVar("T")


@pytest.fixture(scope="module")
def pledges(ledger: Ledger) -> dict[str, Pledge]:
    """The pledges by the names that the acceptance set gives them, in its order."""
    names = [expected["key"] for expected in EXPECTED["pledges"]]
    return dict(zip(names, ledger.pledges.values(), strict=True))


@pytest.fixture(scope="module")
def stage(ledger: Ledger) -> Stage:
    [only] = ledger.stages.values()
    return only


def test_at01_there_is_one_agreement_with_its_label_its_day_and_both_sources(
    ledger: Ledger,
) -> None:
    [agreement] = ledger.agreements.values()
    expected = EXPECTED["agreement"]
    assert agreement.key == expected["key"]
    assert agreement.date
    day = f"{agreement.date.day} {calendar.month_name[agreement.date.month]}"
    assert f"{agreement.label['en']} of {day}" == expected["label"]
    assert agreement.mediator == expected["mediator"]
    assert set(agreement.sources) == sources_of(expected)


@pytest.mark.parametrize("expected", EXPECTED["pledges"], ids=lambda one: one["key"])
def test_at01_each_pledge_is_as_said(pledges: dict[str, Pledge], expected: dict[str, Any]) -> None:
    pledge = pledges[expected["key"]]
    assert pledge.unit == expected["unit"]
    assert pledge.returned_to == expected["returned_to"]
    assert said(pledge.quantity) == expected["quantity"]
    assert {stated.source for stated in pledge.stated} == sources_of(expected)
    if "speaker" in expected:
        assert [stated.speaker for stated in pledge.stated] == [ACTORS[expected["speaker"]]]
    assert pledge.in_principle == ("in principle" in expected.get("speaker", ""))


def test_at01_there_is_one_stage_with_its_kind_day_and_state(ledger: Ledger, stage: Stage) -> None:
    [expected] = EXPECTED["stages"]
    assert stage.kind == expected["kind"]
    assert stage.date
    assert f"--{stage.date.month:02}-{stage.date.day:02}" == expected["date"]
    assert stage.lifecycle == expected["lifecycle"]
    assert list(stage.categories) == expected["categories"]
    assert set(stage.sources) == sources_of(expected)
    assert ledger.agreements[stage.agreement].status == expected["agreement_status"]


def test_at01_the_stage_is_confirmed_by_those_whom_the_facts_name(
    ledger: Ledger, stage: Stage
) -> None:
    [expected] = EXPECTED["stages"]
    assert expected["confirmation"] == "both_sides"
    assert ledger.confirming_parties(stage) == set(ledger.agreements[stage.agreement].parties)
    speakers = {ledger.actors[one.speaker].label["en"] for one in stage.confirmations}
    facts = [FACTS[fact] for fact in expected["confirmation_facts"]]
    assert speakers == {fact["attributed_to"] for fact in facts}
    assert {one.source for one in stage.confirmations} == {
        READ_IN[fact["id"][:2]] for fact in facts
    }


def test_at01_no_number_of_people_is_recorded_in_either_direction(stage: Stage) -> None:
    [expected] = EXPECTED["stages"]
    assert [one.returned_to for one in stage.transfers] == list(expected["returned_to"])
    for transfer in stage.transfers:
        unknown = expected["returned_to"][transfer.returned_to]
        assert transferred(transfer) is unknown["value"] is None
        assert all(said(figure.quantity) == unknown for figure in transfer.figures)


def test_at01_words_for_both_directions_and_for_further_stages_are_kept(stage: Stage) -> None:
    [expected] = EXPECTED["stages"]
    assert stage.words
    assert printed(stage.words) == expected["raw_words_both_directions"]
    assert stage.further_stages
    assert said(stage.further_stages.quantity) == expected["further_stages"]


def test_at01_branches_and_ranks_are_told_of_one_direction_alone(stage: Stage) -> None:
    [expected] = EXPECTED["stages"]
    to_ukraine, to_russia = stage.transfers
    [part] = to_ukraine.compositions
    assert list(part.branches) == expected["branches_returned_to_UA"]
    assert list(part.ranks) == expected["ranks_returned_to_UA"]
    assert to_russia == Transfer("RU")
    assert "any detail about those returned to Russia" in EXPECTED["not_stated"]


@pytest.mark.parametrize("name", EXPECTED["totals"])
def test_at01_totals_are_as_open_as_the_sources(ledger: Ledger, name: str) -> None:
    expected = EXPECTED["totals"][name]
    what, returned_to = name.split("_returned_to_")
    found = total(
        ledger.completed_of(EXPECTED["agreement"]["key"]), returned_to, bodies=what == "bodies"
    )
    assert (found.interval.lo, found.interval.hi) == (expected["lower"], expected["upper"])
    if "stages_without_a_figure" in expected:
        assert found.gaps == expected["stages_without_a_figure"]
    if "stages_recorded" in expected:
        assert found.stages == expected["stages_recorded"]
    assert not found.published


@pytest.mark.parametrize("name", EXPECTED["pledge_status"])
def test_at01_no_pledge_is_called_met_or_unmet(
    ledger: Ledger, pledges: dict[str, Pledge], name: str
) -> None:
    assert progress(ledger, pledges[name]).status == EXPECTED["pledge_status"][name]


def test_at04_a_list_waiting_bodies_and_an_age_are_numbers_of_claims_alone(
    ledger: Ledger,
) -> None:
    not_returned = {
        quantity["value"]
        for fact in FACTS.values()
        for quantity in fact["quantities"]
        if quantity["role"] in ("listed", "awaiting_collection", "age_limit_exclusive")
    }
    assert not_returned >= {640, 1212, 25}
    records = [one.record for one in ledger.entries.values()]
    elsewhere = tuple(record for record in records if not isinstance(record, Claim))
    assert numbers_in(elsewhere).isdisjoint(not_returned)
    assert numbers_in(elsewhere) == {
        pledge["quantity"]["value"] for pledge in EXPECTED["pledges"]
    } - {None}  # pledges alone have numbers, and a pledge is no return
    assert numbers_in(tuple(ledger.claims.values())) == {640, 1212}


def test_at01_no_year_no_mediator_and_no_address_is_recorded(ledger: Ledger) -> None:
    assert {"year", "mediator"} <= set(EXPECTED["not_stated"])
    assert [day for day in every(EventDate, ledger) if day.year is not None] == []
    assert [one for one in ledger.agreements.values() if one.mediator is not None] == []
    for source in ledger.sources.values():
        assert (source.url, source.archived_url, source.published, source.read_on) == (None,) * 4
    assert re.findall(r"\b(?:19|20)\d\d\b", TEXT) == []


def test_each_party_has_a_voice_of_its_own_for_what_nobody_in_particular_says(
    ledger: Ledger,
) -> None:
    for party in ledger.terms_of(TermKind.PARTY):
        voice = ledger.voice_of(party.key)
        assert voice
        assert voice.kind is ActorKind.COLLECTIVE_UNNAMED
        assert voice.short == party.label


def test_both_parties_are_given_alike(ledger: Ledger) -> None:
    """Whoever one side has to speak for it, the other has too, as far as the articles go."""
    kinds = {
        party.key: {one.kind for one in ledger.actors.values() if one.party == party.key}
        for party in ledger.terms_of(TermKind.PARTY)
    }
    assert kinds["UA"] == kinds["RU"]


def numbers_in(value: object) -> set[int]:
    ends = {end for one in every(Quantity, value) for end in (one.value, one.value_hi)}
    return {end for end in ends if end is not None}


def said(quantity: Quantity) -> dict[str, Any]:
    """A quantity as the acceptance set writes it."""
    plain: dict[str, Any] = {"value": quantity.value, "qualifier": quantity.qualifier}
    return plain | ({"raw": printed(quantity.words)} if quantity.words else {})


def printed(words: Wording) -> str:
    return words.texts[words.original]


def every(kind: type[T], value: object) -> Iterator[T]:
    """Every value of a kind, however deep."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for one in value:
            yield from every(kind, one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from every(kind, getattr(value, field.name))
