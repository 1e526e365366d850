"""What may be seen of a record's past: nothing from before personal data was taken out of it.

That holds from the moment of the correction, or of the withdrawal for that reason, by one moderator
alone. To erase what is out of sight takes two (`storage.redactions`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, and_, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from exchange.corrections import Reason
from storage.tables import revisions

TAKEN_BACK = "taken back"
"""The reason of a revision by which the one before it was as if it had never been."""


def cleaned(record_id: ColumnElement[int]) -> ScalarSelect[int]:
    """The first revision without the personal data that was found last; null where none was."""
    clean, undone = revisions.alias("clean"), revisions.alias("undone")
    is_undone = select(undone.c.rev).where(
        undone.c.record_id == clean.c.record_id,
        undone.c.rev == clean.c.rev + 1,
        undone.c.reason == TAKEN_BACK,
    )
    return (
        select(func.max(clean.c.rev))
        .where(clean.c.record_id == record_id, clean.c.reason == Reason.PERSONAL_DATA_REDACTED)
        .where(~is_undone.exists())
        .correlate_except(clean)
        .scalar_subquery()
    )


def is_hidden(of_revision: Any) -> ColumnElement[bool]:
    """Whether a revision is out of sight: also a withdrawal, which keeps what it withdraws."""
    first, before = func.coalesce(cleaned(of_revision.record_id), 0), revisions.alias()
    withdraws = select(before.c.rev).where(
        before.c.record_id == of_revision.record_id,
        before.c.rev == of_revision.rev - 1,
        before.c.state != of_revision.state,
        of_revision.state == "withdrawn",
    )
    return or_(
        of_revision.rev < first,
        and_(of_revision.rev == first, withdraws.correlate_except(before).exists()),
    )


def body_in_sight(of_revision: Any) -> ColumnElement[str]:
    """The content of a revision; null where it was erased or is out of sight."""
    return case((is_hidden(of_revision), None), else_=of_revision.body)
