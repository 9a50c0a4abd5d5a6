"""Looks at links to data on other sites, append-only.

Revision ID: 008
Revises: 007
Create Date: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "008"
down_revision = "007"
branch_labels = None
depends_on = None

TABLE = "roadmap_site_check"
WORDS = ("error", "final_url", "etag", "modified", "raw_hash", "content_hash", "core_hash", "label")


def text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        text("dataset_id"),
        text("resource_id"),
        text("url"),
        text("look"),
        sa.Column("status", sa.Integer),
        *(text(name, nullable=True) for name in WORDS),
        sa.Column("params", JSONB),
        sa.Column("size", sa.BigInteger),
        sa.Column("rows", sa.BigInteger),
        sa.Column("columns", JSONB),
        sa.Column("codes", JSONB),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        text("previous_hash"),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    )
    op.create_index(f"{TABLE}_newest", TABLE, ["resource_id", sa.text("seq DESC")])
    op.execute(
        f"CREATE TRIGGER {TABLE}_rows BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION roadmap_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_all BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION roadmap_refuse()"
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_rows")
    op.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_all")


def downgrade() -> None:
    op.drop_table(TABLE)
