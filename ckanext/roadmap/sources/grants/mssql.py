"""Microsoft SQL Server."""

from __future__ import annotations

import re

from .base import ACCOUNT, DATABASE, PASSWORD, Grants, Script, View, Wish, grants, lines, working_table

_ALLOWED = "SELECT, VIEW DEFINITION"
_DENIED = "INSERT, UPDATE, DELETE, EXECUTE"


@grants
class MssqlGrants(Grants):
    """A login, its user in the database, and SELECT on the views; `GO` ends each batch."""

    code = "mssql"
    title = "Microsoft SQL Server"
    named = re.compile(r"ms\s*sql|sql\s*server|sqlserver|mssql|azure", re.IGNORECASE)
    address = "mssql://USER:PASSWORD@HOST:1433/DATABASE"

    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """The views' schema belongs to dbo, so that their owner may read the tables behind them."""
        schemas = dict.fromkeys(view.schema for view in wish.views)
        views = (_view(number, view) for number, view in enumerate(wish.views, 1))
        made = (
            f"IF SCHEMA_ID('{name.replace(chr(39), chr(39) * 2)}') IS NULL\n"
            f"  EXEC('CREATE SCHEMA {_q(name).replace(chr(39), chr(39) * 2)} AUTHORIZATION dbo')"
            for name in schemas
        )
        return (
            Script("views", _batches(f"USE {_q(DATABASE)}", *made, *views)),
            Script(
                "account",
                _batches(
                    f"CREATE LOGIN {ACCOUNT} WITH PASSWORD = '{PASSWORD}', CHECK_POLICY = ON,\n"
                    f"  DEFAULT_DATABASE = {_q(DATABASE)}",
                    f"USE {_q(DATABASE)}",
                    f"CREATE USER {ACCOUNT} FOR LOGIN {ACCOUNT}",
                ),
            ),
            Script(
                "rights",
                lines(
                    *(f"GRANT {_ALLOWED} ON OBJECT::{_name(view)} TO {ACCOUNT}" for view in wish.views),
                    *(f"DENY {_DENIED} ON SCHEMA::{_q(name)} TO {ACCOUNT}" for name in schemas),
                ),
            ),
            Script("allowed", lines(*(f"SELECT count(*) FROM {_name(view)}" for view in wish.views))),
            Script(
                "refused",
                lines(
                    *(f"DELETE FROM {_name(view)} WHERE 1 = 0" for view in wish.views),
                    f"CREATE TABLE {_q(next(iter(schemas)))}.portal_test (n int)",
                ),
            ),
        )


def _batches(*statements: str) -> str:
    return "\n".join(f"{statement};\nGO" for statement in statements)


def _view(number: int, view: View) -> str:
    columns = ", ".join(map(_q, view.columns))
    return f"CREATE OR ALTER VIEW {_name(view)} AS\n  SELECT {columns}\n  FROM {working_table(number)}"


def _name(view: View) -> str:
    return f"{_q(view.schema)}.{_q(view.name)}"


def _q(name: str) -> str:
    return "[" + name.replace("]", "]]") + "]"
