"""Stored results of the status rule, their sums, and the marks that tell which are to be made again.

Revision ID: 015
Revises: 014
Create Date: 2026-11-25
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "015"
down_revision = "014"
branch_labels = None
depends_on = None

# what is new (in `fresh`) or was (in `gone`), by the table: the obligations that it bears on
BY_DEADLINE = "SELECT d.obligation_id FROM {rows} r JOIN roadmap_deadline d ON d.id = r.deadline_id"
BY_SPAN = "SELECT t.obligation_id FROM {rows} r JOIN roadmap_obligation_term t ON t.revision_id = r.id"
BY_DATASET = "SELECT p.obligation_id FROM {rows} r JOIN roadmap_publication p ON p.dataset_id = r.id"
BY_REACH = """
    SELECT o.id FROM {rows} r JOIN roadmap_obligation o
    ON (r.body_id IS NULL OR r.body_id = o.body_id) AND (r.item_id IS NULL OR r.item_id = o.item_id)
    WHERE r.deadline_id IS NULL
"""
OWN = "SELECT r.obligation_id FROM {rows} r"
RULED = BY_DEADLINE.replace("{rows} r", "{rows} x JOIN roadmap_objection r ON r.id = x.objection_id")
REVOKED = "{rows} x JOIN roadmap_exemption r ON r.id = x.exemption_id"
EXEMPTED = BY_DEADLINE + " UNION ALL " + BY_REACH
UNFREED = EXEMPTED.replace("{rows} r", REVOKED)

WATCHED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("roadmap_data_event", OWN, ("INSERT",)),
    ("roadmap_deadline", OWN, ("INSERT",)),
    ("roadmap_deadline_notice", BY_DEADLINE, ("INSERT",)),
    ("roadmap_attestation", BY_DEADLINE, ("INSERT",)),
    ("roadmap_objection", BY_DEADLINE, ("INSERT",)),
    ("roadmap_ruling", RULED, ("INSERT",)),
    ("roadmap_exemption", EXEMPTED, ("INSERT",)),
    ("roadmap_exemption_revocation", UNFREED, ("INSERT",)),
    ("roadmap_publication", OWN, ("INSERT", "UPDATE", "DELETE")),
    ("roadmap_obligation_term", OWN, ("INSERT", "UPDATE", "DELETE")),
    ("roadmap_obligation", "SELECT r.id FROM {rows} r", ("UPDATE", "DELETE")),
    ("roadmap_item_revision", BY_SPAN, ("UPDATE",)),
    ("package", BY_DATASET, ("UPDATE", "DELETE")),
)
TABLES = (
    "roadmap_stale",
    "roadmap_tally_time",
    "roadmap_touch_tally",
    "roadmap_stand_tally",
    "roadmap_tally",
    "roadmap_touched",
    "roadmap_stand",
    "roadmap_course",
)


def text(name: str, **more: bool) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=False, **more)


def moment(name: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, primary_key=primary_key)


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer, nullable=nullable)


def course() -> list[sa.Column]:
    return [
        sa.Column("instants", ARRAY(sa.DateTime(timezone=True)), nullable=False),
        sa.Column("states", ARRAY(sa.SmallInteger), nullable=False),
    ]


def group() -> list[sa.Column]:
    return [text(name, primary_key=True) for name in ("body_id", "sphere", "quarter")]


def upgrade() -> None:
    create_results()
    create_sums()
    op.create_table(
        "roadmap_stale",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=True),
        text("obligation_id"),
    )
    op.create_index("roadmap_publication_obligation", "roadmap_publication", ["obligation_id"])
    op.execute(
        """
        CREATE OR REPLACE FUNCTION roadmap_mark() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE 'INSERT INTO roadmap_stale (obligation_id) SELECT DISTINCT * FROM (' || TG_ARGV[0]
                || ') AS found(id) WHERE id IS NOT NULL';
            RETURN NULL;
        END $$
        """
    )
    for table, found, writes in WATCHED:
        for write in writes:
            watch(table, found, write)
    # what is there already has no results yet
    op.execute("INSERT INTO roadmap_stale (obligation_id) SELECT id FROM roadmap_obligation")


def create_results() -> None:
    op.create_table(
        "roadmap_course",
        text("deadline_id", primary_key=True),
        moment("since", primary_key=True),
        moment("until", nullable=True),
        text("obligation_id"),
        text("body_id"),
        text("sphere"),
        text("quarter"),
        moment("due_at"),
        moment("met_at", nullable=True),
        number("days_late", nullable=True),
        sa.Column("automatic", sa.Boolean, nullable=False),
        *course(),
    )
    op.create_table(
        "roadmap_stand",
        text("obligation_id", primary_key=True),
        moment("since", primary_key=True),
        moment("until", nullable=True),
        text("body_id"),
        text("sphere"),
        *course(),
    )
    op.create_table(
        "roadmap_touched",
        text("obligation_id", primary_key=True),
        moment("since", primary_key=True),
        moment("until", nullable=True),
        text("body_id"),
        text("sphere"),
        sa.Column("instants", ARRAY(sa.DateTime(timezone=True)), nullable=False),
        sa.Column("quarters", ARRAY(sa.UnicodeText), nullable=False),
        sa.Column("touches", ARRAY(sa.SmallInteger), nullable=False),
    )
    op.create_index("roadmap_touched_body", "roadmap_touched", ["body_id"])
    op.create_index("roadmap_course_obligation", "roadmap_course", ["obligation_id"])
    op.create_index("roadmap_course_body", "roadmap_course", ["body_id"])
    op.create_index("roadmap_stand_body", "roadmap_stand", ["body_id"])


def create_sums() -> None:
    counts = ("closed", "kept", "on_time", "met", "automatic", "contested", "unknown")
    op.create_table(
        "roadmap_tally",
        *group(),
        *(number(name) for name in counts),
        sa.Column("late", ARRAY(sa.Integer), nullable=False),
        sa.Column("waiting", ARRAY(sa.DateTime(timezone=True)), nullable=False),
    )
    stands = ("obligations", "owed", "published", "closed", "current")
    op.create_table(
        "roadmap_stand_tally",
        *group(),
        *(number(name) for name in stands),
        sa.Column("statuses", ARRAY(sa.Integer), nullable=False),
    )
    op.create_table(
        "roadmap_touch_tally", *group(), sa.Column("counts", ARRAY(sa.Integer), nullable=False)
    )
    op.create_table(
        "roadmap_tally_time", text("body_id", primary_key=True), moment("since"), moment("until")
    )


def watch(table: str, found: str, write: str) -> None:
    """Marks what a statement wrote; a table of new and one of old rows, where the write has both."""
    rows = {"INSERT": ("fresh",), "UPDATE": ("fresh", "gone"), "DELETE": ("gone",)}[write]
    names = {"fresh": "NEW TABLE AS fresh", "gone": "OLD TABLE AS gone"}
    asked = " UNION ALL ".join(found.format(rows=name) for name in rows).replace("'", "''")
    op.execute(f"DROP TRIGGER IF EXISTS roadmap_mark_{write.lower()} ON {table}")
    op.execute(
        f"CREATE TRIGGER roadmap_mark_{write.lower()} AFTER {write} ON {table} "
        f"REFERENCING {' '.join(names[name] for name in rows)} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION roadmap_mark('{asked}')"
    )


def downgrade() -> None:
    for table, _, writes in WATCHED:
        for write in writes:
            op.execute(f"DROP TRIGGER IF EXISTS roadmap_mark_{write.lower()} ON {table}")
    op.execute("DROP FUNCTION IF EXISTS roadmap_mark()")
    op.drop_index("roadmap_publication_obligation", "roadmap_publication")
    for table in TABLES:
        op.drop_table(table)
