"""Changes laid over the rows of before give what a full read would give, to the byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.roadmap.loading.extract.records import encode_columns
from ckanext.roadmap.sources.arrow import pa
from ckanext.roadmap.sources.since import Base, asked_form, collected, laid_over, ordered, published

NAMES = ("id", "part", "name")
KEY = ("id", "part")
texts = st.text('ab",\n\r\\ ʻЎ', max_size=6)
cells = st.none() | texts | st.sampled_from(["", "a,b", 'a"b', "a\nb", "a\r\nb", "NULL"])
tables = st.dictionaries(
    st.tuples(st.text("0123456789ab", min_size=1, max_size=3), st.sampled_from("xy")), cells
)
Rows = dict[tuple[str, str], str | None]


def as_table(rows: list[tuple[Any, ...]]) -> Any:
    columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(NAMES))]
    return collected([columns], NAMES)


def flat(rows: Rows) -> list[tuple[Any, ...]]:
    return [(*key, name) for key, name in rows.items()]


def written(table: Any) -> bytes:
    return b"".join(map(encode_columns, ordered(table, KEY)))


def file_of(path: Path, rows: Rows) -> Path:
    """As the portal publishes it."""
    path.write_bytes((",".join(NAMES) + "\r\n").encode() + written(as_table(flat(rows))))
    return path


@given(tables, tables)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_changes_over_the_file_are_a_full_read(tmp_path: Path, before: Rows, changed: Rows):
    base = published(file_of(tmp_path / "data.csv", before), NAMES)
    assert written(laid_over(base, as_table(flat(changed)), KEY)) == written(as_table(flat(before | changed)))


def test_the_order_in_which_rows_came_is_not_seen():
    rows = flat({("2", "x"): "b", ("10", "x"): None, ("1", "y"): "", ("1", "x"): "d"})
    assert written(as_table(rows)) == written(as_table(rows[::-1])) == b'1,x,"d"\n1,y,""\n10,x,\n2,x,"b"\n'


def test_of_a_row_that_came_twice_the_last_counts():
    changed = as_table([("1", "x", "old"), ("2", "x", "two"), ("1", "x", "new")])
    assert written(laid_over(as_table([]), changed, KEY)) == b"1,x,new\n2,x,two\n"


@pytest.mark.parametrize(
    ("watermark", "asked"),
    [
        ("2026-02-10", "2026-02-10"),
        ("2026-02-10 03:00:00", "2026-02-10T03:00:00"),
        ("2026-02-10 03:00:00.25+05", "2026-02-10T03:00:00.25+05:00"),
        ("2026-02-10 03:00:00+05:30", "2026-02-10T03:00:00+05:30"),
        ("2026-02-10T03:00:00Z", "2026-02-10T03:00:00Z"),
        ("1770674400", "1770674400"),
    ],
)
def test_a_moment_is_asked_in_the_form_of_iso(watermark: str, asked: str):
    assert asked_form(watermark) == asked


@pytest.mark.parametrize(
    ("watermark", "asked"),
    [
        ("2026-02-10", "2026-02-09"),
        ("2026-02-10 00:30:00+05", "2026-02-09T23:30:00+05:00"),
        ("2026-02-10T03:00:00", "2026-02-10T02:00:00"),
        ("v-17", "v-17"),
    ],
)
def test_one_goes_back_by_the_overlap_where_there_is_a_time(watermark: str, asked: str):
    assert asked_form(watermark, 60) == asked


def test_a_file_that_is_gone_or_changed_is_no_base(tmp_path: Path):
    path = tmp_path / "data.csv"
    base = Base("1", path, "0" * 64, ())
    assert not base.is_whole()
    path.write_text("id\n")
    assert not base.is_whole()
