"""Who wants no letters about suggestions.

Revision ID: 042
Revises: 041
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "042"
down_revision = "041"
branch_labels = None
depends_on = None

TABLE = "roadmap_silenced_voice"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("voice", sa.UnicodeText, primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
