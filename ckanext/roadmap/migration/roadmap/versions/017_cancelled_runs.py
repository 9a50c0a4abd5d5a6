"""A run may end because somebody asked for it.

Revision ID: 017
Revises: 016
"""

from alembic import op

revision = "017"
down_revision = "016"
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
