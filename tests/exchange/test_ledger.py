from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from exchange.claims import contested, listed
from exchange.dates import EventDate
from exchange.ledger import Entry, Ledger, statements
from exchange.quantity import NOT_PUBLISHED
from exchange.records import Agreement, Composition, Lifecycle, Statement, TermKind
from exchange.totals import known
from tests.exchange.examples import (
    GROUND,
    NORTH,
    NOW,
    SOUTH,
    about,
    asserts,
    at_least,
    claim,
    denies,
    ledger,
    pledge,
    returned,
    said,
    stage,
    total,
)


def test_stages_stand_in_the_order_of_events_and_those_without_a_day_last() -> None:
    held = ledger(
        stage(key="S1", day=None, lifecycle=Lifecycle.ANNOUNCED),
        stage(key="S2", day=EventDate(6, 12)),
        stage(key="S3", day=EventDate(6, 9)),
    )

    assert [one.key for one in held.stages_of("talks")] == ["S3", "S2", "S1"]


def test_a_new_revision_of_a_record_keeps_its_place() -> None:
    held = ledger(stage(key="S1"), stage(key="S2", day=EventDate(6, 12)))
    entry = held.entries["S1"]
    changed = replace(entry, record=stage(key="S1", sources=("R1", "R2")), rev=2)

    after = held.with_entries([changed], revision=2)

    assert list(after.stages) == ["S1", "S2"]
    assert after.stages["S1"].sources == ("R1", "R2")
    assert (after.revision, after.entries["S1"].rev) == (2, 2)


def test_a_ledger_never_changes_under_its_reader() -> None:
    held = ledger(stage(key="S1"))

    held.with_entries([Entry(stage(key="S2"), 1, 99, NOW)], revision=2)

    assert list(held.stages) == ["S1"]


def test_a_withdrawn_record_leaves_every_answer_but_not_the_history() -> None:
    held = ledger(stage(returned(NORTH, said(at_least(5)))))
    gone = replace(held.entries["S1"], rev=2, withdrawn=True)

    after = held.with_entries([gone], revision=2)

    assert "S1" not in after.stages
    assert after.entries["S1"].withdrawn
    assert after.statements_in("R1") == ()


@given(st.permutations(range(len(GROUND))), st.integers(0, len(GROUND)))
def test_a_ledger_built_in_steps_is_the_ledger_built_at_once(order: list[int], cut: int) -> None:
    entries = [Entry(record, 1, place, NOW) for place, record in enumerate(GROUND)]
    mixed = [entries[place] for place in order]

    stepwise = Ledger().with_entries(mixed[:cut], 1).with_entries(mixed[cut:], 2)

    whole = Ledger().with_entries(entries, 2)
    assert stepwise == whole
    assert list(stepwise.entries) == list(whole.entries)


def test_a_ledger_that_moves_on_tells_what_one_made_at_once_tells() -> None:
    """Whatever kind of record changes, is withdrawn, restored or was not recorded yet."""
    records = (
        *GROUND,
        stage(returned(NORTH, said(at_least(5))), returned(SOUTH), key="S1"),
        stage(returned(NORTH, said(about(70))), key="S2", day=EventDate(6, 12)),
        pledge(at_least(1200)),
        total(at_least(9)),
        claim(asserts("north_office"), denies("south_ministry"), key="C1"),
        claim(asserts("north_office"), key="C2"),
    )
    last = len(records)
    entries = [Entry(record, 1, place, NOW) for place, record in enumerate(records)]
    later = NOW + timedelta(days=1)
    held = Ledger().with_entries(entries, 1)
    _told(held)
    for changed in (
        *(replace(one, rev=2, withdrawn=True) for one in entries),
        *(replace(one, rev=2, at=later) for one in entries),
        Entry(stage(key="S9", day=EventDate(6, 20)), 1, last, later),
    ):
        key = changed.record.key
        moved = held.with_entries([changed], 2)
        others = [one for one in entries if one.record.key != key]
        whole = Ledger().with_entries([*others, changed], 2)
        before = moved.with_entries([one for one in entries if one.record.key == key], 1)
        without = moved.with_entries([], 2, without=[key])

        assert (moved, _told(moved)) == (whole, _told(whole)), key
        assert [*moved.entries] == [*whole.entries]
        never = Ledger().with_entries(others, 2)
        assert (without, _told(without)) == (never, _told(never))
        if key != "S9":
            assert (before, _told(before)) == (held, _told(held)), key


