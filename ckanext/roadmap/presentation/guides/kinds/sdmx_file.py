"""SDMX 2.1 by files, on each place where files may lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ckanext.roadmap.presentation.documents.blocks import Block, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .base import kind
from .drop import DropKind
from .files import FileKind
from .sdmx import WORDS, SdmxKind, chosen
from .sftp import SftpKind
from .web import WebKind

NEVER = re.compile(r"(?!)")
FORMS = _(
    "SDMX 2.1 (XML, structure-specific or generic) or SDMX-CSV. The data structure (DSD) with its code lists "
    "stands in the file or in one beside it, which is renamed first."
)


class SdmxFiles(FileKind):
    """The structure lies in the file or beside it."""

    title = _("SDMX file")
    words = NEVER
    extra = SdmxKind.extra
    column = SdmxKind.column
    forms = FORMS

    @classmethod
    def fits(cls, table: str, read: Row) -> bool:
        """A file that names its structure."""
        return "structure" in read and table.endswith((".xml", ".csv"))

    def offered(self, part: Row, writing: Writing) -> Iterator[Block]:
        """The file, and its structure beside it."""
        yield from super().offered(part, writing)
        yield Line(writing.say(WORDS))

    def reading(self, table: dict[str, Any], writing: Writing) -> Iterator[Block]:
        """The file of the structure, and the codes that are taken."""
        if beside := table["read"].get("structure"):
            yield Line(str(beside), "DSD")
        yield from chosen(table, writing)
        yield from super().reading(table, writing)


@kind
class SdmxWebKind(SdmxFiles, WebKind):
    """On a web server, which is taken where the register speaks of an SDMX file alone."""

    code = "sdmx-file-web"
    schemes = ("sdmx-file+https", "sdmx-file+http")
    words = re.compile(r"sdmx[- ](file|fayl|файл)", re.IGNORECASE)
    address = f"sdmx-file+{WebKind.address}"


@kind
class SdmxSftpKind(SdmxFiles, SftpKind):
    """On an SFTP server."""

    code = "sdmx-file-sftp"
    schemes = ("sdmx-file+sftp",)
    address = f"sdmx-file+{SftpKind.address}"


@kind
class SdmxDropKind(SdmxFiles, DropKind):
    """In a folder of the portal's."""

    code = "sdmx-file-drop"
    schemes = ("sdmx-file+drop", "sdmx-file+file")
    address = f"sdmx-file+{DropKind.address}"
