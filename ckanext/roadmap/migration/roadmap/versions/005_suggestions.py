"""Suggestions: the box, its append-only history, voices, comments, notices.

Revision ID: 005
Revises: 004
Create Date: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None

TABLES = (
    "roadmap_suggestion",
    "roadmap_suggestion_second",
    "roadmap_suggestion_comment",
    "roadmap_suggestion_notice",
    "roadmap_suggestion_event",
)


def text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def reference(name: str, table: str, *, nullable: bool = False) -> sa.Column:
    target = sa.ForeignKey(f"roadmap_{table}.id")
    return sa.Column(name, sa.UnicodeText, target, nullable=nullable, index=True)


def key() -> sa.Column:
    return sa.Column("id", sa.UnicodeText, primary_key=True)


def upgrade() -> None:
    suggestion()
    around()
    history()


def suggestion() -> None:
    op.create_table(
        "roadmap_suggestion",
        key(),
        sa.Column("number", sa.UnicodeText, nullable=True, unique=True),
        *map(text, ("title", "what", "why", "holder_text")),
        reference("body_id", "body", nullable=True),
        text("indicator", nullable=True),
        text("origin"),
        text("author_user_id", nullable=True),
        text("author_email", nullable=True),
        text("lang"),
        sa.Column("state", sa.UnicodeText, nullable=False, index=True),
        reference("merged_into_id", "suggestion", nullable=True),
        moment("created_at"),
        *(moment(name, nullable=True) for name in ("opened_at", "decided_at", "published_at")),
        *(text(name, nullable=True) for name in ("answer", "item_code", "hidden_reason")),
    )
    op.create_index(
        "ix_roadmap_suggestion_gap",
        "roadmap_suggestion",
        ["indicator"],
        unique=True,
        postgresql_where=sa.text("origin = 'rating'"),
    )


def around() -> None:
    op.create_table(
        "roadmap_suggestion_second",
        key(),
        reference("suggestion_id", "suggestion"),
        text("voice"),
        text("email", nullable=True),
        text("lang"),
        moment("created_at"),
        moment("confirmed_at", nullable=True),
        reference("carried_from_id", "suggestion", nullable=True),
        sa.UniqueConstraint("suggestion_id", "voice"),
    )
    op.create_table(
        "roadmap_suggestion_comment",
        key(),
        reference("suggestion_id", "suggestion"),
        text("text"),
        text("role"),
        text("user_id", nullable=True),
        text("email", nullable=True),
        text("lang"),
        moment("created_at"),
        moment("confirmed_at", nullable=True),
        moment("hidden_at", nullable=True),
        text("hidden_by", nullable=True),
        text("hidden_reason", nullable=True),
    )
    op.create_table(
        "roadmap_suggestion_notice",
        key(),
        reference("suggestion_id", "suggestion"),
        reference("author_of_id", "suggestion"),
        text("event_id"),
        text("state"),
        text("reason"),
        moment("created_at"),
        moment("seen_at", nullable=True),
        moment("mailed_at", nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.UniqueConstraint("event_id", "author_of_id"),
    )


def history() -> None:
    table = "roadmap_suggestion_event"
    op.create_table(
        table,
        key(),
        sa.Column("suggestion_id", sa.UnicodeText, nullable=False, index=True),
        text("state"),
        text("reason"),
        text("actor"),
        moment("at"),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        moment("recorded_at"),
        text("previous_hash"),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    )
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
