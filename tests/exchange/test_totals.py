"""Totals that officials state, held against what the stages add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.arithmetic import ANY, Interval
from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.progress import PledgeStatus, progress
from exchange.quantity import Quantity
from exchange.records import (
    BOTH_NOT_SPLIT,
    NOT_STATED,
    Pledge,
    Stage,
    StageKind,
    StatedTotal,
    TotalScope,
    Transfer,
    Unit,
)
from exchange.totals import Known, known
from tests.exchange.examples import (
    NORTH,
    SOUTH,
    about,
    at_least,
    at_most,
    exact,
    ledger,
    more_than,
    pledge,
    returned,
    said,
    stage,
    stages,
    total,
)

NINE = stages(*[returned(NORTH)] * 8, returned(NORTH, said(about(250), "south_ministry")))
"""Nine stages in June, of which one has an approximate number and none another."""


def held(*records: Stage | StatedTotal | Pledge, to: str = NORTH, bodies: bool = False) -> Known:
    return known(ledger(*records), "talks", to, bodies=bodies)


def bodies_returned(day: int, *numbers: tuple[int, str]) -> Stage:
    figures = (said(exact(number), speaker) for number, speaker in numbers)
    return stage(
        returned(NORTH, *figures, unit=Unit.BODY),
        key=f"S{day}",
        day=EventDate(6, day),
        kind=StageKind.BODIES,
    )


# The table of cases in the description of the domain.


def test_case_one_stage_without_a_number() -> None:
    held_against = ledger(stage(returned(NORTH), returned(SOUTH)), pledge(at_least(1200)))

    found = progress(held_against, held_against.pledges["P1"])

    assert found.delivered == ANY
    assert (found.stages, found.gaps) == (1, 1)
    assert found.status is PledgeStatus.CANNOT_BE_DETERMINED


def test_case_nine_stages_with_one_approximate_number() -> None:
    found = held(*NINE)

    assert found.interval == ANY
    assert found.computed.approximate == (about(250),)
    assert (found.computed.stages, found.computed.gaps) == (9, 9)


def test_case_a_stated_total_tightens_what_unknown_stages_leave_open() -> None:
    stated = total(more_than(1000))
    found = held(*NINE, stated)
    told = progress(*pledged(at_least(1200), *NINE, stated))

    assert found.interval == Interval(1001, None)
    assert found.spoken == more_than(1000)
    assert (found.fits, found.beside) == (True, ())
    assert told.status is PledgeStatus.CANNOT_BE_DETERMINED
    assert told.percent_at_least == 83
    assert told.remaining_at_most == 199  # "fewer than 200 remain"


def test_case_another_speakers_total_of_the_same_stages_gives_the_hull() -> None:
    found = held(*NINE, total(more_than(1000)), total(exact(1200), "south_ministry", key="T2"))

    assert found.interval == Interval(1001, None)
    assert [one.key for one in found.stated] == ["T1", "T2"]
    assert found.fits


def test_case_bodies_that_two_speakers_count_apart() -> None:
    north, south = "north_office", "south_ministry"
    course = [
        *(bodies_returned(day, (1200, north), (1200, south)) for day in (2, 3, 4)),
        bodies_returned(1, (1212, north), (1212, south)),
        bodies_returned(5, (1245, north), (1248, south)),
    ]

    found = held(*course, bodies=True)
    stated = held(
        *course,
        total(exact(6057), north, unit=Unit.BODY),
        total(exact(6060), south, key="T2", unit=Unit.BODY),
        bodies=True,
    )

    assert found.interval == Interval(6057, 6060)
    assert stated.interval == Interval(6057, 6060)
    assert stated.fits


@pytest.mark.parametrize(
    ("back", "delivered", "status"),
    [
        pytest.param([300], Interval(500, 500), PledgeStatus.MET, id="both sides say so"),
        pytest.param(
            [300, 200],
            Interval(400, 500),
            PledgeStatus.CANNOT_BE_DETERMINED,
            id="a relay taken for a speaker would widen it",
        ),
    ],
)
def test_case_two_hundred_and_three_hundred_of_five_hundred(
    back: list[int], delivered: Interval, status: PledgeStatus
) -> None:
    speakers = ("north_office", "paper")
    figures = (
        said(exact(number), speaker) for number, speaker in zip(back, speakers, strict=False)
    )
    course = stages(returned(NORTH, said(exact(200))), returned(NORTH, *figures))
    records = ledger(*course, pledge(exact(500)))

    found = progress(records, records.pledges["P1"])

    assert (found.delivered, found.status) == (delivered, status)


def test_case_exact_at_least_and_unknown() -> None:
    found = held(
        *stages(
            returned(NORTH, said(exact(200))), returned(NORTH, said(at_least(50))), returned(NORTH)
        )
    )

    assert found.interval == Interval(250, None)
    assert found.computed.gaps == 1


# Whether a total can be held against the stages at all.


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param(total(exact(1200), scope=TotalScope.OTHER), id="another scope"),
        pytest.param(total(exact(1200), through=None), id="nobody said through when"),
        pytest.param(total(exact(2400), returned_to=BOTH_NOT_SPLIT), id="both directions"),
        pytest.param(total(exact(1200), returned_to=NOT_STATED), id="no direction"),
        pytest.param(total(about(1200)), id="about"),
        pytest.param(total(exact(1200), through=EventDate(5, 31)), id="before the first stage"),
        pytest.param(total(exact(1200), since=EventDate(6, 20)), id="after the last stage"),
    ],
)
def test_a_total_that_counts_something_else_is_shown_beside_and_bounds_nothing(
    stated: StatedTotal,
) -> None:
    found = held(*NINE, stated)

    assert found.interval == ANY
    assert found.beside == (stated,)
    assert (found.stated, found.fits, found.spoken) == ((), True, None)


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param(total(exact(1200), returned_to=SOUTH), id="of the other direction"),
        pytest.param(total(exact(1200), unit=Unit.BODY), id="of bodies"),
    ],
)
def test_a_total_of_others_is_not_even_beside(stated: StatedTotal) -> None:
    found = held(*NINE, stated)

    assert (found.interval, found.stated, found.beside) == (ANY, (), ())


def test_a_total_alone_makes_no_stage() -> None:
    found = held(total(exact(1200)), pledge(exact(1200)))

    assert found.interval == ANY
    assert found.computed.stages == 0
    assert len(found.beside) == 1


def test_a_total_of_soldiers_is_a_lower_end_for_people() -> None:
    found = held(*NINE, total(exact(900), unit=Unit.SERVICE_MEMBER))

    assert found.interval == Interval(900, None)


# What a total counts, by days.


def day(number: int, *quantities: Quantity) -> Stage:
    transfer: Transfer = returned(NORTH, *(said(one) for one in quantities))
    return stage(transfer, key=f"S{number}", day=EventDate(6, number))


def test_stages_after_the_last_day_of_a_total_add_on_top() -> None:
    found = held(day(1), day(2), day(10, exact(100)), total(exact(500), through=EventDate(6, 5)))

    assert found.interval == Interval(600, 600)
    assert found.spoken is None


def test_totals_are_taken_in_the_order_of_events_whatever_their_order_of_recording() -> None:
    early = total(exact(300), key="T1", through=EventDate(6, 2))
    late = total(exact(700), key="T2", through=EventDate(6, 9))
    course = (day(1), day(5), day(10, exact(50)))

    for records in ((early, late), (late, early)):
        found = held(*course, *records)
        assert (found.interval, found.fits) == (Interval(750, 750), True)


def test_a_total_since_a_day_adds_to_what_was_known_before_that_day() -> None:
    found = held(
        day(1, exact(100)),
        day(5),
        day(6),
        total(exact(300), since=EventDate(6, 4), through=EventDate(6, 6)),
    )

    assert found.interval == Interval(400, 400)


def test_totals_through_days_between_the_same_stages_count_the_same() -> None:
    found = held(
        day(1),
        total(exact(300), through=EventDate(6, 2)),
        total(exact(310), "south_ministry", key="T2", through=EventDate(6, 3)),
    )

    assert (found.interval, found.fits) == (Interval(300, 310), True)


def test_a_total_narrows_both_ends() -> None:
    found = held(day(1, at_least(100)), day(2, at_most(50)), total(at_most(120)))

    assert found.interval == Interval(100, 120)


def test_a_total_that_does_not_fit_changes_nothing_and_both_are_shown() -> None:
    wrong = total(exact(900))
    found = held(day(1, exact(500)), day(2, exact(300)), wrong)

    assert found.interval == Interval(800, 800)
    assert (found.fits, found.stated) == (False, (wrong,))
    assert found.spoken is None


def test_what_does_not_fit_early_leaves_later_totals_their_say() -> None:
    found = held(
        day(1, exact(500)),
        day(8),
        total(exact(400), through=EventDate(6, 2)),
        total(exact(900), key="T2", through=EventDate(6, 9)),
    )

    assert (found.interval, found.fits) == (Interval(900, 900), False)


@pytest.mark.parametrize("year", [None, 2025])
def test_days_with_and_without_a_year_stand_in_one_order(year: int | None) -> None:
    found = held(
        day(1),
        replace(day(10, exact(100)), date=EventDate(6, 10, 2025)),
        total(exact(500), through=EventDate(6, 5, year)),
    )

    assert found.interval == Interval(600, 600)


def test_years_count_where_every_day_has_one() -> None:
    december = replace(day(1), date=EventDate(12, 30, 2025))
    january = replace(day(2, exact(100)), date=EventDate(1, 5, 2026))

    found = held(december, january, total(exact(500), through=EventDate(12, 31, 2025)))

    assert found.interval == Interval(600, 600)


# Pledges.


def pledged(promised: Quantity, *records: Stage | StatedTotal) -> tuple[Ledger, Pledge]:
    return ledger(pledge(promised), *records), pledge(promised)


@pytest.mark.parametrize(
    ("promised", "stated", "status"),
    [
        pytest.param(at_least(1000), more_than(1000), PledgeStatus.MET, id="met"),
        pytest.param(at_least(1001), more_than(1000), PledgeStatus.MET, id="met at the bound"),
        pytest.param(
            at_least(1002), more_than(1000), PledgeStatus.CANNOT_BE_DETERMINED, id="not known"
        ),
        pytest.param(at_least(501), exact(500), PledgeStatus.NOT_MET_SO_FAR, id="not met so far"),
        pytest.param(at_least(500), exact(500), PledgeStatus.MET, id="met exactly"),
    ],
)
def test_at19_a_stated_total_decides_about_a_pledge_at_its_boundaries(
    promised: Quantity, stated: Quantity, status: PledgeStatus
) -> None:
    found = progress(*pledged(promised, *NINE, total(stated)))

    assert found.status is status
    assert found.fits


@pytest.mark.parametrize(
    ("delivered", "percent"),
    [
        pytest.param(exact(1199), 99, id="just short of it"),
        pytest.param(exact(1200), 100, id="exactly"),
        pytest.param(at_least(600), 50, id="no upper end"),
        pytest.param(at_most(1), 0, id="nearly nothing"),
    ],
)
def test_a_share_is_rounded_so_that_it_claims_nothing(delivered: Quantity, percent: int) -> None:
    found = progress(*pledged(at_least(1200), day(1, delivered)))

    assert found.percent_at_least == percent


def test_a_pledge_tells_when_officials_do_not_fit_the_stages() -> None:
    found = progress(*pledged(at_least(500), day(1, exact(500)), total(exact(400))))

    assert (found.status, found.fits) == (PledgeStatus.MET, False)


def test_a_pledge_of_both_together_knows_each_direction_by_itself() -> None:
    both = replace(pledge(exact(300)), returned_to=BOTH_NOT_SPLIT)
    course = stage(returned(NORTH), returned(SOUTH, said(exact(100))))
    records = ledger(both, course, total(exact(200)))

    found = progress(records, both)

    assert found.delivered == Interval(300, 300)
    assert [one.interval for one in found.known] == [Interval(200, 200), Interval(100, 100)]
