"""The first store: ledger, audit log, readers, moderators, drafts, outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _ledger()
    _people()
    _outbox()
    _keep_history()


def _states(table: str, column: str, *states: str) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{state}'" for state in states)
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=f"{table}_{column}")


def _ledger() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )

    op.create_table(
        "counters",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )

    op.create_table(
        "records",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        _states("records", "kind", "term", "actor", "source", "agreement", "pledge", "stage"),
    )

    op.create_table(
        "revisions",
        sa.Column("record_id", sa.Integer, sa.ForeignKey("records.id"), nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("ledger_revision", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("record_id", "rev"),
        _states("revisions", "state", "published", "withdrawn"),
        sa.CheckConstraint("(body IS NULL) = (salt IS NULL)", name="revisions_redacted"),
    )
    op.create_index("revisions_in_order", "revisions", ["ledger_revision"])

    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=False),
    )


def _people() -> None:
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
    )

    op.create_table(
        "moderators",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("user_sealed", sa.LargeBinary, nullable=False),
        sa.Column("pseudonym", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("since_at", MOMENT, nullable=False),
        _states("moderators", "role", "owner", "publisher", "editor"),
        _states("moderators", "origin", "settings", "invited"),
    )

    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("moderator_id", sa.Integer, sa.ForeignKey("moderators.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("record_key", sa.Text),
        sa.Column("alert_number", sa.Integer),
        sa.Column("language", sa.Text),
        sa.Column("updated_at", MOMENT, nullable=False),
        _states("drafts", "state", "open", "followed", "published", "discarded"),
    )
    op.create_index(
        "drafts_one_open",
        "drafts",
        ["moderator_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open')"),
        postgresql_where=sa.text("state IN ('open')"),
    )

    op.create_table(
        "screen_keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _outbox() -> None:
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
        sa.UniqueConstraint("record_key", "rev", "type"),
        _states("alerts", "type", "Alert", "Update", "Cancel"),
        _states("alerts", "topic", "people", "bodies"),
        _states("alerts", "state", "live", "halted", "stopped", "superseded"),
    )

    op.create_table(
        "alert_texts",
        sa.Column("alert_id", sa.Integer, sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("variant", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("buttons", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "language", "variant"),
        _states("alert_texts", "variant", "first", "repeat"),
    )

    op.create_table(
        "deliveries",
        sa.Column("alert_id", sa.Integer, sa.ForeignKey("alerts.id"), nullable=False),
        # No foreign key: the random id outlives the reader who was erased.
        sa.Column("subscriber_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ambiguous", sa.Integer, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("epoch", sa.Integer),
        sa.Column("started_at", MOMENT),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("alert_id", "subscriber_id"),
        _states(
            "deliveries",
            "state",
            "queued",
            "sending",
            "unsure",
            "delivered",
            "undeliverable",
            "unknown",
            "cancelled",
        ),
        sa.CheckConstraint(
            "(state = 'delivered') = (message_id IS NOT NULL)", name="deliveries_message_id"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "deliveries_waiting",
        "deliveries",
        ["alert_id", "next_at"],
        sqlite_where=sa.text("state IN ('queued', 'unsure')"),
        postgresql_where=sa.text("state IN ('queued', 'unsure')"),
    )
    op.create_index(
        "deliveries_open",
        "deliveries",
        ["subscriber_id", "alert_id"],
        sqlite_where=sa.text("state IN ('queued', 'sending', 'unsure')"),
        postgresql_where=sa.text("state IN ('queued', 'sending', 'unsure')"),
    )

    op.create_table(
        "sender",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("pause_until_at", MOMENT),
        sa.CheckConstraint("id = 1", name="sender_is_one"),
    )

    op.create_table(
        "updates",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("handled_at", MOMENT, nullable=False),
    )
    op.execute("INSERT INTO sender (id, epoch) VALUES (1, 0)")


def _keep_history() -> None:
    """Nothing of the ledger's history is deleted or rewritten; redaction alone may erase."""
    if op.get_bind().dialect.name == "sqlite":
        _keep_history_in_sqlite()
    else:
        _keep_history_in_postgresql()


_KEPT = {
    "audit": ("content", ("id", "done_at", "by", "act", "subject", "digest", "link")),
    "revisions": (
        "body",
        ("record_id", "rev", "state", "ledger_revision", "reason", "by", "recorded_at"),
    ),
}


def _keep_history_in_sqlite() -> None:
    for table, (erased, others) in _KEPT.items():
        same = " AND ".join(f'new."{column}" IS old."{column}"' for column in others)
        for act, unless in (
            ("DELETE", ""),
            ("UPDATE", f"WHEN NOT (new.salt IS NULL AND new.{erased} IS NULL AND {same})"),
        ):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {unless} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: nothing is deleted or rewritten'); END"
            )
    op.execute(
        "CREATE TRIGGER records_no_delete BEFORE DELETE ON records "
        "BEGIN SELECT RAISE(ABORT, 'records: nothing is deleted or rewritten'); END"
    )


def _keep_history_in_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%: nothing is deleted or rewritten', TG_TABLE_NAME; END $$"
    )
    for table, (erased, others) in _KEPT.items():
        same = " AND ".join(
            f'new."{column}" IS NOT DISTINCT FROM old."{column}"' for column in others
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN (NOT (new.salt IS NULL AND new.{erased} IS NULL AND {same})) "
            "EXECUTE FUNCTION refuse_change()"
        )
    for table in ("audit", "revisions", "records"):
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
