"""Files on a web server of the ministry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .asked import ACCESS, PROOF, REACH, WITHOUT
from .base import ADDRESS, CHANGED, COLUMNS, FIRST, SECOND, TAKEN, WRITING, kind
from .files import BESIDE, BY_ITSELF, CUT, EMPTY, FileKind


@kind
class WebKind(FileKind):
    """The server tells by its headers whether anything has changed."""

    code = "web"
    title = _("Files on a web server")
    schemes = ("https", "http")
    words = re.compile(r"\bhttps\b|(web|veb|веб)[- ]?(server|сервер)", re.IGNORECASE)
    address = "https://USER:PASSWORD@HOST/FOLDER/"
    reach = REACH
    proof = PROOF
    checks = (WITHOUT, WRITING, COLUMNS, FIRST, SECOND, CHANGED, EMPTY, CUT, TAKEN, ADDRESS)
    putting = (
        BY_ITSELF,
        _("The name stays the same, so that the address does."),
        _(
            'The server tells "Content-Length", and "ETag" or "Last-Modified": by these the portal knows a '
            "whole file, and one that has not changed."
        ),
        BESIDE,
    )

    def access(self, part: Row, writing: Writing) -> Iterator[Block]:
        """The login, then the file."""
        yield Line(writing.say(ACCESS))
        yield from self.offered(part, writing)
