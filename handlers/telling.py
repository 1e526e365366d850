"""What of a publication is told, to which readers, in which words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from exchange.corrections import Reason, changes, is_material
from exchange.ledger import Ledger
from exchange.news import News, Topic, claim_news, news, topic
from exchange.records import FALLBACK_LANGUAGE, Claim, Record, Stage
from messages import amending
from messages.alert import alert, claim_alert
from messages.message import Message
from storage.outbox import PublishedAlert


class Words(Protocol):
    """An alert's words by its number, the number of the one it refers to, and the language."""

    def __call__(
        self,
        number: int,
        refers_to: int | None,
        language: str,
        *,
        repeat: bool = False,
        code: str = "",
    ) -> Message: ...


Mark = Callable[[PublishedAlert, int, str], Message | None]
"""What the message of an earlier alert says from now on, once the alert of a number is out, in a
language; None where it says what was sent."""


@dataclass(frozen=True)
class Telling:
    """An alert in the making."""

    topic: Topic
    words: Words
    mark: Mark | None = None
    """For what corrects: how the messages of earlier alerts are changed."""
    announced: bool = True
    """Whether readers get a message of its own; else the earlier ones change, and that is all."""

    withdraws: bool = False
    """Whether it takes back what it refers to."""

    @property
    def corrects(self) -> bool:
        """Whether it is for those alone who have, or were to get, what it corrects."""
        return self.mark is not None


def telling(before: Record | None, after: Record, ledger: Ledger) -> Telling | None:
    """The alert that news makes; None where nobody is alerted.

    `before` is what was recorded until now, `ledger` what readers find when they look.
    """
    match before, after:
        case ((None | Stage()), Stage()):
            told = news(before, after)
            return Telling(topic(after), partial(_of_stage, ledger, after, told)) if told else None
        case ((None | Claim()), Claim()):
            told = claim_news(before, after, ledger)
            return Telling(topic(after), partial(_of_claim, ledger, after, told)) if told else None
    return None


@dataclass(frozen=True)
class Correction:
    """A record before and after it was corrected, and why."""

    before: Record
    after: Record
    reason: Reason
    past: Mapping[int, Record | None]
    """Every revision until now, by its number; None where it was redacted."""
    at: datetime


def telling_correction(one: Correction, ledger: Ledger) -> Telling | None:
    """The alert that a correction makes for those who know the record from an alert.

    Where a number, a day or a direction changed, they are told what it was and what it is; other
    slips are mended where they stand. Personal data is never repeated as what once was said.
    """
    after = one.after
    if not isinstance(after, Stage | Claim):
        return None
    if is_material(changes(one.before, after)) and one.reason is not _PERSONAL:
        words = partial(_correction, ledger, one)
        return Telling(topic(after), words, partial(_was_and_now, ledger, one))
    anew = partial(_anew, ledger, after)
    return Telling(topic(after), anew, partial(_mended, ledger, one), announced=False)


def telling_withdrawal(record: Record, reason: Reason, ledger: Ledger) -> Telling | None:
    """The alert that a withdrawal makes for those who know the record from an alert.

    `ledger` is without the record already.
    """
    if not isinstance(record, Stage | Claim):
        return None
    words = partial(_withdrawal, ledger, record, reason)
    return Telling(topic(record), words, partial(_taken_back, record.key, reason), withdraws=True)


_PERSONAL = Reason.PERSONAL_DATA_REDACTED


def _of_stage(
    ledger: Ledger,
    stage: Stage,
    told: News,
    number: int,
    refers_to: int | None,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    return alert(ledger, stage, number, refers_to, told, language, repeat=repeat, code=code)


def _of_claim(
    ledger: Ledger,
    claim: Claim,
    told: News,
    number: int,
    refers_to: int | None,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    return claim_alert(ledger, claim, number, refers_to, told, language, repeat=repeat, code=code)


def _correction(
    ledger: Ledger,
    one: Correction,
    number: int,
    refers_to: int | None,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    return amending.correction_alert(
        ledger,
        one.before,
        one.after,
        one.reason,
        number,
        refers_to,
        language,
        repeat=repeat,
        code=code,
    )


def _withdrawal(
    ledger: Ledger,
    record: Stage | Claim,
    reason: Reason,
    number: int,
    refers_to: int | None,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    return amending.withdrawal_alert(
        ledger, record, reason, number, refers_to, language, repeat=repeat, code=code
    )


def _taken_back(
    key: str, reason: Reason, earlier: PublishedAlert, number: int, language: str
) -> Message | None:
    """The words that were sent, under the word that they do not stand; personal data goes."""
    if earlier.type == "Cancel":
        return None
    old = "" if reason is _PERSONAL else _words_of(earlier, language)
    return amending.withdrawn(old, key, number, language)


def _anew(
    ledger: Ledger,
    record: Stage | Claim,
    number: int,
    refers_to: int | None,
    language: str,
    *,
    repeat: bool = False,
    code: str = "",
) -> Message:
    """A record as an alert would tell it today."""
    tell: Words
    if isinstance(record, Stage):
        told = News.NEW_STAGE if refers_to is None else News.LIFECYCLE
        tell = partial(_of_stage, ledger, record, told)
    else:
        told = News.NEW_CLAIM if refers_to is None else News.CLAIM_STATUS
        tell = partial(_of_claim, ledger, record, told)
    return tell(number, refers_to, language, repeat=repeat, code=code)


def _was_and_now(
    ledger: Ledger, one: Correction, earlier: PublishedAlert, number: int, language: str
) -> Message | None:
    """The words that were sent, under what has changed since they were."""
    old, then = _words_of(earlier, language), one.past.get(earlier.rev) or one.before
    if then == one.after:  # what was corrected meanwhile is again as it was
        return None
    return amending.corrected(old, ledger, then, one.after, number, language)


def _mended(
    ledger: Ledger, one: Correction, earlier: PublishedAlert, _number: int, language: str
) -> Message | None:
    """The alert as it should have been; None where that is what was sent.

    Where personal data is taken out, former words are not looked at.
    """
    if not isinstance(one.after, Stage | Claim):
        return None
    numbers = (earlier.number, earlier.refers_to)
    new = _anew(ledger, one.after, *numbers, language, code=earlier.code)
    if new.text == _words_of(earlier, language) and one.reason is not _PERSONAL:
        return None
    return amending.reworded(new, one.at, language)


def _words_of(earlier: PublishedAlert, language: str) -> str:
    """What was sent to readers of a language; empty where it was erased."""
    return (earlier.words.get(language) or earlier.words[FALLBACK_LANGUAGE]).text
