"""Files of every format give the same cells that lie in them; what is no table is refused with a reason."""

from __future__ import annotations

import gzip
import json
import re
import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from python_calamine import CalamineWorkbook

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.tabular import Ask, Tabular, open_file, xlsx_cells
from ckanext.roadmap.sources.tabular.xlsx_book import XlsxBook

ROWS: list[dict[str, Any]] = [
    {
        "id": 1,
        "kod": "0007",
        "nomi": "Oʻzbek, «maktab»\n2",
        "narx": 12.5,
        "ochiq": True,
        "sana": "2024-02-29",
    },
    {"id": 2, "kod": "1726", "nomi": "", "narx": None, "ochiq": False, "sana": "1999-12-31"},
    {"id": 3, "kod": "42", "nomi": None, "narx": 7, "ochiq": None, "sana": None},
]
NAMES = tuple(ROWS[0])
TYPES = {"id": "int8", "kod": "text", "nomi": "text", "narx": "numeric", "ochiq": "bool", "sana": "date"}
CELLS = [
    ["1", "0007", "Oʻzbek, «maktab»\n2", "12.5", "true", "2024-02-29"],
    ["2", "1726", "", None, "false", "1999-12-31"],
    ["3", "42", None, "7", None, None],
]


def opened(path: Path, name: str | None = None, wanted: Any = NAMES, **options: Any) -> Tabular:
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    limits = {key: options.pop(key) for key in ("bytes", "ratio") if key in options}
    return open_file(path, Ask(scratch, name or path.name, wanted, options, **limits))


def cells(table: Tabular, names: Any = NAMES) -> list[list[Any]]:
    found: list[list[Any]] = []
    for batch in table.columns(list(names)):
        found += [list(row) for row in zip(*(part.to_pylist() for part in batch), strict=True)]
    return found


def refused(path: Path, **given: Any) -> str:
    with pytest.raises(SourceError) as caught:
        opened(path, **given)
    return caught.value.code


def book(path: Path, lines: list[list[Any]], title: str = "Maktablar") -> Path:
    made = openpyxl.Workbook()
    made.create_sheet("Izoh", 0).append(["hech narsa"])
    sheet = made.active if made.active.title == title else made.worksheets[1]
    sheet.title = title
    for line in lines:
        sheet.append(line)
    made.save(path)
    return path


def test_json_keeps_texts_numbers_and_nothing_apart(tmp_path: Path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"count": 3, "result": {"data": ROWS}}, ensure_ascii=False))
    for options in ({}, {"record": "result.data"}):
        table = opened(path, **options)
        assert table.types(NAMES) == TYPES
        assert cells(table) == CELLS
    assert refused(path, record="result.rows") == "file_no_records"
    path.write_text('{"result": {"data": []}}')
    assert opened(path, record="result.data").rows == 0


def test_json_lines_and_a_cut_off_file(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS))
    assert cells(opened(path)) == CELLS
    cut = tmp_path / "b.jsonl"
    cut.write_text(path.read_text()[:-20])
    assert refused(cut) == "file_broken"
    whole = tmp_path / "c.json"
    whole.write_text(json.dumps(ROWS)[:-30])
    assert refused(whole) == "file_broken"


def test_a_number_keeps_its_digits_and_nested_names_are_paths(tmp_path: Path):
    path = tmp_path / "a.json"
    path.write_text('[{"a": {"b": 0.1000000000000000000000000001}, "c": [1, {"d": null}], "e": 1e3}]')
    table = opened(path, wanted=("a.b", "c", "e"))
    assert cells(table, ("a.b", "c", "e")) == [["0.1000000000000000000000000001", '[1,{"d":null}]', "1000"]]
    assert opened(path, wanted=None).header == ("a.b", "c", "e")


