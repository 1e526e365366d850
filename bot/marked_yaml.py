"""YAML and JSON read strictly, as values that remember the line they stand on.

A file means what it shows: nothing is repeated by reference, no field is given twice, and besides
text there are only whole numbers, true, false and null. A day or a `no` stays the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]
"""Names of fields and places in lists, counted from 0, from the outside in."""

DEPTH = 24
"""More levels than any record has, and few enough for every reader of the file."""

_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAGS = {None, "!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))}


class MarkedError(ValueError):
    """What is wrong in a file and what to do, with the line and the field it is about."""

    def __init__(self, sentence: str, line: int, field: str = "") -> None:
        super().__init__(sentence)
        self.line = line
        self.field = field


@dataclass(frozen=True, slots=True)
class Marked:
    """A value and its line, which for the value of a field is the line of the field's name."""

    line: int
    value: str | int | bool | dict[str, Marked] | list[Marked] | None

    @property
    def fields(self) -> dict[str, Marked]:
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Marked]:
        return self.value if isinstance(self.value, list) else []

    def plain(self) -> Any:
        """The value as `json` would give it."""
        if isinstance(self.value, dict):
            return {name: one.plain() for name, one in self.value.items()}
        if isinstance(self.value, list):
            return [one.plain() for one in self.value]
        return self.value

    def line_of(self, path: Path) -> int:
        """The line of what the path leads to; of what is missing, the line where it belongs."""
        within = self._steps.get(path[0]) if path else None
        return within.line_of(path[1:]) if within else self.line

    def paths(self) -> dict[Path, Marked]:
        """Everything in here by its path, in the order of the file."""
        found: dict[Path, Marked] = {(): self}
        for step, one in self._steps.items():
            found |= {(step, *rest): inner for rest, inner in one.paths().items()}
        return found

    @property
    def _steps(self) -> dict[str | int, Marked]:
        steps: dict[str | int, Marked] = dict(enumerate(self.items))
        steps.update(self.fields)
        return steps


def read(text: str) -> Marked:
    """The one document of a text.

    Raises:
        MarkedError: the text is not YAML of the kind described above.

    """
    if _QUICK:
        try:
            return _read(text, _QUICK)
        except MarkedError:  # which the other one says better
            if len(text) > _PATIENCE:
                raise
    return _read(text, yaml.BaseLoader)


def _read(text: str, loader: Any) -> Marked:
    reader = _Reader(text, loader)
    try:
        return reader.document()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise MarkedError("Here is a sign that no text holds. Remove it.", line) from None
    except yaml.MarkedYAMLError as error:
        raise _broken(error, reader.field) from None


_PATIENCE = 4 * 1024 * 1024
"""Characters that the parser in Python reads in less than a minute."""

_QUICK: Any = getattr(yaml, "CBaseLoader", None)
"""The parser in C, where PyYAML was built with it: ten times as fast, and curt about mistakes."""


class _Reader:
    """Makes values of what a parser meets, and knows in which field it is."""

    def __init__(self, text: str, loader: Any) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=loader)
        self.steps: list[str] = []

    @property
    def field(self) -> str:
        return ".".join(step for step in self.steps if step)

    def document(self) -> Marked:
        next(self.events)  # the beginning of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise MarkedError("The file is empty. docs/ledger-files.md says what it holds.", 1)
        found = self._value("", None)
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            sentence = "Here begins another document. A file is one."
            raise MarkedError(sentence, after.start_mark.line + 1)
        return found

    def _value(self, step: str, line: int | None) -> Marked:
        """What comes next, in a field where `step` names one; `line` is that of its name."""
        self.steps.append(step)
        found = self._made(next(self.events), line)
        self.steps.pop()
        return found

    def _made(self, event: Any, line: int | None) -> Marked:
        self._refuse(event, line)
        line = line or event.start_mark.line + 1
        if isinstance(event, yaml.MappingStartEvent):
            return Marked(line, self._fields())
        if isinstance(event, yaml.SequenceStartEvent):
            return Marked(line, self._items())
        return Marked(line, _scalar(event.value, not event.style, line, self.field))

    def _refuse(self, event: Any, line: int | None) -> None:
        own = event.start_mark.line + 1
        if getattr(event, "anchor", None):  # an alias has one too
            sentence = "Anchors (&) and aliases (*) are not read. Write out what is meant."
            raise MarkedError(sentence, own, self.field)
        if len(self.steps) > DEPTH:
            sentence = f"There are more than {DEPTH} levels, and no record goes so deep."
            raise MarkedError(sentence, own, self.field)
        if getattr(event, "tag", None) not in _TAGS:
            raise MarkedError("Tags (!) are not read. Leave the tag out.", line or own, self.field)

    def _items(self) -> list[Marked]:
        found: list[Marked] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            self.steps.append("")
            found.append(self._made(event, None))
            self.steps.pop()
        return found

    def _fields(self) -> dict[str, Marked]:
        found: dict[str, Marked] = {}
        while not isinstance(name := next(self.events), yaml.MappingEndEvent):
            line = name.start_mark.line + 1
            self._refuse(name, line)
            if not isinstance(name, yaml.ScalarEvent):
                raise MarkedError("The name of a field is a word.", line, self.field)
            if name.value in found:
                self.steps.append(name.value)
                sentence = f"This field stands on line {found[name.value].line} already."
                raise MarkedError(f"{sentence} Keep one of the two.", line, self.field)
            found[name.value] = self._value(name.value, line)
        return found


def _broken(error: yaml.MarkedYAMLError, field: str) -> MarkedError:
    said = error.problem or error.context
    # What is open at the end of the file is best looked for where it began.
    at_end = "end of stream" in (said or "")
    marks = (error.context_mark, error.problem_mark) if at_end else (error.problem_mark,)
    mark = next((one for one in marks if one), None)
    sentence = f"This is not YAML ({said}). Look at indentation, colons and quotation marks."
    return MarkedError(sentence, mark.line + 1 if mark else 1, field)


def _scalar(text: str, bare: bool, line: int, field: str) -> str | int | bool | None:
    if bare and text in _WORDS:
        return _WORDS[text]
    if bare and _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if not _SURROGATE.search(text):
        return text
    try:  # JSON writes a sign outside the basic plane as two escapes
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise MarkedError("Here is half a sign. Write the sign itself.", line, field) from None
