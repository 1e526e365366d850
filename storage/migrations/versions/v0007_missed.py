"""Memos that updates were missed. SQLite changes no check in place: the table is made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KINDS = (
    "kind IN ('frozen', 'thaw_proposed', 'thawed', 'halted', 'withdrawn', 'redaction_proposed', "
    "'redacted', 'missed')"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _in_sqlite()
    else:
        op.drop_constraint("memos_kind", "memos")
        op.create_check_constraint("memos_kind", "memos", KINDS)


def _in_sqlite() -> None:
    op.rename_table("memos", "old_memos")
    op.create_table(
        "memos",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("moderator_id", sa.Integer, sa.ForeignKey("moderators.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(KINDS, name="memos_kind"),
    )
    op.execute("INSERT INTO memos SELECT * FROM old_memos ORDER BY id")
    op.drop_table("old_memos")
