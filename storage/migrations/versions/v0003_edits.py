"""Edits of messages that were sent, codes to check an alert by, and ids of corrections.

SQLite changes neither a key nor a check in place: the tables are made anew and filled.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)
KINDS = ("term", "actor", "source", "agreement", "pledge", "stage", "total", "claim")
VARIANTS = ("first", "repeat", "edit")
EDITS = "(variant = 'edit') = (edits <> 0)"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _in_sqlite()
    else:
        _in_postgresql()


def _code() -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(8))


def _one_of(column: str, allowed: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{one}'" for one in allowed)
    return f"{column} IN ({listed})"


def _in_postgresql() -> None:
    op.drop_constraint("records_kind", "records")
    op.create_check_constraint("records_kind", "records", _one_of("kind", KINDS))

    op.execute("ALTER TABLE revisions ADD COLUMN correction text UNIQUE")
    op.execute("DROP TRIGGER revisions_no_update ON revisions")
    same = _same("IS NOT DISTINCT FROM")
    op.execute(
        "CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions FOR EACH ROW "
        f"WHEN (NOT (new.salt IS NULL AND new.body IS NULL AND {same})) "
        "EXECUTE FUNCTION refuse_change()"
    )

    op.execute("ALTER TABLE alerts ADD COLUMN code text UNIQUE")
    for number in op.get_bind().scalars(sa.text("SELECT id FROM alerts")).all():
        coded = sa.text("UPDATE alerts SET code = :code WHERE id = :id")
        op.get_bind().execute(coded, {"code": _code(), "id": number})
    op.execute("ALTER TABLE alerts ALTER COLUMN code SET NOT NULL")

    _add_in_postgresql("alert_texts", "edits", "integer", "0")
    _key_in_postgresql("alert_texts", "alert_id", "language", "variant", "edits")
    op.drop_constraint("alert_texts_variant", "alert_texts")
    op.create_check_constraint("alert_texts_variant", "alert_texts", _one_of("variant", VARIANTS))
    op.create_check_constraint("alert_texts_edits", "alert_texts", EDITS)

    _add_in_postgresql("deliveries", "edits", "integer", "0")
    _add_in_postgresql("deliveries", "silent", "boolean", "false")
    _key_in_postgresql("deliveries", "alert_id", "subscriber_id", "edits")
    op.drop_index("deliveries_waiting")
    _index_waiting()


def _add_in_postgresql(table: str, column: str, kind: str, value: str) -> None:
    """A column for which the rows that are there get a value, and later ones must bring one."""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} NOT NULL DEFAULT {value}")
    op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT")


def _key_in_postgresql(table: str, *columns: str) -> None:
    op.drop_constraint(f"{table}_pkey", table)
    op.execute(f"ALTER TABLE {table} ADD PRIMARY KEY ({', '.join(columns)})")


def _in_sqlite() -> None:
    for index in ("revisions_in_order", "deliveries_waiting", "deliveries_open"):
        op.drop_index(index)
    for table in ("records", "revisions", "alerts", "alert_texts", "deliveries"):
        op.rename_table(table, f"old_{table}")
    _make_ledger()
    _make_outbox()
    _fill()
    for table in ("revisions", "records", "deliveries", "alert_texts", "alerts"):
        op.drop_table(f"old_{table}")
    op.create_index("revisions_in_order", "revisions", ["ledger_revision"])
    _index_waiting()
    op.create_index(
        "deliveries_open",
        "deliveries",
        ["subscriber_id", "alert_id"],
        sqlite_where=sa.text("state IN ('queued', 'sending', 'unsure')"),
    )
    _keep_history()


def _index_waiting() -> None:
    op.create_index(
        "deliveries_waiting",
        "deliveries",
        ["alert_id", "edits", "next_at"],
        sqlite_where=sa.text("state IN ('queued', 'unsure')"),
        postgresql_where=sa.text("state IN ('queued', 'unsure')"),
    )


def _make_ledger() -> None:
    op.create_table(
        "records",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.CheckConstraint(_one_of("kind", KINDS), name="records_kind"),
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
        sa.Column("correction", sa.Text, unique=True),
        sa.PrimaryKeyConstraint("record_id", "rev"),
        sa.CheckConstraint(_one_of("state", ("published", "withdrawn")), name="revisions_state"),
        sa.CheckConstraint("(body IS NULL) = (salt IS NULL)", name="revisions_redacted"),
    )


def _make_outbox() -> None:
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
        sa.CheckConstraint(_one_of("type", ("Alert", "Update", "Cancel")), name="alerts_type"),
        sa.CheckConstraint(_one_of("topic", ("people", "bodies")), name="alerts_topic"),
        sa.CheckConstraint(
            _one_of("state", ("live", "halted", "stopped", "superseded")), name="alerts_state"
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
        sa.CheckConstraint(_one_of("variant", VARIANTS), name="alert_texts_variant"),
        sa.CheckConstraint(EDITS, name="alert_texts_edits"),
    )
    states = ("queued", "sending", "unsure", "delivered", "undeliverable", "unknown", "cancelled")
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
        sa.CheckConstraint(_one_of("state", states), name="deliveries_state"),
        sa.CheckConstraint(
            "(state = 'delivered') = (message_id IS NOT NULL)", name="deliveries_message_id"
        ),
        sqlite_with_rowid=False,
    )


def _fill() -> None:
    op.execute("INSERT INTO records SELECT * FROM old_records")
    op.execute("INSERT INTO revisions SELECT *, NULL FROM old_revisions")
    ids = op.get_bind().scalars(sa.text("SELECT id FROM old_alerts ORDER BY id")).all()
    for number in ids:  # what an alert refers to is there before it
        coded = sa.text("INSERT INTO alerts SELECT *, :code FROM old_alerts WHERE id = :id")
        op.get_bind().execute(coded, {"code": _code(), "id": number})
    op.execute("INSERT INTO alert_texts SELECT *, 0 FROM old_alert_texts")
    op.execute("INSERT INTO deliveries SELECT *, 0, 0 FROM old_deliveries")


def _keep_history() -> None:
    """As before, for the tables that were made anew."""
    refused = "BEGIN SELECT RAISE(ABORT, '{}: nothing is deleted or rewritten'); END"
    for table in ("records", "revisions"):
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refused.format(table)}"
        )
    op.execute(
        "CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions "
        f"WHEN NOT (new.salt IS NULL AND new.body IS NULL AND {_same('IS')}) "
        f"{refused.format('revisions')}"
    )


def _same(as_before: str) -> str:
    kept = ("record_id", "rev", "state", "ledger_revision", "reason", "by", "recorded_at")
    columns = (*kept, "correction")
    return " AND ".join(f'new."{column}" {as_before} old."{column}"' for column in columns)