def test_xml_by_the_name_of_its_records(tmp_path: Path):
    path = tmp_path / "a.xml"
    path.write_text(
        '<?xml version="1.0" encoding="windows-1251"?><d xmlns="urn:x"><i>3</i><m><School kod="007"><nomi>Мактаб &amp; 1'
        "</nomi><manzil><tuman>Чуст</tuman></manzil></School><School kod='8'><nomi/></School></m></d>",
        encoding="windows-1251",
    )
    names = ("kod", "nomi", "manzil.tuman")
    for record in ("School", "m/School"):
        table = opened(path, wanted=names, record=record)
        assert cells(table, names) == [["007", "Мактаб & 1", "Чуст"], ["8", None, None]]
    assert refused(path, record="Maktab") == "file_no_records"


def test_xml_with_entities_is_not_read(tmp_path: Path):
    path = tmp_path / "a.xml"
    path.write_text('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d><r><a>&x;</a></r></d>')
    assert refused(path, wanted=("a",)) == "file_broken"


def test_xlsx_by_sheet_and_line_of_the_header(tmp_path: Path):
    values = [[row[name] for name in NAMES] for row in ROWS]
    path = book(tmp_path / "a.xlsx", [["2024-yil"], [], list(NAMES), *values])
    table = opened(path, sheet="Maktablar", header_row=3)
    assert table.types(NAMES) == TYPES
    assert cells(table) == [[cell or None for cell in row] for row in CELLS]
    assert cells(opened(path, sheet=2, header_row=3)) == cells(table)
    assert refused(path, sheet="Bogʻcha") == "sheet_missing"
    assert refused(book(tmp_path / "b.xlsx", [["a", "a"]]), sheet="Maktablar") == "header_twice"


def test_a_workbook_of_old_excel_cell_by_cell(tmp_path: Path):
    path = tmp_path / "a.xls"
    made = xlwt.Workbook(encoding="utf-8")
    made.add_sheet("Izoh").write(0, 0, "hech narsa")
    sheet = made.add_sheet("Maktablar")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    sheet.write_merge(0, 0, 0, 2, "2024-yil")
    for column, name in enumerate(NAMES):
        sheet.write(2, column, name)
    for line, row in enumerate(ROWS, 3):
        for column, value in enumerate(row.values()):
            if value is not None and column == 5:
                sheet.write(line, column, date.fromisoformat(value), day)
            elif value is not None:
                sheet.write(line, column, value)
    made.save(str(path))
    table = opened(path, sheet="Maktablar", header_row=3)
    assert table.types(NAMES) == TYPES
    assert cells(table) == [[cell or None for cell in row] for row in CELLS]
    assert cells(opened(path, "yuklama", sheet=2, header_row=3)) == cells(table), "told by its bytes"


@pytest.mark.parametrize(
    ("row", "column", "code"), [(65535, 255, "book_too_large"), (65535, 65535, "file_broken"), (9, 3, "")]
)
def test_an_old_workbook_with_a_cell_at_the_end_of_the_world(
    tmp_path: Path, row: int, column: int, code: str
):
    path, made = tmp_path / "a.xls", xlwt.Workbook()
    sheet = made.add_sheet("a")
    sheet.write(0, 0, "a")
    sheet.write(1, 0, 12345.678)
    made.save(str(path))
    content = path.read_bytes()
    told = struct.pack("<HHHH", 0x0203, 14, 1, 0)
    assert content.count(told) == 1
    path.write_bytes(content.replace(told, struct.pack("<HHHH", 0x0203, 14, row, column)))
    assert (refused(path) if code else opened(path).rows) == (code or 1)


