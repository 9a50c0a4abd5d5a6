"""Mappings of source tables to items, and the runs that load them.

Revision ID: 002
Revises: 001
Create Date: 2026-11-23
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None

COUNTS = ("rows_in", "rows_before", "rows_inserted", "rows_updated", "rows_deleted", "bytes")


def text(name: str, *, nullable: bool = False, **options: object) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=nullable, **options)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "roadmap_mapping",
        text("id", primary_key=True),
        text("name", unique=True),
        text("connection", index=True),
        text("source_schema"),
        text("source_table"),
        text("item_code", index=True),
        text("body_name", index=True),
        text("dataset_id", unique=True),
        text("resource_id", unique=True),
        sa.Column("definition", JSONB, nullable=False),
        text("definition_hash"),
        moment("created_at"),
        moment("updated_at"),
    )
    op.create_table(
        "roadmap_run",
        text("id", primary_key=True),
        sa.Column("mapping_id", sa.UnicodeText, sa.ForeignKey("roadmap_mapping.id"), nullable=False, index=True),
        text("mapping_name"),
        text("connection"),
        text("dataset_id", index=True),
        text("resource_id"),
        text("harvest_object_id", nullable=True, index=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        text("state"),
        text("phase"),
        text("outcome", nullable=True),
        text("strategy", nullable=True),
        *(sa.Column(name, sa.BigInteger, nullable=True) for name in COUNTS),
        text("content_hash", nullable=True),
        text("watermark", nullable=True),
        sa.Column("columns", JSONB, nullable=True),
        sa.Column("regions", JSONB, nullable=True),
        moment("live_read_at", nullable=True),
        moment("started_at"),
        moment("finished_at", nullable=True),
        sa.Column("durations", JSONB, nullable=False),
        sa.Column("error", JSONB, nullable=True),
        sa.Column("files", JSONB, nullable=False),
        sa.CheckConstraint("state IN ('running', 'finished')", name="roadmap_run_state"),
        sa.CheckConstraint(
            "outcome IN ('unchanged', 'applied', 'held', 'failed')", name="roadmap_run_outcome"
        ),
        sa.CheckConstraint("(state = 'finished') = (outcome IS NOT NULL)", name="roadmap_run_end"),
    )
    op.create_index("roadmap_run_started_at", "roadmap_run", [sa.text("started_at DESC")])
    op.create_index(
        "roadmap_run_unfinished", "roadmap_run", ["mapping_id"], postgresql_where=sa.text("state = 'running'")
    )


def downgrade() -> None:
    op.drop_table("roadmap_run")
    op.drop_table("roadmap_mapping")
