"""How Telegram says no."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_NOTHING: Mapping[str, int] = MappingProxyType({})


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a mistake of ours
    """The Bot API's error answer: a status, a sentence and, at times, parameters."""

    def __init__(
        self, status: int, description: str, parameters: Mapping[str, int] = _NOTHING
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(sentence: str) -> Refused:
    return Refused(400, f"Bad Request: {sentence}")


def forbidden(sentence: str) -> Refused:
    return Refused(403, f"Forbidden: {sentence}")


def conflict(sentence: str) -> Refused:
    return Refused(409, f"Conflict: {sentence}")


def migrated(new_chat_id: int) -> Refused:
    return Refused(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_chat_id},
    )


OTHER_POLL: Final = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
NOT_FOUND: Final = (404, "Not Found")
