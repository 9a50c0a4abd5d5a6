"""Rows to each file and back through a reader that is not ours: equal cell by cell."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.roadmap.loading.publish import decode
from ckanext.roadmap.loading.publish.decode import batches, schema_of
from ckanext.roadmap.loading.publish.formats import FORMATS, UnfitError
from ckanext.roadmap.loading.publish.formats import xlsx as xlsx_module
from ckanext.roadmap.loading.publish.others import others
from ckanext.roadmap.loading.publish.places import NAME

Cell = str | None
EPOCH = datetime(1899, 12, 30)
signs = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
words = st.one_of(signs, st.sampled_from(["", "NULL", "007", "=1+1", "a\r\nb", '"', ",", "Oʻzbekiston gʻalla", "_x0041_", "<&>"]))  # fmt: skip
naive = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))
VALUES: dict[str, st.SearchStrategy[str]] = {
    "text": words,
    "int2": st.integers(-(2**15), 2**15 - 1).map(str),
    "int8": st.integers(-(2**63), 2**63 - 1).map(str),
    "numeric(12,3)": st.decimals(-999999999, 999999999, places=3).map(lambda d: f"{d:f}"),
    "numeric": st.decimals(-(10**30), 10**30, allow_nan=False, places=20).map(lambda d: f"{d:f}"),
    "float8": st.floats().map(lambda f: {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(repr(f), repr(f))),
    "bool": st.sampled_from(["t", "f"]),
    "date": st.dates(date(1, 1, 1)).map(str) | st.just("infinity"),
    "time": st.times().map(str),
    "timestamp": naive.map(str),
    "timestamptz": naive.map(lambda m: f"{m}+05" if date(2, 1, 1) < m.date() else f"{m}+00"),
    "jsonb": st.recursive(st.none() | words | st.integers(), st.lists, max_leaves=4).map(json.dumps),
}  # fmt: skip


def stream(path: Path, names: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
    """As the stream's file has it: nothing where a value is missing, quotes around an empty text."""

    def put(value: Cell) -> str:
        if value is None:
            return ""
        plain = value and not set(value) & set('",\r\n')
        return value if plain else '"' + value.replace('"', '""') + '"'

    lines = [",".join(names), *(",".join(map(put, row)) for row in rows)]
    path.with_suffix(".csv").write_bytes("".join(line + "\r\n" for line in lines).encode())


def written(folder: Path, kind: str, types: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Path:
    names = tuple(f"c{n}" for n in range(len(types)))
    stream(folder / "rows.csv", names, rows)
    schema = schema_of(folder / "rows.csv", names, types)
    file = FORMATS[kind](folder / f"written.{kind}", schema)
    for batch in batches(folder / "rows.csv", schema):
        file.write(batch)
    file.close()
    return folder / f"written.{kind}"


def meant(kind: str, value: Cell) -> Any:
    """The value itself, read by the standard library."""
    if value is None or kind == "text":
        return value
    if kind == "jsonb":
        return json.loads(value)
    if kind.startswith("int"):
        return int(value)
    if kind.startswith("numeric"):
        return Decimal(value)
    return READ[kind](value)


READ: dict[str, Callable[[str], Any]] = {
    "float8": float,
    "bool": "t".__eq__,
    "date": lambda v: v if v == "infinity" else date.fromisoformat(v),
    "time": time.fromisoformat,
    "timestamp": datetime.fromisoformat,
    "timestamptz": lambda v: datetime.fromisoformat(v).astimezone(UTC),
}


def same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, float) and math.isnan(wanted):
        return found in ("NaN", "nan") or (isinstance(found, float) and math.isnan(found))
    return type(found) is type(wanted) and found == wanted


def from_json(kind: str, value: Any) -> Any:
    if value is None or kind in ("text", "jsonb", "bool"):
        return value
    if kind in ("date", "time", "timestamp", "timestamptz"):
        return meant(kind, value.replace("Z", "+00:00"))
    if kind == "float8":
        return float(value)
    return Decimal(value) if kind.startswith("numeric") else value


