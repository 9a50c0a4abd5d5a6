"""An item may name ODIN's indicators beside its categories, and the types of its columns.

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
    op.add_column(
        TABLE, sa.Column("column_types", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb"))
    )
    op.create_check_constraint(CLASSES, TABLE, NAMED)


def downgrade():
    op.drop_constraint(CLASSES, TABLE)
    op.drop_column(TABLE, "column_types")
    op.drop_column(TABLE, "odin_indicators")
