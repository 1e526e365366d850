"""Two agreements side by side, with a party in common: nothing of one counts under the other."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.ledger_file import dump_file, load_file
from exchange.arithmetic import Interval
from exchange.claims import ClaimStatus, contested, status
from exchange.ledger import Ledger
from exchange.progress import PledgeStatus, progress
from exchange.totals import known
from messages.catalogue import LANGUAGES
from messages.status import status as status_screen
from tests.ledger.stores import NOW, Stores

FILE = Path(__file__).with_name("two_agreements.yaml")


@pytest.fixture(scope="module")
def both(stores: Stores) -> Ledger:
    """The two agreements after they were loaded, dumped and loaded elsewhere."""

    async def round_trip() -> Ledger:
        dumped = stores.folder / "both.yaml"
        async with stores.empty() as store, stores.empty() as other:
            await load_file(store, FILE, NOW)
            await dump_file(store, dumped)
            await load_file(other, dumped, NOW)
            assert await other.ledger() == await store.ledger()
            return await other.ledger()

    return asyncio.run(round_trip())


def test_each_agreement_has_its_own_records(both: Ledger) -> None:
    assert [one.key for one in both.stages_of("harbour")] == ["S1"]
    assert [one.key for one in both.stages_of("valley")] == ["S2"]
    assert [one.key for one in both.totals_of("valley")] == ["T1"]
    assert both.totals_of("harbour") == ()


def test_the_same_party_gets_its_people_back_under_each_agreement_apart(both: Ledger) -> None:
    def interval(agreement: str, party: str) -> Interval:
        return known(both, agreement, party, bodies=False).interval

    assert interval("harbour", "BB") == Interval(40, 40)
    assert interval("valley", "BB") == Interval(60, 60)
    assert interval("valley", "CC") == Interval(11, None)
    assert interval("harbour", "AA") == Interval(0, None)


def test_each_pledge_is_held_against_its_own_agreement(both: Ledger) -> None:
    assert progress(both, both.pledges["P1"]).status is PledgeStatus.NOT_MET_SO_FAR
    assert progress(both, both.pledges["P2"]).status is PledgeStatus.MET


def test_claims_stand_between_the_parties_of_their_own_agreement(both: Ledger) -> None:
    assert status(both.claims["C1"], both) is ClaimStatus.DISPUTED
    assert status(both.claims["C2"], both) is ClaimStatus.CONFIRMED_BOTH
    assert (contested(both, "harbour"), contested(both, "valley")) == (1, 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("shown", "number", "not_its_own"), [("harbour", "40", "60"), ("valley", "60", "40")]
)
def test_the_status_of_each_tells_its_own_numbers_and_leads_to_the_other(
    both: Ledger, shown: str, number: str, not_its_own: str, language: str
) -> None:
    screen = status_screen(both, shown, language)

    [other] = {"harbour", "valley"} - {shown}
    assert number in str(screen.text)
    assert not_its_own not in str(screen.text)
    assert f"status:{other}" in [button.act for row in screen.buttons for button in row]
