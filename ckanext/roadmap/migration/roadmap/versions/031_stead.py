"""The portal may decide in place of a data owner who has nobody to do so, and says so.

Revision ID: 031
Revises: 030
Create Date: 2026-11-26
"""

from __future__ import annotations

from alembic import op

revision = "031"
down_revision = "030"
branch_labels = None
depends_on = None

TABLE, CHECK = "roadmap_run_decision", "roadmap_run_decision_side_check"


def upgrade() -> None:
    op.drop_constraint(CHECK, TABLE, type_="check")
    op.create_check_constraint(CHECK, TABLE, "side IN ('owner', 'portal', 'stead')")


def downgrade() -> None:
    op.drop_constraint(CHECK, TABLE, type_="check")
    op.create_check_constraint(CHECK, TABLE, "side IN ('owner', 'portal')", postgresql_not_valid=True)
