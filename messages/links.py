"""Links into the chat with the bot: each opens one record, or the true words of one alert.

A link carries a letter and what it opens: "s_S1" a stage, "c_C1" a claim, "a_42" an alert by its
number, "v_7K2M9QXA" an alert by its check code. Whoever follows it is shown that, and nothing else
happens.
"""

from __future__ import annotations

import re

_RECORD = re.compile(r"([a-z])_([SPCTRX])([1-9][0-9]{0,8})")
_ALERT = re.compile(r"a_([1-9][0-9]{0,8})")
_CODE = re.compile(r"v_([0-9A-Za-z-]{1,16})")


def to_record(bot: str, key: str) -> str:
    """The link to a record with a public id; `bot` is the bot's username."""
    return _link(bot, f"{key[0].lower()}_{key}")


def to_check(bot: str, code: str) -> str:
    """The link that shows what the alert with this check code really says."""
    return _link(bot, f"v_{code}")


def read(payload: str) -> tuple[str, str] | None:
    """What a link opens, "record", "alert" or "verify", and which; None where it is none of ours.

    Links are copied, retyped and altered: what comes back is checked again by whoever looks it up.
    """
    if found := _RECORD.fullmatch(payload):
        letter, prefix, number = found.groups()
        return ("record", f"{prefix}{number}") if letter == prefix.lower() else None
    if found := _ALERT.fullmatch(payload):
        return "alert", found[1]
    if found := _CODE.fullmatch(payload):
        return "verify", found[1]
    return None


def _link(bot: str, payload: str) -> str:
    return f"https://t.me/{bot}?start={payload}"
