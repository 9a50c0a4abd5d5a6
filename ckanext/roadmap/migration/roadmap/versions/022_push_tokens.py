"""Tokens of agents that push.

Revision ID: 022
Revises: 021
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "022"
down_revision = "021"
branch_labels = None
depends_on = None

TABLE = "roadmap_push_token"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("system_id", sa.UnicodeText, sa.ForeignKey("roadmap_system.id"), nullable=False, index=True),
        sa.Column("token_hash", sa.UnicodeText, nullable=False, unique=True),
        sa.Column("note", sa.UnicodeText, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.UnicodeText, nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_by", sa.UnicodeText),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
