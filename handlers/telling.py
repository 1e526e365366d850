"""What of a publication is told, to which readers, in which words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from exchange.ledger import Ledger
from exchange.news import News, Topic, news, topic
from exchange.records import Record, Stage
from messages.alert import alert
from messages.message import Message


class Words(Protocol):
    """An alert's words by its number, the number that it updates if any, and the language."""

    def __call__(
        self, number: int, refers_to: int | None, language: str, *, repeat: bool = False
    ) -> Message: ...


@dataclass(frozen=True)
class Telling:
    """An alert in the making."""

    topic: Topic
    words: Words


def telling(before: Record | None, after: Record, ledger: Ledger) -> Telling | None:
    """The alert that a publication makes; None where nobody is alerted.

    `before` is what was recorded until now, `ledger` what readers find when they look.
    """
    if isinstance(after, Stage) and (before is None or isinstance(before, Stage)):
        told = news(before, after)
        return Telling(topic(after), _of_stage(ledger, after, told)) if told else None
    return None


def _of_stage(ledger: Ledger, stage: Stage, told: News) -> Words:
    def words(
        number: int, refers_to: int | None, language: str, *, repeat: bool = False
    ) -> Message:
        return alert(ledger, stage, number, refers_to, told, language, repeat=repeat)

    return words
