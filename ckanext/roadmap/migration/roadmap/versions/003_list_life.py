"""The life of a list version: submission, rejection, override of the once-a-year rule, corrections.

Revision ID: 003
Revises: 002
Create Date: 2026-11-23
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None

TEXTS = ("submitted_by", "rejected_by", "rejected_reason", "override_act", "override_reason")
MOMENTS = ("submitted_at", "rejected_at")
STATUSES = "'draft', 'submitted', 'approved', 'superseded', 'rejected'"


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("roadmap_list_version", sa.Column(name, sa.UnicodeText))
    for name in MOMENTS:
        op.add_column("roadmap_list_version", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_check_constraint("roadmap_list_version_status", "roadmap_list_version", f"status IN ({STATUSES})")
    op.create_index(
        "roadmap_list_version_one_open",
        "roadmap_list_version",
        ["status"],
        unique=True,
        postgresql_where=sa.text("status = 'approved'"),
    )
    create_corrections()


def create_corrections() -> None:
    op.create_table(
        "roadmap_list_correction",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        *(
            sa.Column(name, sa.UnicodeText, sa.ForeignKey(f"{table}.id"), nullable=False, index=True)
            for name, table in (
                ("list_version_id", "roadmap_list_version"),
                ("revision_id", "roadmap_item_revision"),
            )
        ),
        sa.Column("changes", JSONB, nullable=False),
        *(
            sa.Column(name, sa.UnicodeText, nullable=False)
            for name in ("act", "reason", "hash_before", "hash_after", "recorded_by")
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("roadmap_list_correction")
    op.drop_index("roadmap_list_version_one_open")
    op.drop_constraint("roadmap_list_version_status", "roadmap_list_version")
    for name in (*TEXTS, *MOMENTS):
        op.drop_column("roadmap_list_version", name)
