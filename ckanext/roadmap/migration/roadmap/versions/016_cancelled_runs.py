"""A run may end because somebody asked for it.

Revision ID: 016
Revises: 015
"""

from alembic import op

revision = "016"
down_revision = "015"
branch_labels = None
depends_on = None

TABLE, NAME = "roadmap_run", "roadmap_run_outcome"


def upgrade():
    op.drop_constraint(NAME, TABLE)
    op.create_check_constraint(
        NAME, TABLE, "outcome IN ('unchanged', 'applied', 'held', 'failed', 'cancelled')"
    )


def downgrade():
    op.execute("DELETE FROM roadmap_run WHERE outcome = 'cancelled'")
    op.drop_constraint(NAME, TABLE)
    op.create_check_constraint(NAME, TABLE, "outcome IN ('unchanged', 'applied', 'held', 'failed')")
