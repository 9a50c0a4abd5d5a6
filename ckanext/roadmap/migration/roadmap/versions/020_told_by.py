"""A quarter is told by whoever held the obligation at its end.

Revision ID: 020
Revises: 019
"""

import sqlalchemy as sa
from alembic import op

revision = "020"
down_revision = "019"
branch_labels = None
depends_on = None

COURSES, TOUCHES = "roadmap_course", "roadmap_touched"
KEY = "roadmap_touched_pkey"
# all results are made again at the next reading
MARK = "INSERT INTO roadmap_stale (obligation_id) SELECT id FROM roadmap_obligation"


def upgrade():
    op.add_column(COURSES, sa.Column("told_by", sa.UnicodeText, nullable=False, server_default=""))
    op.execute(f"UPDATE {COURSES} SET told_by = body_id")
    op.alter_column(COURSES, "told_by", server_default=None)
    op.create_index("roadmap_course_told_by", COURSES, ["told_by"])
    op.drop_constraint(KEY, TOUCHES)
    op.create_primary_key(KEY, TOUCHES, ["obligation_id", "since", "body_id"])
    op.execute(MARK)


def downgrade():
    op.execute(f"DELETE FROM {TOUCHES}")
    op.drop_constraint(KEY, TOUCHES)
    op.create_primary_key(KEY, TOUCHES, ["obligation_id", "since"])
    op.drop_index("roadmap_course_told_by", COURSES)
    op.drop_column(COURSES, "told_by")
    op.execute(MARK)
