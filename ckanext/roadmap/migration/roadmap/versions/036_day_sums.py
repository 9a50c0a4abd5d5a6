"""What the country came to at the end of past days, in parts that can be added, and where results change.

Revision ID: 036
Revises: 035
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "036"
down_revision = "035"
branch_labels = None
depends_on = None

TABLE = "roadmap_day_sum"
RESULTS = ("roadmap_course", "roadmap_stand", "roadmap_touched")
# the quarters of an hour in which a result begins, changes and ends: midnight is an edge of them in every zone
CELLS = """
    CREATE OR REPLACE FUNCTION roadmap_cells(instants timestamptz[], until timestamptz) RETURNS int[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE
        one timestamptz;
        cell int;
        last int;
        found int[] := '{}';
    BEGIN
        FOREACH one IN ARRAY instants || until LOOP
            IF one IS NOT NULL THEN
                cell := floor(date_part('epoch', one) / 900);
                IF cell IS DISTINCT FROM last THEN
                    found := found || cell;
                    last := cell;
                END IF;
            END IF;
        END LOOP;
        RETURN found;
    END $$
"""


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("shape", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.execute(CELLS)
    for table in RESULTS:
        op.execute(f"CREATE INDEX {table}_cells ON {table} USING gin (roadmap_cells(instants, until))")


def downgrade() -> None:
    for table in RESULTS:
        op.execute(f"DROP INDEX IF EXISTS {table}_cells")
    op.execute("DROP FUNCTION IF EXISTS roadmap_cells(timestamptz[], timestamptz)")
    op.drop_table(TABLE)
