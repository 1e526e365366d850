"""What a delivery asks of Telegram: the parameters of one call, as JSON.

An alert to very many says almost the same to everybody; that part is put together once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from storage.outbox import Claimed

_NO_BUTTONS = ("", "null")


def message(one: Claimed, *, paid: bool) -> str:
    """Of `sendMessage`; `paid` has Telegram charge the bot's Stars for it where it must."""
    own: dict[str, Any] = {}
    if one.reply_to is not None:
        own["reply_parameters"] = {
            "message_id": one.reply_to,
            "allow_sending_without_reply": True,
        }
    return _parameters(one, own, _same_for_all(one.text, one.buttons, paid, one.silent))


def edit(one: Claimed) -> str:
    """Of `editMessageText`, for which nobody can pay."""
    return _parameters(one, {"message_id": one.message_id}, _same_for_all(one.text, one.buttons))


def _parameters(one: Claimed, own: Mapping[str, Any], same_for_all: str) -> str:
    """JSON: what is this reader's, and what is not, which is put together once for everybody."""
    more = f", {json.dumps(own)[1:-1]}" if own else ""
    return f'{{"chat_id": {one.chat_id}{more}, {same_for_all[1:]}'


@lru_cache(maxsize=16)
def _same_for_all(text: str, buttons: str, paid: bool = False, silent: bool = False) -> str:
    parameters: dict[str, Any] = {
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if buttons not in _NO_BUTTONS:
        parameters["reply_markup"] = buttons
    if paid:
        parameters["allow_paid_broadcast"] = True
    if silent:
        parameters["disable_notification"] = True
    return json.dumps(parameters)
