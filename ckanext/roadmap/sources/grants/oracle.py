"""Oracle 12.1 and later."""

from __future__ import annotations

import re

from sqlalchemy.dialects.oracle.base import RESERVED_WORDS

from .base import ACCOUNT, PASSWORD, Grants, Script, Wish, grants, lines

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
        return (
            Script("views", lines(*self.views(wish))),
            Script(
                "account",
                lines(
                    f'CREATE USER {ACCOUNT} IDENTIFIED BY "{PASSWORD}"',
                    f"GRANT CREATE SESSION TO {ACCOUNT}",
                ),
            ),
            Script(
                "rights", lines(*(f"GRANT READ ON {self.place(view)} TO {ACCOUNT}" for view in wish.views))
            ),
            *self.proofs(wish, "CREATE TABLE portal_test (n NUMBER)"),
        )

    def quoted(self, name: str) -> str:
        """A plain name in small letters is any case to Oracle; a word of its SQL is one only in quotes."""
        if PLAIN.fullmatch(name):
            return f'"{name.upper()}"' if name.upper() in RESERVED_WORDS else name
        return '"' + name.replace('"', "") + '"'
