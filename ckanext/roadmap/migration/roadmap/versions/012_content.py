"""What the portal's own files and tables hold, append-only; marks on those that are to be measured.

Revision ID: 012
Revises: 011
Create Date: 2026-11-25
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "012"
down_revision = "011"
branch_labels = None
depends_on = None

LOOK, MARK = "roadmap_content_look", "roadmap_content_mark"
WORDS = ("stamp", "raw_hash", "content_hash", "core_hash", "label")


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=False)


def moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    op.create_table(
        LOOK,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        text("dataset_id"),
        text("resource_id"),
        text("origin"),
        moment("at"),
        *(sa.Column(name, sa.UnicodeText) for name in WORDS),
        sa.Column("rows", sa.BigInteger),
        sa.Column("columns", JSONB),
        sa.Column("codes", JSONB),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        moment("recorded_at"),
        text("previous_hash"),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    )
    op.create_index(f"{LOOK}_newest", LOOK, ["dataset_id", "resource_id", sa.text("seq DESC")])
    protect(LOOK)
    op.create_table(
        MARK,
        sa.Column("dataset_id", sa.UnicodeText, primary_key=True),
        sa.Column("resource_id", sa.UnicodeText, primary_key=True),
        moment("touched_at"),
        moment("first_at"),
        moment("due_at"),
    )


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
    op.drop_table(MARK)
    op.drop_table(LOOK)
