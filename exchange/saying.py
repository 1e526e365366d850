"""A statement in the making: who says it, where that was read, and on which day it was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from exchange.dates import EventDate
from exchange.draft import Screen
from exchange.records import Credibility, Statement


@dataclass(frozen=True)
class Saying:
    """What is asked of every single statement; None is not yet answered."""

    speaker: str | None = None
    source: str | None = None
    said_on: EventDate | None = None
    dated: bool = False
    """Whether the day was answered; it may be that nobody states it."""
    credibility: Credibility | None = None
    place: int | None = None
    """Which statement of the draft this takes the place of; None adds one."""

    @property
    def next_screen(self) -> Screen | None:
        """What is still to be asked."""
        if self.speaker is None:
            return Screen.SPEAKER
        if self.source is None:
            return Screen.SOURCE
        return None if self.dated else Screen.SAID_ON

    @property
    def statement(self) -> Statement:
        """The statement that this has become.

        Raises:
            ValueError: the speaker or the source is still open.

        """
        if self.speaker is None or self.source is None:
            raise ValueError("the statement is not complete")
        return Statement(self.speaker, self.source, self.said_on, self.credibility)

    @classmethod
    def of(cls, stated: Statement, place: int, **more: object) -> Self:
        """A recorded statement, to be changed."""
        return cls(
            speaker=stated.speaker,
            source=stated.source,
            said_on=stated.said_on,
            dated=True,
            credibility=stated.credibility,
            place=place,
            **more,
        )
