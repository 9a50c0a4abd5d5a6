"""What is asked over HTTPS: interfaces, statistics, catalogues; and what web servers share with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ckanext.roadmap.presentation.documents.blocks import Block, Heading, Line, Steps
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .base import ADDRESS, CHANGED, COLUMNS, FIRST, SECOND, TAKEN, WRITING, Check, Kind

REACH = _(
    "The portal asks your server itself over HTTPS. Open in the firewall only the way from the "
    "portal's address "
    "to port 443 of that server; the operator tells the address by letter. The certificate must be "
    "valid; the "
    "secret is never sent on to another server."
)
ACCESS = _(
    "Make an access of its own for the portal: name and password, a token, an API key or a "
    "certificate. It may "
    "read the addresses of this guide and nothing else: writing must be refused, and so must every question "
    "without it. Data that everybody may see need none."
)
PROOF = _(
    "The server is reached; the login is taken and nobody gets in without it; the certificate is valid; the "
    "clock is right"
)
WITHOUT: Check = (
    _("Ask with the access, then without it"),
    _("Answered, then refused (401 or 403); public data: answered"),
)
PATIENT = _(
    'When too much is asked, the server answers 429 or 503 with "Retry-After"; the portal waits and '
    "asks again."
)

LOGIN = """\
[connections.{connection}]
url = "{address}"
api_key_file = "/etc/roadmap-agent/{connection}.key"
# OAuth 2
token_url = "https://<HOST>/<TOKEN-PATH>"
client_id = "<CLIENT>"
client_secret_file = "/etc/roadmap-agent/{connection}.secret"
# mutual TLS
certificate_file = "/etc/roadmap-agent/{connection}.pem"
certificate_key_file = "/etc/roadmap-agent/{connection}.pem.key\""""


class AskedKind(Kind):
    """The portal asks, the server answers."""

    reach = REACH
    proof = PROOF
    checks = (WITHOUT, WRITING, COLUMNS, FIRST, SECOND, CHANGED, TAKEN, ADDRESS)
    agent_login = LOGIN
    more: ClassVar[str] = ""
    answers: ClassVar[tuple[str, ...]]

    def access(self, part: Row, writing: Writing) -> Iterator[Block]:
        """The login, and how questions are answered."""
        say = writing.say
        yield Line(say(ACCESS))
        if self.more:
            yield Line(say(self.more))
        yield Heading(say(_("How the server answers")), part=True)
        yield Steps(tuple(map(say, self.answers)))
