"""What a question is about, proposals to erase a record's past, and memos of both.

SQLite changes no check in place: the tables are made anew and filled.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
KINDS = (
    "kind IN ('frozen', 'thaw_proposed', 'thawed', 'halted', 'withdrawn', 'redaction_proposed', "
    "'redacted')"
)


def upgrade() -> None:
    op.create_table(
        "redactions",
        sa.Column("record_key", sa.Text, primary_key=True),
        sa.Column("moderator_id", sa.Integer, sa.ForeignKey("moderators.id"), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _in_sqlite()
    else:
        _in_postgresql()


def _in_postgresql() -> None:
    op.execute("ALTER TABLE questions ADD COLUMN about text NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE questions ALTER COLUMN about DROP DEFAULT")
    op.drop_constraint("memos_kind", "memos")
    op.create_check_constraint("memos_kind", "memos", KINDS)


def _in_sqlite() -> None:
    for table in ("questions", "memos"):
        op.rename_table(table, f"old_{table}")
    op.create_table(
        "questions",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("moderator_id", sa.Integer, sa.ForeignKey("moderators.id"), nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.UniqueConstraint("moderator_id", "act"),
    )
    op.create_table(
        "memos",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("moderator_id", sa.Integer, sa.ForeignKey("moderators.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint(KINDS, name="memos_kind"),
    )
    op.execute("INSERT INTO questions SELECT *, '' FROM old_questions")
    op.execute("INSERT INTO memos SELECT * FROM old_memos ORDER BY id")
    for table in ("questions", "memos"):
        op.drop_table(f"old_{table}")
