"""Dockets of the commission, their entries, and the suggestions in them.

Revision ID: 007
Revises: 006
Create Date: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "007"
down_revision = "006"
branch_labels = None
depends_on = None


def text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=nullable)


def document(name: str) -> sa.Column:
    return sa.Column(name, JSONB, nullable=False)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def reference(name: str, table: str, *, nullable: bool = False) -> sa.Column:
    target = sa.ForeignKey(f"roadmap_{table}.id")
    return sa.Column(name, sa.UnicodeText, target, nullable=nullable, index=True)


def key() -> sa.Column:
    return sa.Column("id", sa.UnicodeText, primary_key=True)


def upgrade() -> None:
    op.create_table(
        "roadmap_docket",
        key(),
        sa.Column("number", sa.UnicodeText, nullable=False, unique=True),
        sa.Column("sitting_date", sa.Date, nullable=False),
        document("place"),
        text("chair", nullable=True),
        text("secretary", nullable=True),
        document("present"),
        text("state"),
        reference("list_version_id", "list_version", nullable=True),
        text("created_by"),
        moment("created_at"),
        text("sent_by", nullable=True),
        moment("sent_at", nullable=True),
        text("closed_by", nullable=True),
        moment("closed_at", nullable=True),
        sa.CheckConstraint("state IN ('draft', 'sent', 'held', 'closed')", name="roadmap_docket_state"),
    )
    entries()
    op.create_table(
        "roadmap_docket_suggestion",
        key(),
        reference("entry_id", "docket_entry"),
        reference("suggestion_id", "suggestion"),
        sa.UniqueConstraint("entry_id", "suggestion_id"),
    )


def entries() -> None:
    op.create_table(
        "roadmap_docket_entry",
        key(),
        reference("docket_id", "docket"),
        sa.Column("position", sa.Integer, nullable=False),
        document("title"),
        reference("body_id", "body", nullable=True),
        document("cost"),
        document("legal"),
        reference("deferred_from_id", "docket_entry", nullable=True),
        text("stance", nullable=True),
        document("opinion"),
        text("opinion_by", nullable=True),
        moment("opinion_at", nullable=True),
        text("decision", nullable=True),
        document("decision_text"),
        *(
            sa.Column(name, sa.Integer, nullable=True)
            for name in ("votes_for", "votes_against", "votes_abstained")
        ),
        text("decided_by", nullable=True),
        moment("decided_at", nullable=True),
        sa.Column("item_code", sa.UnicodeText, nullable=True, index=True),
        moment("created_at"),
        sa.CheckConstraint("decision IN ('accept', 'reject', 'defer')", name="roadmap_docket_entry_decision"),
    )


def downgrade() -> None:
    for table in ("roadmap_docket_suggestion", "roadmap_docket_entry", "roadmap_docket"):
        op.drop_table(table)
