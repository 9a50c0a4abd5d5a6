"""What opening a workbook would take, told before it is opened.

The reader of workbooks lays a sheet out as a full rectangle: one forgotten cell in the last corner of an
otherwise small sheet would take hundreds of gigabytes, and end the process instead of raising an error.
"""

from __future__ import annotations

import io
import re
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 64 * 2**20
MOST_CELLS = 2_000_000
BOOK = "xl/workbook.xml"
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
NUMBER_LENGTH = 10


def is_too_large(content: bytes) -> bool:
    """Whether its sheets, unpacked and laid out, would take more than a list can need.

    :raises BadZipFile: the file is no workbook
    """
    with ZipFile(io.BytesIO(content)) as book:
        if BOOK not in book.namelist():
            raise BadZipFile(BOOK)
        if sum(part.file_size for part in book.infolist()) > MOST_BYTES:
            return True
        return any(_cells(book.read(name)) > MOST_CELLS for name in book.namelist() if name.endswith(".xml"))


def _cells(sheet: bytes) -> int:
    """Cells of the rectangle from the first corner to the last place that is named."""
    rows = columns = 1
    for letters, digits in PLACE.findall(sheet):
        rows = max(rows, int(digits[:NUMBER_LENGTH]))
        columns = max(columns, column_number(letters[:NUMBER_LENGTH]))
    return rows * columns


def column_number(letters: bytes) -> int:
    """The number of a column by its letters, A being 1; however many there are."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
