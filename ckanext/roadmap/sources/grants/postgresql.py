"""PostgreSQL, Postgres Pro and their kin."""

from __future__ import annotations

import re

from .base import ACCOUNT, DATABASE, PASSWORD, READER, Grants, Script, Wish, grants, lines


@grants
class PostgresqlGrants(Grants):
    """Views in their schema, a role that may read them."""

    code = "postgresql"
    title = "PostgreSQL"
    named = re.compile(r"postgres|\bpg\b|greenplum", re.IGNORECASE)
    address = "postgresql://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full"
    never = "false"

    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """Least rights; sessions that can only read; TLS for whoever comes over a network."""
        schemas = dict.fromkeys(view.schema for view in wish.views)
        host = "hostssl" if wish.tls else "host"
        return (
            Script(
                "views",
                lines(
                    *(f"CREATE SCHEMA IF NOT EXISTS {self.quoted(name)}" for name in schemas),
                    *self.views(wish),
                ),
            ),
            Script(
                "account",
                lines(
                    f"CREATE ROLE {ACCOUNT} LOGIN PASSWORD '{PASSWORD}' CONNECTION LIMIT 3\n"
                    "  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION",
                    f"ALTER ROLE {ACCOUNT} SET default_transaction_read_only = on",
                    f"ALTER ROLE {ACCOUNT} SET idle_in_transaction_session_timeout = '10min'",
                ),
            ),
            Script(
                "rights",
                lines(
                    f"GRANT CONNECT ON DATABASE {self.quoted(DATABASE)} TO {ACCOUNT}",
                    *(f"GRANT USAGE ON SCHEMA {self.quoted(name)} TO {ACCOUNT}" for name in schemas),
                    *(f"GRANT SELECT ON {self.place(view)} TO {ACCOUNT}" for view in wish.views),
                ),
            ),
            Script("pg_hba", f"{host}  {DATABASE}  {ACCOUNT}  {READER}/32  scram-sha-256"),
            *self.proofs(wish, f"CREATE TABLE {self.quoted(next(iter(schemas)))}.portal_test (n int)"),
        )

    def quoted(self, name: str) -> str:
        """In double quotes."""
        return '"' + name.replace('"', '""') + '"'
