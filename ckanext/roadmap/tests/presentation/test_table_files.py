"""Files of tables lie on the disk: long ones take no memory, broken ones are no files."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from ckanext.roadmap.presentation import csv_file, table_files
from ckanext.roadmap.presentation.tables import Column, Row, Table, at

TABLE = Table("rows", "", (Column("number", "", at("number")), Column("title", "", at("title"))))
TASHKENT = ZoneInfo("Asia/Tashkent")
MEASURED = """
import resource, sys
from ckanext.roadmap.presentation import table_files
from ckanext.roadmap.tests.presentation.test_table_files import TABLE, TASHKENT, made

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

table_files.spooled(sys.argv[1], TABLE, made(1000), TASHKENT).close()
before = peak()
file = table_files.spooled(sys.argv[1], TABLE, made(int(sys.argv[2])), TASHKENT)
print(peak() - before, file.seek(0, 2))
"""


def made(count: int, breaks_at: int | None = None) -> Iterator[Row]:
    for number in range(count):
        if number == breaks_at:
            raise ConnectionError
        yield {"number": number, "title": f"=«{number}» " + "x" * 150}


@pytest.mark.parametrize(("kind", "rows"), [("csv", 200_000), ("json", 200_000), ("xlsx", 60_000)])
def test_memory_does_not_grow_with_rows(kind: str, rows: int):
    told = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", MEASURED, kind, str(rows)], check=True, capture_output=True, text=True
    )
    grown, size = map(int, told.stdout.split())
    assert size > (30_000_000 if kind != "xlsx" else 500_000)
    assert grown * 1024 < 4_000_000, "kilobytes of the whole process"


def test_the_file_is_what_its_writer_gives():
    with table_files.spooled("csv", TABLE, made(3), TASHKENT) as file:
        assert file.read().decode() == "".join(csv_file.lines(TABLE, made(3)))
    with table_files.spooled("json", TABLE, made(3), TASHKENT) as file:
        assert json.load(file) == list(made(3))


@pytest.mark.parametrize("kind", table_files.MIMETYPES)
def test_what_breaks_leaves_no_part_of_a_file(kind: str):
    with pytest.raises(ConnectionError):
        table_files.spooled(kind, TABLE, made(50_000, breaks_at=20_000), TASHKENT)


@pytest.mark.parametrize(
    ("caption", "sheet"),
    [
        ("Obligations", "Majburiyatlar"),
        ("Shares: kept/current [all]", "Shares  kept current  all"),
        ("What happened to the data of every body", "What happened to the data of"),
        ("", "rows"),
    ],
)
def test_a_sheet_is_called_as_its_table_in_the_language_of_the_reader(caption: str, sheet: str):
    table = Table("rows", caption, TABLE.columns)
    said = {"Obligations": "Majburiyatlar"}
    with table_files.spooled("xlsx", table, made(2), TASHKENT, lambda word: said.get(word, word)) as file:
        book = openpyxl.load_workbook(io.BytesIO(file.read()))
    assert book.sheetnames == [sheet]
