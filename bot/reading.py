"""An update as the bot reads it: of a kind that it asked for, each part of the type it must have.

The library takes a part as it comes, so that one of a wrong type would surprise a handler later.
Only what is read here or by a handler is looked at; everything else is left to the library.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from telegram import Bot, Update

# What the library raises when the parts of an update are not what they should be; pydantic's error
# is a ValueError.
_MALFORMED = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)

Identity = Annotated[int, Field(gt=-(2**52), lt=2**52)]
"""Telegram's ids have at most 52 bits."""
Number = Annotated[int, Field(ge=0, lt=2**31)]


class Unreadable(Exception):  # noqa: N818 - says what the update is
    """An update that cannot be read; it will not get better by waiting."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True)


class _User(_Part):
    id: Identity
    is_bot: bool
    language_code: str | None = None


class _Chat(_Part):
    id: Identity
    type: str


class _Message(_Part):
    message_id: Number
    date: Number
    chat: _Chat
    sender: _User | None = Field(None, alias="from")
    text: str | None = None


class _Query(_Part):
    id: Annotated[str, Field(pattern=r"^[!-~]+$")]
    sender: _User = Field(alias="from")
    message: _Message | None = None
    data: str | None = None


class _Member(_Part):
    status: str


class _Membership(_Part):
    date: Number
    chat: _Chat
    sender: _User = Field(alias="from")
    new_chat_member: _Member


class _Update(_Part):
    update_id: Number
    message: _Message | None = None
    callback_query: _Query | None = None
    my_chat_member: _Membership | None = None


def read(raw: dict[str, Any], bot: Bot) -> Update:
    """What Telegram brought, for a handler; raises `Unreadable`."""
    known = {name: part for name, part in raw.items() if name in _Update.model_fields}
    try:
        _Update.model_validate(known)
        return Update.de_json(known, bot)
    except _MALFORMED as error:
        raise Unreadable(type(error).__name__) from None
