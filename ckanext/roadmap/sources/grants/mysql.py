"""MySQL and MariaDB."""

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
class MysqlGrants(Grants):
    """Views in the database that the connection names, an account bound to the reader's address."""

    code = "mysql"
    title = "MySQL, MariaDB"
    named = re.compile(r"mysql|maria|percona", re.IGNORECASE)
    address = "mysql://USER:PASSWORD@HOST:3306/DATABASE"

    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """SHOW VIEW lets the reader see the columns; it shows no row."""
        who = f"'{ACCOUNT}'@'{READER}'"
        tls = " REQUIRE SSL" if wish.tls else ""
        views = (_view(number, view) for number, view in enumerate(wish.views, 1))
        return (
            Script("views", lines(*views)),
            Script(
                "account",
                lines(
                    f"CREATE USER {who} IDENTIFIED BY '{PASSWORD}'{tls}\n  WITH MAX_USER_CONNECTIONS 3",
                ),
            ),
            Script(
                "rights",
                lines(*(f"GRANT SELECT, SHOW VIEW ON {_name(view)} TO {who}" for view in wish.views)),
            ),
            Script("allowed", lines(*(f"SELECT count(*) FROM {_name(view)}" for view in wish.views))),
            Script(
                "refused",
                lines(
                    *(f"DELETE FROM {_name(view)} WHERE false" for view in wish.views),
                    f"CREATE TABLE {_q(DATABASE)}.portal_test (n int)",
                ),
            ),
        )


def _view(number: int, view: View) -> str:
    columns = ", ".join(map(_q, view.columns))
    return (
        f"CREATE OR REPLACE SQL SECURITY DEFINER VIEW {_name(view)} AS\n"
        f"  SELECT {columns}\n  FROM {working_table(number)}"
    )


def _name(view: View) -> str:
    return f"{_q(DATABASE)}.{_q(view.name)}"


def _q(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
