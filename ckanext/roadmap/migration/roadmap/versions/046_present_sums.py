"""The country's page of now keeps the sums that it was told of: instants of the running day start from them.

Revision ID: 046
Revises: 045
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "046"
down_revision = "045"
branch_labels = None
depends_on = None

TABLE = "roadmap_country_sheet"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("sums", sa.JSON))


def downgrade() -> None:
    op.drop_column(TABLE, "sums")
