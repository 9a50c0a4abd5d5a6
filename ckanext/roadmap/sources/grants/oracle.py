"""Oracle 12.1 and later."""

from __future__ import annotations

import re

from .base import ACCOUNT, PASSWORD, Grants, Script, View, Wish, grants, lines, working_table

PLAIN = re.compile(r"[a-z][a-z0-9_]*")


@grants
class OracleGrants(Grants):
    """Views in their schema and READ on them, which unlike SELECT lets nobody lock rows."""

    code = "oracle"
    title = "Oracle Database"
    named = re.compile(r"oracle", re.IGNORECASE)
    address = "oracle://USER:PASSWORD@HOST:1521/?service_name=NAME"

    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """A schema is a user: the one of the views owns them and needs no login of its own."""
        views = (_view(number, view) for number, view in enumerate(wish.views, 1))
        return (
            Script("views", lines(*views)),
            Script(
                "account",
                lines(
                    f'CREATE USER {ACCOUNT} IDENTIFIED BY "{PASSWORD}"',
                    f"GRANT CREATE SESSION TO {ACCOUNT}",
                ),
            ),
            Script("rights", lines(*(f"GRANT READ ON {_name(view)} TO {ACCOUNT}" for view in wish.views))),
            Script("allowed", lines(*(f"SELECT count(*) FROM {_name(view)}" for view in wish.views))),
            Script(
                "refused",
                lines(
                    *(f"DELETE FROM {_name(view)} WHERE 1 = 0" for view in wish.views),
                    "CREATE TABLE portal_test (n NUMBER)",
                ),
            ),
        )


def _view(number: int, view: View) -> str:
    columns = ", ".join(map(_q, view.columns))
    return f"CREATE OR REPLACE VIEW {_name(view)} AS\n  SELECT {columns}\n  FROM {working_table(number)}"


def _name(view: View) -> str:
    return f"{_q(view.schema)}.{_q(view.name)}"


def _q(name: str) -> str:
    """A plain name in small letters is any case to Oracle; another is kept as written."""
    return name if PLAIN.fullmatch(name) else '"' + name.replace('"', "") + '"'
