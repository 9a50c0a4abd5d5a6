"""An item may name ODIN's indicators beside its categories.

Revision ID: 019
Revises: 018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "019"
down_revision = "018"
branch_labels = None
depends_on = None

TABLE = "roadmap_item_revision"
CLASSES, NAMED = "roadmap_item_revision_personal_data", "personal_data IN ('none', 'depersonalised', 'public')"


def upgrade():
    op.add_column(
        TABLE, sa.Column("odin_indicators", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb"))
    )
    op.alter_column(TABLE, "odin_indicators", server_default=None)
    op.create_check_constraint(CLASSES, TABLE, NAMED)


def downgrade():
    op.drop_constraint(CLASSES, TABLE)
    op.drop_column(TABLE, "odin_indicators")
