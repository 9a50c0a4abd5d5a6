"""The network, and the account that may read the views and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Code, Heading, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

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
    "mssql": _('"CREATE OR ALTER VIEW" needs SQL Server 2016 SP1; write "CREATE VIEW" in an older one.'),
    "oracle": _(
        'The owner of the views needs the right to read the tables behind them "WITH GRANT OPTION". Version '
        "12.1 or later."
    ),
}
PERSONAL: dict[str, str] = {
    "some": _("The system holds data about people: no view may name a column of them."),
    "special": _(
        "The system holds special categories of data about people: no view may name a column of them."
    ),
    "unknown": _(
        "It is not known whether the system holds data about people: settle this before the views are made."
    ),
}


def network(guide: Row, writing: Writing) -> Iterator[Block]:
    """Which way the data go, and what is opened for it."""
    yield Heading(writing.say(_("2. The network")))
    yield Line(writing.say(WAYS[guide["way"]]))


def account(guide: Row, writing: Writing) -> Iterator[Block]:
    """Views, account and rights, by the scripts of the database system."""
    say = writing.say
    yield Heading(say(_("3. An account that can only read")))
    personal = PERSONAL.get(guide["system"]["details"]["personal_data"])
    if personal:
        yield Line(say(personal), say(_("Personal data")))
    if not guide["scripts"]:
        yield Line(say(_NO_SCRIPTS))
        return
    yield Line(
        say(_("Your database administrator runs these, in this order. What stands in <…> you know alone."))
    )
    if guide["dbms"] in NOTES:
        yield Line(say(NOTES[guide["dbms"]]), say(_("Note")))
    for script in guide["scripts"]:
        title, text = STEPS[script["step"]]
        yield Heading(say(title), part=True)
        if text:
            yield Line(say(text))
        yield Code(script["text"])


_NO_SCRIPTS = _(
    "For this database system there are no ready scripts. Make views with the columns that may be "
    "published and an "
    "account that may read these views and nothing else; or let the system write a CSV file with "
    "these columns, by "
    "itself and on a schedule: beside first, then renamed."
)
