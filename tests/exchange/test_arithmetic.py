"""The arithmetic by example: bounds, hulls, totals and pledges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.arithmetic import ANY, Interval, bounds, total, transferred
from exchange.dates import EventDate
from exchange.progress import PledgeStatus, progress
from exchange.quantity import NOT_PUBLISHED, Quantity
from exchange.records import BOTH_NOT_SPLIT, NOT_STATED, Lifecycle, Stage, StageKind, Unit
from tests.exchange.examples import (
    NORTH,
    SOUTH,
    about,
    at_least,
    at_most,
    between,
    exact,
    in_words,
    ledger,
    more_than,
    pledge,
    returned,
    said,
    stage,
    stages,
)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        pytest.param(exact(157), Interval(157, 157), id="exact"),
        pytest.param(exact(0), Interval(0, 0), id="a stated zero is a number"),
        pytest.param(at_least(1200), Interval(1200, None), id="at least"),
        pytest.param(more_than(1000), Interval(1001, None), id="more than"),
        pytest.param(at_most(25), Interval(0, 25), id="at most"),
        pytest.param(between(30, 40), Interval(30, 40), id="range"),
        pytest.param(about(250), None, id="about"),
        pytest.param(NOT_PUBLISHED, None, id="not published"),
        pytest.param(in_words("several busloads"), None, id="words"),
    ],
)
def test_what_a_quantity_says_of_the_true_number(
    quantity: Quantity, expected: Interval | None
) -> None:
    assert bounds(quantity) == expected


@pytest.mark.parametrize(
    ("quantities", "hull"),
    [
        pytest.param([exact(157), exact(152)], Interval(152, 157), id="two numbers"),
        pytest.param([exact(300), at_least(310)], Interval(300, None), id="an open end"),
        pytest.param([exact(200), about(250)], Interval(200, 200), id="about does not widen"),
        pytest.param([exact(200), NOT_PUBLISHED], Interval(200, 200), id="silence does not widen"),
        pytest.param([about(250), NOT_PUBLISHED], None, id="nothing that bounds"),
        pytest.param([], None, id="nothing said"),
    ],
)
def test_what_several_speakers_say_of_one_transfer(
    quantities: list[Quantity], hull: Interval | None
) -> None:
    speakers = ("north_office", "south_ministry")
    figures = (said(one, speaker) for one, speaker in zip(quantities, speakers, strict=False))

    assert transferred(returned(NORTH, *figures)) == hull


MARCH = [1212, 1200, 1200, 1200]


@pytest.mark.parametrize(
    ("course", "interval", "gaps"),
    [
        pytest.param(stages(returned(NORTH)), ANY, 1, id="one stage, nothing published"),
        pytest.param(
            stages(*[returned(NORTH)] * 8, returned(NORTH, said(about(250)))),
            ANY,
            9,
            id="nine stages, eight silent, one approximate",
        ),
        pytest.param(
            stages(
                *[returned(NORTH, said(exact(one))) for one in MARCH],
                returned(NORTH, said(exact(1245)), said(exact(1248), "south_ministry")),
            ),
            Interval(6057, 6060),
            0,
            id="the two sides differ by three",
        ),
        pytest.param(
            stages(
                returned(NORTH, said(exact(200))),
                returned(NORTH, said(exact(300)), said(exact(200), "south_ministry")),
            ),
            Interval(400, 500),
            0,
            id="another original speaker widens",
        ),
        pytest.param(
            stages(
                returned(NORTH, said(exact(200))),
                returned(NORTH, said(at_least(50))),
                returned(NORTH),
            ),
            Interval(250, None),
            1,
            id="exact, at least and unknown",
        ),
        pytest.param((), ANY, 0, id="no stage at all"),
    ],
)
def test_what_completed_stages_add_up_to(
    course: tuple[Stage, ...], interval: Interval, gaps: int
) -> None:
    found = total(course, NORTH, bodies=False)

    assert (found.interval, found.gaps, found.stages) == (interval, gaps, len(course))


def test_a_figure_with_about_is_shown_beside_and_counts_as_published() -> None:
    course = stages(returned(NORTH), returned(NORTH, said(about(250))))

    assert total(course, NORTH, bodies=False).approximate == (about(250),)
    assert total(course, NORTH, bodies=False).published
    assert not total(course[:1], NORTH, bodies=False).published


def test_an_approximate_figure_read_in_two_places_is_shown_once() -> None:
    course = stages(returned(NORTH, said(about(250)), said(about(250), source="R2")))

    assert total(course, NORTH, bodies=False).approximate == (about(250),)


def test_a_total_on_one_figure_keeps_its_words() -> None:
    alone = stages(returned(NORTH, said(more_than(1000)), said(more_than(1000), source="R2")))
    two = stages(returned(NORTH, said(more_than(1000))), returned(NORTH, said(exact(5))))

    assert total(alone, NORTH, bodies=False).spoken == more_than(1000)
    assert total(two, NORTH, bodies=False).spoken is None


def test_people_and_bodies_never_add() -> None:
    people = stage(returned(NORTH, said(exact(10))))
    bodies = stage(
        returned(NORTH, said(exact(6000)), unit=Unit.BODY), key="S2", kind=StageKind.BODIES
    )

    assert total((people, bodies), NORTH, bodies=False).interval == Interval(10, 10)
    assert total((people, bodies), NORTH, bodies=True).interval == Interval(6000, 6000)


def test_people_of_every_kind_add() -> None:
    course = stages(
        returned(NORTH, said(exact(33)), unit=Unit.SERVICE_MEMBER),
        returned(NORTH, said(exact(51)), unit=Unit.CIVILIAN),
    )

    assert total(course, NORTH, bodies=False).interval == Interval(84, 84)


@pytest.mark.parametrize("state", [one for one in Lifecycle if one is not Lifecycle.COMPLETED])
def test_only_completed_stages_feed_a_pledge(state: Lifecycle) -> None:
    not_done = stage(returned(NORTH, said(exact(900))), lifecycle=state)
    held = ledger(pledge(at_least(500)), not_done)

    assert progress(held, held.pledges["P1"]).status is PledgeStatus.NO_STAGE_RECORDED


DONE = stages(returned(NORTH, said(exact(200))), returned(NORTH, said(exact(300))))
OPEN = stages(returned(NORTH, said(at_least(500))))


@pytest.mark.parametrize(
    ("promised", "course", "status"),
    [
        pytest.param(at_least(500), DONE, PledgeStatus.MET, id="500 of 500"),
        pytest.param(at_least(501), DONE, PledgeStatus.NOT_MET_SO_FAR, id="500 of 501"),
        pytest.param(more_than(499), DONE, PledgeStatus.MET, id="more than 499"),
        pytest.param(more_than(500), DONE, PledgeStatus.NOT_MET_SO_FAR, id="more than 500"),
        pytest.param(exact(500), DONE, PledgeStatus.MET, id="exactly 500"),
        pytest.param(between(500, 600), DONE, PledgeStatus.MET, id="the lower end of a range"),
        pytest.param(at_least(500), OPEN, PledgeStatus.MET, id="at least 500 of 500"),
        pytest.param(at_least(501), OPEN, PledgeStatus.CANNOT_BE_DETERMINED, id="no upper end"),
        pytest.param(
            at_least(1), stages(returned(NORTH)), PledgeStatus.CANNOT_BE_DETERMINED, id="silence"
        ),
        pytest.param(about(500), DONE, PledgeStatus.NO_ARITHMETIC, id="about is neither"),
        pytest.param(at_most(500), DONE, PledgeStatus.NO_ARITHMETIC, id="at most is no goal"),
        pytest.param(in_words("thousands"), DONE, PledgeStatus.NO_ARITHMETIC, id="words"),
        pytest.param(at_least(500), (), PledgeStatus.NO_STAGE_RECORDED, id="nothing yet"),
        pytest.param(
            at_least(500),
            stages(returned(SOUTH, said(exact(900)))),
            PledgeStatus.NO_STAGE_RECORDED,
            id="the other direction does not count",
        ),
    ],
)
def test_at19_whether_a_pledge_is_met(
    promised: Quantity, course: tuple[Stage, ...], status: PledgeStatus
) -> None:
    held = ledger(pledge(promised), *course)

    assert progress(held, held.pledges["P1"]).status is status


def test_a_pledge_of_bodies_is_not_met_by_people() -> None:
    held = ledger(pledge(at_least(500), unit=Unit.BODY), *DONE)

    assert progress(held, held.pledges["P1"]).status is PledgeStatus.NO_STAGE_RECORDED


def test_a_pledge_not_split_by_direction_counts_both() -> None:
    course = stages(returned(NORTH, said(exact(200))), returned(SOUTH, said(exact(300))))
    held = ledger(pledge(at_least(500), BOTH_NOT_SPLIT), *course)

    found = progress(held, held.pledges["P1"])

    assert (found.status, found.delivered) == (PledgeStatus.MET, Interval(500, 500))


def test_a_pledge_without_a_direction_is_beyond_arithmetic() -> None:
    held = ledger(pledge(at_least(1), NOT_STATED), *DONE)

    assert progress(held, held.pledges["P1"]).status is PledgeStatus.NO_ARITHMETIC


def test_what_can_be_said_of_a_pledge_with_gaps() -> None:
    course = stages(returned(NORTH, said(more_than(1000))), returned(NORTH))
    held = ledger(pledge(at_least(1200)), *course)

    found = progress(held, held.pledges["P1"])

    assert found.percent_at_least == 83  # 1,001 of 1,200 are 83.4 percent
    assert found.remaining_at_most == 199
    assert (found.stages, found.gaps) == (2, 1)


def test_nothing_remains_beyond_a_met_pledge() -> None:
    held = ledger(pledge(at_least(100)), *DONE)

    assert progress(held, held.pledges["P1"]).remaining_at_most == 0


@pytest.mark.parametrize("promised", [about(500), NOT_PUBLISHED, at_most(500)])
def test_a_pledge_without_a_goal_has_no_percent_and_no_rest(promised: Quantity) -> None:
    held = ledger(pledge(promised), *DONE)

    found = progress(held, held.pledges["P1"])

    assert (found.percent_at_least, found.remaining_at_most) == (None, None)


def test_other_agreements_do_not_count() -> None:
    held = ledger(pledge(at_least(500)), *DONE)
    elsewhere = replace(held.agreements["talks"], key="others")
    foreign = replace(
        stage(returned(NORTH, said(exact(7))), key="S9", day=EventDate(7, 1)), agreement="others"
    )

    both = ledger(pledge(at_least(500)), *DONE, elsewhere, foreign)

    assert progress(both, both.pledges["P1"]) == progress(held, held.pledges["P1"])
