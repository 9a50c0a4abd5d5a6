"""What repairs would have raised at a past instant is counted part by part, so that nothing counted is lost.

Revision ID: 039
Revises: 038
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "039"
down_revision = "038"
branch_labels = None
depends_on = None

TABLE = "roadmap_past_outlook"
ONCE = f"{TABLE}_basis_at_place_key"


def upgrade() -> None:
    op.execute(f"DELETE FROM {TABLE}")  # they are counted again when somebody asks
    for name in ("place", "done", "owed"):
        op.add_column(TABLE, sa.Column(name, sa.Integer, nullable=False))
    op.create_unique_constraint(ONCE, TABLE, ["basis", "at", "place"])


def downgrade() -> None:
    op.execute(f"DELETE FROM {TABLE}")
    op.drop_constraint(ONCE, TABLE)
    for name in ("owed", "done", "place"):
        op.drop_column(TABLE, name)
