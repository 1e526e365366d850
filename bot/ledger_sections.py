"""What stands where in a ledger file: its sections, and the records in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.marked_yaml import Marked, MarkedError, Path
from exchange.ledger import Ledger
from exchange.records import BOTH_NOT_SPLIT, NOT_STATED, Record, Term, TermKind
from storage.codec import RecordError, from_plain, kind_of, to_plain

FORMAT = 1


@dataclass(frozen=True)
class _Section:
    """A list of the file: where it stands and which records are in it."""

    path: tuple[str, ...]
    kind: str
    term: TermKind | None = None
    """What every term of the section is, so that none says it."""
    letter: str = ""
    """What the public ids begin with; empty where keys are short names."""

    @property
    def name(self) -> str:
        return ".".join(self.path)


_SECTIONS = (
    _Section(("terms", "parties"), "term", term=TermKind.PARTY),
    _Section(("terms", "categories"), "term", term=TermKind.CATEGORY),
    _Section(("terms", "branches"), "term", term=TermKind.BRANCH),
    _Section(("terms", "ranks"), "term", term=TermKind.RANK),
    _Section(("actors",), "actor"),
    _Section(("sources",), "source", letter="R"),
    _Section(("agreements",), "agreement"),
    _Section(("pledges",), "pledge", letter="P"),
    _Section(("stages",), "stage", letter="S"),
    _Section(("totals",), "total", letter="T"),
    _Section(("claims",), "claim", letter="C"),
)
_WITHDRAWN = "withdrawn"

_NAME = re.compile(
    rf"(?!([A-Z][0-9]+|{BOTH_NOT_SPLIT}|{NOT_STATED})$)[A-Za-z][A-Za-z0-9_-]{{0,35}}"
)
"""A short name, unlike any public id and any word for a direction; it fits into a button's act."""


@dataclass(frozen=True)
class Found:
    """A record as it stands in a file."""

    record: Record
    section: str
    place: Marked

    def mistake(self, sentence: str, path: Path = ()) -> MarkedError:
        """What is wrong with the record, at a path within it."""
        return _mistake(sentence, self.section, self.place, path)

    def path_of(self, field: str, value: str) -> Path:
        """Where the record has `value` in a field, which may be a nested one ("label.uk").

        Where the value is not found it is the field; where that is missing too, what would hold it.
        """
        steps = tuple(field.split("."))
        there = {path: one for path, one in self.place.paths().items() if _leads_by(path, steps)}
        exact = [path for path, one in there.items() if value and one.value == value]
        return [*exact, *there, steps][0]


@dataclass(frozen=True)
class Contents:
    """A whole file: its records in order, and the keys of those that were withdrawn."""

    records: tuple[Found, ...]
    withdrawn: Mapping[str, Marked]


def contents(root: Marked) -> Contents:
    """The records of a file.

    Raises:
        MarkedError: something in the file is no record, or a key stands twice.

    """
    names = dict.fromkeys(section.path[0] for section in _SECTIONS)
    _expect_fields(root, ("format", *names, _WITHDRAWN), "")
    if root.fields.get("format", root).value is True or root.plain().get("format") != FORMAT:
        sentence = f"This is not ledger format {FORMAT}. Begin the file with 'format: {FORMAT}'."
        raise MarkedError(sentence, root.line_of(("format",)), "format")
    records: dict[str, Found] = {}
    for section in _SECTIONS:
        for place in _places(root, section):
            one = _found(section, place)
            if first := records.get(one.record.key):
                sentence = f"This key stands on line {first.place.line} already. Write another."
                raise one.mistake(sentence, ("key",))
            records[one.record.key] = one
    return Contents(tuple(records.values()), _withdrawn(root, records))


def document(ledger: Ledger) -> dict[str, Any]:
    """A whole ledger as plain data, in the form that `contents` reads."""
    lists: dict[_Section, list[dict[str, Any]]] = {section: [] for section in _SECTIONS}
    for entry in ledger.entries.values():
        section = _section_of(entry.record)
        plain = to_plain(entry.record)
        lists[section].append({name: plain[name] for name in plain if name not in _said(section)})
    written: dict[str, Any] = {"format": FORMAT}
    for section, records in lists.items():
        *outer, name = section.path
        home = written.setdefault(outer[0], {}) if outer else written
        home.update({name: records} if records else {})
    written[_WITHDRAWN] = [key for key, entry in ledger.entries.items() if entry.withdrawn]
    return {name: value for name, value in written.items() if value}


