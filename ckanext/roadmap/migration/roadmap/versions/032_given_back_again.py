"""What a further outage took of the time given back is given back too: such obligations are looked at again.

Revision ID: 032
Revises: 031
Create Date: 2026-11-26
"""

from __future__ import annotations

from alembic import op

revision = "032"
down_revision = "031"
branch_labels = None
depends_on = None

TABLE = "roadmap_outage"
GRACE_ENDED = """
    SELECT d.obligation_id FROM {outages} r JOIN roadmap_deadline d
    ON d.due_at + d.grace_days * interval '24 hours' >= r.since
        AND d.due_at + d.grace_days * interval '24 hours' < r.until
    UNION ALL
    SELECT d.obligation_id FROM {fresh} r CROSS JOIN roadmap_deadline_notice n JOIN roadmap_deadline d
    ON d.id = n.deadline_id WHERE n.due_at IS NOT NULL
"""
# what an outage gives back lasts no longer than it did, and what falls in a further one lasts longer by that
NEAR = """(
        SELECT since, until FROM fresh
        UNION SELECT o.since, o.until FROM fresh r JOIN roadmap_outage o ON o.until <= r.since
            AND r.since < o.until + (o.until - o.since) + coalesce((
                SELECT sum(x.until - x.since) FROM roadmap_outage x
                WHERE x.since >= o.until AND x.until <= r.since
            ), interval '0')
    )"""


def upgrade() -> None:
    mark_by(GRACE_ENDED.format(outages=NEAR, fresh="fresh"))


def downgrade() -> None:
    mark_by(GRACE_ENDED.format(outages="fresh", fresh="fresh"))


def mark_by(statement: str) -> None:
    """Have each new outage mark the obligations that it bears on, and mark those of all outages now."""
    told = statement.replace("'", "''")
    op.execute(f"DROP TRIGGER roadmap_mark_insert ON {TABLE}")
    op.execute(
        f"CREATE TRIGGER roadmap_mark_insert AFTER INSERT ON {TABLE} REFERENCING NEW TABLE AS fresh "
        f"FOR EACH STATEMENT EXECUTE FUNCTION roadmap_mark('{told}')"
    )
    op.execute(
        "INSERT INTO roadmap_stale (obligation_id) SELECT DISTINCT * FROM ("
        f"{GRACE_ENDED.format(outages=TABLE, fresh=TABLE)}) AS borne"
    )
