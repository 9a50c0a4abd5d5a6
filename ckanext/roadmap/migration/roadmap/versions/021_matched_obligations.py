"""With which obligations the matcher compared a dataset: new ones make it look again.

Revision ID: 021
Revises: 020
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "021"
down_revision = "020"
branch_labels = None
depends_on = None

TABLE = "roadmap_matched_dataset"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("owed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column(TABLE, "owed_at")
