"""Deadlines that an officer's signature met are counted apart.

Revision ID: 034
Revises: 033
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "034"
down_revision = "033"
branch_labels = None
depends_on = None

TABLE = "roadmap_tally"
SIGNED = """
    INSERT INTO roadmap_stale (obligation_id)
    SELECT DISTINCT obligation_id FROM roadmap_data_event WHERE kind = 'attested'
"""


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("attested", sa.Integer, nullable=False, server_default="0"))
    op.execute(SIGNED)


def downgrade() -> None:
    op.drop_column(TABLE, "attested")
    op.execute(SIGNED)
