"""What repairing an obligation would raise, beside its sheet, so that the country's repairs can be ranked.

Revision ID: 030
Revises: 029
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "030"
down_revision = "029"
branch_labels = None
depends_on = None

TABLE = "roadmap_sheet"


def upgrade() -> None:
    op.execute(f"DELETE FROM {TABLE}")  # noqa: S608 - a fixed name; they are made again when asked for
    op.add_column(TABLE, sa.Column("item_code", sa.UnicodeText, nullable=False))
    op.add_column(TABLE, sa.Column("sphere", sa.UnicodeText, nullable=False))
    op.add_column(TABLE, sa.Column("outlook", ARRAY(sa.Integer), nullable=False))


def downgrade() -> None:
    for name in ("outlook", "sphere", "item_code"):
        op.drop_column(TABLE, name)
