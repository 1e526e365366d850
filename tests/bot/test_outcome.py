from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import telegram.ext  # noqa: F401 - errors may be defined anywhere in the library
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.outcome import MEANING, Held, StopSending, answered, asked_wait, failed, is_not_taken
from bot.transport import NotSent, Unsure
from storage.outbox import Claimed, Outcome, OutcomeKind

NOW = datetime(2025, 6, 10, 12, tzinfo=UTC)
BACK_OFF = timedelta(seconds=4)
ONE = Claimed(
    alert_id=3, number=42, subscriber_id=77, chat_id=1001, language="en", silent=False,
    text="No. 42", buttons="null", attempt=1, ambiguous=0,
)  # fmt: skip


def outcome(kind: OutcomeKind, **more: Any) -> Outcome:
    return Outcome(3, 77, kind, **more, epoch=ONE.epoch)


def gone(reason: str) -> Outcome:
    return outcome(OutcomeKind.UNDELIVERABLE, reason=reason, erase_reader=True)


UNSURE = outcome(OutcomeKind.UNSURE)
WAIT = outcome(OutcomeKind.WAIT, until=NOW + BACK_OFF)


def every_subclass(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    for one in kind.__subclasses__():
        yield one
        yield from every_subclass(one)


def test_every_error_of_the_library_is_named_in_the_table() -> None:
    known = {TelegramError, *every_subclass(TelegramError)}
    assert {one for one in known if not one.__module__.startswith("test")} <= set(MEANING)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        # 403 and 400 of readers who are gone
        (Forbidden(one := "Forbidden: bot was blocked by the user"), gone(one)),
        (Forbidden(one := "Forbidden: user is deactivated"), gone(one)),
        (Forbidden(one := "Forbidden: bot was kicked from the group chat"), gone(one)),
        (Forbidden(one := "Forbidden: bot was kicked from the supergroup chat"), gone(one)),
        (Forbidden(one := "Forbidden: bot was kicked from the channel chat"), gone(one)),
        (Forbidden(one := "Forbidden: bot is not a member of the channel chat"), gone(one)),
        (Forbidden(one := "Forbidden: the group chat was deleted"), gone(one)),
        (BadRequest("Bad Request: chat not found"), gone("Chat not found")),
        (BadRequest("Bad Request: user not found"), gone("User not found")),
        (BadRequest("Bad Request: PEER_ID_INVALID"), gone("Peer_id_invalid")),
        (BadRequest("Bad Request: INPUT_USER_DEACTIVATED"), gone("Input_user_deactivated")),
        # others keep the reader
        (
            Forbidden(one := "Forbidden: something new"),
            outcome(OutcomeKind.REFUSED, reason=one),
        ),
        (
            BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"),
            outcome(OutcomeKind.REFUSED, reason="Chat_write_forbidden"),
        ),
        # our own words are refused
        (
            BadRequest("Bad Request: can't parse entities: Unsupported start tag"),
            outcome(OutcomeKind.HALT, reason="Can't parse entities: unsupported start tag"),
        ),
        (
            BadRequest("Bad Request: message is too long"),
            outcome(OutcomeKind.HALT, reason="Message is too long"),
        ),
        (
            BadRequest("Bad Request: message text is empty"),
            outcome(OutcomeKind.HALT, reason="Message text is empty"),
        ),
        (
            BadRequest("Bad Request: BUTTON_DATA_INVALID"),
            outcome(OutcomeKind.HALT, reason="Button_data_invalid"),
        ),
        (
            NetworkError("Request Entity Too Large (413)"),
            outcome(OutcomeKind.HALT, reason="Request Entity Too Large (413)"),
        ),
        # wait
        (NetworkError("Too Many Requests: retry later"), WAIT),
        (NetworkError("Too Many Requests (429). Parsing the server response failed"), WAIT),
        (Held(NOW + BACK_OFF), WAIT),
        # nothing left
        (NotSent("ClientConnectorError"), outcome(OutcomeKind.RETRY, until=NOW + BACK_OFF)),
        # another address
        (ChatMigrated(-100_500), outcome(OutcomeKind.MOVED, new_chat_id=-100_500)),
        # nobody knows
        (Unsure("ServerDisconnectedError"), UNSURE),
        (TimedOut(), UNSURE),
        (NetworkError("Bad Gateway (502)"), UNSURE),
        (NetworkError("Internal Server Error"), UNSURE),
        (TelegramError("Invalid server response"), UNSURE),
        (Conflict("Conflict"), UNSURE),
        (KeyError("result"), UNSURE),
        (AttributeError(), UNSURE),
    ],
    ids=lambda value: str(value)[:60] if isinstance(value, BaseException) else "",
)
def test_what_an_error_means(error: BaseException, expected: Outcome) -> None:
    assert failed(ONE, error, NOW, BACK_OFF) == expected


