"""Ledger files: from a file into the store, and from the store into a file.

`docs/ledger-files.md` describes the file for those who write one. Loading adds records; it changes
none that is recorded and alerts nobody. A file is taken whole or not at all.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.ledger_contents import Contents, contents, document
from bot.ledger_history import History
from bot.ledger_sections import Found
from bot.marked_yaml import MarkedError, read
from exchange.ledger import Ledger
from exchange.records import Record
from exchange.rules import Problem, problems
from storage import history
from storage import ledger as kept
from storage.store import Connection, Store

LARGEST = 64 * 1024 * 1024
"""Bytes; some hundred thousand records."""

_STORE = b"SQLite format 3\0"
"""How every SQLite file begins."""

_BY = "ledger file"
"""Who recorded it, in the audit log."""


class LedgerFileError(ValueError):
    """One sentence: the file, the line and the field, what is wrong and what to do."""


@dataclass(frozen=True)
class Loaded:
    """How many of a file's records were new to the store, and how many it held already."""

    recorded: int
    unchanged: int


async def load_file(store: Store, path: Path, at: datetime) -> Loaded:
    """Records what the file holds and the store never held, in the order of the file.

    What the store was told in the same words before is left as it is now, even where the record
    has changed or was withdrawn since.

    Raises:
        LedgerFileError: the file cannot be read, or something in it cannot be recorded; then
            nothing is.

    """
    try:
        found = await asyncio.to_thread(_read, path)
        return await store.write(lambda connection: _record(connection, found, at))
    except MarkedError as mistake:
        place = (f"{path}:{mistake.line}", _one_line(mistake.field), _one_line(str(mistake)))
        raise LedgerFileError(": ".join(part for part in place if part)) from None


async def dump_file(store: Store, path: Path) -> None:
    """Writes the ledger into a file that `load_file` reads; JSON where the name ends in .json.

    Raises:
        LedgerFileError: the file cannot be written; one that was there is then as it was.

    """
    ledger, acts = await store.read(lambda conn: (kept.read_ledger(conn), history.acts(conn)))

    def write() -> None:
        _write(path, _text(document(ledger, acts), as_json=path.suffix == ".json"))

    await asyncio.to_thread(write)


def _record(connection: Connection, found: Contents, at: datetime) -> Loaded:
    if found.history and kept.revision(connection) == 0:
        return _restore(connection, found, found.history, at)
    known: dict[str, list[Record]] = {}
    for past in kept.changes(connection):
        if past.record:
            known.setdefault(past.key, []).append(past.record)
    for one in found.records:
        _refuse_change(one, known.get(one.record.key, []))
    ledger = kept.read_ledger(connection)
    _refuse_withdrawal(found, ledger)
    new = [one for one in found.records if one.record.key not in known]
    _refuse_problems(new, found, ledger, at)
    kept.record(connection, [one.record for one in new], by=_BY, at=at)
    for one in new:
        if one.record.key in found.withdrawn:
            kept.withdraw(connection, one.record.key, by=_BY, at=at)
    return Loaded(recorded=len(new), unchanged=len(found.records) - len(new))


def _restore(connection: Connection, found: Contents, told: History, at: datetime) -> Loaded:
    """An empty store takes the records with all that led to them; any other has its own history."""
    if told.acts[-1].at > at:
        sentence = "This moment is yet to come. Correct it, or the clock of this machine."
        raise MarkedError(sentence, told.last.line_of(("at",)), "history.at")
    everything = Ledger().with_records([one.record for one in found.records], at)
    for one in (*found.records, *told.former):
        _refuse(one, everything, at, besides=_RULES_OF_THE_PRESENT)
    history.restore(connection, told.acts, by=_BY, at=at)
    return Loaded(recorded=len(found.records), unchanged=0)


def _refuse_change(one: Found, known: list[Record]) -> None:
    if not known or one.record in known:
        return
    now = known[-1]
    differs = [
        field.name
        for field in fields(one.record)
        if getattr(one.record, field.name) != getattr(now, field.name, None)
    ]
    raise one.mistake(
        f"{one.record.key} is recorded already, with other content. A file changes no record. "
        "Take it out of the file, or write it as it was recorded.",
        (differs[0],),
    )


def _refuse_withdrawal(found: Contents, ledger: Ledger) -> None:
    for key, place in found.withdrawn.items():
        if key in ledger.entries and not ledger.entries[key].withdrawn:
            raise MarkedError(
                f"{key} is recorded and stands. A file withdraws no recorded record. "
                "Take it out of this list.",
                place.line,
                "withdrawn",
            )


def _refuse_problems(new: list[Found], found: Contents, ledger: Ledger, at: datetime) -> None:
    """Each new record is judged among all others, a withdrawn one as if it still stood."""
    everything = ledger.with_records([one.record for one in new], at)
    withdrawn = [replace(everything.entries[key], withdrawn=True) for key in found.withdrawn]
    current = everything.with_entries(withdrawn, everything.revision)
    for one in new:
        if one.record.key in found.withdrawn:  # and a stage of its day may have been recorded anew
            _refuse(one, everything, at, besides={"same-stage"})
        else:
            _refuse(one, current, at)


