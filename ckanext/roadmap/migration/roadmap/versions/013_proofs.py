"""The portal's own log of being up; what acts rest on: an outage, a term, an expiry; when a source changed.

Columns of the ledger that come later are empty in older rows, and an empty one is no part of a row's hash.

Revision ID: 013
Revises: 012
Create Date: 2026-11-25
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "013"
down_revision = "012"
branch_labels = None
depends_on = None

BEAT = "roadmap_heartbeat"
MOMENTS = (
    ("roadmap_exemption", "outage_since"),
    ("roadmap_exemption", "outage_until"),
    ("roadmap_objection", "rule_by"),
    ("roadmap_attestation", "valid_until"),
    ("roadmap_deadline", "changed_at"),
)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        BEAT,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        moment("at"),
        sa.Column("down", JSONB, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        moment("recorded_at"),
        sa.Column("previous_hash", sa.UnicodeText, nullable=False),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    )
    op.create_index(f"{BEAT}_at", BEAT, ["at", "seq"])
    protect(BEAT)
    for table, name in MOMENTS:
        op.add_column(table, moment(name, nullable=True))
    op.add_column("roadmap_exemption", sa.Column("proof", JSONB))


def protect(table: str) -> None:
    """The function was made with the ledger's first tables."""
    op.execute(
        f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION roadmap_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION roadmap_refuse()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_all")


def downgrade() -> None:
    op.drop_column("roadmap_exemption", "proof")
    for table, name in reversed(MOMENTS):
        op.drop_column(table, name)
    op.drop_table(BEAT)
