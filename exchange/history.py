"""One revision of a record, as its public history shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from exchange.records import Record


@dataclass(frozen=True)
class Past:
    """A published revision. Nothing that was published is ever deleted."""

    key: str
    rev: int
    record: Record | None
    """What the revision said; None where it was redacted and this is what is left of it."""
    withdrawn: bool
    reason: str
    """A name of `exchange.corrections.Reason`, or what else was done: recorded, withdrawn."""
    by: str
    """A moderator's pseudonym, never shown to readers."""
    at: datetime
    correction: str | None = None
    """The public id of the correction ("X1") that made this revision; None where none did."""
