"""Microsoft SQL Server."""

from __future__ import annotations

import re

from .base import ACCOUNT, DATABASE, PASSWORD, Grants, Script, Wish, grants, lines

_ALLOWED = "SELECT, VIEW DEFINITION"
_DENIED = "INSERT, UPDATE, DELETE, EXECUTE"


@grants
class MssqlGrants(Grants):
    """A login, its user in the database, and SELECT on the views; `GO` ends each batch."""

    code = "mssql"
    title = "Microsoft SQL Server"
    named = re.compile(r"ms\s*sql|sql\s*server|sqlserver|mssql|azure", re.IGNORECASE)
    address = "mssql://USER:PASSWORD@HOST:1433/DATABASE"
    making = "CREATE OR ALTER VIEW"

    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """The views' schema belongs to dbo, so that their owner may read the tables behind them."""
        schemas = dict.fromkeys(view.schema for view in wish.views)
        made = (
            f"IF SCHEMA_ID('{name.replace(chr(39), chr(39) * 2)}') IS NULL\n"
            f"  EXEC('CREATE SCHEMA {self.quoted(name).replace(chr(39), chr(39) * 2)} AUTHORIZATION dbo')"
            for name in schemas
        )
        return (
            Script("views", _batches(f"USE {self.quoted(DATABASE)}", *made, *self.views(wish))),
            Script(
                "account",
                _batches(
                    f"CREATE LOGIN {ACCOUNT} WITH PASSWORD = '{PASSWORD}', CHECK_POLICY = ON,\n"
                    f"  DEFAULT_DATABASE = {self.quoted(DATABASE)}",
                    f"USE {self.quoted(DATABASE)}",
                    f"CREATE USER {ACCOUNT} FOR LOGIN {ACCOUNT}",
                ),
            ),
            Script(
                "rights",
                lines(
                    f"USE {self.quoted(DATABASE)}",
                    *(f"GRANT {_ALLOWED} ON OBJECT::{self.place(view)} TO {ACCOUNT}" for view in wish.views),
                    *(f"DENY {_DENIED} ON SCHEMA::{self.quoted(name)} TO {ACCOUNT}" for name in schemas),
                ),
            ),
            *self.proofs(wish, f"CREATE TABLE {self.quoted(next(iter(schemas)))}.portal_test (n int)"),
        )

    def quoted(self, name: str) -> str:
        """In brackets."""
        return "[" + name.replace("]", "]]") + "]"


def _batches(*statements: str) -> str:
    return "\n".join(f"{statement};\nGO" for statement in statements)
