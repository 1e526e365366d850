"""Figures in parts, relays of one speaker, and who the people are: AT8 to AT11."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.arithmetic import Interval, counted_by, total, transferred
from exchange.makeup import differ_in_kind, makeup
from exchange.quantity import NOT_PUBLISHED, Quantity
from exchange.records import Figure, Part, Statement, Transfer, Unit
from tests.exchange.examples import (
    NORTH,
    SOUTH,
    about,
    at_least,
    at_most,
    exact,
    more_than,
    returned,
    said,
    stage,
)

MINISTRY = said(exact(157), "south_ministry")


def parted(
    *parts: Part,
    quantity: Quantity = NOT_PUBLISHED,
    whole: bool = True,
    speaker: str = "north_office",
) -> Figure:
    return Figure(quantity, Statement(speaker, "R1"), parts=parts, whole=whole)


WOUNDED = Part(exact(5), category="wounded")


def test_at08_two_outlets_that_quote_one_speaker_are_one_figure() -> None:
    once = stage(returned(NORTH, said(exact(157))))
    twice = stage(returned(NORTH, said(exact(157)), said(exact(157), source="R2")))

    assert total([twice], NORTH, bodies=False) == total([once], NORTH, bodies=False)
    assert total([twice], NORTH, bodies=False).spoken == exact(157)


def test_at09_parts_that_add_up_to_anothers_number_are_no_conflict() -> None:
    negotiator = parted(Part(exact(152)), WOUNDED)

    assert counted_by(negotiator) == Interval(157, 157)
    assert transferred(returned(NORTH, MINISTRY, negotiator)) == Interval(157, 157)
    assert not differ_in_kind(returned(NORTH, MINISTRY, negotiator))


@pytest.mark.parametrize(
    ("figure", "spoken"),
    [
        pytest.param(parted(Part(exact(152)), WOUNDED), None, id="parts say more than the whole"),
        pytest.param(
            parted(Part(exact(152)), WOUNDED, quantity=exact(157)), exact(157), id="as much"
        ),
        pytest.param(
            parted(WOUNDED, quantity=at_least(100), whole=False), at_least(100), id="less"
        ),
    ],
)
def test_a_total_is_said_in_the_words_of_the_whole_where_these_say_it_all(
    figure: Figure, spoken: Quantity | None
) -> None:
    assert total([stage(returned(NORTH, figure))], NORTH, bodies=False).spoken == spoken


def test_at10_speakers_may_agree_how_many_and_differ_in_who() -> None:
    soldiers = replace(said(exact(84), "south_ministry"), unit=Unit.SERVICE_MEMBER)
    mixed = parted(Part(exact(33), Unit.SERVICE_MEMBER), Part(exact(51), Unit.CIVILIAN))
    both = returned(NORTH, soldiers, mixed)

    assert transferred(both) == Interval(84, 84)
    assert differ_in_kind(both)
    assert makeup(mixed, Unit.PERSON) == {
        Unit.SERVICE_MEMBER: Interval(33, 33),
        Unit.CIVILIAN: Interval(51, 51),
    }


def test_at11_eight_civilians_each_way_are_two_transfers() -> None:
    eight = said(exact(8))
    day = stage(
        returned(NORTH, eight, unit=Unit.CIVILIAN), returned(SOUTH, eight, unit=Unit.CIVILIAN)
    )

    assert total([day], NORTH, bodies=False).interval == Interval(8, 8)
    assert total([day], SOUTH, bodies=False).interval == Interval(8, 8)


@pytest.mark.parametrize(
    ("figure", "interval"),
    [
        pytest.param(parted(WOUNDED, whole=False), Interval(5, None), id="a part is a lower bound"),
        pytest.param(
            parted(WOUNDED, quantity=exact(157), whole=False), Interval(157, 157), id="part of all"
        ),
        pytest.param(
            parted(WOUNDED, Part(at_least(100))), Interval(105, None), id="an open part of all"
        ),
        pytest.param(parted(WOUNDED, Part(about(100))), Interval(5, None), id="about is no bound"),
        pytest.param(
            parted(Part(exact(100)), WOUNDED, quantity=more_than(100)),
            Interval(105, 105),
            id="parts tell more than the whole",
        ),
        pytest.param(
            parted(Part(at_least(100)), quantity=at_most(120), whole=False),
            Interval(100, 120),
            id="part and whole together",
        ),
        pytest.param(
            parted(WOUNDED, quantity=about(10), whole=False), Interval(5, None), id="about in all"
        ),
        pytest.param(parted(Part(about(5))), None, id="nothing that bounds"),
        pytest.param(parted(Part(at_most(5)), whole=False), None, id="at most, of some"),
        pytest.param(parted(), None, id="no part"),
        pytest.param(
            parted(Part(exact(9)), quantity=exact(5)), Interval(5, 5), id="at odds: the whole"
        ),
    ],
)
def test_what_a_figure_in_parts_says_of_all(figure: Figure, interval: Interval | None) -> None:
    assert counted_by(figure) == interval


SOLDIERS = replace(said(exact(84), "south_ministry"), unit=Unit.SERVICE_MEMBER)


@pytest.mark.parametrize(
    ("transfer", "differs"),
    [
        pytest.param(returned(NORTH, SOLDIERS), False, id="one speaker"),
        pytest.param(returned(NORTH, SOLDIERS, said(exact(84))), False, id="people of any kind"),
        pytest.param(
            returned(NORTH, SOLDIERS, replace(said(exact(33)), unit=Unit.SERVICE_MEMBER)),
            False,
            id="another number is another matter",
        ),
        pytest.param(
            returned(NORTH, SOLDIERS, replace(said(exact(84)), unit=Unit.CIVILIAN)),
            True,
            id="civilians",
        ),
        pytest.param(
            returned(NORTH, SOLDIERS, said(exact(84)), unit=Unit.CIVILIAN),
            True,
            id="the transfer counts civilians",
        ),
        pytest.param(
            returned(
                NORTH,
                SOLDIERS,
                parted(Part(exact(51), Unit.CIVILIAN), quantity=exact(84), whole=False),
            ),
            True,
            id="some of them civilians",
        ),
        pytest.param(
            returned(
                NORTH,
                SOLDIERS,
                parted(Part(exact(30), Unit.SERVICE_MEMBER), quantity=exact(84), whole=False),
            ),
            False,
            id="some of them soldiers",
        ),
        pytest.param(
            returned(NORTH, SOLDIERS, parted(Part(exact(80)), Part(exact(4), category="wounded"))),
            False,
            id="parts by another measure",
        ),
        pytest.param(returned(NORTH, SOLDIERS, said(about(84))), False, id="about"),
        pytest.param(
            returned(NORTH, said(exact(84)), said(exact(84), "south_ministry"), unit=Unit.BODY),
            False,
            id="bodies",
        ),
    ],
)
def test_whether_speakers_mean_the_same_people(transfer: Transfer, differs: bool) -> None:
    assert differ_in_kind(transfer) == differs
