"""What a run's page, its cancelling and its kept versions need.

Revision ID: 010
Revises: 009
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "010"
down_revision = "009"
branch_labels = None
depends_on = None

TABLE = "roadmap_run"
COLUMNS = {
    "choice": JSONB,
    "types": JSONB,
    "changes": JSONB,
    "watermark_before": sa.UnicodeText,
    "rows_expected": sa.BigInteger,
    "progress_at": sa.DateTime(timezone=True),
    "published_at": sa.DateTime(timezone=True),
    "files_pruned_at": sa.DateTime(timezone=True),
    "cancel_asked_at": sa.DateTime(timezone=True),
    "cancelled_by": sa.UnicodeText,
}


def upgrade():
    for name, kind in COLUMNS.items():
        op.add_column(TABLE, sa.Column(name, kind))
    op.create_index("roadmap_run_resource", TABLE, ["resource_id", "started_at"])


def downgrade():
    op.drop_index("roadmap_run_resource", TABLE)
    for name in COLUMNS:
        op.drop_column(TABLE, name)
