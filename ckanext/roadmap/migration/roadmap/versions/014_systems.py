"""The register of information systems: systems, their way (append-only), and the yearly survey.

Revision ID: 014
Revises: 013
Create Date: 2026-11-25
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "014"
down_revision = "013"
branch_labels = None
depends_on = None

STEPS = "roadmap_system_step"


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=False)


def moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def document(name: str) -> sa.Column:
    return sa.Column(name, JSONB, nullable=False)


def body() -> sa.Column:
    return sa.Column("body_id", sa.UnicodeText, sa.ForeignKey("roadmap_body.id"), nullable=False, index=True)


def upgrade() -> None:
    op.create_table(
        "roadmap_system",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("code", sa.UnicodeText, nullable=False, unique=True),
        body(),
        *map(document, ("title", "purpose", "items")),
        *map(text, ("dbms", "dbms_version", "volume", "personal_data", "network")),
        *map(text, ("contact_name", "contact_phone", "contact_email")),
        sa.Column("connection", sa.UnicodeText, unique=True),
        text("stage"),
        moment("created_at"),
        moment("updated_at"),
        text("updated_by"),
    )
    op.create_table(
        STEPS,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("system_id", sa.UnicodeText, nullable=False, index=True),
        text("stage"),
        sa.Column("reached", sa.Date, nullable=False),
        text("act"),
        sa.Column("document_url", sa.UnicodeText),
        text("by"),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        moment("recorded_at"),
        text("previous_hash"),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    )
    op.create_table(
        "roadmap_system_answer",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        body(),
        sa.Column("year", sa.Integer, nullable=False, index=True),
        sa.Column("systems", sa.Integer, nullable=False),
        text("note"),
        text("by"),
        moment("recorded_at"),
    )
    protect(STEPS)


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
    for table in ("roadmap_system_answer", STEPS, "roadmap_system"):
        op.drop_table(table)
