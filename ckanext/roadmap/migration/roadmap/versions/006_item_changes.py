"""Changes of items in drafts: who changed what and when, append-only.

Revision ID: 006
Revises: 005
Create Date: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None

TABLE = "roadmap_item_change"


def text(name: str, *, nullable: bool = False, unique: bool = False) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=nullable, unique=unique)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column(
            "list_version_id", sa.UnicodeText, sa.ForeignKey("roadmap_list_version.id"), nullable=False
        ),
        sa.Column("item_id", sa.UnicodeText, sa.ForeignKey("roadmap_item.id"), nullable=False, index=True),
        text("kind"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("changes", JSONB, nullable=False),
        sa.Column(
            "undoes", sa.UnicodeText, sa.ForeignKey(f"{TABLE}.id"), nullable=True, unique=True
        ),
        text("by"),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        text("previous_hash"),
        text("hash", unique=True),
    )
    op.create_index(f"{TABLE}_of_version", TABLE, ["list_version_id", "seq"])
    protect()


def protect() -> None:
    """The function was made with the ledger's first tables."""
    op.execute(
        f"CREATE TRIGGER {TABLE}_rows BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION roadmap_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_all BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION roadmap_refuse()"
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_rows")
    op.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_all")


def downgrade() -> None:
    op.drop_table(TABLE)
