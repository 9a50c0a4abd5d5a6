"""Looks at sources that go on in the background.

Revision ID: 040
Revises: 039
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "040"
down_revision = "039"
branch_labels = None
depends_on = None

TABLE = "roadmap_source_look"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("asked", JSONB, nullable=False),
        sa.Column("form", JSONB, nullable=False),
        sa.Column("asked_by", sa.UnicodeText, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("found", JSONB),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
