"""The claims of the shipped ledger against the acceptance set, and every fact in its place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from exchange.claims import status
from exchange.ledger import Ledger
from exchange.records import LANGUAGES, Claim, ClaimScope
from tests.ledger.istanbul import (
    ACTORS,
    EXPECTED,
    FACTS,
    READ_IN,
    ROOT,
    SPEAKERS,
    TEXT,
    sources_of,
)

CLAIMS: list[dict[str, Any]] = EXPECTED["claims"]
IN_THE_LEDGER, LEFT_OUT = (
    (ROOT / "docs" / "istanbul.md").read_text("utf-8").split("\n## Left out\n")
)


def key_of(expected: dict[str, Any]) -> str:
    """The expected records are the first claims of the ledger, in their order."""
    return f"C{expected['key'].removeprefix('claim-')}"


def told_in(part: str) -> dict[str, str]:
    """The facts that a table of the document lists, each with the last cell of its row."""
    rows = re.findall(r"(?m)^\| (S\d-\d\d) \|.*\| (.+) \|$", part)
    assert len(rows) == len(dict(rows))
    return dict(rows)


def facts_of(claim: str) -> list[dict[str, Any]]:
    """The facts that a claim rests on, as the document has it."""
    told = told_in(IN_THE_LEDGER)
    return [FACTS[fact] for fact, where in told.items() if f"`{claim}`" in where]


def test_at01_the_expected_claims_are_the_first_ones_in_their_order(ledger: Ledger) -> None:
    assert list(ledger.claims)[: len(CLAIMS)] == [key_of(expected) for expected in CLAIMS]


@pytest.mark.parametrize("expected", CLAIMS, ids=lambda one: one["key"])
def test_at01_each_claim_has_the_stances_of_exactly_those_who_took_one(
    ledger: Ledger, expected: dict[str, Any]
) -> None:
    claim = ledger.claims[key_of(expected)]

    assert claim.text["en"] == expected["text"]
    assert [
        (one.stated.speaker, one.kind.value, one.general, one.hedged) for one in claim.stances
    ] == [
        (
            ACTORS[one["actor"]],
            one["kind"],
            one.get("general", False),
            one.get("note") == "hedged",
        )
        for one in expected["stances"]
    ]
    assert {one.stated.source for one in claim.stances} <= sources_of(expected)


@pytest.mark.parametrize("expected", CLAIMS, ids=lambda one: one["key"])
def test_at01_the_status_of_each_claim_follows_from_its_stances(
    ledger: Ledger, expected: dict[str, Any]
) -> None:
    assert status(ledger.claims[key_of(expected)], ledger) == expected["status"]


@pytest.mark.parametrize("expected", CLAIMS, ids=lambda one: one["key"])
def test_at01_claims_that_do_not_go_together_name_each_other(
    ledger: Ledger, expected: dict[str, Any]
) -> None:
    this = key_of(expected)
    others = {f"C{other.removeprefix('claim-')}" for other in expected.get("conflicts_with", ())}
    others |= {key_of(one) for one in CLAIMS if expected["key"] in one.get("conflicts_with", ())}

    assert set(ledger.claims[this].see_also) == others


@pytest.mark.parametrize("expected", CLAIMS, ids=lambda one: one["key"])
def test_at01_what_is_not_about_the_exchange_is_kept_apart(
    ledger: Ledger, expected: dict[str, Any]
) -> None:
    scope = ClaimScope.CONTEXT if expected.get("scope") == "out_of_scope" else ClaimScope.EXCHANGE

    assert ledger.claims[key_of(expected)].scope is scope


def test_every_claim_is_attributed_as_its_facts_are_and_never_higher(ledger: Ledger) -> None:
    for claim in ledger.claims.values():
        facts = facts_of(claim.key)
        assert facts, claim.key
        for stance in claim.stances:
            fitting = [
                fact
                for fact in facts
                if stance.stated.speaker in SPEAKERS[fact["attributed_to"]]
                and stance.stated.source == READ_IN[fact["id"][:2]]
            ]
            assert fitting, (claim.key, stance)
            day = stance.stated.said_on
            assert day is None or f"--{day.month:02}-{day.day:02}" in [
                fact["date"] for fact in fitting
            ]


def test_every_number_in_a_claim_is_the_same_in_each_language(ledger: Ledger) -> None:
    for claim in ledger.claims.values():
        value = claim.quantity.value if claim.quantity else None
        for language in LANGUAGES:
            assert numbers(claim, language) == ([value] if value is not None else []), claim.key


def numbers(claim: Claim, language: str) -> list[int]:
    text = f"{claim.text[language]} / {(claim.detail or {}).get(language, '')}"
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d,\u00a0]*", text)]


def test_every_fact_has_its_place_or_its_reason_once() -> None:
    assert sorted([*told_in(IN_THE_LEDGER), *told_in(LEFT_OUT)]) == sorted(FACTS)
    assert set(told_in(IN_THE_LEDGER)) >= {
        fact
        for part in (
            EXPECTED["agreement"],
            *EXPECTED["pledges"],
            *EXPECTED["stages"],
            *EXPECTED["claims"],
        )
        for fact in (*part["facts"], *part.get("confirmation_facts", ()))
    }


def test_the_file_rests_on_exactly_the_facts_that_the_document_says(ledger: Ledger) -> None:
    told = told_in(IN_THE_LEDGER)

    assert set(re.findall(r"\bS\d-\d\d", TEXT)) == set(told)
    named = {key for where in told.values() for key in re.findall(r"`([^`]+)`", where)}
    assert named <= set(ledger.entries)
    assert set(ledger.claims) <= named


def test_scenes_opinions_and_noise_stay_out() -> None:
    kinds = {FACTS[fact]["kind"] for fact in told_in(IN_THE_LEDGER)}

    assert kinds.isdisjoint({"scene", "opinion", "noise"})
