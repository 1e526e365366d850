"""How far an alert to very many readers is put in, and who was put in before their turn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "fanouts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("alert_id", sa.Integer, sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("after_id", sa.BigInteger, nullable=False),
        sa.CheckConstraint("id = 1", name="fanouts_is_one"),
    )
    op.create_table(
        "fanout_passed",
        sa.Column("subscriber_id", sa.BigInteger, primary_key=True, autoincrement=False),
    )
