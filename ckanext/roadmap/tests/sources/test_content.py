"""What a file holds: how it was saved makes no difference, in whatever format, and what it says does."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date, datetime
from itertools import combinations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.content import Label, cell, is_stamp, judge
from ckanext.roadmap.sources.content import measure_file

HEAD = ("code", "day", "amount", "place")
ROWS = (
    (1, date(2025, 3, 1), 1234.5, "Toshkent shahri"),
    (2, date(2025, 3, 31), 0.3, "Qoraqalpogʻiston"),
    (3, date(2025, 12, 5), 20, "Buxoro"),
)
RECORDS = [
    dict(zip(HEAD, (code, day.isoformat(), amount, place), strict=True)) for code, day, amount, place in ROWS
]


@pytest.fixture
def measure(tmp_path):
    def measured(content, kind=""):
        path = tmp_path / "file"
        path.write_bytes(content)
        return measure_file(path, kind)[1]

    return measured


def csv(rows=ROWS, head=HEAD, mark=",", day="{:%Y-%m-%d}", number=str, end="\n"):
    lines = [
        mark.join((str(code), day.format(at), number(amount), place)) for code, at, amount, place in rows
    ]
    return end.join([mark.join(head), *lines, ""])


def book(*titles, dates="{}", name="Data"):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "d mmm yyyy"}) as workbook:
        sheet = workbook.add_worksheet(name)
        for place, title in enumerate(titles):
            sheet.write(place, 0, title, workbook.add_format({"bold": True}))
        sheet.write_row(len(titles), 0, HEAD)
        for place, (code, day, amount, where) in enumerate(ROWS, len(titles) + 1):
            sheet.write_row(place, 0, [code, day if dates == "{}" else dates.format(day), amount, where])
    return buffer.getvalue()


def zipped(content, name="a.csv", level=9):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def parquet(rows=RECORDS, **options):
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer, **options)
    return buffer.getvalue()


def xml(space=""):
    rows = (
        f"<row>{space}{''.join(f'<{k}>{v}</{k}>{space}' for k, v in one.items())}</row>" for one in RECORDS
    )
    return f'<?xml version="1.0"?>{space}<rows>{space}{space.join(rows)}{space}</rows>'


def russian(number):
    return f"{number:,}".replace(",", "\xa0").replace(".", ",")


SAVED = {
    "plain": csv(),
    "reordered rows": csv(ROWS[::-1]),
    "mark of order": "\ufeff" + csv(),
    "line ends": csv(end="\r\n"),
    "Excel in Russian": csv(mark=";", day="{:%d.%m.%Y}", number=russian),
    "Excel in Russian, tabs": csv(mark="\t", day="{:%d.%m.%Y 0:00:00}", number=russian),
    "quoted": csv().replace("Buxoro", '"Buxoro"').replace("code", '"code"'),
    "blanks": csv().replace("Toshkent shahri", " Toshkent\xa0 shahri\u200b") + "\n\n,,,\n",
    "noise of floats": csv().replace("0.3", "0.30000000000000004"),
    "another apostrophe": csv().replace("ʻ", "’"),
    "UTF-16": csv().encode("utf-16"),
    "with a title": "Hisobot;;;\n2025-yil;;;\n" + csv(mark=";"),
    "gzip": gzip.compress(csv().encode(), mtime=1),
    "zip": zipped(csv()),
    "zip with another name": zipped(csv(), "hisobot-2026.dat", 1),
    "book": book(),
    "book with words for days": book(dates="{:%d.%m.%Y}", name="Varaq1"),
    "book with a title": book("Hisobot", "Yuklangan: 26.11.2026"),
    "JSON": json.dumps(RECORDS),
    "JSON with keys in another order": json.dumps([dict(reversed(one.items())) for one in RECORDS], indent=2),
    "JSON of an API": json.dumps({"at": "12:03", "result": {"fields": [{"id": "a"}], "records": RECORDS}}),
    "JSON lines": "\n".join(map(json.dumps, RECORDS)),
    "map": json.dumps({"type": "FeatureCollection", "features": RECORDS}),
    "XML": xml(),
    "XML with space": xml("\n  "),
    "Parquet": parquet(),
    "Parquet written anew": parquet(RECORDS[::-1], compression="gzip", row_group_size=1),
}


def bytes_of(content):
    return content if isinstance(content, bytes) else content.encode()


@pytest.mark.parametrize("called", ["CSV", "", "PDF", "application/vnd.ms-excel"])
def test_no_way_to_save_the_same_is_news_whatever_the_file_is_called(measure, called):
    found = {name: measure(bytes_of(content), called) for name, content in SAVED.items()}
    assert {one.rows for one in found.values()} == {3}
    first = found["plain"]
    assert [name for name, one in found.items() if one.content_hash != first.content_hash] == []
    assert {one.columns for one in found.values()} == {frozenset(HEAD)}


def test_what_the_data_say_is_news_in_every_format(measure):
    other = [dict(one, amount=7) if one["code"] == 3 else one for one in RECORDS]
    pairs = [
        (csv(), csv().replace("20", "21")),
        (csv(), csv() + csv().splitlines()[1] + "\n"),
        (json.dumps(RECORDS), json.dumps(other)),
        (xml(), xml().replace("Buxoro", "Termiz")),
        (parquet(), parquet(other)),
        (gzip.compress(csv().encode()), gzip.compress(csv().replace("20", "21").encode())),
        (zipped(csv()), zipped(csv().replace("20", "21"))),
        (csv(), csv().replace("\n1,", "\n01,")),
        (json.dumps({"year": 2025, "sum": {"a": 1}}), json.dumps({"year": 2025, "sum": {"a": 2}})),
    ]
    for before, after in pairs:
        assert judge(measure(bytes_of(after)), measure(bytes_of(before)), frozenset()).is_changed


STAMPED = [
    json.dumps([{"a": 1, "meta": {"updated_at": "12:03"}}]),
    json.dumps({"name": "x", "generated": "12:03", "sum": {"a": 1, "Дата выгрузки": "12:03"}}),
    "<rows><row><a>1</a><sys_updated>12:03</sys_updated></row><row><a>2</a></row></rows>",
    "a,Oxirgi yangilanish sanasi\n1,12:03\n",
]


@pytest.mark.parametrize("content", STAMPED)
def test_a_stamp_is_no_news_wherever_it_stands(measure, content):
    verdict = judge(
        measure(content.replace("12:03", "12:04").encode()), measure(content.encode()), frozenset()
    )
    assert (verdict.is_changed, verdict.label) == (False, Label.timestamps_only)


@pytest.mark.parametrize(
    ("stamps", "words"),
    [
        (
            True,
            "updated_at|last update date|row_modified|load_date|etl_ts|Yangilangan sana|yangilanish vaqti",
        ),
        (
            True,
            "soʻnggi yangilanish|янгиланиш санаси|ўзгартирилган сана|Дата последнего обновления|обновлено",
        ),
        (True, "дата формирования|Дата и время выгрузки|дата обновления данных|meta.updated_at"),
        (
            False,
            "date|day|sana|сана|hisobot sanasi|birth_date|дата рождения|created_at|updated_by|loads|changes",
        ),
    ],
)
def test_names_of_stamps(stamps, words):
    assert {word: is_stamp(word) for word in words.split("|")} == dict.fromkeys(words.split("|"), stamps)


ALIKE = [
    ["5", "5.0", "5,00", "+5", "5e0", 5, 5.0],
    ["1234567.5", "1 234 567,5", "1\xa0234\xa0567,50", 1234567.5],
    ["-0.5", "−0,5", "-.5", -0.5],
    ["2025-03-01", "01.03.2025", "1.3.2025", "2025-03-01T00:00:00Z", "01.03.2025 0:00", date(2025, 3, 1)],
    ["2025-03-01T10:00:00", "01.03.2025 10:00", "2025-03-01 10:00+00", datetime(2025, 3, 1, 10)],
    ["007"], ["7"], ["1.3"], ["31.13.2025"], ["12345678901234567890"], ["12345678901234567891"], ["1726 01"],
    ["TRUE", "true", "Истина", True], ["-"], ["+"], ["."], ["1-2"],
]  # fmt: skip


def test_cells_are_alike_by_what_they_say():
    for one in ALIKE:
        assert (
            len({cell(value) for value in one[:1]} | {cell(value) for value in one[1:] if value != "−"}) == 1
        )
    for one, other in combinations(ALIKE, 2):
        assert cell(one[0]) != cell(other[0])


@given(st.text() | st.floats(allow_nan=False) | st.dates() | st.datetimes() | st.decimals(allow_nan=False))
def test_a_cell_once_plain_stays_so(value):
    assert cell(cell(value)) == cell(value)


@given(
    st.binary(max_size=200)
    | st.sampled_from([bytes_of(one) for one in SAVED.values()]).map(lambda one: one[:-9])
)
def test_no_bytes_are_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    assert measure_file(path, "csv")[1] == measure_file(path, "csv")[1]
