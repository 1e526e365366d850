"""A checker is worth what it finds: each rule is shown a history that breaks it, and only it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.chaos.checker import RULES, check
from tests.chaos.glimpses import readers_at
from tests.chaos.history import (
    Alert,
    Copy,
    Delivery,
    Fate,
    History,
    Promise,
    Quiet,
    Said,
    Word,
)
from tests.chaos.marks import nothing_to_edit_is_true

ANNA, BORYS = 101, 102


def copy(chat: int, alert: int, at: float, **more: object) -> Copy:
    kept = {"repeat": False, "accepted": True, "fate": Fate.ANSWERED, "message_id": int(at * 10)}
    return Copy(chat, alert, at=at, **{**kept, **more})  # type: ignore[arg-type] # fields of a copy


def delivery(alert: int, chat: int, at: float = 0, **more: object) -> Delivery:
    kept = {"state": "delivered", "message_id": int(at * 10)}
    return Delivery(alert, chat * 7, chat, **{**kept, **more})  # type: ignore[arg-type] # as above


GOOD = History(
    alerts=(
        Alert(1, asked_at=9, told_at=10),
        Alert(2, asked_at=19, told_at=20),
        Alert(3, "Cancel", refers_to=2, asked_at=29, told_at=30),
        Alert(9, "Update", refers_to=1, marks=(1,), asked_at=49, told_at=50),
    ),
    deliveries=(
        delivery(1, ANNA, 11),
        delivery(1, BORYS, 12, ambiguous=1),
        delivery(2, ANNA, 21),
        delivery(2, BORYS, state="cancelled", reason="unsubscribed", message_id=None),
        delivery(3, ANNA, 31),
        delivery(9, ANNA, 51),
        delivery(9, ANNA, edits=1, message_id=110),
    ),
    copies=(
        copy(ANNA, 1, 11),
        copy(BORYS, 1, 11.5, fate=Fate.DOUBTFUL),
        copy(BORYS, 1, 12, repeat=True),
        copy(ANNA, 2, 21),
        copy(ANNA, 3, 31),
        copy(ANNA, 9, 51),
        copy(ANNA, 9, 52, edits=1, message_id=110),
    ),
    words=(
        Word(1, ANNA, Said.ASKS_IN),
        Word(2, ANNA, Said.IS_IN),
        Word(1, BORYS, Said.ASKS_IN),
        Word(2, BORYS, Said.IS_IN),
        Word(20.1, BORYS, Said.ASKS_OUT),
        Word(20.2, BORYS, Said.IS_OUT),
    ),
    promises=(
        Promise("a", 9, 10, 1),
        Promise("b", 19, 20, 2),
        Promise("c", 29, 30, 3),
        Promise("i", 49, 50, 9),
    ),
    kills=(11.7,),
    messages=(11, 11.5, 12, 21, 31),
)


def without(history: History, chat: int, alert: int) -> History:
    kept = (one for one in history.deliveries if (one.chat, one.alert) != (chat, alert))
    return replace(history, deliveries=tuple(kept))


MARK = GOOD.deliveries[-1]


def marked(mark: Delivery | None, *copies: Copy) -> History:
    """As it was, but with another end of the one mark."""
    rows = (*GOOD.deliveries[:-1], mark) if mark else GOOD.deliveries[:-1]
    return replace(GOOD, deliveries=rows, copies=(*GOOD.copies[:-1], *copies))


def untold(history: History) -> History:
    """Without the message that the marking alert sent beside."""
    kept = (one for one in history.deliveries if one.alert != 9 or one.edits)
    return replace(history, deliveries=tuple(kept))


def instead(history: History, one: Delivery) -> History:
    assert one.chat is not None
    rest = without(history, one.chat, one.alert)
    return replace(rest, deliveries=(*rest.deliveries, one))


def also(history: History, *copies: Copy) -> History:
    return replace(history, copies=(*history.copies, *copies))


OVERTAKEN = replace(
    GOOD,
    alerts=(*GOOD.alerts, Alert(4, "Update", refers_to=1, asked_at=30, told_at=30)),
    promises=(*GOOD.promises, Promise("d", 30, 30, 4)),
    deliveries=(*GOOD.deliveries, delivery(4, ANNA, 30.5)),
    copies=(*GOOD.copies[:4], copy(ANNA, 4, 30.5), *GOOD.copies[4:]),
)
"""A later alert comes before a withdrawal."""


BROKEN: dict[str, list[History]] = {
    "the_store_is_whole": [replace(GOOD, damage=("a page is missing",))],
    "every_published_is_there_once": [
        replace(GOOD, promises=(*GOOD.promises, Promise("d", 40, 41, 4))),
        replace(GOOD, promises=GOOD.promises[:2]),
        replace(GOOD, promises=(*GOOD.promises, Promise("d", 40, 41, 3))),
    ],
    "every_reader_has_a_delivery": [
        without(GOOD, BORYS, 2),
        replace(GOOD, deliveries=(*GOOD.deliveries, delivery(2, 103, 21, state="unknown"))),
        replace(GOOD, deliveries=(*GOOD.deliveries, delivery(2, ANNA, 21))),
    ],
    "delivered_means_arrived": [instead(GOOD, delivery(2, ANNA, 99))],
    "copies_are_bounded": [
        also(GOOD, copy(ANNA, 1, 11.2, repeat=True)),
        instead(
            also(GOOD, *(copy(BORYS, 1, 12 + n / 10, repeat=True) for n in range(1, 5))),
            delivery(1, BORYS, 12, ambiguous=7),
        ),
    ],
    "repeats_are_marked": [
        replace(GOOD, copies=tuple(replace(one, repeat=False) for one in GOOD.copies)),
        replace(GOOD, copies=(replace(GOOD.copies[0], repeat=True), *GOOD.copies[1:])),
    ],
    "what_arrived_is_known": [instead(GOOD, delivery(1, ANNA, state="queued"))],
    "everything_has_an_end": [
        instead(GOOD, delivery(2, ANNA, state="sending")),
        instead(GOOD, delivery(2, ANNA, state="unknown", ambiguous=2)),
    ],
    "doubt_has_a_cause": [
        replace(instead(GOOD, delivery(1, ANNA, 11, ambiguous=1)), kills=()),
    ],
    "undeliverable_was_refused": [
        instead(GOOD, delivery(2, BORYS, state="undeliverable", message_id=None))
    ],
    "cancelled_has_a_cause": [
        instead(GOOD, delivery(2, ANNA, state="cancelled", reason="superseded", message_id=None)),
        instead(GOOD, delivery(3, ANNA, state="cancelled", reason="unsubscribed")),
    ],
    "one_reader_gets_them_in_order": [
        replace(
            instead(GOOD, delivery(1, ANNA, 22)),
            copies=(copy(ANNA, 1, 22), *GOOD.copies[1:]),
        )
    ],
    "a_withdrawal_goes_first": [
        also(GOOD, copy(ANNA, 2, 34, repeat=True)),
        OVERTAKEN,
    ],
    "the_rate_is_kept": [replace(GOOD, messages=tuple(n / 40 for n in range(40)))],
    "who_left_is_left_in_peace": [
        also(GOOD, copy(BORYS, 1, 24, repeat=True)),
        also(GOOD, copy(BORYS, 2, 20.5), copy(BORYS, 2, 20.9, repeat=True)),
    ],
    "who_is_gone_is_not_called_again": [
        also(
            GOOD,
            copy(BORYS, 2, 20.3, fate=Fate.GONE, accepted=False),
            copy(BORYS, 2, 20.4, fate=Fate.GONE, accepted=False),
        )
    ],
    "a_pause_is_kept": [replace(GOOD, quiets=(Quiet(20.5, 25),))],
    "what_was_got_is_marked": [marked(None)],
    "a_mark_is_on_its_message": [
        marked(MARK, copy(ANNA, 9, 52, edits=1, message_id=210)),
        marked(MARK, copy(BORYS, 9, 52, edits=1, message_id=110)),
    ],
    "what_cannot_be_marked_is_said": [
        untold(
            marked(
                replace(MARK, state="undeliverable"),
                copy(ANNA, 9, 52, edits=1, message_id=110, accepted=False, fate=Fate.UNEDITABLE),
            )
        ),
        untold(marked(replace(MARK, state="cancelled", reason="nothing_to_edit"))),
    ],
    "nothing_to_edit_is_true": [
        marked(replace(MARK, state="cancelled", reason="nothing_to_edit")),
    ],
    "nothing_to_take_back_is_true": [
        instead(GOOD, delivery(3, ANNA, state="cancelled", reason="nothing_to_take_back")),
    ],
    "no_words_are_refused": [
        replace(GOOD, alerts=(*GOOD.alerts[:2], replace(GOOD.alerts[2], state="halted")))
    ],
}


def test_a_good_history_breaks_nothing() -> None:
    assert check(GOOD) == ()


@pytest.mark.parametrize("rule", [rule.__name__ for rule in RULES])
def test_each_rule_finds_what_it_forbids(rule: str) -> None:
    for history in BROKEN[rule]:
        assert rule in {one.rule for one in check(history)}


def test_a_mark_made_twice_is_no_copy_and_what_cannot_be_marked_may_be_said_later() -> None:
    again = copy(ANNA, 9, 53, edits=1, message_id=110)
    assert check(marked(MARK, GOOD.copies[-1], again)) == ()
    refused = copy(ANNA, 9, 52, edits=1, message_id=110, accepted=False, fate=Fate.UNEDITABLE)
    assert check(marked(replace(MARK, state="undeliverable"), refused)) == ()


@pytest.mark.parametrize(("reached_somebody", "broken"), [(False, 0), (True, 1)])
def test_only_of_what_was_undone_a_mark_may_have_come_to_nothing_by_mistake(
    reached_somebody: bool, broken: int
) -> None:
    history = marked(replace(MARK, state="cancelled", reason="nothing_to_edit"))
    history = replace(
        history,
        alerts=tuple(
            replace(one, state="stopped") if one.number == MARK.alert else one
            for one in history.alerts
        ),
        copies=tuple(one for one in history.copies if reached_somebody or one.alert != MARK.alert),
    )
    assert len(list(nothing_to_edit_is_true(history))) == broken


@pytest.mark.parametrize(("replaced_at", "broken"), [(30, 0), (30.7, 1)])
def test_only_while_it_was_replaced_a_withdrawal_may_be_overtaken(
    replaced_at: float, broken: int
) -> None:
    undone = Alert(5, "Update", refers_to=3, state="stopped", asked_at=replaced_at, told_at=30.8)
    history = replace(
        OVERTAKEN,
        alerts=(*OVERTAKEN.alerts, undone),
        promises=(*OVERTAKEN.promises, Promise("e", replaced_at, 30.8, 5)),
    )
    assert [one.rule for one in check(history)] == ["a_withdrawal_goes_first"] * broken


def test_of_who_comes_or_goes_while_it_is_published_nobody_can_say() -> None:
    alert = Alert(1, asked_at=9, told_at=10)
    words = (
        Word(1, ANNA, Said.ASKS_IN),
        Word(9.5, ANNA, Said.IS_IN),
        Word(1, BORYS, Said.ASKS_IN),
        Word(2, BORYS, Said.IS_IN),
        Word(9.5, BORYS, Said.ASKS_OUT),
    )
    assert readers_at(History(words=words), alert) == (set(), {ANNA, BORYS})
