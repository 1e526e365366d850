"""Whether a history keeps the promises. Pure: each rule reads a history and tells what breaks it.

Numbers in the comments are the points of the delivery guarantee that a rule stands for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.chaos.glimpses import (
    by_chat,
    came_back,
    first_arrivals,
    known,
    messages,
    name_of,
    readers_at,
    went_on,
    words_of,
)
from tests.chaos.history import Delivery, Fate, History, Said
from tests.chaos.marks import RULES_OF_MARKS

MOST_COPIES = 4
OPEN = ("queued", "sending", "unsure")
LEFT = ("unsubscribed", "switched_off", "blocked", "moved", "superseded")
"""Reasons to cancel a delivery of a reader who left; the last, where a newer alert was undone."""
NOTHING = ("nothing_to_edit", "nothing_to_take_back")
"""Reasons that rules of their own look at."""
IN_FLIGHT_SECONDS = 3.0
"""A message that was on its way when something else was decided arrives within this time."""
NARROW = 0.8
"""Of a second: on a busy machine messages arrive closer together than they left."""


@dataclass(frozen=True)
class Broken:
    rule: str
    what: str


def check(history: History) -> tuple[Broken, ...]:
    """Everything in this history that must not happen."""
    return tuple(Broken(rule.__name__, what) for rule in RULES for what in rule(history))


def every_published_is_there_once(history: History) -> Iterator[str]:
    """(1) Who was told "No. 42" finds one alert; pressing again made no second."""
    numbers = Counter(one.number for one in history.alerts)
    told: dict[int, set[str]] = defaultdict(set)
    for promise in history.promises:
        if promise.number is not None:
            told[promise.number].add(promise.key)
            if numbers[promise.number] != 1:
                yield f"No. {promise.number} was promised and is there {numbers[promise.number]}x"
    for number, keys in told.items():
        if len(keys) > 1:
            yield f"No. {number} answered {len(keys)} different acts"
    pressed = {one.key for one in history.promises}
    if len(history.alerts) > len(pressed):
        yield f"{len(pressed)} acts of publishing made {len(history.alerts)} alerts"


def every_reader_has_a_delivery(history: History) -> Iterator[str]:
    """(2, 7) One for each reader at publishing, none for others, and none has vanished."""
    by_alert: dict[int, list[Delivery]] = defaultdict(list)
    for one in history.deliveries:
        by_alert[one.alert].append(one)
    for alert in history.alerts:
        if alert.type != "Alert":
            continue  # these go to whom the earlier one reached
        rows = by_alert[alert.number]  # no edits: it is the first of its matter
        surely, perhaps = readers_at(history, alert)
        have = Counter(one.chat for one in rows)
        total = len(rows) + alert.erased
        if not len(surely) <= total <= len(perhaps):
            yield f"No. {alert.number} has {total} deliveries, not {len(surely)}..{len(perhaps)}"
        missing = {chat for chat in surely if not have[chat]}
        if len(missing) > alert.erased + have[None]:
            yield f"No. {alert.number} was not queued for {sorted(missing)}"
        for chat, count in have.items():
            if chat is not None and chat not in perhaps:
                yield f"No. {alert.number} was queued for {chat}, who is no reader"
            if chat is not None and count > 1 and not came_back(history, chat):
                yield f"No. {alert.number} was queued {count}x for {chat}"


def delivered_means_arrived(history: History) -> Iterator[str]:
    """(3) In that chat, by that message."""
    arrived = {
        (one.chat, one.alert, one.edits, one.message_id) for one in history.copies if one.accepted
    }
    somewhere = {place[1:] for place in arrived}
    for row in history.deliveries:
        if row.state == "delivered":
            place = (row.alert, row.edits, row.message_id)
            if place not in somewhere if row.chat is None else (row.chat, *place) not in arrived:
                yield f"{name_of(row)} says delivered and is LOST"


def copies_are_bounded(history: History) -> Iterator[str]:
    """(4) No more than one and its attempts of unknown fate, and never more than four.

    An edit is no copy: made twice it is as good as made once.
    """
    for row, copies in messages(history):
        accepted = sum(one.accepted for one in copies)
        if accepted > min(MOST_COPIES, 1 + row.ambiguous):
            yield f"{name_of(row)} came {accepted}x with {row.ambiguous} attempts in doubt"


def repeats_are_marked(history: History) -> Iterator[str]:
    """(4) A second copy says so, and a first one that certainly is one does not."""
    for row, copies in messages(history):
        accepted = sorted((one for one in copies if one.accepted), key=lambda one: one.at)
        if any(not one.repeat for one in accepted[1:]):
            yield f"{name_of(row)} came again without a mark"
        if row.ambiguous == 0 and any(one.repeat for one in accepted):
            yield f"{name_of(row)} is marked as a repeat and is none"


def what_arrived_is_known(history: History) -> Iterator[str]:
    """(5) As delivered, or as an attempt of unknown fate."""
    for row, copies in known(history):
        if any(one.accepted for one in copies) and row.state != "delivered" and not row.ambiguous:
            yield f"{name_of(row)} arrived and is {row.state}"


def everything_has_an_end(history: History) -> Iterator[str]:
    """(6) Nothing is left under way, and nothing was given up too soon."""
    for row in history.deliveries:
        if row.state in OPEN:
            yield f"{name_of(row)} is still {row.state}"
        if row.state == "unknown" and row.ambiguous < MOST_COPIES:
            yield f"{name_of(row)} was given up after {row.ambiguous} attempts in doubt"


def doubt_has_a_cause(history: History) -> Iterator[str]:
    """A call without an answer, or a death; a refusal is no doubt, and a wait is none."""
    for row, copies in known(history):
        doubtful = sum(one.fate is Fate.DOUBTFUL for one in copies)
        if row.ambiguous > doubtful + len(history.kills):
            yield f"{name_of(row)} counts {row.ambiguous} in doubt of {doubtful}"


def undeliverable_was_refused(history: History) -> Iterator[str]:
    """By Telegram, in so many words."""
    refused = (Fate.GONE, Fate.REFUSED, Fate.UNEDITABLE)
    rows = Counter(one.alert for one in history.deliveries if one.state == "undeliverable")
    calls = Counter(one.alert for one in history.copies if one.fate in refused)
    for number, count in rows.items():
        if count > calls[number]:
            yield f"No. {number} is undeliverable {count}x and was refused {calls[number]}x: LOST"


def cancelled_has_a_cause(history: History) -> Iterator[str]:
    """Its reader left, or its alert was called off."""
    states = {one.number: one.state for one in history.alerts}
    out = {one.chat for one in history.words if one.said is Said.ASKS_OUT}
    out |= {one.chat for one in history.copies if one.fate is Fate.GONE}
    for row in history.deliveries:
        if row.state != "cancelled" or row.reason in NOTHING:
            continue
        by_reader = row.reason in LEFT and (row.chat is None or row.chat in out)
        if not by_reader and row.reason != states.get(row.alert):
            yield f"{name_of(row)} was cancelled as {row.reason!r} without a cause: LOST"


def one_reader_gets_them_in_order(history: History) -> Iterator[str]:
    """(8) As published; a withdrawal may come sooner; what went on by an undo, or is said in the
    place of an edit, later.
    """
    free = {one.number for one in history.alerts if one.type == "Cancel"} | went_on(history).keys()
    for chat, copies in by_chat(history).items():
        latest = 0
        instead = {row.alert for row in history.deliveries if row.edits and row.chat == chat}
        for one in first_arrivals(copies):
            if one.alert in free | instead:
                continue
            if one.alert < latest:
                yield f"{chat} got No. {one.alert} after No. {latest}"
            latest = max(latest, one.alert)


def a_withdrawal_goes_first(history: History) -> Iterator[str]:
    """(11) Before anything later, unless an undo let it go on; after it nothing of what it takes
    back begins.
    """
    withdrawals = [one for one in history.alerts if one.type == "Cancel"]
    waited = went_on(history)
    chats = by_chat(history)
    for withdrawal in withdrawals:
        until = waited.get(withdrawal.number, float("inf"))
        for chat, copies in chats.items():
            first = {one.alert: one.at for one in first_arrivals(copies)}
            came = min(first.get(withdrawal.number, 0), until)
            later = [n for n, at in first.items() if n > withdrawal.number and at < came]
            if later:
                yield f"{chat} got No. {later} before the withdrawal No. {withdrawal.number}"
            late = [
                one
                for one in copies
                if one.alert == withdrawal.refers_to
                and one.at > withdrawal.told_at + IN_FLIGHT_SECONDS
            ]
            if late:
                yield f"{chat} was sent No. {withdrawal.refers_to} after it was withdrawn"


def the_rate_is_kept(history: History) -> Iterator[str]:
    """(9) In any second."""
    times = sorted(history.messages)
    most = max((bisect_left(times, at + NARROW) - i for i, at in enumerate(times)), default=0)
    if most > history.rate:
        yield f"{most} messages within {NARROW} s at a rate of {history.rate}"


def who_left_is_left_in_peace(history: History) -> Iterator[str]:
    """(10) After the word that no more will come, only what was on its way then."""
    chats = by_chat(history)
    for chat, words in words_of(history).items():
        for i, (at, said) in enumerate(words):
            if said is not Said.IS_OUT:
                continue
            back = next((t for t, word in words[i:] if word is Said.ASKS_IN), float("inf"))
            after = [one for one in chats.get(chat, ()) if at < one.at < back]
            if len(after) > 1 or any(one.at > at + IN_FLIGHT_SECONDS for one in after):
                yield f"{chat} got {len(after)} alerts after leaving"


def who_is_gone_is_not_called_again(history: History) -> Iterator[str]:
    """A refusal that is final is asked for once, unless a death came between it and its note."""
    words = words_of(history)
    for chat, copies in by_chat(history).items():
        for gone in (one for one in copies if one.fate is Fate.GONE):
            back = (t for t, said in words.get(chat, ()) if said is Said.ASKS_IN and t > gone.at)
            until = next(back, float("inf"))
            again = [one.at for one in copies if gone.at < one.at < until]
            if again and not any(gone.at < kill < again[0] for kill in history.kills):
                yield f"{chat} is gone and was called {len(again)}x more"


def a_pause_is_kept(history: History) -> Iterator[str]:
    """Also through a death."""
    for quiet in history.quiets:
        early = [one for one in history.copies if quiet.begins < one.at < quiet.ends]
        if early:
            yield f"{len(early)} alerts left while Telegram had asked for silence"


def no_words_are_refused(history: History) -> Iterator[str]:
    for alert in history.alerts:
        if alert.state == "halted":
            yield f"Telegram refuses the words of No. {alert.number}"


def the_store_is_whole(history: History) -> Iterator[str]:
    yield from history.damage


RULES: tuple[Callable[[History], Iterator[str]], ...] = (
    the_store_is_whole,
    every_published_is_there_once,
    every_reader_has_a_delivery,
    delivered_means_arrived,
    copies_are_bounded,
    repeats_are_marked,
    what_arrived_is_known,
    everything_has_an_end,
    doubt_has_a_cause,
    undeliverable_was_refused,
    cancelled_has_a_cause,
    one_reader_gets_them_in_order,
    a_withdrawal_goes_first,
    the_rate_is_kept,
    who_left_is_left_in_peace,
    who_is_gone_is_not_called_again,
    a_pause_is_kept,
    no_words_are_refused,
    *RULES_OF_MARKS,
)
