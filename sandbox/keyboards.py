"""What Telegram allows under a message."""

from __future__ import annotations

import re
from typing import Any, Final

from sandbox.refusals import bad_request

Json = dict[str, Any]
MAX_BUTTONS: Final = 100
_STYLES: Final = {"", "default", "primary", "success", "danger"}
_NOT_ACTIONS: Final = {"text", "style", "icon_custom_emoji_id"}
_URL: Final = re.compile(r"(?:https?|tg)://[^\s/?#]+\S*", re.IGNORECASE)


def check_markup(markup: Json) -> Json | None:
    """The keyboard as it will be shown; an empty one is none."""
    rows = markup.get("inline_keyboard")
    if rows is None:
        return markup
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)
    shown = [row for row in rows if row]
    return {"inline_keyboard": shown} if shown else None


def _check_button(button: Json) -> None:
    wrong = "can't parse inline keyboard button:"
    if not button["text"].strip():
        raise bad_request(f"{wrong} text must be non-empty")
    if button.get("style", "") not in _STYLES:
        raise bad_request(f"{wrong} invalid button style specified")
    actions = [name for name in button if name not in _NOT_ACTIONS]
    if not actions:
        raise bad_request(f"{wrong} Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f'{wrong} "{button["text"]}" must have exactly one action')
    url = button.get("url")
    if url is not None and _URL.fullmatch(url) is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
