"""Lists as offices save them; whatever the bytes, a list or a ListError with a place and a remedy."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.presentation import approved_list
from ckanext.roadmap.services import list_content
from ckanext.roadmap.sources.approved_list import COLUMNS, read_approved_list, read_item
from ckanext.roadmap.tests.sources.sheets import read_or_refused

ROWS = [
    ["E-01", "Ta’lim", "Образование; школы", "Schools, all", "education", "portal;site", "quarterly",
     "15 days after period end", "all;except:central-bank", "yes", "region", "no", "code;region", "2;3", "no", "Қонун"],
    ["F-01", "Moliya", "", "", "finance", "portal", "annual", "by 1 March", "tax", "", "", "", "", "", "", ""],
]  # fmt: skip


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def book(rows: list[list[str]], *merged: str) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for area in merged:
        workbook.active.merge_cells(area)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


PLAIN = read_approved_list(written([list(COLUMNS), *ROWS]).encode(), "list.csv")
BOOK = book([list(COLUMNS), *ROWS])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_and_delimiters(encoding: str, delimiter: str):
    content = written([list(COLUMNS), *ROWS], delimiter).encode(encoding)
    assert read_approved_list(content, "list.csv") == PLAIN


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_cp1251(delimiter: str):
    rows = [[cell.replace("Қ", "К") for cell in row] for row in ROWS]
    found = read_approved_list(written([list(COLUMNS), *rows], delimiter).encode("cp1251"), "list.csv")
    assert found[0].title.ru == "Образование; школы"
    assert found[0].legal_basis == "Конун"


def test_commas_in_the_text_do_not_hide_the_semicolons():
    row = [ROWS[1][0], "a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t", *ROWS[1][2:]]
    plain = "\n".join(";".join(cells) for cells in [list(COLUMNS), row])
    assert read_approved_list(plain.encode(), "list.csv")[0].title.uz.startswith("a, b")


def test_a_book_says_the_same():
    assert read_approved_list(BOOK, "list.xlsx") == PLAIN


def test_titles_above_the_header_section_rows_and_merged_cells():
    rows = [
        ["Ochiq ma’lumotlar ro‘yxati"],
        [],
        list(COLUMNS),
        ["I. Ta'lim sohasi"],
        [*ROWS[0][:4], "", *ROWS[0][5:]],
        [*ROWS[1][:4], "", *ROWS[1][5:]],
        ["Молия"],
        ["G-01", *ROWS[1][1:4], "", *ROWS[1][5:8], "", *ROWS[1][9:]],
    ]
    rows[5][8], rows[4][8], rows[7][8] = "", "tax-committee", "customs"
    found = read_approved_list(book(rows, "A1:P1", "A4:P4", "I5:I6", "A7:C7"), "list.xlsx")
    assert [(item.code, item.row, item.sphere) for item in found] == [
        ("E-01", 5, "I. Ta'lim sohasi"), ("F-01", 6, "I. Ta'lim sohasi"), ("G-01", 8, "finance"),
    ]  # fmt: skip
    assert [item.responsible.bodies for item in found] == [
        ("tax-committee",),
        ("tax-committee",),
        ("customs",),
    ]


def test_a_lonely_code_is_no_section():
    with pytest.raises(ListError, match="Row 2, column title_uz"):
        read_approved_list(written([list(COLUMNS), ["E-01"]]).encode(), "list.csv")


def test_cells_that_our_own_files_guard_come_back_bare():
    row = [ROWS[1][0], "'=Moliya", *ROWS[1][2:]]
    assert read_approved_list(written([list(COLUMNS), row]).encode(), "list.csv")[0].title.uz == "=Moliya"


@given(
    st.fixed_dictionaries(
        {
            "columns": st.sampled_from(["", "code", "code:matn; yil:integer;name"]),
            "odin": st.sampled_from(["", "2", "GF;2"]),
            "odin_indicators": st.sampled_from(["", "enro", "ACRE:4;PI:5"]),
            "personal_data": st.sampled_from(["", "yo'q", "обезличенные", "public"]),
            "source_note": st.sampled_from(["", "izoh"]),
        }
    )
)
def test_what_is_written_of_an_item_is_read_back(cells: dict[str, str]):
    draft = read_item({**dict(zip(COLUMNS, ROWS[0], strict=True)), **cells})
    values = list_content.of_draft(draft, 0)
    term = {name: values[name] for name in ("frequency", "due_rule")}
    again = read_item(approved_list.cells({"code": draft.code, **values, "term": term}))
    assert again == draft


def harmless(content: bytes, filename: str) -> None:
    with read_or_refused():
        read_approved_list(content, filename)


@given(st.binary(max_size=200), st.sampled_from(["list.csv", "list.xlsx", "", "list"]))
@example(b"\xff\xfe\x00", "list.csv")
@example(b"code,\x98", "list.csv")
@example(b"", "list.csv")
def test_any_bytes(content: bytes, filename: str):
    harmless(content, filename)


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=18), max_size=4))
@settings(max_examples=200)
def test_any_cells(rows: list[list[str]]):
    harmless(written([list(COLUMNS), *rows]).encode("utf-8", "surrogatepass"), "list.csv")


@given(
    st.integers(0, 15),
    st.one_of(st.text(max_size=20), st.sampled_from(["9" * 5000, "²", "٣", "\0", "a:b", "'="])),
)
@settings(max_examples=300)
def test_any_one_cell(place: int, text: str):
    row = [*ROWS[0]]
    row[place] = text
    harmless(written([list(COLUMNS), row]).encode("utf-8", "surrogatepass"), "list.csv")


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255), st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_a_damaged_book(place: int, byte: int, length: int):
    harmless(BOOK[:place] + bytes([byte]) * length + BOOK[place + length :], "list.xlsx")
    harmless(BOOK[:place], "list.xlsx")
