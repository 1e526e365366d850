"""What is doubtful and may be published all the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from exchange.cautions import cautions
from exchange.dates import EventDate
from exchange.problem import Problem
from exchange.records import (
    Lifecycle,
    Record,
    Source,
    Stage,
    StageKind,
    StatedDay,
    Statement,
    Term,
    TermKind,
    TotalScope,
    Unit,
)
from exchange.rules import problems
from tests.exchange.examples import (
    GROUND,
    NORTH,
    NOW,
    asserts,
    at_least,
    claim,
    exact,
    label,
    ledger,
    returned,
    said,
    stage,
    total,
)

PLAIN = stage(returned(NORTH, said(exact(5))))


def page(published: EventDate, key: str = "R7") -> Source:
    return Source(key, url=f"https://example.org/{key}", published=published)


def read_in(key: str, day: EventDate) -> Stage:
    return stage(returned(NORTH), day=day, sources=(key,))


@pytest.mark.parametrize(
    ("published", "event", "older"),
    [
        pytest.param(EventDate(6, 8, 2025), EventDate(6, 9, 2025), True, id="the day before"),
        pytest.param(EventDate(6, 9, 2025), EventDate(6, 9, 2025), False, id="the same day"),
        pytest.param(EventDate(6, 10, 2025), EventDate(6, 9, 2025), False, id="the day after"),
        pytest.param(EventDate(6, 9, 2024), EventDate(6, 9, 2025), True, id="a year before"),
        pytest.param(EventDate(6, 8, 2025), EventDate(6, 9), True, id="the event has no year"),
        pytest.param(EventDate(6, 8), EventDate(6, 9), True, id="neither has a year"),
        pytest.param(EventDate(1, 3, 2026), EventDate(12, 30), False, id="the turn of a year"),
        pytest.param(EventDate(2, 29), EventDate(3, 1, 2025), True, id="a day of leap years"),
    ],
)
def test_at14_a_page_older_than_the_event_that_it_reports_is_doubtful(
    published: EventDate, event: EventDate, older: bool
) -> None:
    source = page(published)
    told = read_in("R7", event)

    found = cautions(told, ledger(source), NOW)

    assert (Problem("source-before-event", "sources", "R7") in found) == older
    assert problems(told, ledger(source), NOW) == ()


def test_a_page_may_be_older_than_what_is_only_announced() -> None:
    announced = replace(read_in("R7", EventDate(6, 9)), lifecycle=Lifecycle.ANNOUNCED)

    assert cautions(announced, ledger(page(EventDate(6, 1))), NOW) == ()


def test_another_day_of_the_event_may_explain_an_older_page() -> None:
    told = read_in("R7", EventDate(1, 30, 2025))
    dated = StatedDay(EventDate(1, 29, 2025), Statement("north_office", "R7"))
    held = ledger(page(EventDate(1, 29, 2025)))

    assert cautions(told, held, NOW) == (Problem("source-before-event", "sources", "R7"),)
    assert cautions(replace(told, other_days=(dated,)), held, NOW) == ()


SAID_LATE = Statement("north_office", "R7", EventDate(6, 12, 2025))


@pytest.mark.parametrize(
    ("record", "caution"),
    [
        (
            replace(PLAIN, confirmations=(Statement("north_office", "R1", EventDate(6, 8)),)),
            Problem("said-before-event", "confirmations", "north_office"),
        ),
        (
            stage(returned(NORTH, said(exact(5), "paper"))),
            Problem("outlet-counts", "figures", "paper"),
        ),
        (
            stage(returned(NORTH, said(exact(5)), said(exact(6), "south_ministry"))),
            Problem("figures-apart", "figures", NORTH),
        ),
        (
            replace(stage(returned(NORTH), sources=("R7",)), confirmations=(SAID_LATE,)),
            Problem("said-after-published", "said_on", "R7"),
        ),
        (
            replace(PLAIN, key="S2", date=EventDate(6, 29)),
            Problem("perhaps-same-stage", "other_days", "S8"),
        ),
        (
            replace(
                PLAIN,
                key="S2",
                other_days=(StatedDay(EventDate(6, 28), Statement("north_office", "R1")),),
            ),
            Problem("perhaps-same-stage", "other_days", "S8"),
        ),
        (total(exact(900)), Problem("total-does-not-fit", "quantity")),
        (total(exact(5), through=None), Problem("total-through-no-day", "through")),
        (total(exact(5), "paper"), Problem("outlet-counts", "stated", "paper")),
        (claim(asserts("paper"), text="Said before"), Problem("claim-twice", "text", "C8")),
        (
            Source("R9", url="https://example.org/R7"),
            Problem("source-twice", "url", "R7"),
        ),
        (page(EventDate(7, 3, 2025)), Problem("published-in-the-future", "published")),
        (
            replace(page(EventDate(6, 10, 2025)), read_on=dt.date(2025, 6, 9)),
            Problem("read-before-published", "read_on"),
        ),
        (
            Term("t", TermKind.RANK, {"en": "rank", "uk": "рaнг", "ru": "ранг"}),
            Problem("mixed-scripts", "label.uk"),
        ),
    ],
)
def test_what_is_doubtful_is_named(record: Record, caution: Problem) -> None:
    recorded = stage(returned(NORTH, said(exact(10))), key="S8", day=EventDate(6, 28))
    also = StatedDay(EventDate(6, 29), Statement("north_office", "R1"))
    held = ledger(
        page(EventDate(6, 11, 2025)),
        replace(recorded, other_days=(also,)),
        claim(asserts("paper"), key="C8", text="Said before"),
    )

    assert caution in cautions(record, held, NOW)


@pytest.mark.parametrize(
    "record",
    [
        PLAIN,
        stage(returned(NORTH, said(exact(5)), said(at_least(4), "south_ministry"))),
        stage(returned(NORTH, unit=Unit.BODY), key="S2", kind=StageKind.BODIES),
        total(exact(5)),
        total(exact(900), scope=TotalScope.OTHER, through=None),
        claim(asserts("paper")),
        page(EventDate(6, 9, 2025)),
        *GROUND,
    ],
)
def test_a_plain_record_raises_no_doubt(record: Record) -> None:
    assert cautions(record, ledger(PLAIN, claim(asserts("paper"))), NOW) == ()


def test_a_name_in_one_script_raises_no_doubt() -> None:
    assert cautions(Term("t", TermKind.RANK, label("Wi-Fi для всіх")), ledger(), NOW) == ()
