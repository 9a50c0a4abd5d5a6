"""Which load of a moved dataset's rows was begun and is not noted yet.

Revision ID: 035
Revises: 034
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "035"
down_revision = "034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("roadmap_moved_dataset", sa.Column("rows_run", sa.UnicodeText))


def downgrade() -> None:
    op.drop_column("roadmap_moved_dataset", "rows_run")
