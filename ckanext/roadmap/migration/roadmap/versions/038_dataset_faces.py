"""How datasets were shown through time: names, resources, whether they were public.

Revision ID: 038
Revises: 037
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "038"
down_revision = "037"
branch_labels = None
depends_on = None

TABLE = "roadmap_dataset_face"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("dataset_id", sa.UnicodeText, nullable=False),
        sa.Column("organization_id", sa.UnicodeText),
        sa.Column("name", sa.UnicodeText, nullable=False),
        sa.Column("title", JSONB, nullable=False),
        sa.Column("is_public", sa.Boolean, nullable=False),
        sa.Column("resources", JSONB, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.UnicodeText, nullable=False),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    )
    op.create_index(f"{TABLE}_of_dataset", TABLE, ["dataset_id", "seq"])
    op.create_index(f"{TABLE}_recorded_at", TABLE, ["recorded_at"])
    protect(TABLE)


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
    op.drop_table(TABLE)
