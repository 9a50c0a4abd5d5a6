"""What data cover by their own column of periods.

An event without is hashed as before: an empty column that came later is no part of a row's hash.

Revision ID: 048
Revises: 047
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "048"
down_revision = "047"
branch_labels = None
depends_on = None

EVENT, RUN = "roadmap_data_event", "roadmap_run"
COVERS = ("covers_first", "covers_last")


def upgrade() -> None:
    for name in COVERS:
        op.add_column(EVENT, sa.Column(name, sa.Date))
    op.add_column(RUN, sa.Column("periods", JSONB))


def downgrade() -> None:
    op.drop_column(RUN, "periods")
    for name in COVERS:
        op.drop_column(EVENT, name)
