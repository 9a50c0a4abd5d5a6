"""What the pages of now tell of each obligation, kept while it holds.

Revision ID: 023
Revises: 022
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "023"
down_revision = "022"
branch_labels = None
depends_on = None

TABLE, COUNTRY = "roadmap_sheet", "roadmap_country_sheet"
SINCE, QUARTER = "roadmap_stand_since", "roadmap_stand_tally_quarter"


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
    op.create_table(
        COUNTRY,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("basis", sa.UnicodeText, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.clock_timestamp(),
        ),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_index(SINCE, "roadmap_stand", ["since"])
    op.create_index(QUARTER, "roadmap_stand_tally", ["quarter"])


def downgrade() -> None:
    op.drop_index(QUARTER, "roadmap_stand_tally")
    op.drop_index(SINCE, "roadmap_stand")
    op.drop_table(COUNTRY)
    op.drop_table(TABLE)
