"""Version 6 of the rule: what was freed, or is continuous, is looked at again.

Revision ID: 047
Revises: 046
Create Date: 2026-11-26
"""

from __future__ import annotations

from alembic import op

revision = "047"
down_revision = "046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mark()


def downgrade() -> None:
    mark()


def mark() -> None:
    """Have what was stored by another version of the rule made again, where it may differ."""
    op.execute("""
        INSERT INTO roadmap_stale (obligation_id)
        SELECT obligation_id FROM roadmap_deadline WHERE kind = 'change'
        UNION SELECT id FROM roadmap_obligation
            WHERE EXISTS (SELECT FROM roadmap_exemption) OR EXISTS (SELECT FROM roadmap_outage)
    """)
