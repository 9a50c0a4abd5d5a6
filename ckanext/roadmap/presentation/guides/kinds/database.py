"""A database: views, and an account that may read them and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ckanext.roadmap.presentation.documents.blocks import Block, Code, Heading, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .base import ADDRESS, FAILS, FIRST, REFUSED, SECOND, Kind, kind

WAYS: dict[str, str] = {
    "pull": _(
        "The portal reads the views itself, over an encrypted connection. Open in the firewall "
        "only the way from the "
        "portal's address to the port of the database server; the operator tells the address by letter."
    ),
    "push": _(
        "The portal can't reach this network, and nothing needs to be opened from outside. A small program "
        'at your place, "roadmap-agent", reads the views and sends them over HTTPS: open only the way from '
        "its server to the portal, port 443."
    ),
    "either": _(
        "Find out first whether the portal can reach the database server: inside the network of state "
        "bodies the portal's operator and yours can settle this in one telephone call. If it can, open only "
        "the way from the portal's address to the port of the database server. If it can't, a small program "
        'at your place, "roadmap-agent", sends the views over HTTPS: open only the way from its server to '
        "the portal, port 443."
    ),
}
STEPS: dict[str, tuple[str, str]] = {
    "views": (
        _("Views with the columns that may be published"),
        _("Put the name of your own table, or a query, in the place of each <TABLE-…>."),
    ),
    "account": (
        _("An account of its own for the portal"),
        _("Make up a long random password for <PASSWORD>; it is used nowhere else."),
    ),
    "rights": (_("The right to read the views, and nothing else"), ""),
    "pg_hba": (
        _('A line of "pg_hba.conf"'),
        _(
            "It lets the account in from one address and into one database only. Reload the server "
            "afterwards."
        ),
    ),
    "allowed": (
        _("Check as the new account: this must work"),
        _("The numbers must be those of your own tables."),
    ),
    "refused": (
        _("Check as the new account: each of these must be refused"),
        _("If one is not, the account can do too much: stop and take that right away."),
    ),
}
NOTES: dict[str, str] = {
    "postgresql": _(
        'Before version 15 every account may create tables in the schema "public": there also run "REVOKE '
        'CREATE ON SCHEMA public FROM PUBLIC", once you know that none of your own programs needs it.'
    ),
    "mysql": _(
        "MySQL and MariaDB have no schemas inside a database: the views lie in the database that the "
        "connection names."
    ),
    "mssql": _(
        '"CREATE OR ALTER VIEW" needs SQL Server 2016 SP1; write "CREATE VIEW" in an older one. The login '
        "works where the server lets in SQL Server logins beside those of Windows (mixed mode)."
    ),
    "oracle": _(
        "Run the scripts in the pluggable database (PDB) that holds the tables. A schema is a user: if that "
        'of the views is not there yet, first make it with "CREATE USER … IDENTIFIED BY … ACCOUNT LOCK". It '
        'needs the right to read the tables behind the views "WITH GRANT OPTION". Version 12.1.0.2 or later.'
    ),
}
UNTRIED = ("mssql", "oracle")
_UNTRIED = _(
    "The portal's reading of this database system has not been tried against a server of it yet, only "
    "against its driver and dialect. Do the test of this guide together with the portal's operator before "
    "anything goes live."
)
_NO_SCRIPTS = _(
    "For this database system there are no ready scripts. Make views with the columns that may be "
    "published and an "
    "account that may read these views and nothing else; or let the system write a CSV file with "
    "these columns, by "
    "itself and on a schedule: beside first, then renamed."
)


@kind
class DatabaseKind(Kind):
    """Its scripts are made by `sources/grants/`."""

    code = "database"
    title = _("Database")
    schemes = ("postgresql", "postgres", "sqlite", "mysql", "mariadb", "oracle", "mssql")
    words = re.compile(r"sql|postgres|\bpg\b|maria|oracle|greenplum|percona|\b1[cс]\b", re.IGNORECASE)
    address = None
    extra = "postgresql"
    reach = WAYS["pull"]
    thing = _("View")
    column = _("Column of the view")
    only = _("Only these columns leave the system. A further one takes a new mapping and a new agreement.")
    proof = _("The server is reached; version and clock; no right of the account beyond reading")
    checks = (
        (
            _("Sign in as the account from the agreed address, then from another one"),
            _("Let in, then refused"),
        ),
        (_("Read the views, as section 3 says"), _("The rows of your own tables")),
        (_("Try to write, as section 3 says"), REFUSED),
        (_("Compare the columns of the views with section 5"), _("The same, and none besides")),
        FIRST,
        SECOND,
        (_("Change one row of a test table, load"), _("The run is applied, one row changed")),
        (_("Take the right to read away, load, give it back"), FAILS),
        ADDRESS,
    )

    def ways(self, part: Row) -> tuple[str, ...]:
        """The port is that of the database server."""
        return (WAYS[part["way"]],)

    def access(self, part: Row, writing: Writing) -> Iterator[Block]:
        """Views, account and rights, by the scripts of the database system."""
        say = writing.say
        if not part["scripts"]:
            yield Line(say(_NO_SCRIPTS))
            return
        yield Line(
            say(
                _("Your database administrator runs these, in this order. What stands in <…> you know alone.")
            )
        )
        if part["dbms"] in NOTES:
            yield Line(say(NOTES[part["dbms"]]), say(_("Note")))
        if part["dbms"] in UNTRIED:
            yield Line(say(_UNTRIED), say(_("Note")))
        for script in part["scripts"]:
            title, text = STEPS[script["step"]]
            yield Heading(say(title), part=True)
            if text:
                yield Line(say(text))
            yield Code(script["text"])

    def place(self, table: dict[str, Any]) -> str:
        """With its schema."""
        return f"{table['schema']}.{table['table']}"
