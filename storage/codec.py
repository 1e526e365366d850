"""Records as plain data and back: what the store, ledger files and drafts are written in.

Plain data holds nothing but what JSON holds; fields at their default are left out. Reading is
strict: a field that no record has is refused, and nothing is guessed ("5" is no number).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from exchange.records import (
    Actor,
    Agreement,
    Claim,
    Pledge,
    Record,
    Source,
    Stage,
    StatedTotal,
    Term,
)

T = TypeVar("T")

KINDS: Mapping[str, type[Record]] = {
    "term": Term,
    "actor": Actor,
    "source": Source,
    "agreement": Agreement,
    "pledge": Pledge,
    "stage": Stage,
    "total": StatedTotal,
    "claim": Claim,
}
_SUBJECT = "subject"
"""Says which kind a body is, beside its fields; none of them is called so."""
_NAMES = {type_: kind for kind, type_ in KINDS.items()}


class RecordError(ValueError):
    """A mistake in plain data: where it is and, in a sentence, what it is."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def kind_of(record: Record) -> str:
    return _NAMES[type(record)]


def to_plain(record: Record) -> dict[str, Any]:
    """The fields of a record that differ from their defaults."""
    plain: dict[str, Any]
    [plain] = _adapter(type(record)).dump_python((record,), mode="json", exclude_defaults=True)
    return plain


def from_plain(kind: str, plain: Mapping[str, Any]) -> Record:
    """The record that plain data describes; a `RecordError` says its first mistake."""
    if kind not in KINDS:
        raise RecordError((), f"There is no record of the kind '{kind}'.")
    try:
        text = json.dumps([plain], allow_nan=False, default=_as_json)
        record: Record
        [record] = _adapter(KINDS[kind]).validate_json(text, strict=True)
    except ValidationError as error:
        raise _first_mistake(error) from None
    except (TypeError, ValueError) as error:
        raise RecordError((), f"This cannot be read: {error}.") from None
    return record


def to_text(value: object) -> str:
    """Any dataclass made of records' parts, such as a draft, as canonical JSON."""
    [plain] = _adapter(type(value)).dump_python((value,), mode="json", exclude_defaults=True)
    return canonical(plain)


def from_text(of: type[T], text: str) -> T:
    """What `to_text` wrote down."""
    found: T
    [found] = _adapter(of).validate_json(f"[{text}]", strict=True)
    return found


def to_body(kinds: Mapping[str, type[T]], value: T) -> str:
    """As `to_text`, for a value of one of several kinds, with the name of its kind in it."""
    name = next(name for name, kind in kinds.items() if kind is type(value))
    return canonical({**json.loads(to_text(value)), _SUBJECT: name})


def from_body(kinds: Mapping[str, type[T]], text: str, *, otherwise: str) -> T:
    """What `to_body` wrote down; `otherwise` is the kind of a text that names none."""
    plain = json.loads(text)
    kind = plain.pop(_SUBJECT, otherwise)
    return from_text(kinds[kind], canonical(plain))


def definitions() -> dict[str, Any]:
    """What plain data of each kind of record looks like, in the terms of JSON Schema."""
    every: Any = tuple.__class_getitem__(tuple(KINDS.values()))
    told = ConfigDict(extra="forbid", use_attribute_docstrings=True)
    described: dict[str, Any] = TypeAdapter(every, config=told).json_schema()["$defs"]
    return described


def canonical(plain: object) -> str:
    """The one way to write plain data down, so that equal data has equal digests."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _adapter(of: Any) -> TypeAdapter[Any]:
    return _made_once(of)


@cache
def _made_once(of: Any) -> TypeAdapter[Any]:
    # A dataclass takes no settings from its adapter, but what holds it hands them on.
    holder: Any = tuple.__class_getitem__(of)
    return TypeAdapter(holder, config=ConfigDict(extra="forbid"))


def _as_json(value: object) -> str:
    if isinstance(value, date):  # YAML reads a day as a date
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not plain data")


def _first_mistake(error: ValidationError) -> RecordError:
    mistakes = error.errors(include_url=False, include_input=False)
    # A misspelt field is also a missing one; the misspelling is what helps.
    found = min(mistakes, key=lambda one: one["type"] != "unexpected_keyword_argument")
    path = tuple(found["loc"][1:])  # without the place in the tuple
    match found["type"]:
        case "missing":
            message = "This field is missing."
        case "unexpected_keyword_argument":
            message = "There is no field of this name."
        case "value_error":
            message = _sentence(str(found["ctx"]["error"]))
        case _:
            message = _sentence(found["msg"])
    return RecordError(path, message)


def _sentence(message: str) -> str:
    return f"{message[0].upper()}{message[1:]}".removesuffix(".") + "."
