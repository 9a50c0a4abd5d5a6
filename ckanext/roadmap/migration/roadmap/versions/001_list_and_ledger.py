"""Bodies, approved list, obligations, links, and the append-only ledger.

Revision ID: 001
Revises:
Create Date: 2026-11-23
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "001"
down_revision = None
branch_labels = None
depends_on = None

LEDGER = ("roadmap_deadline", "roadmap_deadline_notice", "roadmap_data_event")


def text(name: str, **options: object) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=bool(options.pop("nullable", False)), **options)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def day(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date, nullable=nullable)


def reference(name: str, table: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=True)


def document(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, JSONB, nullable=nullable)


def flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean, nullable=False)


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer, nullable=nullable)


def key() -> sa.Column:
    return sa.Column("id", sa.UnicodeText, primary_key=True)


def chain() -> list[sa.Column]:
    return [
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        moment("recorded_at"),
        text("previous_hash"),
        text("hash", unique=True),
    ]


def upgrade() -> None:
    create_bodies()
    create_list()
    create_obligations()
    create_ledger()
    protect_ledger()


def create_bodies() -> None:
    op.create_table(
        "roadmap_body",
        key(),
        text("organization_id", unique=True),
        text("name", unique=True),
        text("code", unique=True),
        text("stir", nullable=True),
        document("title"),
        text("kind"),
        reference("parent_id", "roadmap_body", nullable=True),
        text("region_soato", nullable=True),
        sa.Column("state_share", sa.Numeric(5, 2)),
        day("valid_from", nullable=True),
        day("valid_to", nullable=True),
        moment("recorded_at"),
    )
    op.create_table(
        "roadmap_succession",
        key(),
        reference("from_body_id", "roadmap_body"),
        reference("to_body_id", "roadmap_body", nullable=True),
        text("kind"),
        day("effective"),
        text("act", nullable=True),
        text("note", nullable=True),
        moment("recorded_at"),
        sa.UniqueConstraint("from_body_id", "to_body_id", "effective"),
    )


def create_list() -> None:
    op.create_table(
        "roadmap_list_version",
        key(),
        number("year"),
        number("number"),
        text("status"),
        text("decision_number", nullable=True),
        day("decision_date", nullable=True),
        day("in_force_from", nullable=True),
        day("in_force_to", nullable=True),
        sa.Column("grace_share", sa.Numeric(4, 3), nullable=False),
        number("grace_floor_days"),
        number("grace_cap_days"),
        number("attestation_limit"),
        text("content_hash"),
        moment("created_at"),
        moment("approved_at", nullable=True),
        text("approved_by", nullable=True),
        sa.UniqueConstraint("year", "number"),
    )
    op.create_table("roadmap_item", key(), text("code", unique=True), moment("created_at"))
    op.create_table(
        "roadmap_item_revision",
        key(),
        reference("item_id", "roadmap_item"),
        reference("list_version_id", "roadmap_list_version"),
        number("position"),
        document("title"),
        text("sphere"),
        document("places"),
        text("frequency"),
        text("due_rule"),
        document("responsible"),
        flag("territorial"),
        text("region_column", nullable=True),
        flag("unchanged_allowed"),
        document("columns"),
        document("odin"),
        flag("ai"),
        text("legal_basis", nullable=True),
        text("source_note", nullable=True),
        sa.UniqueConstraint("list_version_id", "item_id"),
    )


def create_obligations() -> None:
    op.create_table(
        "roadmap_obligation",
        key(),
        reference("item_id", "roadmap_item"),
        reference("body_id", "roadmap_body"),
        moment("recorded_at"),
        sa.UniqueConstraint("item_id", "body_id"),
    )
    op.create_table(
        "roadmap_obligation_term",
        key(),
        reference("obligation_id", "roadmap_obligation"),
        reference("list_version_id", "roadmap_list_version"),
        reference("revision_id", "roadmap_item_revision"),
        day("in_force_from"),
        day("in_force_to", nullable=True),
        moment("recorded_at"),
        moment("ended_at", nullable=True),
        sa.UniqueConstraint("obligation_id", "list_version_id"),
    )
    op.create_table(
        "roadmap_publication",
        key(),
        reference("obligation_id", "roadmap_obligation"),
        text("dataset_id", index=True),
        text("resource_id", nullable=True),
        text("place"),
        text("how"),
        moment("proposed_at"),
        text("proposed_by"),
        moment("confirmed_at", nullable=True),
        text("confirmed_by", nullable=True),
        moment("revoked_at", nullable=True),
        text("revoked_by", nullable=True),
    )
    op.create_index(
        "roadmap_publication_live",
        "roadmap_publication",
        ["obligation_id", "dataset_id", "place"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def create_ledger() -> None:
    op.create_table(
        "roadmap_deadline",
        key(),
        reference("obligation_id", "roadmap_obligation"),
        reference("list_version_id", "roadmap_list_version"),
        text("kind"),
        text("period_code"),
        day("period_start"),
        day("period_last"),
        moment("due_at"),
        number("grace_days"),
        *chain(),
        sa.UniqueConstraint("obligation_id", "kind", "period_code", "list_version_id"),
    )
    op.create_table(
        "roadmap_deadline_notice",
        key(),
        reference("deadline_id", "roadmap_deadline"),
        text("kind"),
        moment("due_at", nullable=True),
        text("reason"),
        text("act", nullable=True),
        *chain(),
    )
    op.create_table(
        "roadmap_data_event",
        key(),
        reference("obligation_id", "roadmap_obligation"),
        text("dataset_id", nullable=True),
        text("resource_id", nullable=True),
        text("kind"),
        moment("at"),
        text("place"),
        text("grade"),
        text("source"),
        text("run_id", nullable=True),
        text("content_hash", nullable=True),
        sa.Column("rows", sa.BigInteger),
        sa.Column("rows_changed", sa.BigInteger),
        document("columns", nullable=True),
        document("regions", nullable=True),
        moment("live_read_at", nullable=True),
        text("note", nullable=True),
        *chain(),
    )
    op.create_index(
        "roadmap_data_event_run",
        "roadmap_data_event",
        ["run_id", "obligation_id"],
        unique=True,
        postgresql_where=sa.text("run_id IS NOT NULL"),
    )


def protect_ledger() -> None:
    op.execute(
        """
        CREATE OR REPLACE FUNCTION roadmap_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the ledger table % is append-only: % is refused', TG_TABLE_NAME, TG_OP
                USING HINT = 'record a notice or a further event instead', ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    for table in LEDGER:
        op.execute(
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION roadmap_refuse()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION roadmap_refuse()"
        )
        # fires also where session_replication_role = replica would switch ordinary triggers off
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows")
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_all")


def downgrade() -> None:
    for table in (
        "roadmap_data_event",
        "roadmap_deadline_notice",
        "roadmap_deadline",
        "roadmap_publication",
        "roadmap_obligation_term",
        "roadmap_obligation",
        "roadmap_item_revision",
        "roadmap_item",
        "roadmap_list_version",
        "roadmap_succession",
        "roadmap_body",
    ):
        op.drop_table(table)
    op.execute("DROP FUNCTION IF EXISTS roadmap_refuse()")
