"""Bodies through time: their history, who held an obligation when, identifiers issued for good; fields of the list.

Revision ID: 016
Revises: 015
Create Date: 2026-11-25
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "016"
down_revision = "015"
branch_labels = None
depends_on = None

TABLES = ("roadmap_body_revision", "roadmap_identifier")
SPAN = "roadmap_obligation_term"
OLD_SPAN, NEW_SPAN = f"{SPAN}_obligation_id_list_version_id_key", f"{SPAN}_of_holder"


def text(name: str, *, nullable: bool = False, unique: bool = False) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=nullable, unique=unique)


def reference(name: str, table: str, *, nullable: bool = False, unique: bool = False) -> sa.Column:
    key = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.UnicodeText, key, nullable=nullable, index=not unique, unique=unique)


def chain() -> list[sa.Column]:
    return [
        text("by"),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        text("previous_hash"),
        text("hash", unique=True),
    ]


def upgrade() -> None:
    op.add_column("roadmap_body", sa.Column("contact", JSONB))
    op.add_column("roadmap_succession", sa.Column("applied_at", sa.DateTime(timezone=True)))
    op.add_column("roadmap_item_revision", text("personal_data", nullable=True))
    op.add_column("roadmap_list_version", text("decision_document", nullable=True))
    add_holders()
    op.create_table(
        "roadmap_body_revision",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        reference("body_id", "roadmap_body"),
        sa.Column("effective", sa.Date),
        sa.Column("attributes", JSONB, nullable=False),
        text("act", nullable=True),
        *chain(),
    )
    op.create_table(
        "roadmap_identifier",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        text("identifier", unique=True),
        text("body_code"),
        sa.Column("number", sa.Integer, nullable=False),
        reference("obligation_id", "roadmap_obligation", unique=True),
        *chain(),
        sa.UniqueConstraint("body_code", "number"),
    )
    for table in TABLES:
        protect(table)


def add_holders() -> None:
    """One obligation may pass from body to body under one list."""
    op.add_column(SPAN, reference("body_id", "roadmap_body", nullable=True))
    op.execute(
        f"UPDATE {SPAN} SET body_id = o.body_id FROM roadmap_obligation o WHERE o.id = {SPAN}.obligation_id"
    )
    op.alter_column(SPAN, "body_id", nullable=False)
    op.drop_constraint(OLD_SPAN, SPAN)
    op.create_unique_constraint(
        NEW_SPAN, SPAN, ["obligation_id", "list_version_id", "in_force_from", "body_id"]
    )


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
    op.drop_constraint(NEW_SPAN, SPAN)
    op.create_unique_constraint(OLD_SPAN, SPAN, ["obligation_id", "list_version_id"])
    op.drop_column(SPAN, "body_id")
    op.drop_column("roadmap_list_version", "decision_document")
    op.drop_column("roadmap_item_revision", "personal_data")
    op.drop_column("roadmap_succession", "applied_at")
    op.drop_column("roadmap_body", "contact")
