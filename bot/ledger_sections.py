"""The sections of a ledger file, and the records in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.marked_yaml import Marked, MarkedError, Path
from exchange.records import BOTH_NOT_SPLIT, NOT_STATED, Record, Term, TermKind
from storage.codec import RecordError, from_plain, kind_of, to_plain

_SHORT_NAME = rf"(?!([A-Z][0-9]+|{BOTH_NOT_SPLIT}|{NOT_STATED})$)[A-Za-z][A-Za-z0-9_-]{{0,35}}"
"""Unlike any public id and any word for a direction; it fits into a button's act."""


@dataclass(frozen=True)
class Section:
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

    @property
    def keys(self) -> str:
        """A pattern of the keys that records have here."""
        return rf"{self.letter}[1-9][0-9]{{0,5}}" if self.letter else _SHORT_NAME


SECTIONS = (
    Section(("terms", "parties"), "term", term=TermKind.PARTY),
    Section(("terms", "categories"), "term", term=TermKind.CATEGORY),
    Section(("terms", "branches"), "term", term=TermKind.BRANCH),
    Section(("terms", "ranks"), "term", term=TermKind.RANK),
    Section(("actors",), "actor"),
    Section(("sources",), "source", letter="R"),
    Section(("agreements",), "agreement"),
    Section(("pledges",), "pledge", letter="P"),
    Section(("stages",), "stage", letter="S"),
    Section(("totals",), "total", letter="T"),
    Section(("claims",), "claim", letter="C"),
)
NAMES = tuple(dict.fromkeys(section.path[0] for section in SECTIONS))
"""What stands in a file, or in a part of one, for its sections."""


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


def read_sections(home: Marked, within: str = "") -> dict[str, Found]:
    """The records that stand in sections here, by key, in the order in which they are recorded.

    Raises:
        MarkedError: something here is no record, or a key stands twice.

    """
    records: dict[str, Found] = {}
    for section in SECTIONS:
        for place in _places(home, section, within):
            one = _found(section, place, within)
            if first := records.get(one.record.key):
                sentence = f"This key stands on line {first.place.line} already. Write another."
                raise one.mistake(sentence, ("key",))
            records[one.record.key] = one
    return records


def written_sections(records: Iterable[Record]) -> dict[str, Any]:
    """Records as plain data in their sections, as `read_sections` reads them."""
    lists: dict[Section, list[dict[str, Any]]] = {section: [] for section in SECTIONS}
    for record in records:
        section = _section_of(record)
        plain = to_plain(record)
        lists[section].append({name: plain[name] for name in plain if name not in _said(section)})
    written: dict[str, Any] = {}
    for section, listed in lists.items():
        *outer, name = section.path
        if listed:
            home = written.setdefault(outer[0], {}) if outer else written
            home[name] = listed
    return written


def _section_of(record: Record) -> Section:
    term = record.kind if isinstance(record, Term) else None
    return next(one for one in SECTIONS if (one.kind, one.term) == (kind_of(record), term))


def _said(section: Section) -> dict[str, str]:
    """The fields of a record that its section says for it."""
    return {"kind": section.term} if section.term else {}


def _places(home: Marked, section: Section, within: str) -> list[Marked]:
    """The records of a section as they stand in the file; an empty section has none."""
    for outer in section.path[:-1]:
        if outer not in home.fields:
            return []
        home = home.fields[outer]
        inner = [one.path[-1] for one in SECTIONS if one.path[0] == outer]
        expect_fields(home, inner, _inner(within, outer))
    of_what = "records, each beginning with '- key:'"
    return items(home, section.path[-1], _inner(within, section.name), of_what)


def items(home: Marked, name: str, field: str, of_what: str) -> list[Marked]:
    """What the list of this name holds; nothing where there is none."""
    found = home.fields.get(name)
    if found is None or found.value is None:
        return []
    if not isinstance(found.value, list):
        raise MarkedError(f"Here is a list of {of_what}.", found.line, field)
    return found.items


def expect_fields(place: Marked, names: Sequence[str], field: str) -> None:
    """Nothing but fields of these names stands here."""
    listed = ", ".join(names)
    if not isinstance(place.value, dict):
        raise MarkedError(f"Here are named parts: {listed}.", place.line, field)
    for name, part in place.fields.items():
        if name not in names:
            sentence = f"There is no part of this name. Use {listed}."
            raise MarkedError(sentence, part.line, _inner(field, name))


def _inner(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _found(section: Section, place: Marked, within: str) -> Found:
    named = _inner(within, section.name)
    if not isinstance(place.value, dict):
        sentence = "A record is a set of named fields, beginning with 'key:'."
        raise MarkedError(sentence, place.line, named)
    for name in _said(section):
        if name in place.fields:
            sentence = "The section says this already. Leave the field out."
            raise _mistake(sentence, named, place, (name,))
    try:
        record = from_plain(section.kind, {**place.plain(), **_said(section)})
    except RecordError as error:
        sentence = f"{error.message} docs/ledger-files.md describes every field."
        raise _mistake(sentence, named, place, error.path) from None
    one = Found(record, named, place)
    if fault := _key_fault(section, record.key):
        raise one.mistake(fault, ("key",))
    return one


def _key_fault(section: Section, key: str) -> str | None:
    if re.fullmatch(section.keys, key):
        return None
    if section.letter:
        return f"A key here is {section.letter} and a number from 1."
    return (
        "A key here is a short name: a letter, then up to 35 letters, digits, - or _. "
        f"It does not look like S1 and is neither {BOTH_NOT_SPLIT} nor {NOT_STATED}."
    )


def _mistake(sentence: str, section: str, place: Marked, path: Path) -> MarkedError:
    words = [section, *(step for step in path if isinstance(step, str))]
    return MarkedError(sentence, place.line_of(path), ".".join(words))


def _leads_by(path: Path, steps: tuple[str, ...]) -> bool:
    """Whether a path goes through these fields, one right after the other."""
    words = [step for step in path if isinstance(step, str)]
    starts = range(len(words) - len(steps) + 1)
    return any(tuple(words[start : start + len(steps)]) == steps for start in starts)
