"""PostgreSQL, Postgres Pro and their kin."""

from __future__ import annotations

import re

from .base import (
    ACCOUNT,
    DATABASE,
    PASSWORD,
    READER,
    Grants,
    Script,
    View,
    Wish,
    grants,
    lines,
    working_table,
)


@grants
class PostgresqlGrants(Grants):
    """Views in their schema, a role that may read them."""

    code = "postgresql"
    title = "PostgreSQL"
    named = re.compile(r"postgres|\bpg\b|greenplum", re.IGNORECASE)
    address = "postgresql://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full"

    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """Least rights; sessions that can only read; TLS for whoever comes over a network."""
        schemas = dict.fromkeys(view.schema for view in wish.views)
        views = (_view(number, view) for number, view in enumerate(wish.views, 1))
        host = "hostssl" if wish.tls else "host"
        return (
            Script("views", lines(*(f"CREATE SCHEMA IF NOT EXISTS {_q(name)}" for name in schemas), *views)),
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
                    f"GRANT CONNECT ON DATABASE {_q(DATABASE)} TO {ACCOUNT}",
                    *(f"GRANT USAGE ON SCHEMA {_q(name)} TO {ACCOUNT}" for name in schemas),
                    *(f"GRANT SELECT ON {_name(view)} TO {ACCOUNT}" for view in wish.views),
                ),
            ),
            Script("pg_hba", f"{host}  {DATABASE}  {ACCOUNT}  {READER}/32  scram-sha-256"),
            Script("allowed", lines(*(f"SELECT count(*) FROM {_name(view)}" for view in wish.views))),
            Script(
                "refused",
                lines(
                    *(f"DELETE FROM {_name(view)} WHERE false" for view in wish.views),
                    f"CREATE TABLE {_q(next(iter(schemas)))}.portal_test (n int)",
                ),
            ),
        )


def _view(number: int, view: View) -> str:
    columns = ", ".join(map(_q, view.columns))
    return f"CREATE OR REPLACE VIEW {_name(view)} AS\n  SELECT {columns}\n  FROM {working_table(number)}"


def _name(view: View) -> str:
    return f"{_q(view.schema)}.{_q(view.name)}"


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