EDIT = replace(ONE, edits=2, message_id=9)


def edited(kind: OutcomeKind, **more: Any) -> Outcome:
    return outcome(kind, edits=2, **more)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            BadRequest("Bad Request: message is not modified: specified new message content"),
            edited(OutcomeKind.DELIVERED, message_id=9),
        ),
        *(
            (BadRequest(f"Bad Request: {one}"), edited(OutcomeKind.UNEDITABLE, reason=reason))
            for one, reason in (
                ("message to edit not found", "Message to edit not found"),
                ("message can't be edited", "Message can't be edited"),
                ("MESSAGE_ID_INVALID", "Message_id_invalid"),
                ("something new", "Something new"),
            )
        ),
        # all else is what it is for a message
        (
            Forbidden(one := "Forbidden: bot was blocked by the user"),
            edited(OutcomeKind.UNDELIVERABLE, reason=one, erase_reader=True),
        ),
        (
            BadRequest("Bad Request: chat not found"),
            edited(OutcomeKind.UNDELIVERABLE, reason="Chat not found", erase_reader=True),
        ),
        (
            Forbidden(one := "Forbidden: something new"),
            edited(OutcomeKind.REFUSED, reason=one),
        ),
        (
            BadRequest("Bad Request: can't parse entities: Unsupported start tag"),
            edited(OutcomeKind.HALT, reason="Can't parse entities: unsupported start tag"),
        ),
        (TimedOut(), edited(OutcomeKind.UNSURE)),
        (NotSent("ClientConnectorError"), edited(OutcomeKind.RETRY, until=NOW + BACK_OFF)),
    ],
    ids=lambda value: str(value)[:60] if isinstance(value, BaseException) else "",
)
def test_what_an_error_means_for_an_edit(error: BaseException, expected: Outcome) -> None:
    assert failed(EDIT, error, NOW, BACK_OFF) == expected


def test_a_message_that_was_sent_is_never_taken_for_one_that_was_edited() -> None:
    error = BadRequest("Bad Request: message is not modified")
    assert failed(ONE, error, NOW, BACK_OFF).kind is OutcomeKind.REFUSED


def test_a_named_wait_is_kept_with_some_leeway() -> None:
    assert asked_wait(RetryAfter(10**12)) < timedelta(days=2)
    assert failed(ONE, RetryAfter(5), NOW, BACK_OFF) == outcome(
        OutcomeKind.WAIT, until=NOW + timedelta(seconds=5.1)
    )


@pytest.mark.parametrize("error", [InvalidToken(), EndPointNotFound("sendMessage")])
def test_a_rejected_token_stops_everything(error: TelegramError) -> None:
    with pytest.raises(StopSending):
        failed(ONE, error, NOW, BACK_OFF)


def test_an_answer_is_delivered_only_with_the_number_of_the_message() -> None:
    assert answered(ONE, {"message_id": 9}) == outcome(OutcomeKind.DELIVERED, message_id=9)
    results: tuple[Any, ...] = (True, None, [], {}, {"message_id": "9"})
    for result in results:
        assert answered(ONE, result) == UNSURE


@pytest.mark.parametrize(
    ("error", "is_certain"),
    [
        (NotSent(""), True),
        (NetworkError("Too Many Requests"), True),
        (InvalidToken(), True),
        (EndPointNotFound("Not Found"), True),
        (Unsure(""), False),
        (TimedOut(), False),
        (NetworkError("Bad Gateway"), False),
        (Conflict(""), False),
    ],
)
def test_only_telegrams_word_or_no_call_proves_that_nothing_was_taken(
    error: TelegramError, is_certain: bool
) -> None:
    assert is_not_taken(error) == is_certain


def test_an_order_to_wait_proves_it_as_well() -> None:
    """Made while a test runs: the library asks then which type it is to have."""
    assert is_not_taken(RetryAfter(5))
