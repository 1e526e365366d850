"""What happened, as plain data: Telegram's journal is the truth, the store is the claim, and what
people were told is the promise. The checker judges nothing else.

Moments are seconds of one clock, the stand-in's. `chat` is None where the store has, as it should,
forgotten whose delivery it is and nobody had noted it before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True)
class Alert:
    """An alert as the store has it."""

    number: int
    type: str = "Alert"
    refers_to: int | None = None
    state: str = "live"
    erased: int = 0
    marks: tuple[int, ...] = ()
    """The earlier alerts whose messages it edits."""
    asked_at: float = 0
    """Somebody began to publish it, at the earliest."""
    told_at: float = 0
    """It was published, at the latest."""


@dataclass(frozen=True)
class Delivery:
    """One alert for one reader, as the store has it."""

    alert: int
    reader: int
    chat: int | None
    state: str
    ambiguous: int = 0
    message_id: int | None = None
    reason: str | None = None
    edits: int = 0
    """The alert whose message is edited; 0 for a message of its own."""


class Fate(Enum):
    """What the bot heard of one call."""

    ANSWERED = "Telegram's yes came back"
    DOUBTFUL = "no word came back that could be read"
    WAIT = "asked to wait"
    GONE = "the reader is gone"
    UNEDITABLE = "the message to edit is gone, or cannot be edited"
    REFUSED = "another refusal"


@dataclass(frozen=True)
class Copy:
    """One call that carried an alert to a chat, or marked an earlier one's message."""

    chat: int
    alert: int
    repeat: bool
    """Whether its words say that it repeats."""
    at: float
    accepted: bool
    fate: Fate
    message_id: int | None = None
    edits: int = 0
    """As of a delivery; `message_id` is then the message to edit."""


class Said(Enum):
    """What passed between a reader and the bot."""

    ASKS_IN = "asks for alerts"
    IS_IN = "is told that alerts will come"
    ASKS_OUT = "leaves, or blocks the bot"
    IS_OUT = "is told that no more will come"


@dataclass(frozen=True)
class Word:
    at: float
    chat: int
    said: Said


@dataclass(frozen=True)
class Promise:
    """A press on Publish, by the key that it carried; `number` is what the moderator was told."""

    key: str
    asked_at: float
    told_at: float | None = None
    number: int | None = None


@dataclass(frozen=True)
class Quiet:
    """A time in which Telegram had asked for silence, and the bot had written that down."""

    begins: float
    ends: float


@dataclass(frozen=True)
class History:
    """One run, from an empty store to the end of all deliveries."""

    alerts: tuple[Alert, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    copies: tuple[Copy, ...] = ()
    words: tuple[Word, ...] = ()
    promises: tuple[Promise, ...] = ()
    quiets: tuple[Quiet, ...] = ()
    kills: tuple[float, ...] = ()
    """When a process was killed that may have been sending."""
    messages: tuple[float, ...] = ()
    """When each message arrived, answers and alerts alike."""
    rate: int = 30
    damage: tuple[str, ...] = field(default=())
    """What the store's own checks found, and processes that ended without being told to."""
