from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.news import News, Topic, claim_news, news, topic
from exchange.records import Claim, ClaimScope, Lifecycle, Stage, StageKind, Statement, Unit
from tests.exchange.examples import (
    NORTH,
    SOUTH,
    about,
    asserts,
    claim,
    confirms,
    declines,
    denies,
    exact,
    in_words,
    label,
    ledger,
    returned,
    said,
    stage,
    withdraws,
)

SILENT = stage(returned(NORTH), returned(SOUTH))
SPOKEN = stage(returned(NORTH, said(exact(5))), returned(SOUTH))
BEGUN = replace(SILENT, lifecycle=Lifecycle.UNDER_WAY)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        pytest.param(None, SILENT, News.NEW_STAGE, id="a new stage"),
        pytest.param(BEGUN, SILENT, News.LIFECYCLE, id="it is completed"),
        pytest.param(BEGUN, SPOKEN, News.LIFECYCLE, id="completed, with a number"),
        pytest.param(SILENT, SPOKEN, News.FIRST_FIGURE, id="a first number"),
        pytest.param(
            SPOKEN,
            stage(returned(NORTH, said(exact(5))), returned(SOUTH, said(about(6)))),
            News.FIRST_FIGURE,
            id="a first number the other way",
        ),
        pytest.param(
            SILENT,
            stage(returned(NORTH, said(in_words("busloads"))), returned(SOUTH)),
            None,
            id="words are no number",
        ),
        pytest.param(
            SPOKEN,
            stage(
                returned(NORTH, said(exact(5)), said(exact(6), "south_ministry")), returned(SOUTH)
            ),
            None,
            id="a second speaker",
        ),
        pytest.param(SILENT, replace(SILENT, sources=("R1", "R2")), None, id="a source"),
        pytest.param(
            SILENT,
            replace(SILENT, confirmations=(Statement("north_office", "R1"),)),
            None,
            id="a confirmation",
        ),
        pytest.param(SILENT, SILENT, None, id="nothing"),
    ],
)
def test_what_subscribers_are_told(before: Stage | None, after: Stage, why: News | None) -> None:
    assert news(before, after) == why


@pytest.mark.parametrize("kind", StageKind)
def test_news_of_bodies_has_a_topic_of_its_own(kind: StageKind) -> None:
    unit = Unit.BODY if kind is StageKind.BODIES else Unit.PERSON

    found = topic(stage(returned(NORTH, unit=unit), kind=kind))

    assert (found is Topic.BODIES) == (kind is StageKind.BODIES)


SAID = asserts("north_office")
CLAIMED = claim(SAID)
DENIED = claim(SAID, denies("south_ministry"))


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        pytest.param(None, CLAIMED, News.NEW_CLAIM, id="a new claim"),
        pytest.param(None, DENIED, News.NEW_CLAIM, id="a new claim with its denial"),
        pytest.param(CLAIMED, DENIED, News.REBUTTAL, id="its first denial"),
        pytest.param(
            DENIED,
            claim(*DENIED.stances, denies("red_cross")),
            News.REBUTTAL,
            id="somebody else denies it too",
        ),
        pytest.param(
            CLAIMED, claim(SAID, confirms("south_ministry")), News.CLAIM_STATUS, id="confirmed"
        ),
        pytest.param(
            CLAIMED, claim(SAID, withdraws("north_office")), News.CLAIM_STATUS, id="taken back"
        ),
        pytest.param(
            DENIED,
            claim(*DENIED.stances, denies("south_ministry")),
            None,
            id="the same speaker denies it again",
        ),
        pytest.param(CLAIMED, claim(SAID, asserts("paper")), None, id="another one says so"),
        pytest.param(CLAIMED, claim(SAID, declines("south_ministry")), None, id="silence"),
        pytest.param(CLAIMED, replace(CLAIMED, text=label("Another")), None, id="another wording"),
        pytest.param(None, replace(DENIED, scope=ClaimScope.CONTEXT), None, id="context"),
        pytest.param(CLAIMED, CLAIMED, None, id="nothing"),
    ],
)
def test_what_is_told_of_a_claim(before: Claim | None, after: Claim, why: News | None) -> None:
    assert claim_news(before, after, ledger()) == why


def test_claims_have_a_topic_of_their_own() -> None:
    assert topic(CLAIMED) is Topic.CLAIMS