def ods(path: Path, rows: str) -> Path:
    """A workbook of OpenDocument, its cells as they are written there."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    sheets = f'<table:table table:name="Izoh"/><table:table table:name="Maktablar">{rows}</table:table>'
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0" '
        f'office:version="1.2"><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", kind)
        book.writestr("content.xml", content)
        entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        book.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{office}manifest:1.0">{entry}</manifest:manifest>',
        )
    return path


def ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"><text:p>HA</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value} so‘m</text:p></table:table-cell>'
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>kun</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{line}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def test_a_workbook_of_open_document_cell_by_cell(tmp_path: Path):
    lines = ["2024-yil"], [], NAMES, *(row.values() for row in ROWS)
    rows = "".join(f"<table:table-row>{''.join(map(ods_cell, line))}</table:table-row>" for line in lines)
    path = ods(tmp_path / "a.ods", rows)
    table = opened(path, sheet="Maktablar", header_row=3)
    assert table.types(NAMES) == TYPES
    assert cells(table) == [[cell or None for cell in row] for row in CELLS]
    assert cells(opened(path, "yuklama", sheet=2, header_row=3)) == cells(table), "told by its bytes"


def test_cells_and_rows_of_open_document_that_are_written_once(tmp_path: Path):
    repeated = ods_cell(5).replace(
        "<table:table-cell ", '<table:table-cell table:number-columns-repeated="2" '
    )
    rows = f"<table:table-row>{''.join(map(ods_cell, 'abcd'))}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="3">{ods_cell(1)}{repeated}{ods_cell(None)}</table:table-row>'
    rows += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    table = opened(ods(tmp_path / "a.ods", rows), wanted=("a", "b", "c"), sheet="Maktablar")
    assert cells(table, ("a", "b", "c")) == [["1", "5", "5"]] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize(
    "name", ["O\u2018zbek, g\u2018oya va ma\u2019no", "O`zbek, g'oya va ma'no", "Ўзбек сўзи, маъно ва ёзув"]
)
def test_both_apostrophes_and_both_scripts_in_every_encoding(tmp_path: Path, encoding: str, name: str):
    path = tmp_path / "a.csv"
    path.write_bytes(f'kod;nomi\r\n007;"{name}"\r\n'.encode(encoding))
    assert cells(opened(path), ("kod", "nomi")) == [["007", name]]


@pytest.mark.parametrize(
    "letter", ["O\u02bbzbek ma\u02bcnosi", "O\u2018zbek ma\u2019nosi", "Тошкент шаҳри, Қўқон, Ғиждувон"]
)
def test_letters_of_books_are_as_they_were_written(tmp_path: Path, letter: str):
    made = xlwt.Workbook()
    made.add_sheet("a").write(0, 0, "nomi")
    made.get_sheet(0).write(1, 0, letter)
    made.save(str(tmp_path / "a.xls"))
    rows = "".join(f"<table:table-row>{ods_cell(one)}</table:table-row>" for one in ("nomi", letter))
    books = (
        tmp_path / "a.xls",
        ods(tmp_path / "a.ods", rows),
        book(tmp_path / "a.xlsx", [["nomi"], [letter]]),
    )
    for path, sheet in zip(books, (1, 2, 2), strict=True):
        assert cells(opened(path, wanted=("nomi",), sheet=sheet), ("nomi",)) == [[letter]]


def test_russian_of_old_systems(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes("код;название\r\n007;Школа имени А. Навои, Ташкентская область\r\n".encode("koi8-r"))
    names = ("код", "название")
    assert cells(opened(path, wanted=names), names) == [["007", "Школа имени А. Навои, Ташкентская область"]]


def changed(path: Path, old: bytes, new: bytes) -> Path:
    """The workbook with other bytes in its sheet, which lies where no sheet lies."""
    made = path.with_name("made.xlsx")
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(made, "w") as other:
        for name in book.namelist():
            content = book.read(name).replace(b"worksheets/sheet1", b"odd/one")
            assert old in content or "sheet1" not in name
            content = content.replace(old, new) if "sheet1" in name else content
            other.writestr(name.replace("worksheets/sheet1", "odd/one"), content)
    return made


def test_a_workbook_with_a_forgotten_cell_at_the_end_of_the_world(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    made.active["A1"] = "a"
    made.active["A3"] = 1
    made.active["XFD1048576"] = 1
    made.save(path)
    assert cells(opened(path, wanted=("a",)), ("a",)) == [["1"], [None]]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (b'<c r="A2"', ""),
        (b'<c r="XFE2"', "file_broken"),
        (b'<c r="A3"', "file_broken"),
        (b'<c r="AAAA2"', "file_broken"),
        (b'<row r="1048577"><c', "file_broken"),
        (b"<c t='inlineStr'><is><t>" + b"x" * 9_000_000 + b"</t></is></c><c", "file_broken"),
        (b'<c t="s"><v>99</v></c><c', "file_broken"),
    ],
)
def test_places_that_no_sheet_has(tmp_path: Path, new: bytes, code: str):
    sheet = openpyxl.Workbook()
    sheet.active.append(["a"])
    sheet.active.append([1])
    sheet.save(path := tmp_path / "a.xlsx")
    made = changed(path, b'<c r="A2"', new)
    assert (refused(made) if code else opened(made, wanted=("a",)).rows) == (code or 1)


def test_lines_as_wide_as_a_sheet_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx_cells, "MOST_CELLS", 100_000)
    sheet = openpyxl.Workbook()
    sheet.active.append(["a"])
    sheet.save(path := tmp_path / "a.xlsx")
    lines = b"</row>" + b'<row><c><v>1</v></c><c t="b"/></row>' * 2
    wide = "".join(f'<row><c r="XFD{row}"><v>1</v></c></row>' for row in range(4, 11)).encode()
    assert refused(changed(path, b"</row>", lines + wide)) == "book_too_large"


VALUES: list[Any] = [
    "matn", " bosh ", "a\r\nb", "a_x000D_b", "_x0041_", "=1/0", True, False, 7, -2.5, 0.1, 1e300, 12345678901234567890,
    datetime(2024, 2, 29), datetime(2024, 2, 29, 13, 45, 10, 500000), time(12, 30),
    timedelta(hours=30, minutes=1),
]  # fmt: skip
LOOKS = [
    "General", "0.00", "yyyy", "[h]:mm", "mm:ss", "h:mm AM/PM", '"d"0', "[Red]0", "0\\d", "[$-419]d mmm yyyy", 'General;"hours"',
    "@", "m/d/yy h:mm", "#,##0 [$UZS]", "ss.000", "[mm]:ss", '"y."yyyy', "0_d", "0*d", "dd/mm;[Black]0", "0;yyyy", "0.00E+00",
]  # fmt: skip


@pytest.mark.parametrize("since", [WINDOWS_EPOCH, MAC_EPOCH])
def test_a_workbook_is_read_line_by_line_as_its_other_reader_lays_it_out(tmp_path: Path, since: datetime):
    made = openpyxl.Workbook()
    made.epoch = since
    sheet = made.active
    sheet["B2"] = "bosh"
    for line, value in enumerate(VALUES, 4):
        sheet.cell(line, 1 + line % 3, value)
    for column, look in enumerate(LOOKS, 1):
        for line, value in enumerate((45000.75, 45000, 59, 0.25, 0, 3e6), 40):
            sheet.cell(line, column, value).number_format = look
    made.save(path := tmp_path / "a.xlsx")
    found = [[*line, *[""] * (len(LOOKS) - len(line))] for line in XlsxBook(path, tmp_path).lines(0)]
    assert found == CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


READ = """
import resource, sys
from pathlib import Path
from ckanext.roadmap.sources.tabular import Ask, open_file
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before, path = most(), Path(sys.argv[1])
print(open_file(path, Ask(path.parent, path.name)).rows, (most() - before) // 1024)
"""


def test_neither_cells_nor_texts_of_a_workbook_are_in_memory_whole(tmp_path: Path):
    lines, across = 25_000, 10
    path = book(tmp_path / "small.xlsx", [list("abcdefghij")], "Sheet")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for part in set(old.namelist()) - {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}:
            new.writestr(part, old.read(part))
        texts = "".join(f"<si><t>maktab raqami {number:040}</t></si>" for number in range(lines * across))
        new.writestr("xl/sharedStrings.xml", f"<sst>{texts}</sst>")
        cells = (
            "".join(f'<c t="s"><v>{line * across + at}</v></c>' for at in range(across))
            for line in range(lines)
        )
        rows = "".join(f"<row>{line}</row>" for line in cells)
        new.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    ran = subprocess.run(
        [sys.executable, "-c", READ, tmp_path / "a.xlsx"], capture_output=True, text=True, check=True
    )
    read, megabytes = map(int, ran.stdout.split())
    assert read == lines - 1
    assert megabytes < 40, "a hundred bytes a cell would be laid out whole"


def test_texts_in_runs_and_said_aloud(tmp_path: Path):
    sheet = openpyxl.Workbook()
    sheet.active.append(["a"])
    sheet.save(path := tmp_path / "a.xlsx")
    text = "<r><t>Oʻz</t></r><r><t xml:space='preserve'>bek </t></r><rPh><t>aloud</t></rPh>"
    line = f'</row><row><c t="inlineStr"><is>{text}</is></c></row>'.encode()
    assert cells(opened(changed(path, b"</row>", line), wanted=("a",)), ("a",)) == [["Oʻzbek "]]
    assert refused(changed(path, b"<worksheet", b'<!DOCTYPE x [<!ENTITY e "e">]><worksheet')) == "file_broken"


def test_a_binary_workbook_with_a_cell_at_the_end_of_the_world(tmp_path: Path):
    path = tmp_path / "a.xlsb"
    row, cell = (1048575).to_bytes(4, "little"), (16383).to_bytes(4, "little")
    records = bytes([0x81, 1, 0]) + bytes([0, 4]) + row + bytes([7, 8]) + cell + bytes(4)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.bin", b"")
        book.writestr("xl/_rels/workbook.bin.rels", '<Relationship Target="odd/One.bin"/>')
        book.writestr("xl/odd/one.bin", records)
    assert refused(path) == "book_too_large"


def test_an_ods_that_says_it_repeats_itself(tmp_path: Path):
    path = tmp_path / "a.ods"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    row = (
        '<t:table-row t:number-rows-repeated="900000"><t:table-cell t:number-columns-repeated="900">'
        "<p:p>x</p:p></t:table-cell></t:table-row>"
    )
    with zipfile.ZipFile(path, "w") as ods:
        ods.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        ods.writestr("content.xml", f'<d xmlns:t="{table}" xmlns:p="{text}"><t:table>{row}</t:table></d>')
    assert refused(path) == "book_too_large"


def test_parquet_keeps_its_types(tmp_path: Path):
    path = tmp_path / "a.parquet"
    made = pa.table(
        {
            "kod": ["007", None, ""],
            "n": pa.array([1, None, 2**31], pa.int64()),
            "d": pa.array([Decimal("1.50"), None, Decimal("-0.07")], pa.decimal128(10, 2)),
            "t": pa.array([0, None, 1], pa.timestamp("us", tz="UTC")),
            "l": [[1, 2], None, []],
        }
    )
    pq.write_table(made, path)
    names = ("kod", "n", "d", "t", "l")
    table = opened(path, wanted=names)
    assert table.types(names) == {
        "kod": "text",
        "n": "int8",
        "d": "numeric",
        "t": "timestamptz",
        "l": "jsonb",
    }
    found = cells(table, names)
    assert found[0][:3] == ["007", "1", "1.50"]
    assert found[0][3].startswith("1970-01-01 00:00:00")
    assert [row[4] for row in found] == ["[1,2]", None, "[]"]
    assert (found[1][0], found[2][0]) == (None, "")
    cut = tmp_path / "b.parquet"
    cut.write_bytes(path.read_bytes()[:-9])
    assert refused(cut) == "file_broken"
    pq.write_table(pa.table({"kod": [f"maktab {number}" for number in range(5000)]}), path)
    content = path.read_bytes()
    cut.write_bytes(content[:200] + bytes(1000) + content[1200:])
    with pytest.raises(SourceError) as caught:
        cells(opened(cut, wanted=("kod",)), ("kod",))
    assert caught.value.code == "file_broken"


def test_archives_hold_one_table(tmp_path: Path):
    content = "id;nomi\n1;Мактаб\n".encode("cp1251")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../maktab.csv", content)
        archive.writestr("readme.pdf", b"x")
    assert cells(opened(path, wanted=("id", "nomi")), ("id", "nomi")) == [["1", "Мактаб"]]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("bogcha.csv", b"id\n9\n")
    assert refused(path) == "archive_member"
    assert cells(opened(path, member="bog*.csv", wanted=("id",)), ("id",)) == [["9"]]
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(content))
    assert cells(opened(packed), ("id", "nomi")) == [["1", "Мактаб"]]
    packed.write_bytes(gzip.compress(content)[:-9])
    assert refused(packed) == "file_broken"


def test_bombs_are_not_unpacked(tmp_path: Path):
    bomb = b"a,b\n" + b"1,2\n" * 2_000_000
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", bomb)
    assert refused(path) == "file_bomb"
    assert refused(path, bytes=1_000_000) == "file_too_large"
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(bomb))
    assert refused(packed) == "file_bomb"
    book = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 20_000_000)
    assert refused(book) == "file_bomb"
    nested = tmp_path / "b.zip"
    with zipfile.ZipFile(nested, "w") as archive:
        archive.write(path, "a.zip")
    assert refused(nested) == "archive_member"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"\xef\xbb\xbf\n<!DOCTYPE html><html>login", "file_page"),
        ("a.xlsx", b"<html><body>404", "file_page"),
        ("a.csv", b"", "file_empty"),
        ("a.pdf", b"%PDF-1.7\nx", "row_ragged"),
        ("a.zip", b"PK\x03\x04cut", "file_broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0cut", "file_broken"),
        ("a.json", b'{"message": "ok"}', "file_no_records"),
        ("a.json", b'[{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}]", "file_broken"),
        ("a.jsonl", b'{"a":' + b"[" * 980 + b"]" * 980 + b"}\n", "file_broken"),
        ("a.xml", b"<r><i>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</i></r>", "file_broken"),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, content: bytes, code: str):
    path = tmp_path / "file"
    path.write_bytes(content)
    if code == "row_ragged":
        assert opened(path, name).header == ("%PDF-1.7",)  # read as text: the mapping's columns are missing
        return
    assert refused(path, name=name) == code


def test_brackets_in_texts_are_no_nesting(tmp_path: Path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"a": 'q"\\', "b": "[{" * 300 + '\\"'}] * 3))
    assert opened(path, "a.json").rows == 3


def test_without_an_ending_the_bytes_tell(tmp_path: Path):
    path = tmp_path / "download"
    for content in (json.dumps(ROWS).encode(), "\n".join(map(json.dumps, ROWS)).encode()):
        path.write_bytes(content)
        assert opened(path).rows == 3
    assert cells(opened(book(path, [["a"], [1]]), sheet=2, wanted=("a",)), ("a",)) == [["1"]]


texts = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=9)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.fixed_dictionaries({"a": texts, "b": texts}), min_size=1, max_size=5))
def test_json_round_trip(tmp_path: Path, rows: list[dict[str, Any]]):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows, ensure_ascii=False))
    table = opened(path, wanted=("a", "b"))
    assert cells(table, ("a", "b")) == [[row["a"], row["b"]] for row in rows]


def test_a_packed_file_under_the_name_of_a_csv_is_told_as_such(tmp_path: Path):
    file = tmp_path / "maktablar.csv"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("maktablar.csv", "id,nomi\n1,a\n")
    assert refused(file) == "file_broken"
