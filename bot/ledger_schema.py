"""The form of ledger files as a JSON Schema, made from the records themselves.

`docs/ledger.schema.json` is this schema, for editors and other programs. It knows the form of a
file and not its sense: that keys exist and rules hold is judged when the file is loaded.
"""

from __future__ import annotations

from typing import Any

from bot.ledger_contents import FORMAT, WITHDRAWN
from bot.ledger_history import HISTORY, NEEDED
from bot.ledger_sections import SECTIONS, Section
from exchange.records import LANGUAGES
from storage.codec import KINDS, definitions

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
_KEYS = {"type": ["array", "null"], "items": {"type": "string"}, "uniqueItems": True}


def schema() -> dict[str, Any]:
    """What every ledger file looks like, by hand or dumped."""
    return {
        "$schema": _DIALECT,
        "title": "Homeward ledger file",
        **_object(
            {"format": {"const": FORMAT}, **_sections(), WITHDRAWN: _KEYS, HISTORY: _history()}
        ),
        "required": ["format"],
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Any]:
    found = {name: _without_titles(one) for name, one in sorted(definitions().items())}
    found["Term"]["properties"].pop("kind")  # the section says it
    found["Term"]["required"].remove("kind")
    label = {**_TEXTS, "properties": {code: {"minLength": 1} for code in LANGUAGES}}
    return {
        "Label": {
            "description": "A text in each language.",
            **label,
            "required": list(LANGUAGES),
        },
        **found,
    }


def _without_titles(node: Any, within: str = "") -> Any:
    """A part of the schema without the names that it repeats, and with labels called by theirs."""
    if isinstance(node, list):
        return [_without_titles(one, within) for one in node]
    if not isinstance(node, dict):
        return node
    plain = {name: one for name, one in node.items() if name != "title"}
    if {name: plain.get(name) for name in _TEXTS} == _TEXTS and within != "texts":
        rest = {name: one for name, one in plain.items() if name not in _TEXTS}
        return {"$ref": "#/$defs/Label", **rest}
    return {
        name: _without_titles(one, name if name != "anyOf" else within)
        for name, one in plain.items()
    }


def _sections() -> dict[str, Any]:
    """The sections of a file, or of the part of a history that tells how records stood then."""
    found: dict[str, Any] = {}
    for section in SECTIONS:
        *outer, name = section.path
        home = found.setdefault(outer[0], _object({}))["properties"] if outer else found
        home[name] = _records(section)
    return found


def _records(section: Section) -> dict[str, Any]:
    one = {
        "$ref": f"#/$defs/{KINDS[section.kind].__name__}",
        "properties": {"key": {"pattern": f"^{section.keys}$"}},
    }
    return {"type": ["array", "null"], "items": one}


def _history() -> dict[str, Any]:
    text = {"type": "string", "minLength": 1}
    revision = _object(
        {
            "revision": {"type": "integer", "minimum": 1},
            "at": {"type": "string", "format": "date-time"},
            "by": text,
            "reason": text,
            "records": {**_KEYS, "type": "array", "minItems": 1},
            "then": _object(_sections()),
            "withdrawn": _KEYS,
            "redacted": _KEYS,
            "corrections": {
                "type": "object",
                "additionalProperties": {"type": "string", "pattern": "^X[1-9][0-9]*$"},
            },
        }
    )
    return {"type": ["array", "null"], "items": {**revision, "required": list(NEEDED)}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}
