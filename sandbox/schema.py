"""What the Bot API allows, read from its own description (`botapi.json`).

Arguments arrive as text (query, form) or as JSON values; they leave with the types of the
description. What the description does not know is refused by name: the real server ignores a
misspelt parameter, and the mistake is found much later.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sandbox.entities import units
from sandbox.files import Upload
from sandbox.refusals import Refused, bad_request

Json = dict[str, Any]
_BOOLEANS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,19}")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_WITHOUT: Final = {"text": "message text is empty", "chat_id": "chat_id is empty"}
_TOO_LONG: Final = {
    "callback_data": "BUTTON_DATA_INVALID",
    "copy_text.text": "BUTTON_COPY_TEXT_INVALID",
}
_AS_JSON: Final = {
    "reply_markup": "reply keyboard markup",
    "link_preview_options": "link preview options",
    "reply_parameters": "reply parameters",
}


@cache
def description() -> Json:
    text = files("sandbox").joinpath("botapi.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def method_names() -> Mapping[str, str]:
    """Lower case to the documented spelling: Telegram does not care for case here."""
    return {name.lower(): name for name in description()["methods"]}


def read_arguments(method: str, given: Mapping[str, object]) -> Json:
    """The arguments of one call with their types, or a refusal that names what is wrong."""
    fields = description()["methods"][method].get("fields", {})
    named = {name for value in given.values() for name in _attachments(value)}
    for name, value in given.items():
        if name not in fields and not (isinstance(value, Upload) and name in named):
            raise bad_request(f'method "{method}" has no parameter "{name}"')
    read = {}
    for name, field in fields.items():
        if (value := given.get(name)) is None:
            if field.get("required"):
                raise bad_request(_WITHOUT.get(name, f'parameter "{name}" is required'))
            continue
        read[name] = _read_any(field["types"], _decoded(name, field["types"], value, given), name)
        if not ("parse_mode" in fields and name in {"text", "caption"}):
            _check_limit(field, read[name], name)
    return read


def _attachments(value: object) -> Iterator[str]:
    """Names of uploads that a value speaks of as `attach://name`."""
    if isinstance(value, str):
        yield from re.findall(r"attach://([^\"\s]+)", value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _attachments(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _attachments(inner)


def _decoded(name: str, kinds: list[str], value: object, given: Mapping[str, object]) -> object:
    """A form carries objects and arrays as JSON, and files under a name of their own."""
    if not isinstance(value, str):
        return value
    if "InputFile" in kinds and value.startswith("attach://"):
        upload = given.get(value.removeprefix("attach://"))
        if not isinstance(upload, Upload):
            raise bad_request(f'no file was uploaded for "{value}"')
        return upload
    if any(_is_structured(kind) for kind in kinds):
        try:
            return json.loads(value)
        except ValueError:
            what = _AS_JSON.get(name, name.replace("_", " "))
            raise bad_request(f"can't parse {what} JSON object") from None
    return value


def _is_structured(kind: str) -> bool:
    return kind not in _PLAIN


def _read_any(kinds: list[str], value: object, where: str) -> Any:
    """The value as the first kind that it fits; else the refusal of the kind it resembles most."""
    refusals: list[tuple[int, Refused]] = []
    for kind in kinds:
        try:
            return _read(kind, value, where)
        except Refused as refusal:
            refusals.append((_likeness(kind, value), refusal))
    raise max(refusals, key=lambda pair: pair[0])[1]


def _likeness(kind: str, value: object) -> int:
    if not isinstance(value, dict):
        return 0
    return len(set(value) & set(description()["types"].get(kind, {}).get("fields", {})))


def _read(kind: str, value: object, where: str) -> Any:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise _wrong(where, kind)
        inner = kind.removeprefix("Array of ")
        return [_read(inner, item, f"{where}[{index}]") for index, item in enumerate(value)]
    if _is_structured(kind):
        if not isinstance(value, dict):
            raise _wrong(where, kind)
        return _read_object(kind, value, where)
    read = _PLAIN[kind](value)
    if read is None:
        raise _wrong(where, kind)
    return _well_formed(read, where) if isinstance(read, str) else read


def _whole(value: object) -> int | None:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: object) -> float | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    return float(value) if isinstance(value, (int, float)) and value is not True else None


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else _BOOLEANS.get(str(value).lower())


_PLAIN: Final[dict[str, Callable[[object], object]]] = {
    "Integer": _whole,
    "Float": _number,
    "Boolean": _boolean,
    "String": lambda value: value if isinstance(value, str) else None,
    "InputFile": lambda value: value if isinstance(value, Upload) else None,
}


def _read_object(kind: str, value: Json, where: str) -> Json:
    known = description()["types"][kind]
    if "subtypes" in known:
        return dict(_read_any(_subtypes(kind, known["subtypes"], value, where), value, where))
    fields = known.get("fields", {})
    for name in value:
        if name not in fields:
            raise bad_request(f'{where}: {kind} has no field "{name}"')
    read = {}
    for name, field in fields.items():
        if value.get(name) is None:
            if field.get("required"):
                raise bad_request(f"can't parse {where}: Can't find field \"{name}\"")
            continue
        inner = f"{where}.{name}"
        read[name] = _read_any(field["types"], value[name], inner)
        _check_limit(field, read[name], inner)
    return read


def _subtypes(kind: str, subtypes: list[str], value: Json, where: str) -> list[str]:
    """The subtype that the `type` field names: `all_private_chats` is ...AllPrivateChats."""
    said = str(value.get("type", "")).replace("_", "").lower()
    named = [name for name in subtypes if name.removeprefix(kind).lower() == said]
    # Several inline results share one type, so there the other fields tell them apart.
    if said and not named and kind != "InlineQueryResult":
        raise bad_request(f"can't parse {where}: Unsupported type specified")
    return named or subtypes


def _check_limit(field: Json, value: Any, where: str) -> None:
    limit = field.get("limit")
    if limit is None or isinstance(value, (list, dict, Upload)):
        return
    unit = limit["unit"]
    if unit == "value":
        size = value
    else:
        size = len(str(value).encode()) if unit == "bytes" else units(str(value))
    if not limit["min"] <= size <= limit["max"]:
        for ending, words in _TOO_LONG.items():
            if where.endswith(ending):
                raise bad_request(words)
        what = "be" if unit == "value" else "have"
        raise bad_request(
            f'"{where}" must {what} {limit["min"]}-{limit["max"]} '
            f"{'' if unit == 'value' else unit + ', '}but is {size}"
        )


def _well_formed(text: str, where: str) -> str:
    """Half a surrogate pair can come through JSON, but is no text."""
    if not text.isascii() and re.search("[\ud800-\udfff]", text):
        raise bad_request(f'"{where}" must be encoded in UTF-8')
    return text


def _wrong(where: str, kind: str) -> Refused:
    return bad_request(f'"{where}" must be of type {kind}')
