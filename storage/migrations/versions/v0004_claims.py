"""News of claims, for readers who ask for it.

SQLite changes no check in place: the tables are made anew and filled.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)
TOPICS = "topic IN ('people', 'bodies', 'claims')"
STATES = "'queued', 'sending', 'unsure', 'delivered', 'undeliverable', 'unknown', 'cancelled'"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _in_sqlite()
    else:
        _in_postgresql()


def _in_postgresql() -> None:
    op.execute("ALTER TABLE subscribers ADD COLUMN claims boolean NOT NULL DEFAULT false")
    op.execute("ALTER TABLE subscribers ALTER COLUMN claims DROP DEFAULT")
    op.drop_constraint("alerts_topic", "alerts")
    op.create_check_constraint("alerts_topic", "alerts", TOPICS)


def _in_sqlite() -> None:
    for index in ("deliveries_waiting", "deliveries_open"):
        op.drop_index(index)
    tables = ("subscribers", "alerts", "alert_texts", "deliveries")
    for table in tables:
        op.rename_table(table, f"old_{table}")
    _make_subscribers()
    _make_alerts()
    _make_deliveries()
    op.execute("INSERT INTO subscribers SELECT *, 0 FROM old_subscribers")
    op.execute("INSERT INTO alerts SELECT * FROM old_alerts ORDER BY id")
    op.execute("INSERT INTO alert_texts SELECT * FROM old_alert_texts")
    op.execute("INSERT INTO deliveries SELECT * FROM old_deliveries")
    for table in reversed(tables):
        op.drop_table(f"old_{table}")
    op.create_index(
        "deliveries_waiting",
        "deliveries",
        ["alert_id", "edits", "next_at"],
        sqlite_where=sa.text("state IN ('queued', 'unsure')"),
    )
    op.create_index(
        "deliveries_open",
        "deliveries",
        ["subscriber_id", "alert_id"],
        sqlite_where=sa.text("state IN ('queued', 'sending', 'unsure')"),
    )


def _make_subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("chat_sealed", sa.LargeBinary, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("people", sa.Boolean, nullable=False),
        sa.Column("bodies", sa.Boolean, nullable=False),
        sa.Column("bodies_silent", sa.Boolean, nullable=False),
        sa.Column("consent_version", sa.Integer, nullable=False),
        sa.Column("subscribed", sa.Boolean, nullable=False),
        sa.Column("since_at", MOMENT, nullable=False),
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("claims", sa.Boolean, nullable=False),
    )


def _make_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False, unique=True),
        sa.Column("record_key", sa.Text, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("refers_to", sa.Integer, sa.ForeignKey("alerts.number")),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("erased", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.UniqueConstraint("record_key", "rev", "type"),
        sa.CheckConstraint("type IN ('Alert', 'Update', 'Cancel')", name="alerts_type"),
        sa.CheckConstraint(TOPICS, name="alerts_topic"),
        sa.CheckConstraint(
            "state IN ('live', 'halted', 'stopped', 'superseded')", name="alerts_state"
        ),
    )
    op.create_table(
        "alert_texts",
        sa.Column("alert_id", sa.Integer, sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("variant", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("buttons", sa.Text, nullable=False),
        sa.Column("edits", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "language", "variant", "edits"),
        sa.CheckConstraint("variant IN ('first', 'repeat', 'edit')", name="alert_texts_variant"),
        sa.CheckConstraint("(variant = 'edit') = (edits <> 0)", name="alert_texts_edits"),
    )


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("alert_id", sa.Integer, sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("subscriber_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ambiguous", sa.Integer, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("epoch", sa.Integer),
        sa.Column("started_at", MOMENT),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("edits", sa.Integer, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "subscriber_id", "edits"),
        sa.CheckConstraint(f"state IN ({STATES})", name="deliveries_state"),
        sa.CheckConstraint(
            "(state = 'delivered') = (message_id IS NOT NULL)", name="deliveries_message_id"
        ),
        sqlite_with_rowid=False,
    )
