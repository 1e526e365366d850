"""What became of an attempt to deliver: the one table from what happened to what is written down.

Only Telegram's own refusal proves that a message was not accepted. Wherever its word is missing,
the attempt is `unsure`: it may have arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import InvalidCallbackData

from bot.transport import NotSent, Unsure
from storage.outbox import Claimed, Outcome, OutcomeKind

_LEEWAY = timedelta(seconds=0.1)
"""After a wait that Telegram asked for: its clock is not ours."""

# Texts as the library gives them: "Bad Request: " is cut off and the rest capitalised. They come
# with more behind them at times, so each is the beginning.
_READER_IS_GONE = (
    "Forbidden: bot was blocked by the user",
    "Forbidden: user is deactivated",
    "Forbidden: bot was kicked",
    "Forbidden: bot is not a member",
    "Forbidden: the group chat was deleted",
    "Chat not found",
    "User not found",
    "Group chat was deactivated",
    "Peer_id_invalid",
    "Input_user_deactivated",
    "User_deactivated",
)
_WORDS_ARE_REFUSED = (
    "Can't parse",
    "Message is too long",
    "Message_too_long",
    "Message text is empty",
    "Text must be",
    "Entity_",
    "Entities_too_long",
    "Button_",
    "Reply_markup",
    "Inline keyboard",
    "Wrong http url",
    "Request entity too large",
)
_ALREADY_EDITED = ("Message is not modified",)
"""An earlier attempt arrived, or the words were the same: the message says what it should."""
_UNPAID = ("Balance_too_low",)
UNPAID_WAIT = timedelta(minutes=1)
"""Before a paid message is tried again that the bot's Stars did not suffice for."""
A_DAY = timedelta(days=1)
"""Whoever asks for a longer wait is asked again after that: no calendar goes on for ever."""


class StopSending(Exception):  # noqa: N818 - an order, not a mistake
    """The token is rejected: nothing can be sent any more, and nothing was."""


class Held(Exception):  # noqa: N818 - says what happened
    """The attempt was not made, since a pause began before its turn."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


def answered(one: Claimed, result: Any) -> Outcome:
    """Telegram took the message; without its number that is only a belief."""
    number = result.get("message_id") if isinstance(result, dict) else None
    if not isinstance(number, int):
        return one.came_to(OutcomeKind.UNSURE)
    return one.came_to(OutcomeKind.DELIVERED, message_id=number)


def failed(one: Claimed, error: BaseException, now: datetime, back_off: timedelta) -> Outcome:
    """What an error means for this delivery; `back_off` is for waits that nobody named.

    Raises `StopSending` where it concerns them all.
    """
    for kind in type(error).__mro__:
        if kind in MEANING:
            return MEANING[kind](one, error, now, back_off)
    return one.came_to(OutcomeKind.UNSURE)


def is_unnamed_wait(error: BaseException) -> bool:
    """429 without a word of how long: the library has no error of its own for it."""
    return isinstance(error, NetworkError) and _says(error, ("Too many requests",))


def is_not_taken(error: BaseException) -> bool:
    """Telegram took nothing, or was not reached: the same may be sent again and is no repeat."""
    certain = (NotSent, RetryAfter, InvalidToken, EndPointNotFound)
    return isinstance(error, certain) or is_unnamed_wait(error)


def is_unpaid(error: BaseException) -> bool:
    """The bot cannot pay for the message; a matter of its operator and not of the reader."""
    return isinstance(error, TelegramError) and _says(error, _UNPAID)


def asked_wait(error: RetryAfter) -> timedelta:
    """How long Telegram asks to wait; the library is about to change the type."""
    wait = error.retry_after
    return min(wait if isinstance(wait, timedelta) else timedelta(seconds=wait), A_DAY) + _LEEWAY


def _says(error: BaseException, beginnings: tuple[str, ...]) -> bool:
    return str(error).lower().startswith(tuple(one.lower() for one in beginnings))


def _unsure(one: Claimed, _error: Any, _now: datetime, _back_off: timedelta) -> Outcome:
    return one.came_to(OutcomeKind.UNSURE)


def _not_sent(one: Claimed, _error: Any, now: datetime, back_off: timedelta) -> Outcome:
    return one.came_to(OutcomeKind.RETRY, until=now + back_off)


def _held(one: Claimed, error: Held, _now: datetime, _back_off: timedelta) -> Outcome:
    return one.came_to(OutcomeKind.WAIT, until=error.until)


def _retry_after(one: Claimed, error: RetryAfter, now: datetime, _back_off: timedelta) -> Outcome:
    return one.came_to(OutcomeKind.WAIT, until=now + asked_wait(error))


def _network(one: Claimed, error: NetworkError, now: datetime, back_off: timedelta) -> Outcome:
    """A status without a class of its own: 429 and 413 were refused, of 5xx nobody knows."""
    if is_unnamed_wait(error):
        return one.came_to(OutcomeKind.WAIT, until=now + back_off)
    if _says(error, _WORDS_ARE_REFUSED):
        return one.came_to(OutcomeKind.HALT, reason=str(error))
    return one.came_to(OutcomeKind.UNSURE)


def _refused(one: Claimed, error: TelegramError, now: datetime, _back_off: timedelta) -> Outcome:
    """400 and 403 alike: Telegram turns some of the second into the first."""
    if _says(error, _READER_IS_GONE):
        return one.came_to(OutcomeKind.UNDELIVERABLE, reason=error.message, erase_reader=True)
    if _says(error, _WORDS_ARE_REFUSED):
        return one.came_to(OutcomeKind.HALT, reason=error.message)
    if is_unpaid(error):
        return one.came_to(OutcomeKind.WAIT, until=now + UNPAID_WAIT)
    if one.edits and _says(error, _ALREADY_EDITED):
        return one.came_to(OutcomeKind.DELIVERED, message_id=one.message_id)
    if one.edits and isinstance(error, BadRequest):  # gone, or another reason that is the message's
        return one.came_to(OutcomeKind.UNEDITABLE, reason=error.message)
    return one.came_to(OutcomeKind.REFUSED, reason=error.message)


def _migrated(one: Claimed, error: ChatMigrated, _now: datetime, _back_off: timedelta) -> Outcome:
    return one.came_to(OutcomeKind.MOVED, new_chat_id=error.new_chat_id)


def _rejected(
    _one: Claimed, _error: TelegramError, _now: datetime, _back_off: timedelta
) -> Outcome:
    raise StopSending


MEANING: Mapping[type[BaseException], Callable[[Claimed, Any, datetime, timedelta], Outcome]] = {
    NotSent: _not_sent,
    Held: _held,
    RetryAfter: _retry_after,
    Forbidden: _refused,
    BadRequest: _refused,
    ChatMigrated: _migrated,
    InvalidToken: _rejected,
    EndPointNotFound: _rejected,
    Unsure: _unsure,
    TimedOut: _unsure,
    NetworkError: _network,
    Conflict: _unsure,
    PassportDecryptionError: _unsure,
    InvalidCallbackData: _unsure,
    TelegramError: _unsure,
}
"""Every error of the library and of our transport by name; the most special one counts."""
