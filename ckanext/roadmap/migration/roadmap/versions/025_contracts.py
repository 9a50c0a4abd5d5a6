"""Quality contracts of runs, notices of held runs by mail, and signed rehearsals.

Revision ID: 025
Revises: 024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "025"
down_revision = "024"
branch_labels = None
depends_on = None

NOTICE, REHEARSAL = "roadmap_held_notice", "roadmap_rehearsal"


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=False)


def moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    op.add_column("roadmap_run", sa.Column("contract", JSONB))
    op.create_table(
        NOTICE,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column(
            "run_id", sa.UnicodeText, sa.ForeignKey("roadmap_run.id", ondelete="CASCADE"), nullable=False
        ),
        words("user_id"),
        moment("created_at"),
        sa.Column("mailed_at", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.UniqueConstraint("run_id", "user_id"),
    )
    op.create_index(f"{NOTICE}_unsent", NOTICE, ["created_at"], postgresql_where=sa.text("mailed_at IS NULL"))
    op.create_table(
        REHEARSAL,
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("mapping_id", sa.UnicodeText, sa.ForeignKey("roadmap_mapping.id"), nullable=False),
        words("definition_hash"),
        words("content_hash"),
        moment("made_at"),
        sa.Column("difference", JSONB, nullable=False),
        sa.Column("proof", JSONB, nullable=False),
        words("signature"),
    )
    op.create_index(f"{REHEARSAL}_mapping", REHEARSAL, ["mapping_id", "made_at"])


def downgrade() -> None:
    op.drop_table(REHEARSAL)
    op.drop_table(NOTICE)
    op.drop_column("roadmap_run", "contract")
