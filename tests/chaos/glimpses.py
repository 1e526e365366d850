"""What can be read from a history: who was a reader when, what came to whom, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from tests.chaos.history import Alert, Copy, Delivery, Fate, History, Said


def readers_at(history: History, alert: Alert) -> tuple[set[int], set[int]]:
    """Who surely was a reader when an alert was published, and who may have been."""
    surely, perhaps = set(), set()
    for chat, words in words_of(history).items():
        before = [said for at, said in words if at < alert.asked_at]
        during = [said for at, said in words if alert.asked_at <= at <= alert.told_at]
        last = before[-1] if before else Said.IS_OUT
        if last is Said.IS_IN and Said.ASKS_OUT not in during:
            surely.add(chat)
        if last is not Said.IS_OUT or Said.ASKS_IN in during or Said.IS_IN in during:
            perhaps.add(chat)
    return surely, perhaps


def known(history: History) -> Iterator[tuple[Delivery, list[Copy]]]:
    """Deliveries whose chat is known, each with its copies; of one chat's twins, together."""
    copies: dict[tuple[int, int, int], list[Copy]] = defaultdict(list)
    for one in history.copies:
        copies[one.chat, one.alert, one.edits].append(one)
    rows = Counter((row.chat, row.alert, row.edits) for row in history.deliveries)
    for row in history.deliveries:
        if row.chat is not None and rows[row.chat, row.alert, row.edits] == 1:
            yield row, copies[row.chat, row.alert, row.edits]


def messages(history: History) -> Iterator[tuple[Delivery, list[Copy]]]:
    """As `known`, but for edits."""
    return ((row, copies) for row, copies in known(history) if not row.edits)


def by_chat(history: History) -> Mapping[int, list[Copy]]:
    chats: dict[int, list[Copy]] = defaultdict(list)
    for one in sorted(history.copies, key=lambda one: one.at):
        chats[one.chat].append(one)
    return chats


def first_arrivals(copies: list[Copy]) -> Iterator[Copy]:
    """Of each alert, the first message of its own that arrived."""
    seen: set[int] = set()
    for one in copies:
        if one.accepted and not one.edits and one.alert not in seen:
            seen.add(one.alert)
            yield one


def went_on(history: History) -> Mapping[int, float]:
    """The alerts that waited while another had taken their place, until that one was undone.

    Each with the moment from which they waited, at the earliest.
    """
    undone = [one for one in history.alerts if one.state == "stopped"]
    undone.sort(key=lambda one: one.asked_at, reverse=True)
    return {one.refers_to: one.asked_at for one in undone if one.refers_to}


def words_of(history: History) -> Mapping[int, list[tuple[float, Said]]]:
    """Whoever Telegram says is gone has left, too."""
    words: dict[int, list[tuple[float, Said]]] = defaultdict(list)
    gone = [(one.at, one.chat, Said.ASKS_OUT) for one in history.copies if one.fate is Fate.GONE]
    said = [(one.at, one.chat, one.said) for one in history.words]
    for at, chat, what in sorted(said + gone, key=lambda one: one[0]):
        words[chat].append((at, what))
    return words


def came_back(history: History, chat: int) -> bool:
    """Who left and came back may have a delivery of either time."""
    return sum(one.said is Said.ASKS_IN for one in history.words if one.chat == chat) > 1


def name_of(row: Delivery) -> str:
    what = f"No. {row.alert}" + (f" as a mark on No. {row.edits}" if row.edits else "")
    return f"{what} for {row.chat or 'somebody'}"
