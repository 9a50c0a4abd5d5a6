"""A dataset that is taken away takes nothing of another away: obligations of several are looked at again.

Revision ID: 041
Revises: 040
Create Date: 2026-11-26
"""

from __future__ import annotations

from alembic import op

revision = "041"
down_revision = "040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mark()


def downgrade() -> None:
    mark()


def mark() -> None:
    """Have what was stored by another version of the rule made again."""
    op.execute(
        "INSERT INTO roadmap_stale (obligation_id) SELECT obligation_id FROM roadmap_data_event "
        "WHERE obligation_id IN (SELECT obligation_id FROM roadmap_data_event WHERE kind = 'withdrawn') "
        "GROUP BY obligation_id HAVING count(DISTINCT dataset_id) > 1"
    )
