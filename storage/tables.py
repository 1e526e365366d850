"""The tables as queries see them. They are made by the migrations; a test holds both equal.

No query names an index, so that these are in the migrations alone.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.sql.elements import ColumnElement

from storage.moment import Moment

metadata = MetaData()


def is_one_of(column: ColumnElement[str], *states: str) -> ColumnElement[bool]:
    """A test with the states written out: SQLite uses a partial index only for literal values."""
    return column.in_([literal_column(f"'{state}'") for state in states])


WAITING = ("queued", "unsure")
"""States of a delivery that a sender may take up."""
OPEN = ("queued", "sending", "unsure")
"""States of a delivery that is not yet at its end."""


def _states(table: str, column: str, *states: str) -> CheckConstraint:
    allowed = ", ".join(f"'{state}'" for state in states)
    return CheckConstraint(f"{column} IN ({allowed})", name=f"{table}_{column}")


meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    _states(
        "records",
        "kind",
        "term",
        "actor",
        "source",
        "agreement",
        "pledge",
        "stage",
        "total",
        "claim",
    ),
)

revisions = Table(
    "revisions",
    metadata,
    Column("record_id", Integer, ForeignKey("records.id"), nullable=False),
    Column("rev", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("body", Text),
    Column("salt", LargeBinary),
    Column("ledger_revision", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("correction", Text, unique=True),
    PrimaryKeyConstraint("record_id", "rev"),
    _states("revisions", "state", "published", "withdrawn"),
    CheckConstraint("(body IS NULL) = (salt IS NULL)", name="revisions_redacted"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("done_at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", Text),
    Column("salt", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_hash", LargeBinary, nullable=False, unique=True),
    Column("chat_sealed", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    Column("people", Boolean, nullable=False),
    Column("bodies", Boolean, nullable=False),
    Column("bodies_silent", Boolean, nullable=False),
    Column("consent_version", Integer, nullable=False),
    Column("subscribed", Boolean, nullable=False),
    Column("since_at", Moment, nullable=False),
    Column("refusals", Integer, nullable=False),
    Column("claims", Boolean, nullable=False),
)

moderators = Table(
    "moderators",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_hash", LargeBinary, nullable=False, unique=True),
    Column("user_sealed", LargeBinary, nullable=False),
    Column("pseudonym", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("since_at", Moment, nullable=False),
    _states("moderators", "role", "owner", "publisher", "editor"),
    _states("moderators", "origin", "settings", "invited"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("moderator_id", Integer, ForeignKey("moderators.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("message_id", BigInteger),
    Column("record_key", Text),
    Column("alert_number", Integer),
    Column("language", Text),
    Column("updated_at", Moment, nullable=False),
    _states("drafts", "state", "open", "followed", "published", "discarded"),
)

screen_keys = Table(
    "screen_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("draft_id", Integer, ForeignKey("drafts.id"), nullable=False),
    Column("version", Integer, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("record_key", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("refers_to", Integer, ForeignKey("alerts.number")),
    Column("topic", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("erased", Integer, nullable=False),
    Column("code", Text, nullable=False, unique=True),
    UniqueConstraint("record_key", "rev", "type"),
    _states("alerts", "type", "Alert", "Update", "Cancel"),
    _states("alerts", "topic", "people", "bodies", "claims"),
    _states("alerts", "state", "live", "halted", "stopped", "superseded"),
)

alert_texts = Table(
    "alert_texts",
    metadata,
    Column("alert_id", Integer, ForeignKey("alerts.id"), nullable=False),
    Column("language", Text, nullable=False),
    Column("variant", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("buttons", Text, nullable=False),
    # The id of the alert whose messages these words replace; 0 for a message of its own.
    Column("edits", Integer, nullable=False),
    PrimaryKeyConstraint("alert_id", "language", "variant", "edits"),
    _states("alert_texts", "variant", "first", "repeat", "edit"),
    CheckConstraint("(variant = 'edit') = (edits <> 0)", name="alert_texts_edits"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("alert_id", Integer, ForeignKey("alerts.id"), nullable=False),
    # No foreign key: the random id outlives the reader who was erased.
    Column("subscriber_id", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("ambiguous", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("epoch", Integer),
    Column("started_at", Moment),
    Column("message_id", BigInteger),
    Column("reason", Text),
    # The id of the alert whose message is edited; 0 for a message of its own.
    Column("edits", Integer, nullable=False),
    Column("silent", Boolean, nullable=False),
    PrimaryKeyConstraint("alert_id", "subscriber_id", "edits"),
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
    CheckConstraint(
        "(state = 'delivered') = (message_id IS NOT NULL)", name="deliveries_message_id"
    ),
    sqlite_with_rowid=False,
)

fanouts = Table(
    "fanouts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("alert_id", Integer, ForeignKey("alerts.id"), nullable=False),
    # The last reader, by id, that it went through.
    Column("after_id", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="fanouts_is_one"),
)

fanout_passed = Table(
    "fanout_passed",
    metadata,
    Column("subscriber_id", BigInteger, primary_key=True, autoincrement=False),
)

sender = Table(
    "sender",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", Integer, nullable=False),
    Column("pause_until_at", Moment),
    CheckConstraint("id = 1", name="sender_is_one"),
)

freezes = Table(
    "freezes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("since_at", Moment, nullable=False),
    Column("moderator_id", Integer, ForeignKey("moderators.id"), nullable=False),
    Column("thaw_by", Integer, ForeignKey("moderators.id")),
    CheckConstraint("id = 1", name="freezes_is_one"),
)

questions = Table(
    "questions",
    metadata,
    Column("key", Text, primary_key=True),
    Column("moderator_id", Integer, ForeignKey("moderators.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("about", Text, nullable=False),
    UniqueConstraint("moderator_id", "act"),
)

memos = Table(
    "memos",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("moderator_id", Integer, ForeignKey("moderators.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    _states(
        "memos",
        "kind",
        "frozen",
        "thaw_proposed",
        "thawed",
        "halted",
        "withdrawn",
        "redaction_proposed",
        "redacted",
        "missed",
    ),
)

redactions = Table(
    "redactions",
    metadata,
    Column("record_key", Text, primary_key=True),
    Column("moderator_id", Integer, ForeignKey("moderators.id"), nullable=False),
    Column("proposed_at", Moment, nullable=False),
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("handled_at", Moment, nullable=False),
)
