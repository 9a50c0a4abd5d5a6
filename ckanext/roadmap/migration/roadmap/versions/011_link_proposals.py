"""Links that are proposed with a score, and declined; which datasets the matcher has looked at.

Revision ID: 011
Revises: 010
Create Date: 2026-11-25
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "011"
down_revision = "010"
branch_labels = None
depends_on = None

TABLE, INDEX = "roadmap_publication", "roadmap_publication_live"
KEY = ["obligation_id", "dataset_id", "place"]
WORDS = ("declined_by", "reason", "fingerprint")


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("declined_at", sa.DateTime(timezone=True)))
    for name in WORDS:
        op.add_column(TABLE, sa.Column(name, sa.UnicodeText))
    op.add_column(TABLE, sa.Column("scores", JSONB(none_as_null=True)))
    _index("revoked_at IS NULL AND declined_at IS NULL")
    op.create_table(
        "roadmap_matched_dataset",
        sa.Column("dataset_id", sa.UnicodeText, primary_key=True),
        sa.Column("fingerprint", sa.UnicodeText, nullable=False),
        sa.Column("modified_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("roadmap_matched_dataset")
    op.execute(f"DELETE FROM {TABLE} WHERE declined_at IS NOT NULL")
    _index("revoked_at IS NULL")
    for name in ("declined_at", *WORDS, "scores"):
        op.drop_column(TABLE, name)


def _index(where: str) -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, KEY, unique=True, postgresql_where=sa.text(where))
