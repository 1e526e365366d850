"""What becomes of a claim, by its stances."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.claims import ClaimStatus, confirmed_by, contested, in_order, listed, status
from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.records import Actor, ActorKind, Claim, ClaimScope, Stance
from tests.exchange.examples import (
    asserts,
    claim,
    confirms,
    declines,
    denies,
    label,
    ledger,
    withdraws,
)

NORTH_OFFICE, NORTH_VOICES, SOUTH_MINISTRY = "north_office", "north_voices", "south_ministry"
RED_CROSS, PAPER, ANALYSTS = "red_cross", "paper", "analysts"
JUNE = [EventDate(6, day) for day in range(1, 31)]


def held(*claims: Claim) -> Ledger:
    return ledger(Actor(ANALYSTS, ActorKind.COLLECTIVE_UNNAMED, label("Analysts")), *claims)


def general(stance: Stance) -> Stance:
    return replace(stance, general=True)


def hedged(stance: Stance) -> Stance:
    return replace(stance, hedged=True)


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        pytest.param([asserts(NORTH_OFFICE)], "reported", id="one side says so"),
        pytest.param([asserts(PAPER)], "reported", id="an outlet says so"),
        pytest.param(
            [asserts(NORTH_OFFICE), asserts(NORTH_VOICES)], "reported", id="one side says so twice"
        ),
        pytest.param([asserts(NORTH_OFFICE), declines(SOUTH_MINISTRY)], "reported", id="silence"),
        pytest.param([asserts(NORTH_OFFICE), asserts(PAPER)], "reported", id="an outlet as well"),
        pytest.param(
            [asserts(NORTH_OFFICE), confirms(ANALYSTS)], "reported", id="unnamed people as well"
        ),
        pytest.param([asserts(RED_CROSS)], "reported", id="an independent body alone"),
        pytest.param(
            [asserts(NORTH_OFFICE), confirms(RED_CROSS)], "confirmed_one", id="a third confirms"
        ),
        pytest.param(
            [asserts(RED_CROSS), confirms(NORTH_OFFICE)], "confirmed_one", id="the other way"
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), confirms(SOUTH_MINISTRY)], "confirmed_both", id="both sides"
        ),
        pytest.param(
            [asserts(PAPER), confirms(NORTH_OFFICE), confirms(SOUTH_MINISTRY)],
            "confirmed_both",
            id="both sides confirm an outlet",
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), hedged(confirms(SOUTH_MINISTRY))],
            "reported",
            id="a possibility confirms nothing",
        ),
        pytest.param([asserts(NORTH_OFFICE), denies(SOUTH_MINISTRY)], "disputed", id="denied"),
        pytest.param(
            [asserts(NORTH_OFFICE), general(denies(SOUTH_MINISTRY))],
            "disputed",
            id="denied among other things",
        ),
        pytest.param([asserts(NORTH_OFFICE), denies(PAPER)], "reported", id="an outlet denies"),
        pytest.param([asserts(NORTH_OFFICE), denies(RED_CROSS)], "reported", id="no party denies"),
        pytest.param(
            [asserts(NORTH_OFFICE), confirms(SOUTH_MINISTRY), denies(SOUTH_MINISTRY)],
            "disputed",
            id="a later denial does not erase a confirmation, nor hide",
        ),
        pytest.param([asserts(NORTH_OFFICE), denies(NORTH_VOICES)], "refuted", id="own side"),
        pytest.param([asserts(PAPER), denies(PAPER)], "refuted", id="an outlet corrects itself"),
        pytest.param(
            [asserts(NORTH_OFFICE), denies(NORTH_VOICES), denies(SOUTH_MINISTRY)],
            "refuted",
            id="own side and the other",
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), asserts(SOUTH_MINISTRY), denies(NORTH_VOICES)],
            "disputed",
            id="one of two sides denies what both said",
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), withdraws(NORTH_OFFICE)], "withdrawn", id="taken back"
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), withdraws(NORTH_OFFICE), denies(SOUTH_MINISTRY)],
            "withdrawn",
            id="taken back after a denial",
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), asserts(NORTH_VOICES), withdraws(NORTH_OFFICE)],
            "reported",
            id="one of two takes it back",
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), withdraws(NORTH_VOICES)],
            "reported",
            id="nobody takes back what another said",
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), confirms(SOUTH_MINISTRY), withdraws(SOUTH_MINISTRY)],
            "reported",
            id="a confirmation is taken back",
        ),
        pytest.param(
            [asserts(NORTH_OFFICE), denies(SOUTH_MINISTRY), withdraws(SOUTH_MINISTRY)],
            "disputed",
            id="a denial is answered, not taken back",
        ),
        pytest.param(
            [
                asserts(NORTH_OFFICE, JUNE[0]),
                withdraws(NORTH_OFFICE, JUNE[5]),
                asserts(NORTH_OFFICE, JUNE[9]),
            ],
            "reported",
            id="said again later",
        ),
        pytest.param(
            [withdraws(NORTH_OFFICE, JUNE[5]), asserts(NORTH_OFFICE, JUNE[0])],
            "withdrawn",
            id="the order of recording does not matter",
        ),
        pytest.param([asserts("somebody unknown")], "reported", id="nobody whom the ledger knows"),
    ],
)
def test_the_status_of_a_claim(stances: list[Stance], expected: str) -> None:
    assert status(claim(*stances), held()) == expected


def test_who_confirms_is_told_without_outlets_and_possibilities() -> None:
    told = claim(
        asserts(NORTH_OFFICE),
        asserts(PAPER),
        confirms(RED_CROSS),
        confirms(ANALYSTS),
        hedged(confirms(SOUTH_MINISTRY)),
        confirms(NORTH_OFFICE),
    )

    assert confirmed_by(told, held()) == (NORTH_OFFICE, RED_CROSS)


def test_a_party_of_another_agreement_is_a_third_here() -> None:
    foreign = Actor("east_office", ActorKind.INSTITUTION, label("East"), party="east")
    told = claim(asserts(NORTH_OFFICE), confirms("east_office"), denies("east_office"))

    assert status(told, ledger(foreign)) is ClaimStatus.CONFIRMED_ONE


BOTH = (asserts(NORTH_OFFICE), confirms(SOUTH_MINISTRY))
CLAIMS = {
    "C10": (asserts(NORTH_OFFICE), denies(SOUTH_MINISTRY)),
    "C2": (asserts(NORTH_OFFICE), denies(SOUTH_MINISTRY)),
    "C3": (asserts(NORTH_OFFICE),),
    "C4": (asserts(NORTH_OFFICE), confirms(RED_CROSS)),
    "C1": BOTH,
    "C6": (asserts(NORTH_OFFICE), denies(NORTH_VOICES)),
    "C5": (asserts(NORTH_OFFICE), withdraws(NORTH_OFFICE)),
}
CONTEXT = replace(claim(asserts(PAPER), denies(SOUTH_MINISTRY), key="C7"), scope=ClaimScope.CONTEXT)


def test_claims_stand_with_the_contested_first_and_the_context_last() -> None:
    claims = [CONTEXT, *(claim(*stances, key=key) for key, stances in CLAIMS.items())]

    for mixed in (claims, claims[::-1]):
        found = in_order(mixed, held(*claims))
        assert [one.key for one in found] == ["C2", "C10", "C3", "C4", "C1", "C6", "C5", "C7"]


def test_all_claims_of_an_agreement_are_listed_in_their_order() -> None:
    claims = [CONTEXT, *(claim(*stances, key=key) for key, stances in CLAIMS.items())]
    held = ledger(*claims)

    assert listed(held, "talks") == in_order(claims, held)
    assert listed(held, "others") == ()


def test_contested_are_the_disputed_claims_about_the_exchange_itself() -> None:
    claims = [CONTEXT, *(claim(*stances, key=key) for key, stances in CLAIMS.items())]

    assert contested(held(*claims), "talks") == 2
    assert contested(held(*claims), "others") == 0