def _told(held: Ledger) -> list[object]:
    """Whatever a ledger is asked that it works out once."""
    agreements = [one.key for one in held.agreements.values()]
    return [
        *([*getattr(held, name)] for name in ("terms", "sources", "stages", "claims")),
        held.latest_agreement(),
        *(held.citing(key) for key in held.sources),
        *(held.statements_in(key) for key in held.sources),
        *(held.as_of(key) for key in agreements),
        *(
            of(key)
            for of in (held.stages_of, held.completed_of, held.pledges_of, held.claims_of)
            for key in agreements
        ),
        *(listed(held, key) for key in agreements),
        *(contested(held, key) for key in agreements),
        *(
            known(held, key, party, bodies=bodies)
            for key in agreements
            for party in (NORTH, SOUTH)
            for bodies in (False, True)
        ),
    ]


def test_only_completed_stages_count() -> None:
    states = [stage(key=f"S{n}", lifecycle=one) for n, one in enumerate(Lifecycle)]

    assert [one.lifecycle for one in ledger(*states).completed_of("talks")] == [Lifecycle.COMPLETED]


def test_a_party_confirms_through_whoever_speaks_for_it() -> None:
    confirmed = replace(
        stage(returned(NORTH)),
        confirmations=(
            Statement("north_office", "R1"),
            Statement("north_voices", "R2"),
            Statement("red_cross", "R1"),
        ),
    )

    assert ledger(confirmed).confirming_parties(confirmed) == {NORTH}


def test_the_voice_of_a_party_is_its_unnamed_officials() -> None:
    held = ledger()

    voice = held.voice_of(NORTH)

    assert voice
    assert voice.key == "north_voices"
    assert held.voice_of(SOUTH) is None


def test_everything_read_in_a_source_is_found_with_who_said_it() -> None:
    told = replace(
        stage(returned(NORTH, said(at_least(5), "south_ministry", "R2"))),
        confirmations=(Statement("north_office", "R1"),),
    )
    held = ledger(pledge(at_least(10)), told)

    assert held.statements_in("R1") == (
        ("P1", Statement("paper", "R1")),
        ("S1", Statement("north_office", "R1")),
    )
    assert held.statements_in("R2") == (("S1", Statement("south_ministry", "R2")),)


def test_every_statement_of_a_stage_is_counted() -> None:
    confirmed, counted, composed, planned = (
        Statement(speaker, "R1")
        for speaker in ("north_office", "south_ministry", "red_cross", "north_voices")
    )
    transfer = replace(
        returned(NORTH, replace(said(NOT_PUBLISHED), stated=counted)),
        compositions=(Composition(composed, ("navy",)),),
    )
    full = replace(
        stage(transfer),
        confirmations=(confirmed,),
        further_stages=replace(said(about(3)), stated=planned),
    )

    assert statements(full) == (confirmed, counted, composed, planned)


def test_status_shows_the_agreement_that_something_was_recorded_for_last() -> None:
    other = Agreement("older", {}, (NORTH, SOUTH), ("R1",))
    held = ledger(other, stage(key="S1"))
    moved = held.with_entries(
        [Entry(replace(stage(key="S2"), agreement="older"), 1, 99, NOW + timedelta(days=1))], 2
    )

    latest, later = held.latest_agreement(), moved.latest_agreement()

    assert latest
    assert latest.key == "talks"
    assert later
    assert later.key == "older"


def test_an_empty_ledger_has_no_latest_agreement() -> None:
    assert Ledger().latest_agreement() is None


def test_words_are_found_by_what_they_are_used_for() -> None:
    assert [one.key for one in ledger().terms_of(TermKind.PARTY)] == [NORTH, SOUTH]
