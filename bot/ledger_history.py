"""The history in a ledger file: every revision of the ledger, with what stands no more.

A revision names the records that it made. How they stood then is written under `then` where that is
not how they stand now, so that the sections of the file always hold the ledger as it is.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from bot.ledger_sections import NAMES, Found, expect_fields, items, read_sections, written_sections
from bot.marked_yaml import Marked, MarkedError
from exchange.ledger import Ledger
from exchange.text import text_fault
from storage.history import Act, Made

HISTORY = "history"
NEEDED = ("revision", "at", "by", "reason", "records")
FURTHER = ("then", "withdrawn", "redacted", "corrections")

_CORRECTION = re.compile(r"X[1-9][0-9]{0,8}")
_LONGEST = 100


@dataclass(frozen=True)
class History:
    """All acts in order, and the former states of records, which are judged like the present."""

    acts: tuple[Act, ...]
    former: tuple[Found, ...]
    last: Marked
    """Where the last revision stands."""


def read_history(
    root: Marked, records: Mapping[str, Found], withdrawn: Mapping[str, Marked]
) -> History | None:
    """The history of a file with these records; None where it has none.

    Raises:
        MarkedError: a revision is missing or goes back in time, or does not fit the records.

    """
    places = items(root, HISTORY, HISTORY, "revisions, each beginning with '- revision:'")
    if not places:
        return None
    told = [_revision(place, number, records) for number, place in enumerate(places, start=1)]
    newest = {key: one for one in told for key in one.records}
    _expect_to_go_forward(told)
    _expect_to_lead_here(newest, records, withdrawn)
    _expect_former_states(told, newest)
    _expect_corrections_once(told)
    acts = tuple(_act(one, records) for one in told)
    return History(acts, tuple(one for at in told for one in at.then.values()), places[-1])


def written_history(ledger: Ledger, acts: Iterable[Act]) -> list[dict[str, Any]]:
    """What `read_history` reads as these acts, beside the records of this ledger."""
    return [_written(ledger, act, number) for number, act in enumerate(acts, start=1)]


def _written(ledger: Ledger, act: Act, number: int) -> dict[str, Any]:
    former = [
        made.record
        for made in act.made
        if made.record and made.record != ledger.entries[made.key].record
    ]
    written = {
        "revision": number,
        "at": act.at.astimezone(UTC).isoformat(),
        "by": act.by,
        "reason": act.reason,
        "records": [made.key for made in act.made],
        "then": written_sections(former),
        "withdrawn": [made.key for made in act.made if made.withdrawn],
        "redacted": [made.key for made in act.made if made.record is None],
        "corrections": {made.key: made.correction for made in act.made if made.correction},
    }
    return {name: value for name, value in written.items() if value}


@dataclass(frozen=True)
class _Revision:
    """One revision as it stands in the file, its parts by the keys of the records."""

    place: Marked
    at: datetime
    by: str
    reason: str
    records: Mapping[str, Marked]
    then: Mapping[str, Found]
    withdrawn: Mapping[str, Marked]
    redacted: Mapping[str, Marked]
    corrections: Mapping[str, Marked]


def _revision(place: Marked, number: int, known: Container[str]) -> _Revision:
    expect_fields(place, (*NEEDED, *FURTHER), HISTORY)
    for name in NEEDED:
        if name not in place.fields:
            raise _mistake("This field is missing. Add it.", place, name)
    said = place.fields["revision"].value
    if said is True or said != number:
        sentence = f"Here is revision {number}: a history has them all, in order from 1."
        raise _mistake(sentence, place, "revision")
    records = _keys(place, "records", known)
    if not records:
        raise _mistake("A revision makes something. Add the keys of its records.", place, "records")
    return _Revision(
        place=place,
        at=_moment(place),
        by=_text(place, "by"),
        reason=_text(place, "reason"),
        records=records,
        then=_then(place),
        withdrawn=_keys(place, "withdrawn", records),
        redacted=_keys(place, "redacted", records),
        corrections=_corrections(place, records),
    )


def _moment(place: Marked) -> datetime:
    value = place.fields["at"].value
    sentence = "A moment has a day, a time and an offset, such as 2031-03-02T18:10:00+00:00."
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _mistake(sentence, place, "at") from None
    if moment.tzinfo is None:
        raise _mistake(sentence, place, "at")
    return moment.astimezone(UTC)


def _text(place: Marked, name: str) -> str:
    value = place.fields[name].value
    if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST and not text_fault(value):
        return value
    sentence = f"Here is a text of up to {_LONGEST} characters, all of which can be seen."
    raise _mistake(sentence, place, name)


def _keys(place: Marked, name: str, known: Container[str]) -> dict[str, Marked]:
    found: dict[str, Marked] = {}
    for item in items(place, name, f"{HISTORY}.{name}", "keys"):
        key = item.value
        if not isinstance(key, str) or key not in known:
            sentence = "This is not the key of a record that belongs here. Take it out of the list."
            raise MarkedError(sentence, item.line, f"{HISTORY}.{name}")
        if key in found:
            sentence = f"{key} stands in this list already. Keep one of the two."
            raise MarkedError(sentence, item.line, f"{HISTORY}.{name}")
        found[key] = item
    return found


def _then(place: Marked) -> dict[str, Found]:
    home = place.fields.get("then")
    if home is None:
        return {}
    expect_fields(home, NAMES, f"{HISTORY}.then")
    return read_sections(home, f"{HISTORY}.then")


def _corrections(place: Marked, known: Container[str]) -> dict[str, Marked]:
    home = place.fields.get("corrections", Marked(place.line, {}))
    expect_fields(home, [key for key in home.fields if key in known], f"{HISTORY}.corrections")
    for key, item in home.fields.items():
        if not isinstance(item.value, str) or not _CORRECTION.fullmatch(item.value):
            sentence = "The id of a correction is X and a number from 1."
            raise MarkedError(sentence, item.line, f"{HISTORY}.corrections.{key}")
    return home.fields


def _expect_to_go_forward(told: Sequence[_Revision]) -> None:
    for before, after in pairwise(told):
        if after.at < before.at:
            sentence = "This is earlier than the revision before. Correct one of the two."
            raise _mistake(sentence, after.place, "at")
    known: set[str] = set()
    for one in told:
        for key, place in one.withdrawn.items():
            if key not in known:
                sentence = f"{key} was not recorded before. Take it out of the list."
                raise MarkedError(sentence, place.line, f"{HISTORY}.withdrawn")
        known |= one.records.keys()


def _expect_to_lead_here(
    newest: Mapping[str, _Revision], records: Mapping[str, Found], withdrawn: Mapping[str, Marked]
) -> None:
    for key, found in records.items():
        if key not in newest:
            raise found.mistake(f"{key} is in no revision of the history. Add it to one.", ("key",))
        if (key in newest[key].withdrawn) != (key in withdrawn):
            sentence = f"The list of what was withdrawn and the history differ about {key}."
            raise MarkedError(sentence, withdrawn.get(key, found.place).line, "withdrawn")


def _expect_former_states(told: Iterable[_Revision], newest: Mapping[str, _Revision]) -> None:
    for one in told:
        for key, found in one.then.items():
            if key not in one.records or newest[key] is one or key in one.redacted:
                sentence = (
                    f"{key} was not made by this revision, or was redacted, or stands as it was "
                    "made here. Take it out of this part."
                )
                raise found.mistake(sentence, ("key",))
        for key, place in one.redacted.items():
            if newest[key] is one:
                sentence = f"{key} stands as this revision made it. Take it out of the list."
                raise MarkedError(sentence, place.line, f"{HISTORY}.redacted")


def _expect_corrections_once(told: Iterable[_Revision]) -> None:
    seen: set[object] = set()
    for one in told:
        for key, place in one.corrections.items():
            if place.value in seen:
                sentence = f"{place.value} stands in this history already. Write another."
                raise MarkedError(sentence, place.line, f"{HISTORY}.corrections.{key}")
            seen.add(place.value)


def _act(one: _Revision, records: Mapping[str, Found]) -> Act:
    return Act(one.at, one.by, one.reason, tuple(_made(one, records)))


def _made(one: _Revision, records: Mapping[str, Found]) -> Iterator[Made]:
    for key in one.records:
        record = None if key in one.redacted else one.then.get(key, records[key]).record
        correction = one.corrections.get(key)
        yield Made(key, record, key in one.withdrawn, str(correction.value) if correction else None)


def _mistake(sentence: str, place: Marked, name: str) -> MarkedError:
    return MarkedError(sentence, place.line_of((name,)), f"{HISTORY}.{name}")
