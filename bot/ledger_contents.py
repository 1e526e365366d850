"""A whole ledger file: the records in their sections, those withdrawn, and the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.ledger_history import HISTORY, History, read_history, written_history
from bot.ledger_sections import NAMES, Found, expect_fields, items, read_sections, written_sections
from bot.marked_yaml import Marked, MarkedError
from exchange.ledger import Ledger
from storage.history import Act

FORMAT = 1
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Contents:
    """The records in order, the keys of those that were withdrawn, and how it came to be so."""

    records: tuple[Found, ...]
    withdrawn: Mapping[str, Marked]
    history: History | None
    """None in a file that somebody wrote by hand."""


def contents(root: Marked) -> Contents:
    """What a file holds.

    Raises:
        MarkedError: something in it is not what belongs there.

    """
    expect_fields(root, ("format", *NAMES, WITHDRAWN, HISTORY), "")
    if root.fields.get("format", root).value is True or root.plain().get("format") != FORMAT:
        sentence = f"This is not ledger format {FORMAT}. Begin the file with 'format: {FORMAT}'."
        raise MarkedError(sentence, root.line_of(("format",)), "format")
    records = read_sections(root)
    withdrawn = _withdrawn(root, records)
    history = read_history(root, records, withdrawn)
    return Contents(tuple(records.values()), withdrawn, history)


def document(ledger: Ledger, acts: Iterable[Act] = ()) -> dict[str, Any]:
    """A ledger and how it came to be so as plain data, in the form that `contents` reads."""
    written = {
        "format": FORMAT,
        **written_sections(entry.record for entry in ledger.entries.values()),
        WITHDRAWN: [key for key, entry in ledger.entries.items() if entry.withdrawn],
        HISTORY: written_history(ledger, acts),
    }
    return {name: value for name, value in written.items() if value}


def _withdrawn(root: Marked, records: Mapping[str, Found]) -> dict[str, Marked]:
    keys: dict[str, Marked] = {}
    for place in items(root, WITHDRAWN, WITHDRAWN, "keys"):
        if not isinstance(place.value, str) or place.value not in records:
            sentence = "This is not the key of a record in this file. Take it out of the list."
            raise MarkedError(sentence, place.line, WITHDRAWN)
        keys[place.value] = place
    return keys