def _section_of(record: Record) -> _Section:
    term = record.kind if isinstance(record, Term) else None
    return next(one for one in _SECTIONS if (one.kind, one.term) == (kind_of(record), term))


def _said(section: _Section) -> dict[str, str]:
    """The fields of a record that its section says for it."""
    return {"kind": section.term} if section.term else {}


def _places(root: Marked, section: _Section) -> list[Marked]:
    """The records of a section as they stand in the file; an empty section has none."""
    home = root
    for outer in section.path[:-1]:
        if outer not in home.fields:
            return []
        home = home.fields[outer]
        inner = [one.path[-1] for one in _SECTIONS if one.path[0] == outer]
        _expect_fields(home, inner, outer)
    return _items(home, section.path[-1], section.name, "records, each beginning with '- key:'")


def _items(home: Marked, name: str, field: str, of_what: str) -> list[Marked]:
    found = home.fields.get(name)
    if found is None or found.value is None:
        return []
    if not isinstance(found.value, list):
        raise MarkedError(f"Here is a list of {of_what}.", found.line, field)
    return found.items


def _expect_fields(place: Marked, names: Sequence[str], field: str) -> None:
    listed = ", ".join(names)
    if not isinstance(place.value, dict):
        raise MarkedError(f"Here are named parts: {listed}.", place.line, field)
    for name, part in place.fields.items():
        if name not in names:
            inner = f"{field}.{name}" if field else name
            raise MarkedError(f"There is no part of this name. Use {listed}.", part.line, inner)


def _found(section: _Section, place: Marked) -> Found:
    if not isinstance(place.value, dict):
        sentence = "A record is a set of named fields, beginning with 'key:'."
        raise MarkedError(sentence, place.line, section.name)
    for name in _said(section):
        if name in place.fields:
            sentence = "The section says this already. Leave the field out."
            raise _mistake(sentence, section.name, place, (name,))
    try:
        record = from_plain(section.kind, {**place.plain(), **_said(section)})
    except RecordError as error:
        sentence = f"{error.message} docs/ledger-files.md describes every field."
        raise _mistake(sentence, section.name, place, error.path) from None
    one = Found(record, section.name, place)
    if fault := _key_fault(section, record.key):
        raise one.mistake(fault, ("key",))
    return one


def _key_fault(section: _Section, key: str) -> str | None:
    if section.letter:
        fits = re.fullmatch(rf"{section.letter}[1-9][0-9]{{0,5}}", key)
        return None if fits else f"A key here is {section.letter} and a number from 1."
    if _NAME.fullmatch(key):
        return None
    return (
        "A key here is a short name: a letter, then up to 35 letters, digits, - or _. "
        f"It does not look like S1 and is neither {BOTH_NOT_SPLIT} nor {NOT_STATED}."
    )


def _withdrawn(root: Marked, records: Mapping[str, Found]) -> dict[str, Marked]:
    keys: dict[str, Marked] = {}
    for place in _items(root, _WITHDRAWN, _WITHDRAWN, "keys"):
        if not isinstance(place.value, str) or place.value not in records:
            sentence = "This is not the key of a record in this file. Take it out of the list."
            raise MarkedError(sentence, place.line, _WITHDRAWN)
        keys[place.value] = place
    return keys


def _mistake(sentence: str, section: str, place: Marked, path: Path) -> MarkedError:
    words = [section, *(step for step in path if isinstance(step, str))]
    return MarkedError(sentence, place.line_of(path), ".".join(words))


def _leads_by(path: Path, steps: tuple[str, ...]) -> bool:
    """Whether a path goes through these fields, one right after the other."""
    words = [step for step in path if isinstance(step, str)]
    starts = range(len(words) - len(steps) + 1)
    return any(tuple(words[start : start + len(steps)]) == steps for start in starts)
