"""Takedowns of personal data and what followed them, append-only.

Revision ID: 009
Revises: 008
Create Date: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "009"
down_revision = "008"
branch_labels = None
depends_on = None

TABLES = ("roadmap_takedown", "roadmap_takedown_step")


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=False)


def chain() -> list[sa.Column]:
    return [
        text("by"),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        text("previous_hash"),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    ]


def upgrade() -> None:
    op.create_table(
        "roadmap_takedown",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("dataset_id", sa.UnicodeText, nullable=False, index=True),
        sa.Column("resource_id", sa.UnicodeText, nullable=False, index=True),
        sa.Column("was_private", sa.Boolean, nullable=False),
        text("reason"),
        *chain(),
    )
    op.create_table(
        "roadmap_takedown_step",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column(
            "takedown_id", sa.UnicodeText, sa.ForeignKey("roadmap_takedown.id"), nullable=False, index=True
        ),
        text("kind"),
        text("text"),
        *chain(),
        sa.UniqueConstraint("takedown_id", "kind"),
    )
    for table in TABLES:
        protect(table)


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
    for table in reversed(TABLES):
        op.drop_table(table)
