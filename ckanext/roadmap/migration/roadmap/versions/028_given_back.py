"""What an outage took of the time of grace is given back: such obligations are looked at again.

Revision ID: 028
Revises: 027
Create Date: 2026-11-26
"""

from __future__ import annotations

from alembic import op

revision = "028"
down_revision = "027"
branch_labels = None
depends_on = None

BORNE = """
    INSERT INTO roadmap_stale (obligation_id)
    SELECT d.obligation_id FROM roadmap_outage r JOIN roadmap_deadline d
    ON d.due_at + d.grace_days * interval '24 hours' >= r.since
        AND d.due_at + d.grace_days * interval '24 hours' < r.until
    UNION
    SELECT d.obligation_id FROM roadmap_outage r CROSS JOIN roadmap_deadline_notice n
    JOIN roadmap_deadline d ON d.id = n.deadline_id WHERE n.due_at IS NOT NULL
"""


def upgrade() -> None:
    op.execute(BORNE)


def downgrade() -> None:
    op.execute(BORNE)
