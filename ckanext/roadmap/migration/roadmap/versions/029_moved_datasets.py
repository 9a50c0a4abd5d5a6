"""Datasets, publishers and readings of other catalogues.

Revision ID: 029
Revises: 028
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "029"
down_revision = "028"
branch_labels = None
depends_on = None

DATASET, PUBLISHER, READING = "roadmap_moved_dataset", "roadmap_moved_publisher", "roadmap_moved_reading"


def words(name: str, nullable: bool = False, **more) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=nullable, **more)


def moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def document(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, JSONB, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        DATASET,
        words("id", primary_key=True),
        *map(words, ("connection", "key", "identifier", "publisher_key")),
        document("origin"),
        words("digest"),
        moment("updated", nullable=True),
        document("remarks"),
        *map(words, ("dataset_id", "resource_id", "state")),
        words("reason", nullable=True),
        document("params", nullable=True),
        words("seen_in"),
        moment("first_seen_at"),
        document("moved", nullable=True),
        words("moved_digest", nullable=True),
        moment("moved_at", nullable=True),
        moment("vanished_at", nullable=True),
        words("rows_state"),
        words("rows_digest", nullable=True),
        document("rows_reason", nullable=True),
        sa.Column("rows", sa.BigInteger),
        document("columns", nullable=True),
        document("approved", nullable=True),
        moment("changed_at", nullable=True),
    )
    op.create_index(f"{DATASET}_key", DATASET, ["connection", "key"], unique=True)
    for name in ("dataset_id", "identifier"):
        op.create_index(f"{DATASET}_{name}", DATASET, [name])
    op.create_table(
        PUBLISHER,
        words("connection", primary_key=True),
        words("key", primary_key=True),
        document("title"),
        words("stir"),
        words("name"),
        words("body_id", nullable=True),
        words("how", nullable=True),
        words("by", nullable=True),
        document("candidates"),
        moment("first_seen_at"),
        moment("resolved_at", nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["roadmap_body.id"]),
    )
    op.create_table(
        READING,
        words("id", primary_key=True),
        words("connection"),
        words("cursor"),
        sa.Column("total", sa.Integer),
        *map(document, ("counts", "remarks", "faults")),
        moment("started_at"),
        moment("finished_at", nullable=True),
    )
    op.create_index(f"{READING}_connection", READING, ["connection", "started_at"])


def downgrade() -> None:
    for table in (READING, PUBLISHER, DATASET):
        op.drop_table(table)
