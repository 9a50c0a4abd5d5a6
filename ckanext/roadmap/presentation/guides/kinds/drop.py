"""A folder of the portal's that the ministry puts files into."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .base import ADDRESS, CHANGED, COLUMNS, FIRST, REFUSED, SECOND, kind
from .files import BEGUN, EMPTY, FileKind


@kind
class DropKind(FileKind):
    """The portal reads there and the ministry writes: nothing is opened from outside."""

    code = "drop"
    title = _("Drop folder of the portal")
    schemes = ("drop", "file")
    words = re.compile(r"\bdrop\b|papka|папк|\bfolder\b", re.IGNORECASE)
    address = "drop:///srv/drop/FOLDER/"
    is_put = True
    reach = _(
        "You put the file into a folder of the portal, over SFTP or as the operator agrees with "
        "you. Open in the "
        "firewall only the way from your server to the portal, usually port 22; nothing is opened "
        "from outside."
    )
    proof = _("Folder and file can be read; no warning that the portal's user could write there")
    checks = (
        (_("As your account put a file into your folder, then into another one"), _("Taken, then refused")),
        (_("As your account get a file of another body"), REFUSED),
        COLUMNS, FIRST, SECOND, CHANGED, BEGUN, EMPTY, ADDRESS,
    )  # fmt: skip
    renaming = "sftp> put {name} {name}.part\nsftp> rename {name}.part {name}"

    def access(self, part: Row, writing: Writing) -> Iterator[Block]:
        """The account is the operator's to make."""
        yield Line(
            writing.say(
                _(
                    "The operator makes the folder, and an account that may put files there and see no other "
                    "folder; give him the public key of your server. The private key never leaves it."
                )
            )
        )
        yield from self.offered(part, writing)
