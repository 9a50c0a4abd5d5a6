"""Files, wherever they lie: their form, and how they are put so that no half of one is ever read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from ckanext.roadmap.presentation.documents.blocks import Block, Code, Grid, Heading, Line, Steps
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .base import ADDRESS, CHANGED, COLUMNS, FAILS, FIRST, SECOND, TAKEN, WRITING, Kind, kind

ENDING = re.compile(
    r"\.(csv|tsv|tab|txt|xlsx|xlsm|xlsb|xls|ods|json|geojson|jsonl|ndjson|xml|parquet|zip|gz)$", re.IGNORECASE
)
OWN = frozenset({"format", "sheet", "header_row", "member"})
BY_ITSELF = _("Your system writes the file by itself and on a schedule; nobody does it by hand.")
BESIDE = _(
    "It writes under another name first and renames the file once it is whole, so that nobody ever sees "
    "half of it:"
)
SETTLED = _(
    'While a file that ends in ".part" or ".tmp" lies beside it, and until it has rested for a minute, '
    "the portal "
    "waits. A ZIP, workbook or JSON without its end is refused."
)
SAME_NAME = _(
    "The name stays the same, or follows an agreed pattern with the day in it: of several files the last by "
    "name is taken."
)
FORMS = _(
    "CSV or TSV (best in UTF-8), XLSX, XLS, ODS, JSON, JSON Lines, XML, Parquet, or a ZIP or GZ of "
    "one of them. "
    "One line with the names of the columns, then one line for each row: no merged cells, totals or "
    "notes. Days "
    "are written YYYY-MM-DD; what is unknown stays empty."
)
READING: dict[str, str] = {
    "format": _("Format"),
    "sheet": _("Sheet"),
    "header_row": _("Line with the names of the columns"),
    "record": _("Where the rows stand"),
    "member": _("File in the archive"),
}
EMPTY = (_("Put a file without rows, load"), _("The run is held or fails; the old rows stay public"))
BEGUN = (
    _("Begin a file under its first name without renaming it, load"),
    _("The portal waits; the old rows stay public"),
)


@kind
class FileKind(Kind):
    """How the file comes is not agreed yet."""

    code = "file"
    title = _("Files")
    words = re.compile(r"\bcsv\b|\bxlsx?\b|excel|fayl|файл|\bfiles?\b", re.IGNORECASE)
    address = None
    pushed_address = "drop:///srv/open-data/"
    reach = _("Which way is opened depends on where the file lies: see section 3.")
    thing = _("File")
    column = _("Column of the file")
    proof = _("The place is reached; the login works; folder and file are seen; the account can't write")
    checks = (WRITING, COLUMNS, FIRST, SECOND, CHANGED, EMPTY, TAKEN, ADDRESS)
    in_time = _("Let the file be whole before it is read.")
    forms: ClassVar[str] = FORMS
    putting: ClassVar[tuple[str, ...]] = (BY_ITSELF, SAME_NAME, SETTLED, BESIDE)
    renaming: ClassVar[str] = "mv {name}.part {name}"

    @classmethod
    def fits(cls, table: str, read: Row) -> bool:
        """By the name's ending, or by what only files have."""
        return "structure" not in read and bool(ENDING.search(table) or OWN & set(read))

    def access(self, part: Row, writing: Writing) -> Iterator[Block]:
        """The choice of a place; each has its own account."""
        say = writing.say
        if part["way"] != "push":
            head = tuple(map(say, (_("Place"), _("What is opened"), _("What is made"))))
            yield Line(
                say(_("How the file comes is still to be agreed; choose one of these with the operator:"))
            )
            yield Grid(head, tuple(tuple(map(say, row)) for row in _CHOICE), (22, 39, 39))
        yield from self.offered(part, writing)

    def offered(self, part: Row, writing: Writing) -> Iterator[Block]:
        """How a file is put, and its form."""
        say, name = writing.say, _name(part)
        yield Heading(say(_("Putting the file")), part=True)
        yield Steps(tuple(map(say, self.putting)))
        yield Code(self.renaming.format(name=name))
        yield Line(say(self.forms), say(_("Format")))

    def reading(self, table: dict[str, Any], writing: Writing) -> Iterator[Block]:
        """Sheet, path of the rows and the like."""
        for field, label in READING.items():
            if told := table["read"].get(field):
                yield Line(str(told), writing.say(label))


def _name(part: Row) -> str:
    """The file of the first mapping, its pattern made a name."""
    return next((one["table"] for one in part["tables"]), "<FILE>.csv").replace("*", "2026-02-10")


_CHOICE: tuple[tuple[str, str, str], ...] = (
    (
        _("Web server, HTTPS"),
        _("From the portal's address to port 443 of your server"),
        _("An account, token or key that may read this folder alone"),
    ),
    (
        _("SFTP server"),
        _("From the portal's address to port 22 of your server"),
        _("An account without a shell that may read this folder alone"),
    ),
    (
        _("Drop folder of the portal"),
        _("From your server to the portal's SFTP, port 22"),
        _("By the operator: an account that may put files into your folder alone"),
    ),
)
CUT = (_("Put a web page (HTML) in the place of the file, load"), FAILS)
