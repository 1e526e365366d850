"""What a correction changes, as its readers are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange.corrections import Change, changes, is_material
from exchange.dates import EventDate
from exchange.quantity import Quantity, Wording
from exchange.records import (
    BodyState,
    Composition,
    Identification,
    Lifecycle,
    Ordinal,
    Part,
    Record,
    Source,
    Stage,
    StatedDay,
    Statement,
    Transfer,
    Unit,
)
from tests.exchange.examples import (
    NORTH,
    SOUTH,
    asserts,
    at_least,
    claim,
    denies,
    exact,
    label,
    more_than,
    pledge,
    returned,
    said,
    stage,
    total,
)

OLD, NEW = said(exact(157)), said(exact(152))
HIS, HERS = Statement("north_office", "R1"), Statement("south_ministry", "R1")
PLAIN = stage(returned(NORTH, OLD), returned(SOUTH))
CLAIM, TOTAL, PLEDGE = claim(asserts("paper")), total(exact(5)), pledge(at_least(500))
SOURCE = Source("R3", publisher="paper", url="https://paper.example.org/3")


def with_north(**fields: object) -> Stage:
    north, south = PLAIN.transfers
    changed: Transfer = replace(north, **fields)  # type: ignore[arg-type]
    return replace(PLAIN, transfers=(changed, south))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        pytest.param(
            PLAIN,
            with_north(figures=(NEW,)),
            Change("figure", OLD, NEW, NORTH),
            id="another number",
        ),
        pytest.param(
            PLAIN,
            with_north(figures=(replace(OLD, parts=(Part(exact(5)),), whole=False),)),
            Change("figure", OLD, replace(OLD, parts=(Part(exact(5)),), whole=False), NORTH),
            id="parts of the number",
        ),
        pytest.param(
            PLAIN,
            with_north(figures=(replace(OLD, stated=HERS),)),
            Change("figure", OLD, replace(OLD, stated=HERS), NORTH),
            id="another speaker of the number",
        ),
        pytest.param(
            PLAIN, with_north(figures=()), Change("figure", OLD, None, NORTH), id="no number"
        ),
        pytest.param(
            PLAIN,
            replace(PLAIN, date=EventDate(6, 10)),
            Change("date", EventDate(6, 9), EventDate(6, 10)),
            id="another day",
        ),
        pytest.param(
            PLAIN,
            replace(PLAIN, other_days=(StatedDay(EventDate(6, 10), HIS),)),
            Change("other_day", None, StatedDay(EventDate(6, 10), HIS)),
            id="a day that somebody else gives",
        ),
        pytest.param(
            PLAIN,
            replace(PLAIN, lifecycle=Lifecycle.CANCELLED),
            Change("lifecycle", Lifecycle.COMPLETED, Lifecycle.CANCELLED),
            id="another state",
        ),
        pytest.param(
            PLAIN,
            replace(PLAIN, transfers=PLAIN.transfers[:1]),
            Change("direction", PLAIN.transfers[1], None, SOUTH),
            id="a direction less",
        ),
        pytest.param(
            PLAIN,
            with_north(unit=Unit.CIVILIAN),
            Change("unit", Unit.PERSON, Unit.CIVILIAN, NORTH),
            id="whom it counts",
        ),
        pytest.param(
            PLAIN,
            replace(PLAIN, confirmations=(HIS,)),
            Change("confirmation", None, HIS),
            id="a confirmation",
        ),
        pytest.param(
            PLAIN,
            with_north(compositions=(Composition(HIS, ("navy",)),)),
            Change("composition", None, Composition(HIS, ("navy",)), NORTH),
            id="who was among them",
        ),
        pytest.param(
            PLAIN,
            with_north(identifications=(Identification(BodyState.IDENTIFIED, OLD),)),
            Change("identification", None, Identification(BodyState.IDENTIFIED, OLD), NORTH),
            id="what became of bodies",
        ),
        pytest.param(
            PLAIN,
            replace(PLAIN, ordinals=(Ordinal(68, label("all"), HIS),)),
            Change("ordinal", None, Ordinal(68, label("all"), HIS)),
            id="what it was called",
        ),
        pytest.param(
            CLAIM,
            claim(asserts("red_cross")),
            Change("stance", asserts("paper"), asserts("red_cross")),
            id="who said it",
        ),
        pytest.param(
            CLAIM,
            claim(denies("paper")),
            Change("stance", asserts("paper"), denies("paper")),
            id="what somebody does with a claim",
        ),
        pytest.param(
            CLAIM,
            replace(CLAIM, quantity=exact(640)),
            Change("quantity", None, exact(640)),
            id="the number of a claim",
        ),
        pytest.param(
            TOTAL,
            replace(TOTAL, quantity=more_than(5)),
            Change("quantity", exact(5), more_than(5)),
            id="how a total was said",
        ),
        pytest.param(
            TOTAL,
            replace(TOTAL, through=None),
            Change("through", EventDate(6, 30), None),
            id="the period of a total",
        ),
        pytest.param(
            PLEDGE,
            replace(PLEDGE, returned_to=SOUTH),
            Change("returned_to", NORTH, SOUTH),
            id="the direction of a pledge",
        ),
        pytest.param(
            PLEDGE,
            replace(PLEDGE, stated=(HIS,)),
            Change("speaker", PLEDGE.stated[0], HIS),
            id="who says what was pledged",
        ),
    ],
)
def test_readers_are_told_of_a_number_a_day_a_direction_a_state_and_a_speaker(
    before: Record, after: Record, change: Change
) -> None:
    assert changes(before, after) == (change,)
    assert is_material([change])


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        pytest.param(
            PLAIN,
            replace(PLAIN, sources=("R1", "R2")),
            Change("source", None, "R2"),
            id="a source",
        ),
        pytest.param(
            PLAIN,
            with_north(figures=(replace(OLD, stated=replace(HIS, source="R2")),)),
            Change("statement", OLD, replace(OLD, stated=replace(HIS, source="R2")), NORTH),
            id="another place where it was read",
        ),
        pytest.param(
            PLAIN,
            with_north(figures=(OLD, replace(OLD, stated=replace(HIS, source="R2")))),
            Change("statement", None, replace(OLD, stated=replace(HIS, source="R2")), NORTH),
            id="a further place where it was read",
        ),
        pytest.param(
            CLAIM,
            claim(asserts("paper", EventDate(6, 9))),
            Change("statement", asserts("paper"), asserts("paper", EventDate(6, 9))),
            id="the day on which it was said",
        ),
        pytest.param(
            CLAIM,
            replace(CLAIM, text=label("Another")),
            Change("text", CLAIM.text, label("Another")),
            id="the wording of a claim",
        ),
        pytest.param(
            SOURCE,
            replace(SOURCE, archived_url="https://archive.example.org"),
            Change("archived_url", None, "https://archive.example.org"),
            id="an archived copy",
        ),
    ],
)
def test_what_is_mended_in_silence(before: Record, after: Record, change: Change) -> None:
    assert changes(before, after) == (change,)
    assert not is_material([change])


def in_words(**texts: str) -> Quantity:
    return Quantity(words=Wording("en", {"en": "several", **texts}))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(in_words(), in_words(uk="кілька"), False, id="a translation more"),
        pytest.param(in_words(uk="декілька"), in_words(uk="кілька"), False, id="a better one"),
        pytest.param(in_words(), in_words(en="many"), True, id="other words"),
        pytest.param(in_words(), exact(5), True, id="a number"),
    ],
)
def test_a_better_translation_of_spoken_words_is_mended_in_silence(
    before: Quantity, after: Quantity, told: bool
) -> None:
    first, then = with_north(figures=(said(before),)), with_north(figures=(said(after),))
    found = changes(replace(first, words=before.words), replace(then, words=before.words))

    assert [one.field for one in found] == ["figure"]
    assert is_material(found) == told
    assert (
        is_material(changes(replace(TOTAL, quantity=before), replace(TOTAL, quantity=after)))
        == told
    )


def test_each_speaker_is_set_beside_himself() -> None:
    theirs = said(exact(160), "south_ministry")
    before = with_north(figures=(OLD, theirs))
    after = with_north(figures=(replace(theirs, quantity=exact(161)), NEW))

    assert changes(before, after) == (
        Change("figure", OLD, NEW, NORTH),
        Change("figure", theirs, replace(theirs, quantity=exact(161)), NORTH),
    )


def test_changes_come_in_the_order_in_which_a_reader_asks() -> None:
    after = replace(
        with_north(figures=(NEW,)),
        date=EventDate(6, 10),
        lifecycle=Lifecycle.UNDER_WAY,
        sources=("R2",),
        confirmations=(HIS,),
    )

    assert [one.field for one in changes(PLAIN, after)] == [
        "date",
        "lifecycle",
        "figure",
        "source",
        "confirmation",
    ]


def test_nothing_changes_where_directions_only_change_places() -> None:
    turned = replace(PLAIN, transfers=PLAIN.transfers[::-1])

    assert changes(PLAIN, PLAIN) == ()
    assert changes(PLAIN, turned) == ()
    assert not is_material(())


def test_a_record_never_becomes_one_of_another_kind() -> None:
    with pytest.raises(TypeError):
        changes(PLAIN, CLAIM)
