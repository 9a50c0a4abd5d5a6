"""Acts on deadlines, append-only: attestations, exemptions, objections, rulings.

Revision ID: 004
Revises: 003
Create Date: 2026-11-23
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None

TABLES = (
    "roadmap_attestation",
    "roadmap_exemption",
    "roadmap_exemption_revocation",
    "roadmap_objection",
    "roadmap_ruling",
)


def text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def reference(name: str, table: str, *, nullable: bool = False, unique: bool = False) -> sa.Column:
    target = sa.ForeignKey(f"roadmap_{table}.id")
    return sa.Column(name, sa.UnicodeText, target, nullable=nullable, unique=unique, index=not unique)


def key() -> sa.Column:
    return sa.Column("id", sa.UnicodeText, primary_key=True)


def chain() -> list[sa.Column]:
    return [
        text("by"),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        moment("recorded_at"),
        text("previous_hash"),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    ]


def upgrade() -> None:
    op.create_table(
        "roadmap_attestation",
        key(),
        reference("deadline_id", "deadline"),
        reference("event_id", "data_event", unique=True),
        text("reason"),
        *chain(),
    )
    op.create_table(
        "roadmap_exemption",
        key(),
        reference("deadline_id", "deadline", nullable=True),
        reference("body_id", "body", nullable=True),
        reference("item_id", "item", nullable=True),
        moment("since", nullable=True),
        moment("until", nullable=True),
        text("decision_number"),
        sa.Column("decision_date", sa.Date, nullable=False),
        text("document_url", nullable=True),
        text("reason"),
        *chain(),
    )
    op.create_table(
        "roadmap_exemption_revocation",
        key(),
        reference("exemption_id", "exemption", unique=True),
        text("reason"),
        *chain(),
    )
    op.create_table(
        "roadmap_objection",
        key(),
        reference("deadline_id", "deadline"),
        text("fault"),
        text("text"),
        text("evidence_url", nullable=True),
        *chain(),
    )
    op.create_table(
        "roadmap_ruling",
        key(),
        reference("objection_id", "objection", unique=True),
        sa.Column("upheld", sa.Boolean, nullable=False),
        text("text"),
        text("remedy"),
        reference("exemption_id", "exemption", nullable=True),
        reference("notice_id", "deadline_notice", nullable=True),
        *chain(),
    )
    for table in TABLES:
        protect(table)


def protect(table: str) -> None:
    """The function was made with the ledger's first tables."""
    op.execute(
        f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION roadmap_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION roadmap_refuse()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_all")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
