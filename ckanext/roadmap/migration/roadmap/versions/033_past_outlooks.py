"""What repairs would have raised at past instants is kept; the newest events of a place are found at once.

Revision ID: 033
Revises: 032
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "033"
down_revision = "032"
branch_labels = None
depends_on = None

TABLE = "roadmap_past_outlook"
EVENTS = "roadmap_data_event"
OLD = f"ix_{EVENTS}_obligation_id"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("basis", sa.UnicodeText, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.JSON, nullable=False),
    )
    op.create_index(f"{TABLE}_at", TABLE, ["at"])
    # it serves whoever asks for an obligation's events as well
    op.create_index(f"{EVENTS}_newest", EVENTS, ["obligation_id", "place", "at"])
    op.drop_index(OLD, EVENTS)


def downgrade() -> None:
    op.create_index(OLD, EVENTS, ["obligation_id"])
    op.drop_index(f"{EVENTS}_newest", EVENTS)
    op.drop_table(TABLE)
