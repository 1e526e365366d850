"""Every call that reached the stand-in, in order. For a test this is the truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: what it asked, whether it took effect, what it was told.

    `accepted` says whether the call had its effect in the stand-in's world, whatever the bot
    heard of it. `status` is the HTTP status that went back; 0 when the connection was cut,
    None while no answer has gone.
    """

    number: int
    at: float
    method: str
    chat_id: int | None
    parameters: Json
    accepted: bool = False
    fault: str | None = None
    status: int | None = None
    description: str | None = None
    message_id: int | None = None
    answered_at: float | None = None

    def as_json(self) -> Json:
        return {name: getattr(self, name) for name in Call.__slots__}


class Journal(Sequence[Call]):
    """The calls so far. `of` picks; `most_at_once` says how many were open together."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self._first = 0

    def open(self, at: float, method: str, chat_id: int | None, parameters: Json) -> int:
        number = self._first + len(self._calls)
        self._calls.append(Call(number, at, method, chat_id, parameters))
        return number

    def note(self, number: int, **changes: Any) -> None:
        """Add what became known of a call; calls from before `clear` are forgotten."""
        if number >= self._first:
            index = number - self._first
            self._calls[index] = replace(self._calls[index], **changes)

    def of(
        self, *methods: str, chat: int | None = None, accepted: bool | None = None
    ) -> list[Call]:
        return [
            call
            for call in self._calls
            if (not methods or call.method in methods)
            and (chat is None or call.chat_id == chat)
            and (accepted is None or call.accepted == accepted)
        ]

    def most_at_once(self, *methods: str) -> int:
        """The largest number of these calls that were waiting for an answer together."""
        turns: list[tuple[float, int]] = []
        for call in self.of(*methods):
            turns.append((call.at, 1))
            if call.answered_at is not None:
                turns.append((call.answered_at, -1))
        most = now = 0
        for _, change in sorted(turns):
            now += change
            most = max(most, now)
        return most

    def clear(self) -> None:
        self._first += len(self._calls)
        self._calls.clear()

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> list[Call]: ...
    def __getitem__(self, index: int | slice) -> Call | list[Call]:
        return self._calls[index]
