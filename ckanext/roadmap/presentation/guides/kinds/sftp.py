"""Files on an SFTP server of the ministry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Code, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .base import ADDRESS, CHANGED, COLUMNS, FIRST, REFUSED, SECOND, TAKEN, kind
from .files import BEGUN, EMPTY, FileKind

SSHD = """# /etc/ssh/sshd_config
Match User portal_reader
    ChrootDirectory /srv/open-data
    ForceCommand internal-sftp -R
    AllowTcpForwarding no
    X11Forwarding no"""


@kind
class SftpKind(FileKind):
    """The account has no shell and can't write; the portal knows the server by its key."""

    code = "sftp"
    title = _("Files on an SFTP server")
    schemes = ("sftp",)
    words = re.compile(r"s?ftp|ssh", re.IGNORECASE)
    address = "sftp://USER:PASSWORD@HOST/FOLDER/?host_key=SHA256:KEY"
    reach = _(
        "The portal fetches the file itself over SFTP; plain FTP is not read. Open in the firewall "
        "only the way "
        "from the portal's address to the port of your SFTP server, usually 22; the operator tells "
        "the address "
        "by letter."
    )
    proof = _(
        "The server is reached and has the agreed key; the login works; folder and file are seen; no warning "
        "that the account could write"
    )
    checks = (
        (
            _("Sign in as the account with SFTP, then try to get a shell with SSH"),
            _("Let in, then refused"),
        ),
        (_("As the account put, rename and delete a file"), REFUSED),
        COLUMNS, FIRST, SECOND, CHANGED, BEGUN, EMPTY, TAKEN, ADDRESS,
    )  # fmt: skip

    def access(self, part: Row, writing: Writing) -> Iterator[Block]:
        """Account, key of the server, then the file."""
        say = writing.say
        yield Line(
            say(
                _(
                    "Make an account of its own for the portal: SFTP without a shell, locked into one folder "
                    "that it may read and not write. A key is better than a password."
                )
            )
        )
        yield Code(SSHD)
        yield Line(
            say(
                _(
                    "Tell the operator the fingerprint of the server's key; to a server with another one the "
                    "portal sends nothing:"
                )
            )
        )
        yield Code("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub")
        yield from self.offered(part, writing)
