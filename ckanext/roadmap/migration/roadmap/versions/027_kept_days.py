"""What the country's page told at the end of past days is kept for good.

Revision ID: 027
Revises: 026
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "027"
down_revision = "026"
branch_labels = None
depends_on = None

TABLE = "roadmap_country_sheet"
BASIS, DAY = f"{TABLE}_basis", f"{TABLE}_day"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("day", sa.Date, nullable=True))
    op.create_index(BASIS, TABLE, ["basis"])
    op.create_index(DAY, TABLE, ["day"], unique=True)


def downgrade() -> None:
    op.drop_index(DAY, TABLE)
    op.drop_index(BASIS, TABLE)
    op.drop_column(TABLE, "day")