def from_parquet(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "jsonb":
        return json.loads(value)
    return (
        date.fromisoformat(value)
        if kind == "date" and isinstance(value, str) and value != "infinity"
        else value
    )


def tables() -> st.SearchStrategy[tuple[tuple[str, ...], list[tuple[Cell, ...]]]]:
    kinds = st.lists(st.sampled_from([*VALUES]), min_size=1, max_size=4).map(tuple)
    return kinds.flatmap(
        lambda types: st.tuples(
            st.just(types),
            st.lists(st.tuples(*(st.none() | VALUES[kind] for kind in types)), max_size=6),
        )
    )


calm = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@calm
@given(tables())
def test_json_and_json_lines(tmp_path: Path, table):
    types, rows = table
    whole = json.loads(written(tmp_path, "json", types, rows).read_text(), parse_float=Decimal)
    text = written(tmp_path, "jsonl", types, rows).read_text()
    lines = [json.loads(line, parse_float=Decimal) for line in text.split("\n")[:-1]]
    assert whole == lines
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        for kind, found, wanted in zip(types, line.values(), row, strict=True):
            assert same(from_json(kind, found), meant(kind, wanted)), (kind, found, wanted)


@calm
@given(tables())
def test_csv(tmp_path: Path, table):
    """Written anew it is the stream's own file, so nothing was lost on the way."""
    types, rows = table
    assert written(tmp_path, "csv", types, rows).read_bytes() == (tmp_path / "rows.csv").read_bytes()


@calm
@given(tables())
def test_parquet(tmp_path: Path, table):
    types, rows = table
    read = pq.read_table(written(tmp_path, "parquet", types, rows))
    assert read.num_rows == len(rows)
    for number, kind in enumerate(types):
        for found, row in zip(read.column(number).to_pylist(), rows, strict=True):
            assert same(from_parquet(kind, found), meant(kind, row[number])), (kind, found, row[number])


def _moment(found: Any) -> datetime:
    """A moment as the reader gives it: midnight comes as a day, the first day of sheets as a time."""
    if isinstance(found, datetime):
        return found
    return datetime(found.year, found.month, found.day) if isinstance(found, date) else EPOCH


def in_sheet(kind: str, found: Any, wanted: Cell) -> bool:
    """A sheet has no empty text, no zone, fifteen digits and whole milliseconds: what it lacks is text."""
    if not wanted:
        return found == ""
    if kind in ("text", "jsonb"):
        return found == wanted
    value = meant(kind, wanted)
    if isinstance(found, str):
        return same(meant(kind, found.replace("Z", "+00:00")), value)
    if kind == "timestamp":
        return abs(_moment(found) - value) <= timedelta(milliseconds=1)
    return (Decimal(repr(found)) if isinstance(value, Decimal) else found) == value


@calm
@given(tables())
def test_xlsx(tmp_path: Path, table):
    types, rows = table
    sheet = python_calamine.CalamineWorkbook.from_path(
        written(tmp_path, "xlsx", types, rows)
    ).get_sheet_by_index(0)
    found = sheet.to_python(skip_empty_area=False)
    assert found[0] == [f"c{n}" for n in range(len(types))]
    for line, row in zip(found[1:], rows, strict=False):
        for kind, cell, wanted in zip(types, line, row, strict=False):
            assert in_sheet(kind, cell, wanted), (kind, cell, wanted)


def test_a_sheet_that_is_full_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx_module, "MOST_ROWS", 4)
    path = written(tmp_path, "xlsx", ("int4",), [(str(n),) for n in range(8)])
    book = python_calamine.CalamineWorkbook.from_path(path)
    assert [book.get_sheet_by_name(name).to_python() for name in book.sheet_names] == [
        [["c0"], [0], [1], [2]],
        [["c0"], [3], [4], [5]],
        [["c0"], [6], [7]],
    ]


def test_a_text_longer_than_a_cell_is_told_not_cut(tmp_path: Path):
    with pytest.raises(UnfitError) as raised:
        written(tmp_path, "xlsx", ("text",), [("x" * 40_000,)])
    assert (raised.value.code, raised.value.params["found"]) == ("xlsx_long_text", 40_000)


@calm
@given(tables())
def test_one_pass_gives_what_reading_all_rows_first_gives(tmp_path: Path, table):
    """Whatever the first row lets one expect of those after it."""
    types, rows = table
    kinds = ("json", "jsonl", "parquet")
    careful = {kind: written(tmp_path, kind, types, rows).read_bytes() for kind in kinds}
    names = tuple(f"c{n}" for n in range(len(types)))
    stream(tmp_path / f"{NAME}.csv", names, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decode, "ROWS", 1)
        patch.setattr(decode, "FIRST", 1)
        made = others(tmp_path, names, types, kinds)
    if rows:
        assert {kind: (tmp_path / f"{NAME}.{kind}").read_bytes() for kind in kinds[:2]} == {
            kind: careful[kind] for kind in kinds[:2]
        }
    assert [file.problem for file in made] == [None] * len(kinds)
    whole, once = (
        pq.read_table(path / f) for path, f in ((tmp_path, "written.parquet"), (tmp_path, "data.parquet"))
    )
    assert once.schema.equals(whole.schema, check_metadata=True)
    assert once.equals(whole)


def test_rows_are_read_once_unless_later_ones_outgrow_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A number gets digits after the point by its values, and room before it for those to come."""
    read: list[Path] = []
    texts = decode._texts
    monkeypatch.setattr(decode, "ROWS", 2)
    monkeypatch.setattr(decode, "FIRST", 1)
    monkeypatch.setattr(decode, "_texts", lambda path, names: read.append(path) or texts(path, names))
    for last, times, kept in (("999999.5", 2, pa.decimal128(18, 2)), ("1.255", 4, pa.decimal128(18, 3))):
        read.clear()
        stream(tmp_path / f"{NAME}.csv", ("c0",), [("1.25",), ("1",), (last,)])
        others(tmp_path, ("c0",), ("numeric",), ("parquet",))
        assert (len(read), pq.read_schema(tmp_path / f"{NAME}.parquet").field("c0").type) == (times, kept)


def test_a_value_larger_than_a_block(tmp_path: Path):
    rows: list[tuple[Cell, ...]] = [("a\n" * 3_000_000, "1"), (None, None), ("", "2")]
    read = pq.read_table(written(tmp_path, "parquet", ("text", "int4"), rows)).to_pylist()
    assert [(row["c0"], row["c1"]) for row in read] == [(rows[0][0], 1), (None, None), ("", 2)]


def test_ministries_tables(tmp_path: Path, shared_data: Path):
    """Real files: every cell of them in every format."""
    for path in sorted((shared_data / "ministries").glob("*.csv")):
        text = path.read_text(encoding="utf-8-sig")
        names, *rows = csv.reader(io.StringIO(text, newline=""))
        kept = [tuple(row) for row in rows if len(row) == len(names)][:5000]
        types = ("text",) * len(names)
        lines = written(tmp_path, "jsonl", types, kept).read_text().split("\n")[:-1]
        assert [tuple(json.loads(line).values()) for line in lines] == kept
        read = pq.read_table(written(tmp_path, "parquet", types, kept))
        assert [tuple(row) for row in zip(*(c.to_pylist() for c in read.columns), strict=True)] == kept
        book = python_calamine.CalamineWorkbook.from_path(written(tmp_path, "xlsx", types, kept))
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        assert [tuple(row) for row in cells[1:]] == kept[: len(cells) - 1]
