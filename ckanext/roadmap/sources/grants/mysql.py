"""MySQL and MariaDB."""

from __future__ import annotations

import re

from .base import ACCOUNT, DATABASE, PASSWORD, READER, Grants, Script, View, Wish, grants, lines


@grants
class MysqlGrants(Grants):
    """Views in the database that the connection names, an account bound to the reader's address."""

    code = "mysql"
    title = "MySQL, MariaDB"
    named = re.compile(r"mysql|maria|percona", re.IGNORECASE)
    address = "mysql://USER:PASSWORD@HOST:3306/DATABASE"
    making = "CREATE OR REPLACE SQL SECURITY DEFINER VIEW"
    never = "false"

    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """SHOW VIEW lets the reader see the columns; it shows no row."""
        who = f"'{ACCOUNT}'@'{READER}'"
        tls = " REQUIRE SSL" if wish.tls else ""
        return (
            Script("views", lines(*self.views(wish))),
            Script(
                "account",
                lines(
                    f"CREATE USER {who} IDENTIFIED BY '{PASSWORD}'{tls}\n  WITH MAX_USER_CONNECTIONS 3",
                ),
            ),
            Script(
                "rights",
                lines(*(f"GRANT SELECT, SHOW VIEW ON {self.place(view)} TO {who}" for view in wish.views)),
            ),
            *self.proofs(wish, f"CREATE TABLE {self.quoted(DATABASE)}.portal_test (n int)"),
        )

    def quoted(self, name: str) -> str:
        """In backticks."""
        return "`" + name.replace("`", "``") + "`"

    def place(self, view: View) -> str:
        """A schema is a database, and the views stand in the connection's."""
        return f"{self.quoted(DATABASE)}.{self.quoted(view.name)}"
