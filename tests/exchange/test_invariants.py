"""The invariants of the ledger, I1 to I24, each with the tests that hold it.

Where no test elsewhere says it in one sentence, one below does.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, fields, replace
from pathlib import Path

import pytest

from exchange.arithmetic import Interval, total, transferred
from exchange.claims import ClaimStatus, confirmed_by, status
from exchange.dates import EventDate
from exchange.progress import progress
from exchange.records import (
    Actor,
    ActorKind,
    Claim,
    Composition,
    Figure,
    Lifecycle,
    Ordinal,
    Record,
    Stance,
    StatedDay,
    Statement,
)
from exchange.rules import problems
from exchange.totals import known
from tests.exchange.examples import (
    NORTH,
    NOW,
    SOUTH,
    about,
    asserts,
    at_least,
    claim,
    confirms,
    exact,
    in_words,
    label,
    ledger,
    pledge,
    returned,
    said,
    stage,
    stages,
)
from tests.exchange.examples import (
    total as stated_total,
)

TESTS = Path(__file__).resolve().parents[1]

_DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)

INVARIANTS = {
    "I1: every record cites a source, every figure has a speaker": (
        "test_a_record_that_breaks_a_rule_is_refused_by_its_name",
        "test_i1_whatever_is_said_has_a_speaker_and_a_source",
    ),
    "I2: totals are computed, never typed": (
        "test_only_completed_stages_and_nothing_else_feed_what_is_known",
    ),
    "I3: only completed stages feed totals": (
        "test_only_completed_stages_feed_a_pledge",
        "test_at04_a_list_waiting_bodies_and_an_age_never_change_a_total",
    ),
    "I4: people and bodies never add, nor do the two directions": (
        "test_people_and_bodies_never_add",
        "test_bodies_never_come_into_the_people",
        "test_i4_the_two_directions_add_for_a_pledge_of_both_alone",
    ),
    "I5: unknown stays unknown": ("test_unknown_never_becomes_zero",),
    "I6: about keeps its word and is no bound": (
        "test_vague_words_neither_widen_nor_narrow",
        "test_about_is_never_added",
    ),
    "I7: several speakers give their hull, relays count once": (
        "test_a_hull_contains_every_figure_and_ends_at_figures",
        "test_relays_of_one_speaker_count_once",
        "test_at08_two_outlets_that_quote_one_speaker_are_one_figure",
    ),
    "I8: a stage is recorded once for its kind and day": (
        "test_a_stage_is_recorded_once_for_its_kind_and_day",
    ),
    "I9: parts never exceed the whole, and alone are a lower bound": (
        "test_a_stage_that_breaks_a_rule_is_refused_by_its_name",
        "test_what_a_figure_in_parts_says_of_all",
    ),
    "I10: changing a published field makes a revision": (
        "test_a_changed_record_gets_the_next_revision_and_keeps_its_place",
        "test_readers_are_told_of_a_number_a_day_a_direction_a_state_and_a_speaker",
    ),
    "I11: revisions are only ever added": ("test_the_database_itself_refuses_to_rewrite_history",),
    "I12: what updates or cancels names what": ("test_an_update_names_what_it_updates",),
    "I13: how far a stage has come is not who confirms it": (
        "test_i13_any_state_goes_with_any_confirmation",
    ),
    "I14: no text leads to a single person": (
        "test_what_could_lead_to_a_person_is_refused_by_its_kind",
        "test_i14_no_free_text_of_any_record_may_lead_to_a_person",
    ),
    "I15: an attribution is never upgraded": ("test_i15_unnamed_officials_are_not_their_ministry",),
    "I16: an adjective needs somebody who uses it": ("test_i16_what_nobody_says_is_no_claim",),
    "I17: a missing year stays missing": ("test_at23_no_year_comes_from_anywhere_but_a_source",),
    "I18: a relative day keeps its words and what it is reckoned from": (
        "test_i18_next_week_stays_next_week_with_the_day_on_which_it_was_said",
    ),
    "I19: what is said of one party would be said of the other": (
        "test_at03_changing_the_parties_over_changes_every_answer_over",
        "test_at03_what_is_said_of_one_party_would_be_said_of_the_other",
    ),
    "I20: every language shows the same numbers": (
        "test_every_language_tells_the_same_numbers",
        "test_every_language_says_the_same_things_with_the_same_variables",
    ),
    "I21: nothing is pushed without a preview": (
        "test_a_draft_that_changed_after_the_preview_is_not_published_by_the_old_button",
    ),
    "I22: moderators cannot read who subscribes": (
        "test_sealed_and_hashed_ids_hold_neither_bytes_nor_digits_of_the_id",
        "test_readers_are_counted_by_topic_and_language",
    ),
    "I23: pledges of different speakers stay apart": (
        "test_pledges_of_different_speakers_stay_apart",
        "test_i23_pledges_of_two_speakers_are_judged_apart",
    ),
    "I24: an ordinal is an attributed label, never a key": (
        "test_at12_first_to_one_and_second_to_another_is_one_stage",
    ),
}


def test_every_invariant_has_tests_that_exist() -> None:
    defined = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in _DEFINED.findall(path.read_text("utf-8"))
    }

    assert [name.split(":")[0] for name in INVARIANTS] == [f"I{number}" for number in range(1, 25)]
    assert {test for tests in INVARIANTS.values() for test in tests} <= defined


@pytest.mark.parametrize("kind", [Figure, Composition, Ordinal, StatedDay, Stance])
def test_i1_whatever_is_said_has_a_speaker_and_a_source(kind: type) -> None:
    [stated] = [one for one in fields(kind) if one.name == "stated"]
    needed = {one.name for one in fields(Statement) if one.default is MISSING}

    assert stated.default is MISSING
    assert needed == {"speaker", "source"}


@pytest.mark.parametrize("number", [640, 1212, 25])
def test_at04_a_list_waiting_bodies_and_an_age_never_change_a_total(number: int) -> None:
    told = replace(
        claim(asserts("south_ministry"), text=f"{number} were on a list"), quantity=exact(number)
    )
    course = stages(returned(NORTH), returned(NORTH, said(exact(10))))
    planned = replace(course[0], further_stages=said(exact(number)))
    announced = stage(
        returned(NORTH, said(exact(number))),
        key="S9",
        day=EventDate(6, 20),
        lifecycle=Lifecycle.ANNOUNCED,
    )

    bare = known(ledger(*course), "talks", NORTH, bodies=False)
    full = ledger(planned, course[1], announced, told, pledge(exact(number)))

    assert known(full, "talks", NORTH, bodies=False) == bare
    assert known(full, "talks", NORTH, bodies=True).computed.stages == 0


def test_i4_the_two_directions_add_for_a_pledge_of_both_alone() -> None:
    course = stage(returned(NORTH, said(exact(5))), returned(SOUTH, said(exact(7))))
    one_way = ledger(course, pledge(at_least(10), NORTH))
    together = ledger(course, pledge(at_least(10), "both_not_split"))

    assert progress(one_way, one_way.pledges["P1"]).delivered == Interval(5, 5)
    assert progress(together, together.pledges["P1"]).delivered == Interval(12, 12)


@pytest.mark.parametrize("state", Lifecycle)
@pytest.mark.parametrize("speakers", [(), ("north_office",), ("north_office", "south_ministry")])
def test_i13_any_state_goes_with_any_confirmation(
    state: Lifecycle, speakers: tuple[str, ...]
) -> None:
    told = replace(
        stage(returned(NORTH), lifecycle=state),
        confirmations=tuple(Statement(one, "R1") for one in speakers),
    )

    assert problems(told, ledger(), NOW) == ()
    assert len(ledger(told).confirming_parties(told)) == len(speakers)


PERSONAL = "call 067 650 83 32"


@pytest.mark.parametrize(
    "record",
    [
        replace(stage(returned(NORTH)), words=in_words(PERSONAL).words),
        stage(returned(NORTH, said(in_words(PERSONAL)))),
        replace(
            stage(returned(NORTH)),
            ordinals=(Ordinal(1, label(PERSONAL), Statement("north_office", "R1")),),
        ),
        claim(asserts("paper"), text=PERSONAL),
        replace(claim(asserts("paper")), detail=label(PERSONAL)),
        replace(stated_total(exact(5)), words=label(PERSONAL)),
        pledge(in_words(PERSONAL)),
        Actor("a", ActorKind.INSTITUTION, label(PERSONAL)),
    ],
)
def test_i14_no_free_text_of_any_record_may_lead_to_a_person(record: Record) -> None:
    rules = {problem.rule for problem in problems(record, ledger(), NOW)}

    assert "phone-number" in rules


def test_i15_unnamed_officials_are_not_their_ministry() -> None:
    """Their words are kept under their own key, and never make the ministry say anything."""
    officials = claim(asserts("north_voices"))
    as_ministry = claim(asserts("north_office"))
    held = ledger(officials)

    assert confirmed_by(officials, held) == ("north_voices",)
    assert confirmed_by(as_ministry, held) == ("north_office",)
    told = stage(returned(NORTH, said(exact(5), "north_voices"), said(exact(6))))
    assert transferred(told.transfers[0]) == Interval(5, 6)  # two speakers, not one


def test_i16_what_nobody_says_is_no_claim() -> None:
    largest = claim(text="The largest exchange of the war")

    assert [one.rule for one in problems(largest, ledger(), NOW)] == ["nobody-asserts"]
    assert problems(replace(largest, stances=(asserts("paper"),)), ledger(), NOW) == ()


def test_i18_next_week_stays_next_week_with_the_day_on_which_it_was_said() -> None:
    day = EventDate(6, 9)
    told = claim(asserts("north_office", day), text="More exchanges next week")
    planned = replace(
        stage(returned(NORTH)),
        further_stages=Figure(in_words("several"), Statement("north_office", "R1", day)),
    )

    assert problems(told, ledger(), NOW) == problems(planned, ledger(), NOW) == ()
    assert told.stances[0].stated.said_on == day
    assert not {"expected", "due", "starts_on"} & {one.name for one in fields(Claim)}


def test_i23_pledges_of_two_speakers_are_judged_apart() -> None:
    by_paper = pledge(at_least(500))
    by_office = replace(pledge(about(500)), key="P2", stated=(Statement("north_office", "R2"),))
    held = ledger(by_paper, by_office, *stages(returned(NORTH, said(exact(500)))))

    assert [progress(held, one).status for one in held.pledges_of("talks")] == [
        "met",
        "no_arithmetic",
    ]


def test_at12_first_to_one_and_second_to_another_is_one_stage() -> None:
    first = Ordinal(1, label("under this agreement"), Statement("north_office", "R1"))
    second = Ordinal(2, label("since the spring"), Statement("south_ministry", "R1"))
    called = replace(stage(returned(NORTH, said(exact(5)))), ordinals=(first, second))

    held = ledger(called)

    assert problems(called, ledger(), NOW) == ()
    assert list(held.stages) == ["S1"]
    assert total(held.stages_of("talks"), NORTH, bodies=False).interval == Interval(5, 5)


def test_at13_one_hand_over_of_two_days_is_one_stage_with_both_days() -> None:
    other = StatedDay(EventDate(1, 30), Statement("south_ministry", "R1"))
    dated = replace(
        stage(returned(NORTH, said(exact(5))), day=EventDate(1, 29)), other_days=(other,)
    )
    again = stage(returned(NORTH, said(exact(5))), key="S2", day=EventDate(1, 29))

    assert problems(dated, ledger(), NOW) == ()
    assert [one.rule for one in problems(again, ledger(dated), NOW)] == ["same-stage"]
    assert total(ledger(dated).stages_of("talks"), NORTH, bodies=False).stages == 1


def test_a_party_that_says_it_has_fulfilled_a_pledge_makes_a_claim() -> None:
    fulfilled = replace(claim(asserts("north_office"), confirms("south_ministry")), about="P1")
    held = ledger(pledge(at_least(500)), stage(returned(NORTH)), fulfilled)

    assert status(fulfilled, held) is ClaimStatus.CONFIRMED_BOTH
    assert progress(held, held.pledges["P1"]).status == "cannot_be_determined"