def _refuse(one: Found, ledger: Ledger, at: datetime, besides: Container[str] = ()) -> None:
    for problem in problems(one.record, ledger, at):
        if problem.rule not in besides:
            raise one.mistake(_sentence(problem), one.path_of(problem.field, problem.value))


_SENTENCES = {
    "hidden-characters": "Here is a sign that cannot be seen. Write the text anew.",
    "label-missing": "A name is needed in every language. Add this one.",
    "unknown-reference": "Nothing has the key {value}. Add it to this file, or write another.",
    "no-source": "A record has at least one source. Add it.",
    "same-party-twice": "An agreement has two different parties. Write both.",
    "not-a-party": "{value} is not a party here. Write the key of a party of the agreement.",
    "no-direction": "A stage returns somebody. Add a transfer for each direction.",
    "source-not-listed": "{value} is quoted but not listed. Add it to the stage's sources.",
    "outlet-confirms": "{value} is an outlet, and only those who take part confirm. Take it out.",
    "no-date": "What is under way or completed has a day. Add the date.",
    "future-date": "This day is yet to come. Correct the date or the lifecycle.",
    "same-stage": "{value} has the same kind and day. Keep one of the two stages.",
    "direction-twice": "{value} stands twice. Keep one transfer for each direction.",
    "people-and-bodies": "Bodies are counted in stages of the kind 'bodies' alone. Change one.",
    "figure-zero": "Zero is no figure. Leave it out; nothing published is not nothing returned.",
    "link-too-long": "The link is too long. Use a shorter one.",
    "link-broken": "This is not a link. Write it whole, beginning with https://.",
    "link-disguised": "The link hides where it leads. Use the plain address of the page.",
    "day-not-another": "This is the stage's own day. Write another, or take it out.",
    "ordinal-below-one": "A counting begins at 1. Correct the number.",
    "parts-do-not-fit": "The parts do not fit the quantity of the same figure. Correct one.",
    "identified-people": "Only bodies are identified. Take it out.",
    "identified-beyond-returned": "{value} says of more bodies what became of them than were "
    "returned. Correct the numbers.",
    "several-speakers": "A total has one speaker. Give the other speaker's a key of its own.",
    "counts-what": "A total of the scope 'other' says in words what it counts. Add words.",
    "no-number": "A total is a number, or the words that stand for it. Add one of them.",
    "ends-before-it-begins": "The last day comes before the first. Correct one.",
    "nobody-asserts": "A claim has somebody who asserts it. Add that stance.",
    "refers-to-itself": "A claim refers to others. Take this key out.",
    "wording-too-long": "A claim's text has at most 75 characters and its detail 400. Shorten it.",
    "number-without-figure": "Here is a number that is not the claim's quantity. Record it there.",
    "link-in-text": "A link belongs to a source. Take it out of the text.",
    **dict.fromkeys(
        (
            "bank-account",
            "birth-date",
            "card-number",
            "handle-in-text",
            "mail-address",
            "phone-number",
            "unit-number",
        ),
        "This could lead to a single person and is not recorded. Take it out of the text.",
    ),
}
"""What to do about a broken rule of `exchange.rules`, for those who write files."""


_RULES_OF_THE_PRESENT = {"same-stage", "lifecycle-moves-back"}
"""What a history need not keep: it is judged all at once, and states follow each other in it."""


def _one_line(text: str) -> str:
    """Words that may come from the file, so that a terminal shows them and does nothing else."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:400]


def _sentence(problem: Problem) -> str:
    return _SENTENCES[problem.rule].format(value=problem.value)


def _read(path: Path) -> Contents:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise LedgerFileError(f"{path}: {error.strerror}. Name a ledger file.") from None
    if len(raw) > LARGEST:
        raise LedgerFileError(f"{path}: The file is larger than {LARGEST} bytes. Divide it.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise MarkedError("This is not text in UTF-8. Save the file as such.", line) from None
    if path.suffix == ".json":
        text = text.replace("\t", " ")  # JSON indents with tabs as well, and YAML never does
    return contents(read(text))


def _text(written: dict[str, Any], *, as_json: bool) -> str:
    if as_json:
        return json.dumps(written, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(written, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def _write(path: Path, text: str) -> None:
    path = Path(os.path.realpath(path))
    part = path.parent / f"{path.name}.part"
    try:
        _refuse_to_replace(path)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise LedgerFileError(f"{path}: {error.strerror}. Nothing was written.") from None


def _refuse_to_replace(path: Path) -> None:
    """A dump takes the place of a file, never of a folder, a device or somebody's store."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "This is not an ordinary file")
    if path.is_file():
        with path.open("rb") as file:
            if file.read(len(_STORE)) == _STORE:
                raise OSError(errno.EEXIST, "This is a store, not a ledger file")


class _Dumper(yaml.SafeDumper):
    """Writes out what comes twice, since no reader of ledger files knows aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name is given
        return True
