"""Outages that have ended, for the status rule; one marks the obligations whose grace ended in it.

Revision ID: 024
Revises: 023
Create Date: 2026-11-26
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "024"
down_revision = "023"
branch_labels = None
depends_on = None

TABLE = "roadmap_outage"
# a due day that was moved by a notice is looked at whatever its new day
BORNE = """
    SELECT d.obligation_id FROM fresh r JOIN roadmap_deadline d
    ON d.due_at + d.grace_days * interval ''24 hours'' >= r.since AND d.due_at + d.grace_days * interval ''24 hours'' < r.until
    UNION ALL
    SELECT d.obligation_id FROM fresh r CROSS JOIN roadmap_deadline_notice n JOIN roadmap_deadline d
    ON d.id = n.deadline_id WHERE n.due_at IS NOT NULL
"""


def moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        moment("since"),
        moment("until"),
        sa.Column("proof", JSONB, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        moment("recorded_at"),
        sa.Column("previous_hash", sa.UnicodeText, nullable=False),
        sa.Column("hash", sa.UnicodeText, nullable=False, unique=True),
    )
    op.create_index(f"{TABLE}_since", TABLE, ["since"], unique=True)
    protect(TABLE)
    op.execute(
        f"CREATE TRIGGER roadmap_mark_insert AFTER INSERT ON {TABLE} REFERENCING NEW TABLE AS fresh "
        f"FOR EACH STATEMENT EXECUTE FUNCTION roadmap_mark('{BORNE}')"
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
    op.drop_table(TABLE)
