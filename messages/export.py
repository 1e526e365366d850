"""The public records as files: numbers and claims as tables, everything as JSON.

What is withdrawn is left out, and so is everything about moderators. Tables open in a spreadsheet:
they begin with a mark of their encoding, and no cell of theirs can be taken for a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from exchange.claims import status
from exchange.dates import EventDate
from exchange.ledger import Ledger
from exchange.quantity import Quantity
from exchange.records import Claim, Figure, Stage, Stance, Statement, Transfer
from messages.phrases import Phrases

LICENCE = "MIT; please name Homeward and the day"

Row = dict[str, str | int]


class Form(StrEnum):
    """What can be had."""

    NUMBERS = "numbers"
    """A row for each number that somebody gave for a direction of a stage; one where nobody did."""
    CLAIMS = "claims"
    """A row for each stance."""
    RECORDS = "records"
    """Every record with all its fields, in all languages."""


def as_of(ledger: Ledger) -> datetime | None:
    """When anything was last recorded; None where nothing was."""
    return max((entry.at for entry in ledger.entries.values()), default=None)


def exported(ledger: Ledger, form: Form, language: str) -> bytes:
    """The file; `language` is that of the names in tables."""
    match form:
        case Form.NUMBERS:
            return _table(ledger, _numbers(Phrases(ledger, language)), _NUMBERS)
        case Form.CLAIMS:
            return _table(ledger, _claims(Phrases(ledger, language)), _CLAIMS)
        case Form.RECORDS:
            return _records(ledger)


def file_name(ledger: Ledger, form: Form) -> str:
    moment = as_of(ledger)
    day = f"-{moment:%Y-%m-%d}" if moment else ""
    return f"homeward-{form}{day}.{'json' if form is Form.RECORDS else 'csv'}"


_SAID = ("qualifier", "number", "up_to", "words", "speaker", "said_on", "source", "link")
_NUMBERS = (
    *("stage", "agreement", "track", "day", "state", "returned_to", "unit", "part", "category"),
    *_SAID,
)
_CLAIMS = (
    *("claim", "agreement", "about", "scope", "status", "text", "stance", "general", "hedged"),
    *("speaker", "said_on", "source", "link"),
)
_OF_THE_FILE = ("recorded_at", "revision", "as_of", "licence")


def _numbers(phrases: Phrases) -> Iterator[Row]:
    for agreement in phrases.ledger.agreements:
        for stage in phrases.ledger.stages_of(agreement):
            for transfer in stage.transfers:
                for figure in transfer.figures or (None,):
                    for row in _figure(phrases, transfer, figure):
                        yield _of_stage(phrases, stage, transfer) | row


def _of_stage(phrases: Phrases, stage: Stage, transfer: Transfer) -> Row:
    entry = phrases.ledger.entries[stage.key]
    return {
        "stage": stage.key,
        "agreement": stage.agreement,
        "track": stage.kind,
        "day": _day(stage.date),
        "state": stage.lifecycle,
        "returned_to": phrases.term(transfer.returned_to),
        "unit": transfer.unit,
        "recorded_at": entry.at.isoformat(),
        "revision": entry.rev,
    }


def _figure(phrases: Phrases, transfer: Transfer, figure: Figure | None) -> Iterator[Row]:
    """What a speaker said, whole and in parts; a part is no number of its own."""
    if figure is None:
        yield {"qualifier": "unknown"}
        return
    unit = figure.unit or transfer.unit
    said = _said(phrases, figure.stated)
    yield {"unit": unit, **_quantity(phrases, figure.quantity), **said}
    for part in figure.parts:
        category = phrases.term(part.category) if part.category else ""
        told: Row = {"unit": part.unit or unit, "part": "yes", "category": category}
        yield {**told, **_quantity(phrases, part.quantity), **said}


def _claims(phrases: Phrases) -> Iterator[Row]:
    for claim in phrases.ledger.claims.values():
        for stance in claim.stances:
            yield _stance(phrases, claim, stance)


def _stance(phrases: Phrases, claim: Claim, stance: Stance) -> Row:
    entry = phrases.ledger.entries[claim.key]
    return {
        "claim": claim.key,
        "agreement": claim.agreement,
        "about": claim.about or "",
        "scope": claim.scope,
        "status": status(claim, phrases.ledger),
        "text": phrases.label(claim.text, _LONGEST),
        "stance": stance.kind,
        "general": "yes" if stance.general else "",
        "hedged": "yes" if stance.hedged else "",
        "recorded_at": entry.at.isoformat(),
        "revision": entry.rev,
        **_said(phrases, stance.stated),
    }


_LONGEST = 1000
"""Characters of a text; no rule lets one be as long."""


def _quantity(phrases: Phrases, quantity: Quantity) -> Row:
    return {
        "qualifier": quantity.qualifier,
        "number": "" if quantity.value is None else quantity.value,
        "up_to": "" if quantity.value_hi is None else quantity.value_hi,
        "words": phrases.label(quantity.words.texts, _LONGEST) if quantity.words else "",
    }


def _said(phrases: Phrases, stated: Statement) -> Row:
    source = phrases.ledger.sources.get(stated.source)
    return {
        "speaker": phrases.actor(stated.speaker),
        "said_on": _day(stated.said_on),
        "source": stated.source,
        "link": (source.url if source else None) or "",
    }


def _table(ledger: Ledger, rows: Iterator[Row], columns: tuple[str, ...]) -> bytes:
    moment = as_of(ledger)
    of_the_file: Row = {"as_of": moment.isoformat() if moment else "", "licence": LICENCE}
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, (*columns, *_OF_THE_FILE), restval="")
    table.writeheader()
    for row in rows:
        table.writerow({name: _cell(value) for name, value in (row | of_the_file).items()})
    return text.getvalue().encode("utf-8-sig")  # without the mark Excel takes it for Latin-1


def _cell(value: str | int) -> str | int:
    """A text that a spreadsheet would calculate is marked as a text."""
    is_formula = isinstance(value, str) and value.lstrip()[:1] in tuple("=+-@")
    return f"'{value}" if is_formula else value


def _records(ledger: Ledger) -> bytes:
    moment = as_of(ledger)
    told = {
        "ledger": "Homeward",
        "as_of": moment.isoformat() if moment else None,
        "ledger_revision": ledger.revision,
        "licence": LICENCE,
        "terms": _listed(ledger, ledger.terms),
        "actors": _listed(ledger, ledger.actors),
        "sources": _listed(ledger, ledger.sources),
        "agreements": _listed(ledger, ledger.agreements),
        "pledges": _listed(ledger, ledger.pledges),
        "stages": _listed(ledger, ledger.stages),
        "totals": _listed(ledger, ledger.totals),
        "claims": [
            {**_entry(ledger, one.key), "status": status(one, ledger)}
            for one in ledger.claims.values()
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _listed(ledger: Ledger, held: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_entry(ledger, key) for key in held]


def _entry(ledger: Ledger, key: str) -> dict[str, Any]:
    entry = ledger.entries[key]
    place = {"revision": entry.rev, "recorded_at": entry.at.isoformat()}
    return {**_plain(entry.record), **place}


def _plain(value: Any) -> Any:
    """Fields with something in them, and whatever they are made of, as JSON has it."""
    match value:
        case EventDate():
            return _day(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case tuple():
            return [_plain(one) for one in value]
    if is_dataclass(value):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: _plain(one) for name, one in told.items() if one is not None and one != ()}
    return value


def _day(day: EventDate | None) -> str:
    """As ISO 8601 writes it; where no source prints a year, as its second part does."""
    if day is None:
        return ""
    return f"{day.year or 'XXXX'}-{day.month:02}-{day.day:02}"
