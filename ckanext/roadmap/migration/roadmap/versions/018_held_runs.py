"""Held runs: everything that the gates found, what people decided on it, and the run that went on with it.

Revision ID: 018
Revises: 017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "018"
down_revision = "017"
branch_labels = None
depends_on = None

RUN, DECISION = "roadmap_run", "roadmap_run_decision"


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=False)


def upgrade() -> None:
    op.add_column(RUN, sa.Column("findings", JSONB))
    op.add_column(RUN, sa.Column("resumes", sa.UnicodeText))
    op.create_table(
        DECISION,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        words("run_id"),
        words("mapping_id"),
        words("content_hash"),
        sa.Column("findings", JSONB, nullable=False),
        sa.Column("word", sa.UnicodeText, sa.CheckConstraint("word IN ('approve', 'decline')"), nullable=False),
        sa.Column("side", sa.UnicodeText, sa.CheckConstraint("side IN ('owner', 'portal')"), nullable=False),
        words("reason"),
        words("by"),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        words("previous_hash"),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    )
    op.create_index(f"{DECISION}_content", DECISION, ["mapping_id", "content_hash"])
    protect(DECISION)


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
    op.drop_table(DECISION)
    op.drop_column(RUN, "resumes")
    op.drop_column(RUN, "findings")
