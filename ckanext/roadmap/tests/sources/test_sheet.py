"""Small tables, in CSV and XLSX."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.sources.sheet import read_sheet
from ckanext.roadmap.tests.sources.sheets import as_csv, as_xlsx, read_or_refused, told

ROWS = [["name", "day"], ["a", "2023-01-02"], ["", ""], ["b", ""]]
WORKBOOK = as_xlsx(ROWS)


@pytest.mark.parametrize(("content", "name"), [(as_csv(ROWS), "x.csv"), (as_xlsx(ROWS), "x.XLSX")])
def test_both_forms_give_the_same_rows(content, name):
    rows = read_sheet(content, name, ("name",))
    assert [(row.number, row.cells) for row in rows] == [
        (2, {"name": "a", "day": "2023-01-02"}),
        (4, {"name": "b", "day": ""}),
    ]


def test_cells_of_a_workbook_become_text():
    content = as_xlsx([["a", "b", "c", "d"], [1.0, date(2023, 1, 2), True, 2.5]])
    [row] = read_sheet(content, "x.xlsx", ())
    assert row.cells == {"a": "1", "b": "2023-01-02", "c": "yes", "d": "2.5"}


def test_a_mark_at_the_head_of_a_file_is_nothing():
    [row] = read_sheet(b"\xef\xbb\xbfname\r\na\r\n", "x.csv", ("name",))
    assert row.cells == {"name": "a"}


def test_a_cell_of_two_lines_does_not_shift_the_row_numbers():
    rows = read_sheet(b'name\n"a\nb"\nc\n', "x.csv", ("name",))
    assert [row.number for row in rows] == [2, 4]


def test_a_short_row_is_filled():
    [row] = read_sheet(b"a,b\n1\n", "x.csv", ())
    assert row.cells == {"a": "1", "b": ""}


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "x.csv", ("empty", 1, "-")),
        (b"a,b\n1,2\n", "x.csv", ("column_missing", 1, "name")),
        (b"name,a,a\nx,1,2\n", "x.csv", ("column_twice", 1, "a")),
        (b"name\nx,y\n", "x.csv", ("too_many_cells", 2, "2")),
        (b"name\nx\n\xff\n", "x.csv", ("encoding", 3, "-")),
        (b'name\n"x\n', "x.csv", ("csv", 2, "-")),
        (b"no workbook", "x.xlsx", ("xlsx", 1, "-")),
        (b"", "x.xlsx", ("xlsx", 1, "-")),
    ],
)
def test_a_bad_file_is_told_by_row_and_column(content, name, expected):
    with pytest.raises(ListError) as caught:
        read_sheet(content, name, ("name",))
    assert told(caught) == expected


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576:x", "AAAA600", "a99999999"])
def test_a_forgotten_cell_in_the_last_corner_is_refused(place):
    row, _, more = place.partition(":")
    cells = f'<c r="{row}"><v>1</v></c>' + ('<c r="ZZ1"><v>1</v></c>' if more else "")
    book, file = zipfile.ZipFile(io.BytesIO(as_xlsx(ROWS))), io.BytesIO()
    with zipfile.ZipFile(file, "w") as changed:
        for name in book.namelist():
            content = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</row></sheetData>", cells.encode() + b"</row></sheetData>")
            changed.writestr(name, content)
    with pytest.raises(ListError) as caught:
        read_sheet(file.getvalue(), "x.xlsx", ("name",))
    assert told(caught)[0] == "too_large"


def test_a_workbook_that_unpacks_without_end_is_refused():
    file = io.BytesIO(as_xlsx(ROWS))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/more.xml", b" " * (65 * 2**20))
    with pytest.raises(ListError) as caught:
        read_sheet(file.getvalue(), "x.xlsx", ("name",))
    assert told(caught)[0] == "too_large"


@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.xlsx", "x", ""]))
def test_any_bytes_are_read_or_refused(content, name):
    with read_or_refused():
        rows = read_sheet(content, name, ())
        assert all(row.number >= 2 and any(row.cells.values()) for row in rows)


@given(st.data())
def test_a_broken_workbook_is_read_or_refused(data):
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with read_or_refused():
        read_sheet(bytes(content), "x.xlsx", ("name",))


@given(st.text(alphabet='a",\n\r\x00 ;', max_size=60))
def test_any_quoting_is_read_or_refused(text):
    with read_or_refused():
        read_sheet(f"a,b\n{text}".encode(), "x.csv", ())
