"""A link alone publishes nothing: obligations that were linked and never seen are looked at again.

Revision ID: 044
Revises: 043
Create Date: 2026-11-26
"""

from __future__ import annotations

from alembic import op

revision = "044"
down_revision = "043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mark()


def downgrade() -> None:
    mark()


def mark() -> None:
    """Have what was stored by another version of the rule made again: where data came after their link."""
    op.execute(
        "INSERT INTO roadmap_stale (obligation_id) "
        "SELECT DISTINCT obligation_id FROM roadmap_publication WHERE confirmed_at IS NOT NULL"
    )
