"""What the pages of now tell of each obligation, kept while it holds.

Revision ID: 018
Revises: 017
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "018"
down_revision = "017"
branch_labels = None
depends_on = None

TABLE, INDEX = "roadmap_sheet", "roadmap_stand_since"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("obligation_id", sa.UnicodeText, primary_key=True),
        sa.Column("body_id", sa.UnicodeText, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", JSONB, nullable=False),
        sa.Column("deadlines", JSONB, nullable=False),
    )
    op.create_index(INDEX, "roadmap_stand", ["since"])


def downgrade() -> None:
    op.drop_index(INDEX, "roadmap_stand")
    op.drop_table(TABLE)
