"""How each connection is made, from the secret to the first load."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Code, Heading, Line, Steps
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .kinds import kind_for
from .parts import BLANK, each

MAPPED = _(
    "The coordinator imports the mapping, which says which columns of section 5 are published, and as what."
)
PULL = (
    _(
        "Hand address, account and secret (password, token, key) to the portal's operator in person or in a "
        "sealed envelope: never by mail, messenger, or on a page of the portal."
    ),
    _(
        "The operator writes them into the portal's configuration, under the name {connection}. No "
        "table, page, log "
        "or mail of the portal holds them; whoever works with the system sees the name alone."
    ),
    MAPPED,
    _(
        'The operator runs "ckan roadmap connection check {connection}", which reads no data; '
        "section 6 says what it "
        "must tell."
    ),
    _("The operator loads once and looks at the run together with you: the number of rows must be yours."),
    _("Go through the checks of section 6 together and sign the act of section 8."),
    _(
        "From then on the portal reads by its schedule. A password, token or key can be changed at any time: "
        "tell the operator the new one; nothing needs to be restarted."
    ),
)
PUT = (
    _(
        "The operator makes the folder and writes it into the portal's configuration, under the "
        "name {connection}. "
        "No page, log or mail of the portal holds its place."
    ),
    _("Put a first file there as section 3 says."),
    *PULL[2:6],
    _("From then on your system puts the file, and the portal reads it by its schedule."),
)
PUSH = (
    _(
        'Install "roadmap-agent" on a server that reaches the source and the portal. It needs '
        "Python 3.11; the "
        "coordinator gives you its file."
    ),
    _(
        "Write its configuration as below. The address of the source and the token stand in files "
        "of their own, "
        "which only the agent's user may read. Address and password of the source never leave your server."
    ),
    _(
        "The coordinator gives you the mapping file, and the token of this system in person: it is "
        "shown once."
    ),
    _('Run "roadmap-agent check": it tells the columns of each source and sends nothing.'),
    _(
        'Run "roadmap-agent run", and look at the run together with the operator: the number of rows must be '
        "yours."
    ),
    _("Go through the checks of section 6 together and sign the act of section 8."),
    _(
        "Let systemd or cron run it, for example each night. While the portal can't be reached, what "
        "was read "
        "waits on your disk; a run that was stopped goes on where it was."
    ),
)

_AGENT_LOGIN = _(
    "Where the source asks who reads it by a key, OAuth 2 or a certificate, the connection is a table "
    "instead, with the lines that are needed; every secret stands in a file of its own:"
)


def connecting(guide: Row, writing: Writing) -> Iterator[Block]:
    """From the secret to the first load: by the portal, by the agent, or by whichever of them can."""

    def told(part: Row) -> Iterator[Block]:
        return _part(part, guide["portal"]["url"], writing)

    yield Heading(writing.say(_("4. Connecting, step by step")))
    yield from each(guide, writing, 4, told)


def _part(part: Row, portal: str, writing: Writing) -> Iterator[Block]:
    say, way = writing.say, part["way"]
    if kind_for(part["kind"]).is_put:
        yield from _steps(PUT, part, writing)
        return
    if way == "either":
        yield Heading(say(_("If the portal reaches the server")), part=True)
    if way != "push":
        yield from _steps(PULL, part, writing)
    if way == "either":
        yield Heading(say(_("If it does not: the agent")), part=True)
    if way != "pull":
        yield from _pushing(part, portal, writing)


def _steps(steps: tuple[str, ...], part: Row, writing: Writing) -> Iterator[Block]:
    name = part["connection"] or BLANK
    done = (text for text in steps if text != MAPPED or kind_for(part["kind"]).has_mappings)
    yield Steps(tuple(writing.say(text).format(connection=name) for text in done))
    yield from _address(
        part, writing, _("The form of the address that the operator writes; its parts are never put here:")
    )


def _pushing(part: Row, portal: str, writing: Writing) -> Iterator[Block]:
    name, kind = part["connection"] or "<CONNECTION>", kind_for(part["kind"])
    yield Steps(tuple(map(writing.say, PUSH)))
    yield Line(writing.say(_("What reads this kind of source comes with the program:")))
    yield Code(f"pip install 'roadmap-agent-<VERSION>-py3-none-any.whl[{part['dbms'] or kind.extra}]'")
    yield Line(writing.say(_('The configuration of the agent, "/etc/roadmap-agent/agent.toml":')))
    yield Code(_toml(portal, name))
    yield from _address(part, writing, _("The form of the address in the last of these files:"))
    if kind.agent_login:
        yield Line(writing.say(_AGENT_LOGIN))
        yield Code(kind.agent_login.format(connection=name, address=part["address"] or "<ADDRESS>"))


def _address(part: Row, writing: Writing, about: str) -> Iterator[Block]:
    if part["address"]:
        yield Line(writing.say(about))
        yield Code(part["address"])


def _toml(portal: str, connection: str) -> str:
    folder = "/etc/roadmap-agent"
    return (
        f'portal = "{portal}"\ntoken_file = "{folder}/token"\nmapping = "{folder}/mapping.yaml"\n'
        f'queue = "/var/lib/roadmap-agent"\n\n[connections]\n{connection} = "{folder}/{connection}.url"'
    )
