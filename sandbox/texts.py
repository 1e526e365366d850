"""Texts of messages: read, cleaned and measured as Telegram does."""

from __future__ import annotations

import re
from typing import Any, Final

from sandbox.entities import (
    MAX_ENTITIES,
    Formatted,
    find_entities,
    in_order,
    parse_html,
    trimmed,
    units,
)
from sandbox.refusals import bad_request

Json = dict[str, Any]
MAX_TEXT: Final = 4096
MAX_CAPTION: Final = 1024
_MAX_BYTES: Final = 1 << 15
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def read_text(arguments: Json) -> Json:
    """`text` and `entities` of a message, from the arguments of a call."""
    formatted = _read(arguments.get("text", ""), arguments, "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if units(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _content("text", "entities", formatted)


def read_caption(arguments: Json) -> Json:
    """`caption` and `caption_entities`, if there are any."""
    formatted = _read(arguments.get("caption", ""), arguments, "caption_entities")
    if units(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return _content("caption", "caption_entities", formatted) if formatted.text else {}


def _read(text: str, arguments: Json, entities_name: str) -> Formatted:
    if len(text.encode()) > _MAX_BYTES:
        raise bad_request("text is too long")
    # Telegram shows no control characters; a space keeps offsets as they are.
    text = _CONTROL.sub(" ", text.replace("\r", ""))
    mode = arguments.get("parse_mode", "").lower()
    if mode not in {"", "none", "html"}:
        raise bad_request("unsupported parse_mode: the stand-in reads HTML alone")
    if mode == "html":
        formatted = parse_html(text)
    else:
        formatted = Formatted(text, _given_entities(text, arguments.get(entities_name, [])))
    if len(formatted.entities) > MAX_ENTITIES:
        raise bad_request(f"more than {MAX_ENTITIES} entities: Telegram would drop the others")
    return trimmed(formatted)


def _given_entities(text: str, entities: list[Json]) -> list[Json]:
    end = units(text)
    for entity in entities:
        begin, length = entity["offset"], entity["length"]
        if begin < 0 or length < 1 or begin + length > end:
            raise bad_request(f"entity beginning at UTF-16 offset {begin} is not within the text")
    return entities


def _content(text_name: str, entities_name: str, formatted: Formatted) -> Json:
    found = find_entities(formatted.text, formatted.entities)
    entities = in_order([*formatted.entities, *found])
    content: Json = {text_name: formatted.text}
    return content | ({entities_name: entities} if entities else {})
